"""The admin's pages of the workflow."""
