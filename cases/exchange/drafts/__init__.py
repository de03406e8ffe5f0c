"""Records that become drafts of one team: all of them, or none.

First every record is read, checked and made into a page in memory, batch by batch, and laid aside in a file
(`staging`). Then keys are taken and most statements made (`compiling`); nothing is written to the database meanwhile.
At last one short transaction writes what was laid aside, many rows at a time (`bulk`).
"""
