"""Synonyms that editors look after, and what they add to the words of a query."""
