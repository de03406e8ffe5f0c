"""From plain JSON values to typed ones, one reader for each shape of `schema.Field`."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.exchange.characters import forbidden_in
from cases.exchange.problems import Place, at_most, found_as, listed, shown
from cases.exchange.schema import Field, Shape
from cases.terms import TermRow, Terms, current_terms

TEXT_LENGTH: Final = 100_000
"""Characters of the longest text that is read."""
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINE_BREAK: Final = re.compile(r"[\r\n\u2028\u2029]")
BASES: Final = {"verified": "verified", "general": "editorial"}
"""Words of the files for how a field was checked, and what the page stores."""

Reader = Callable[[Place, str, Field, Any], Any]


def read_object(place: Place, path: str, fields: Sequence[Field], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read an object key by key; unknown and missing keys are faults. Keys that are not given are not in the result."""
    known = [field.key for field in fields]
    for key in raw:
        if key not in known:
            place.wrong(_join(path, key), _("is no known key"), listed(known, key))
    values: dict[str, Any] = {}
    for field in fields:
        if field.key in raw:
            values[field.key] = read_value(place, _join(path, field.key), field, raw[field.key])
        elif field.required:
            place.wrong(_join(path, field.key), _("is missing"), allowed(field))
    return values


def read_value(place: Place, path: str, field: Field, raw: Any) -> Any:
    """The typed value; None where it is null or wrong."""
    if raw is None and field.nullable:
        return None
    return READERS[field.shape](place, path, field, raw)


def allowed(field: Field, found: Any = None) -> str:
    """In words, what may stand in a field; values of a vocabulary with those like `found` first."""
    if field.shape in {"levels", "scores"}:
        vocabulary = "value_chain_stages" if field.shape == "levels" else "quality_dimensions"
        text = _("an object with keys of %(values)s") % {"values": listed(_codes(vocabulary), found)}
    elif field.vocabulary:
        values = listed(options(field), found)
        text = values if field.shape == "term" else _("a list of %(values)s") % {"values": values}
    elif field.shape in {"basis", "object"}:
        keys = listed(BASES if field.shape == "basis" else [part.key for part in field.parts])
        text = _("an object with %(values)s") % {"values": keys}
    else:
        text = _ALLOWED[field.shape] % {"minimum": field.minimum, "maximum": field.maximum or _("any number of")}
    return _("%(allowed)s, or null") % {"allowed": text} if field.nullable else text


def options(field: Field) -> dict[str, TermRow]:
    """The terms that may be chosen, by the name that records give them; country codes in small letters."""
    terms, key = current_terms(), (field.vocabulary, field.named_by)
    if _cached.of is not terms:
        _cached.of, _cached.options = terms, {}
    if key not in _cached.options:
        rows = terms.of(field.vocabulary)
        named = field.named_by != "code"
        _cached.options[key] = {str(row.facts[field.named_by]).lower() if named else row.code: row for row in rows}
    return _cached.options[key]


class _Options(threading.local):
    """The options of one version of the terms: thousands of records ask for the same ones."""

    of: Terms | None = None
    options: dict[tuple[str, str], dict[str, TermRow]]


_cached: Final = _Options()


def _codes(vocabulary: str) -> list[str]:
    return [row.code for row in current_terms().of(vocabulary)]


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _slug(place: Place, path: str, field: Field, raw: Any) -> str | None:
    if isinstance(raw, str) and _SLUG.fullmatch(raw) and len(raw) <= (field.maximum or len(raw)):
        return raw
    return _refuse(place, path, field, raw)


def _text(place: Place, path: str, field: Field, raw: Any) -> str | None:
    if not isinstance(raw, str):
        return _refuse(place, path, field, raw)
    text = raw.strip()
    if len(text) < field.minimum:
        return _refuse(place, path, field, raw)
    most = TEXT_LENGTH if field.maximum is None else field.maximum
    if len(text) > most:
        place.wrong(path, _("has %(number)s characters") % {"number": len(text)}, at_most(most))
    if found := forbidden_in(text):
        held = _("holds the invisible character %(sign)s") % {"sign": found}
        place.wrong(path, held, _("text without control characters"))
    return text


def _line(place: Place, path: str, field: Field, raw: Any) -> str | None:
    if isinstance(raw, str) and _LINE_BREAK.search(raw.strip()):
        place.wrong(path, _("has line breaks"), allowed(field))
    return _text(place, path, field, raw)


def _number(place: Place, path: str, field: Field, raw: Any) -> int | None:
    low, high = field.minimum, field.maximum or 0
    if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high:
        return raw
    return _refuse(place, path, field, raw)


