"""Records that become drafts of one team: all of them, or none.

First every record is read, checked and made into a page in memory, batch by batch, and laid aside in a file
(`staging`); nothing is written to the database meanwhile. Then one short transaction writes what was laid aside, many
rows at a time.
"""
