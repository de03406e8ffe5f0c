"""Stories as plain data: pictures and files stand by the checksum of their content, paragraphs as text with markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.exchange.markup import MarkupError, to_html, to_text
from cases.exchange.problems import Place, found_as, listed
from cases.exchange.schema import FILE_PARTS, Field
from cases.exchange.values import read_object
from cases.models import EntryPage
from core.models import File, Picture

Files = Mapping[str, File]
Pictures = Mapping[str, Picture]
_PICTURE: Final = (
    Field("picture", "object", _("picture"), parts=FILE_PARTS),
    Field("caption", "line", _("caption"), required=False, maximum=300),
    Field("decorative", "flag", _("decoration only"), required=False),
)
_QUOTE: Final = (
    Field("text", "text", _("quote"), minimum=1, maximum=1000),
    Field("attribution", "line", _("said by"), required=False, maximum=200),
)
_STORED_FILE: Final = (
    Field("file", "object", _("file"), parts=FILE_PARTS),
    Field("title", "line", _("title"), minimum=1, maximum=200),
)
_OBJECTS: Final = {"picture": _PICTURE, "quote": _QUOTE, "file": _STORED_FILE}
_TEXTS: Final = ("heading", "paragraph")
_COLUMNS: Final = ("text", "number")
BLOCKS: Final = (*_TEXTS, *_OBJECTS, "table")


def blocks_of(story: Any, files: Mapping[int, File], pictures: Mapping[int, Picture]) -> list[dict[str, Any]]:
    """A story as a record says it; `files` and `pictures` by primary key. What is gone from the site is left out."""
    found = []
    for block in story.get_prep_value() if story else ():
        write: Callable[..., Any] = _WRITERS.get(block["type"], _as_it_is)
        value = write(block["value"], files, pictures)
        if value is not None:
            found.append({"type": block["type"], "value": value})
    return found


def keys_of(story: Any) -> Iterator[tuple[str, int]]:
    """Kind (`picture` or `file`) and primary key of all that a story shows."""
    for block in story.get_prep_value() if story else ():
        if block["type"] in {"picture", "file"} and block["value"].get(block["type"]):
            yield block["type"], block["value"][block["type"]]


def hashes_of(blocks: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Kind (`picture` or `file`) and checksum of all that the blocks of a checked record name."""
    for block in blocks:
        if block["type"] in {"picture", "file"}:
            yield block["type"], block["value"][block["type"]]["sha1"]


def story_of(blocks: Iterable[Mapping[str, Any]], files: Files, pictures: Pictures) -> Any:
    """The story of checked blocks; blocks whose picture or file is not here are left out."""
    stored = []
    for block in blocks:
        read: Callable[..., Any] = _READERS.get(block["type"], _as_it_is)
        value = read(block["value"], files, pictures)
        if value is not None:
            stored.append({"type": block["type"], "value": value})
    return _stream().to_python(stored)


