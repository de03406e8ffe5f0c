"""Asking for an account: a public form, a list for editors, an invitation or a reason."""
