"""Result sets to take away: as tables, as JSON and as workbooks, each with what it is and how it was asked for."""