def same_story(story: Any, blocks: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a stored story says what the blocks say."""
    wanted = list(blocks)
    keys = list(keys_of(story))
    files = File.objects.in_bulk([pk for kind, pk in keys if kind == "file"]) if keys else {}
    pictures = Picture.objects.in_bulk([pk for kind, pk in keys if kind == "picture"]) if keys else {}
    return _comparable(blocks_of(story, files, pictures)) == _comparable(wanted)


def check_story(place: Place, path: str, blocks: Sequence[Mapping[str, Any]]) -> None:
    """Note every block that cannot stand in a story."""
    before = len(place.problems)
    for number, block in enumerate(blocks, 1):
        _check_block(place, f"{path}[{number}]", block["type"], block["value"])
    if len(place.problems) == before:
        _check_whole(place, path, [block for block in blocks if block["type"] not in {"picture", "file"}])


def _check_block(place: Place, path: str, kind: str, value: Any) -> None:
    if kind not in BLOCKS:
        place.wrong(f"{path}.type", found_as(kind), listed(BLOCKS, kind))
    elif kind in _OBJECTS:
        if isinstance(value, dict):
            read_object(place, f"{path}.value", _OBJECTS[kind], value)
        else:
            place.wrong(f"{path}.value", found_as(value), gettext("an object"))
    elif kind == "table":
        if not _is_table(value):
            parts = gettext("an object with %(values)s") % {"values": "caption, columns (type, heading), rows"}
            place.wrong(f"{path}.value", found_as(value), parts)
    elif not isinstance(value, str):
        place.wrong(f"{path}.value", found_as(value), gettext("a text"))
    elif kind == "paragraph":
        check_markup(place, f"{path}.value", value)


def check_markup(place: Place, path: str, value: str) -> None:
    """Note markup that may not stand in a rich text."""
    try:
        to_html(value)
    except MarkupError as error:
        place.wrong(path, str(error), error.allowed)


def _check_whole(place: Place, path: str, blocks: list[Mapping[str, Any]]) -> None:
    """Ask the blocks themselves: they know lengths, captions, numbers."""
    try:
        _stream().clean(story_of(blocks, {}, {}))
    except ValidationError as error:
        for found in _messages(error):
            place.wrong(path, found, "")


def _messages(error: Any) -> list[str]:
    """The texts of an error of blocks, however deep they lie."""
    inner = getattr(error, "block_errors", None) or {}
    parts = [*(inner.values() if isinstance(inner, dict) else inner), *(getattr(error, "non_block_errors", None) or ())]
    texts = [
        text for part in parts if part is not None for text in ([part] if isinstance(part, str) else _messages(part))
    ]
    return texts or [str(text) for text in getattr(error, "messages", [])] or [gettext("cannot stand in a story")]


def _is_table(value: Any) -> bool:
    if not (isinstance(value, dict) and set(value) <= {"caption", "columns", "rows"}):
        return False
    columns, rows = value.get("columns"), value.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        return False
    good = all(isinstance(c, dict) and c.get("type") in _COLUMNS and isinstance(c.get("heading"), str) for c in columns)
    return good and all(isinstance(row, dict) and _fits(row.get("values"), len(columns)) for row in rows)


def _fits(values: Any, number: int) -> bool:
    simple = (str, int, float, type(None))
    return isinstance(values, list) and len(values) == number and all(isinstance(value, simple) for value in values)


def _stream() -> Any:
    return EntryPage._meta.get_field("story").stream_block


def _comparable(blocks: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Without the names of files, which are only for people."""
    found = []
    for block in blocks:
        value = block["value"]
        if block["type"] in {"picture", "file"}:
            value = {**value, block["type"]: value[block["type"]]["sha1"]}
            value = {key: part for key, part in value.items() if part not in {"", False}}
        found.append((block["type"], value))
    return found


def _as_it_is(value: Any, *_: Any) -> Any:
    return value


def _with_name(kind: str) -> Callable[..., Any]:
    def write(value: Mapping[str, Any], files: Mapping[int, File], pictures: Mapping[int, Picture]) -> Any:
        owner: File | Picture | None = (files if kind == "file" else pictures).get(value[kind])
        return {**value, kind: name_of(owner)} if owner else None

    return write


def _with_key(kind: str) -> Callable[..., Any]:
    def read(value: Mapping[str, Any], files: Files, pictures: Pictures) -> Any:
        owner: File | Picture | None = (files if kind == "file" else pictures).get(value[kind]["sha1"])
        return {**value, kind: owner.pk} if owner else None

    return read


def name_of(owner: File | Picture) -> dict[str, str]:
    """How records name a stored file: its name for people, the checksum of its content for machines."""
    return {"file": owner.filename, "sha1": owner.file_hash or owner.get_file_hash()}


_WRITERS: Final[Mapping[str, Callable[..., Any]]] = {
    "paragraph": lambda value, *_: to_text(value),
    "picture": _with_name("picture"),
    "file": _with_name("file"),
}
_READERS: Final[Mapping[str, Callable[..., Any]]] = {
    "paragraph": lambda value, *_: to_html(value),
    "picture": _with_key("picture"),
    "file": _with_key("file"),
}
