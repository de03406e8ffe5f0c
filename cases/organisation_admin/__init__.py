"""Organisations in the admin: list, form, deletion, and the chooser in the editor of entries."""