def _flag(place: Place, path: str, field: Field, raw: Any) -> bool | None:
    return raw if isinstance(raw, bool) else _refuse(place, path, field, raw)


def _term(place: Place, path: str, field: Field, raw: Any) -> TermRow | None:
    """A term by its name; one that was merged is followed to where it went."""
    wanted = str if field.named_by != "number" else int
    if not isinstance(raw, wanted) or isinstance(raw, bool):
        return _refuse(place, path, field, raw)
    name = str(raw).lower() if field.named_by == "iso3" else str(raw)
    row = options(field).get(name) or _successor(field, name)
    if row is None and field.retired and field.named_by == "code":
        row = current_terms().find(field.vocabulary, name)
    return row or _refuse(place, path, field, raw)


def _successor(field: Field, name: str) -> TermRow | None:
    terms = current_terms()
    retired = terms.find(field.vocabulary, name)
    row = terms.resolve(retired.id) if retired else None
    return row if row and not row.retired and row.vocabulary == field.vocabulary else None


def _items(place: Place, path: str, field: Field, raw: Any) -> list[Any]:
    """The items of a list, or nothing when it is none or holds too few."""
    if not isinstance(raw, list):
        _refuse(place, path, field, raw)
        return []
    if len(raw) < field.minimum:
        least = _("at least %(number)s: %(allowed)s") % {"number": field.minimum, "allowed": allowed(field)}
        place.wrong(path, _("holds too little"), least)
    return raw


def _terms(place: Place, path: str, field: Field, raw: Any) -> tuple[TermRow, ...]:
    items = _items(place, path, field, raw)
    if field.maximum is not None and len(items) > field.maximum:
        place.wrong(path, _("holds %(value)s") % {"value": len(items)}, at_most(field.maximum))
    single = _as_item(field, "term")
    return _once(place, path, [_term(place, f"{path}[{n}]", single, item) for n, item in enumerate(items, 1)])


def _once(place: Place, path: str, values: list[Any]) -> tuple[Any, ...]:
    found = [value for value in values if value is not None]
    if len(set(found)) < len(found):
        twice = next(value for value in found if found.count(value) > 1)
        name = twice.code if isinstance(twice, TermRow) else twice
        place.wrong(path, _("holds %(value)s twice") % {"value": shown(name)}, _("each value once"))
    return tuple(found)


def _lines(place: Place, path: str, field: Field, raw: Any) -> tuple[str, ...]:
    single = replace(field, shape="line", nullable=False, minimum=1, validator=None)
    items = _items(place, path, field, raw)
    values = _once(place, path, [_line(place, f"{path}[{n}]", single, item) for n, item in enumerate(items, 1)])
    if field.validator is not None:
        _validate(place, path, field.validator, values)
    return values


def _validate(place: Place, path: str, validator: Callable[[Iterable[str]], None], values: Iterable[str]) -> None:
    try:
        validator(values)
    except ValidationError as error:
        for message in error.messages:
            place.wrong(path, message, "")


def _as_item(field: Field, shape: Shape) -> Field:
    return replace(field, shape=shape, nullable=False, minimum=0, maximum=None)


def _date(place: Place, path: str, field: Field, raw: Any) -> date | None:
    try:
        return date.fromisoformat(raw if isinstance(raw, str) and _DATE.fullmatch(raw) else "")
    except ValueError:
        _refuse(place, path, field, raw)
        return None


def _uses(place: Place, path: str, field: Field, raw: Any) -> tuple[dict[str, Any], ...]:
    """Each use a code, or an object with the code and what shows it."""
    single = replace(field.parts[0], retired=field.retired)
    found = []
    for number, item in enumerate(_items(place, path, field, raw), 1):
        if isinstance(item, dict):
            found.append(read_object(place, f"{path}[{number}]", field.parts, item))
        else:
            found.append({"use": _term(place, f"{path}[{number}]", single, item)})
    _once(place, path, [use["use"] for use in found if len(use) == 1])
    return tuple(use for use in found if use.get("use"))


def _story(place: Place, path: str, field: Field, raw: Any) -> tuple[dict[str, Any], ...] | None:
    """Blocks as they stand; what is in them is checked with the page."""
    items = _items(place, path, field, raw)
    for number, item in enumerate(items, 1):
        if not (isinstance(item, dict) and set(item) == {"type", "value"} and isinstance(item["type"], str)):
            _refuse(place, f"{path}[{number}]", field, item)
            return None
    return tuple(items)


