"""Help with finding words: suggestions while typing, and what a misspelt word may have meant."""
