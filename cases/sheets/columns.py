"""The columns of a sheet: each is the path of one value within a record, such as `title` or `partners[2].role`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings

from cases.exchange.schema import DRAFT_SCHEMAS, Field
from cases.term_fields import Kind
from cases.terms import current_terms

MARK: Final = "#"
"""Heading of the first column; a row that has something there is a remark, not a record."""
NEVER: Final = frozenset({"story"})
"""What no sheet can hold: JSON does, and a sheet leaves it as it is."""
MOST_ITEMS: Final = 100
HEADING_LENGTH: Final = 200
SLOTS: Final[Mapping[str, int]] = {
    "partners": 5, "official_use": 3, "sources": 4, "attachments": 2, "steps": 8, "quality_checks": 4, "tools": 3,
}  # fmt: skip
"""How many of each a template has room for; a file may number on."""
_STEP: Final = re.compile(r"([^.\[\]]+)((?:\[\d+\])?)\.?")
_LEVEL: Final = Field("level", "term", "", vocabulary="participation_levels", required=False)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the path, what its cells hold, and the keys above it."""

    path: str
    leaf: Field
    above: tuple[Field, ...]

    @property
    def top(self) -> str:
        """The key of the record in which the value lies."""
        return self.path.replace("[", ".").split(".", maxsplit=1)[0]


def languages() -> list[str]:
    """Languages of translations, in the order of the settings."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def columns(kind: Kind, slots: Mapping[str, int] = SLOTS, translated: Sequence[str] | None = None) -> list[Column]:
    """All columns of a sheet, `id` first. `slots` says how often a list of objects is repeated."""
    fields = sorted(DRAFT_SCHEMAS[kind], key=lambda field: field.key != "id")
    chosen = languages() if translated is None else translated
    return list(_expand(fields, "", (), slots, chosen))


def _expand(
    fields: Iterable[Field], prefix: str, above: tuple[Field, ...], slots: Mapping[str, int], translated: Sequence[str]
) -> Iterator[Column]:
    for field in fields:
        path = f"{prefix}{field.key}"
        if field.key in NEVER:
            continue
        if field.shape in {"objects", "uses"}:
            for number in range(1, slots.get(path, slots.get(field.key, 0)) + 1):
                yield from _expand(field.parts, f"{path}[{number}].", (*above, field), slots, translated)
        elif field.shape == "object":
            yield from _expand(field.parts, f"{path}.", (*above, field), slots, translated)
        elif field.shape == "translations":
            for language in translated:
                yield from _expand(field.parts, f"{path}.{language}.", (*above, field), slots, translated)
        else:
            yield from leaves(field, path, above)


def leaves(field: Field, path: str, above: tuple[Field, ...]) -> Iterator[Column]:
    """The columns of one value: one for each stage, dimension or basis where it has several."""
    if field.shape == "levels":
        for stage in current_terms().of("value_chain_stages"):
            yield Column(f"{path}.{stage.code}", replace(_LEVEL, meaning=field.meaning), (*above, field))
    elif field.shape == "scores":
        for dimension in current_terms().of("quality_dimensions"):
            for part in field.parts:
                yield Column(f"{path}.{dimension.code}.{part.key}", part, (*above, field))
    elif field.shape == "basis":
        for word in ("verified", "general"):
            yield Column(f"{path}.{word}", replace(field, shape="records"), (*above, field))
    else:
        yield Column(path, field, above)


class Headings:
    """Finds columns by their headings, however far their numbers go."""

    def __init__(self, kind: Kind) -> None:
        self.known = {column.path: column for column in columns(kind, dict.fromkeys(SLOTS, 1))}

    def find(self, path: str) -> Column | None:
        """The column with this heading; None when no sheet has it."""
        numbers = [int(number) for number in re.findall(r"\[(\d{1,4})\]", path[:HEADING_LENGTH])]
        if any(not 1 <= number <= MOST_ITEMS for number in numbers):
            return None
        found = self.known.get(re.sub(r"\[\d+\]", "[1]", path[:HEADING_LENGTH]))
        return replace(found, path=path) if found else None


def steps(path: str) -> list[str | int]:
    """The path in pieces: keys of objects and positions in lists, from 1."""
    found: list[str | int] = []
    for key, number in _STEP.findall(path):
        found.append(key)
        if number:
            found.append(int(number[1:-1]))
    return found


def slots_of(records: Iterable[Mapping[str, Any]]) -> tuple[dict[str, int], list[str]]:
    """How often each list of objects must be repeated for these records, and the languages that they have."""
    most: dict[str, int] = {}
    spoken: set[str] = set()
    for record in records:
        for key in SLOTS:
            value = record.get(key)
            if isinstance(value, list):
                most[key] = max(most.get(key, 0), len(value))
        for language, texts in record.get("translations", {}).items():
            spoken.add(language)
            path = f"translations.{language}.steps"
            most[path] = max(most.get(path, 0), len(texts.get("steps", ())))
    return most, [language for language in languages() if language in spoken]
