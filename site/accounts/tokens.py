"""Secrets of mailed links: the link holds the token, the database only its hash."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode(errors="replace")).hexdigest()
