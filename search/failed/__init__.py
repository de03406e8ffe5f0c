"""Words that were searched for and found little or nothing, kept without anybody's trace, for those who can help."""
