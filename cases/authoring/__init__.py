"""What helps authors: likely duplicates, starting from another entry, translating, proposing terms, the own entries."""
