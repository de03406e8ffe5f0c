"""Characters that no text may hold: what cannot be seen but changes what is read, or cannot be stored."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, among them NUL
    "\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of text: it would be read differently than it is
    "\ufeff\ufffe\uffff\ud800-\udfff]"  # signs of a wrong decoding, halves of characters
)


def forbidden_in(text: str) -> str:
    """The first such character by number and name, such as `U+0000 NULL`; empty when there is none."""
    match = _FORBIDDEN.search(text)
    if match is None:
        return ""
    return f"U+{ord(match[0]):04X} {unicodedata.name(match[0], '')}".strip()
