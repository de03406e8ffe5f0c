"""Concerns of visitors about what is published: a public form without an account, and the moderators' list of them.

Nothing is hidden by a concern itself: that could be abused. See `docs/decisions/0018-personal-data-and-concerns.md`.
"""
