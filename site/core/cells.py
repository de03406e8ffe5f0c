"""Values as cells of a spreadsheet: harmless, whatever somebody wrote into them."""

from __future__ import annotations

import re
from typing import Any, Final

LONGEST_CELL: Final = 32_000
"""Excel takes 32,767 characters; the mark of a text that was cut needs a little room."""
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COMPUTED: Final = re.compile(r"\s*[=+\-@|%＝＋－＠]|[\t\r\n]")


def safe_cell(value: Any) -> Any:
    """The value as a spreadsheet may hold it: texts that a program would compute get an apostrophe in front.

    Numbers and dates stay what they are; control characters, which no workbook can hold, go.
    """
    if not isinstance(value, str):
        return value
    text = _UNWRITABLE.sub("", value)
    if len(text) > LONGEST_CELL:
        text = text[:LONGEST_CELL] + "…"
    return f"'{text}" if _COMPUTED.match(text) else text