def _object(place: Place, path: str, field: Field, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        _refuse(place, path, field, raw)
        return {}
    return read_object(place, path, field.parts, raw)


def _objects(place: Place, path: str, field: Field, raw: Any) -> tuple[dict[str, Any], ...]:
    items = _items(place, path, field, raw)
    single = replace(field, shape="object")
    return tuple(_object(place, f"{path}[{n}]", single, item) for n, item in enumerate(items, 1))


def _mapping(place: Place, path: str, field: Field, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or len(raw) < field.minimum:
        _refuse(place, path, field, raw)
        return {}
    return raw


def _levels(place: Place, path: str, field: Field, raw: Any) -> dict[TermRow, int]:
    """Stage to level 1-5."""
    stage = Field("stage", "term", "", vocabulary="value_chain_stages")
    level = Field("level", "term", "", vocabulary="participation_levels")
    found: dict[TermRow, int] = {}
    for code, name in _mapping(place, path, field, raw).items():
        row, reached = _term(place, f"{path}.{code}", stage, code), _term(place, f"{path}.{code}", level, name)
        if row and reached:
            found[row] = reached.facts["level"]
    return found


def _scores(place: Place, path: str, field: Field, raw: Any) -> dict[TermRow, dict[str, Any]]:
    """Quality dimension to its score with evidence."""
    dimension = Field("dimension", "term", "", vocabulary="quality_dimensions")
    found: dict[TermRow, dict[str, Any]] = {}
    for code, value in _mapping(place, path, field, raw).items():
        row = _term(place, f"{path}.{code}", dimension, code)
        score = _object(place, f"{path}.{code}", Field(code, "object", "", parts=field.parts), value)
        if row:
            found[row] = score
    return found


def _basis(place: Place, path: str, field: Field, raw: Any) -> dict[str, str]:
    """Key to `verified` or `editorial`; whether the keys are known is seen with the record."""
    found: dict[str, str] = {}
    for word, keys in _mapping(place, path, field, raw).items():
        if word not in BASES:
            place.wrong(f"{path}.{word}", _("is no known key"), listed(BASES, word))
            continue
        for key in _lines(place, f"{path}.{word}", Field(word, "lines", "", maximum=40), keys):
            if key in found:
                place.wrong(f"{path}.{word}", _("holds %(value)s twice") % {"value": shown(key)}, _("each value once"))
            found[key] = BASES[word]
    return found


def _translations(place: Place, path: str, field: Field, raw: Any) -> dict[str, dict[str, Any]]:
    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    found: dict[str, dict[str, Any]] = {}
    for language, texts in _mapping(place, path, field, raw).items():
        if language not in languages:
            place.wrong(f"{path}.{language}", _("is no language of the site"), listed(languages, language))
            continue
        single = Field(language, "object", field.meaning, parts=field.parts)
        found[language] = _object(place, f"{path}.{language}", single, texts)
    return found


def _refuse(place: Place, path: str, field: Field, raw: Any) -> Any:
    """Note that the value may not stand here; the reader goes on with None."""
    place.wrong(path, found_as(raw), allowed(field, raw))
    return None


READERS: Final[Mapping[Shape, Reader]] = {
    "slug": _slug,
    "line": _line,
    "text": _text,
    "year": _number,
    "flag": _flag,
    "score": _number,
    "term": _term,
    "terms": _terms,
    "lines": _lines,
    "object": _object,
    "objects": _objects,
    "levels": _levels,
    "scores": _scores,
    "records": _lines,
    "basis": _basis,
    "translations": _translations,
    "number": _number,
    "date": _date,
    "uses": _uses,
    "story": _story,
}

_ALLOWED: Final[Mapping[Shape, Any]] = {
    "slug": gettext_lazy("small letters a-z, digits and single hyphens, at most %(maximum)s characters"),
    "line": gettext_lazy("a text without line breaks, %(minimum)s to %(maximum)s characters"),
    "text": gettext_lazy("a text that is not empty"),
    "year": gettext_lazy("a whole number from %(minimum)s to %(maximum)s"),
    "score": gettext_lazy("a whole number from %(minimum)s to %(maximum)s"),
    "flag": "true, false",
    "lines": gettext_lazy("a list of texts"),
    "objects": gettext_lazy("a list of objects"),
    "records": gettext_lazy("a list of ids of cases"),
    "translations": gettext_lazy("an object with texts by language"),
    "number": gettext_lazy("a whole number from %(minimum)s to %(maximum)s"),
    "date": gettext_lazy("a date as YYYY-MM-DD"),
    "story": gettext_lazy("a list of blocks, each an object with type and value"),
}
