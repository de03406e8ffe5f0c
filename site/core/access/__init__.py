"""Who may know of what in the admin: one rule, asked by every list and before every address. See docs/access.md."""
