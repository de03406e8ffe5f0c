"""Form fields and forms of the entry editor: terms from the cache, fixed grids, rows without a query each."""
