"""What the repository adds to `core.access`: co-author teams, reviewers, tags of entries. See docs/access.md."""
