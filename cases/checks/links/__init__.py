"""Looks at the links of published entries, a few at a time and politely, and remembers how each went."""
