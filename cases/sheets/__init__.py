"""Entries as spreadsheets: templates, files that people bring and take, and the jobs that read and write them."""
