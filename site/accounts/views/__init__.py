"""Pages of people about their own account."""
