"""Personal data in plain text: pure functions, the same for fields, tables and files.

`scan` is what the rest of the site calls. Each kind has its own module, with the source of its rules. A text that
tells nobody anything about a person is not reported: role mailboxes, reserved domains, hotlines, example numbers,
dates, DOIs, ISBNs, document symbols, statistics. `docs/personal-data.md` has the measured precision and recall.
"""

from cases.checks.detect.scanning import MAX_TEXT, clean, scan
from cases.checks.detect.spans import Match

__all__ = ["MAX_TEXT", "Match", "clean", "scan"]
