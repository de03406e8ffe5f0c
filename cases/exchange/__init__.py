"""Entries as records of plain data: what a record may hold, reading it, writing it to pages."""
