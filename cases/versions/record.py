"""An entry as a record: the keys and values that import reads, so that a version can be read without this software."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from cases.exchange.records import Names, value_of
from cases.exchange.schema import SCHEMAS
from cases.models import EntryPage

_PARAGRAPH: Final = re.compile(r"</(?:p|h\d|li|ul|ol|blockquote)>")
_BREAK: Final = re.compile(r"<br\s*/?>")
_TAG: Final = re.compile(r"<[^>]*>")
_GAP: Final = re.compile(r"\n{3,}")
_NOT_HELD: Final = frozenset({"translations", "records"})
"""Keys whose values are other entries: these have versions of their own."""


def record_of(entry: EntryPage) -> dict[str, Any]:
    """The record of `entry` as it stands in memory; a translation gives its texts only."""
    head = {"kind": entry.kind, "reference": entry.reference, "language": entry.locale.language_code}
    if entry.is_translation:
        return head | {name: plain_text(getattr(entry, name)) for name in ("title", "summary", *entry.text_fields)}
    names = Names.of([entry])
    fields = [field for field in SCHEMAS[entry.kind] if field.shape not in _NOT_HELD]
    return head | {field.key: value_of(entry, field, names) for field in fields}


def plain_text(rich: str) -> str:
    """A rich text as plain text: an empty line parts paragraphs."""
    text = _TAG.sub("", _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", rich or "")))
    return _GAP.sub("\n\n", html.unescape(text)).strip()
