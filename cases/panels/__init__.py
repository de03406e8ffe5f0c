"""The editor of entries: tabs, what blocks publication, what follows from the data, comparisons of versions."""
