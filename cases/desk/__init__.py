"""The moderators' desk: lists of what waits, what has grown old, what is missing, and what was done."""
