"""What reading a file gives: texts, tables and marks, each with its place, and how much may be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal

Where = tuple[tuple[str, str], ...]
"""A place inside a file: pairs of a word (page, sheet, member ...) and a value."""
Sign = Literal["author", "comment", "change", "hidden", "picture", "unreadable"]
MAX_VALUE: Final = 200


@dataclass(frozen=True, slots=True)
class Text:
    """Running text."""

    where: Where
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first is taken for the headings."""

    where: Where
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that the file carries besides its content, or why it could not be read (`text` is then a code)."""

    sign: Sign
    where: Where
    text: str


Part = Text | Table | Mark


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read; what lies beyond is reported as not checked."""

    size: int = 60_000_000
    unpacked: int = 150_000_000
    members: int = 2_000
    depth: int = 3
    characters: int = 6_000_000
    rows: int = 50_000
    columns: int = 200
    pages: int = 2_000
    marks: int = 100
    seconds: int = 40
    memory: int = 1_500_000_000


class RefusalError(Exception):
    """The file cannot be read (further); `code` says why and `places.PROBLEMS` has its words."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(slots=True)
class Budget:
    """What is left of the limits while a file and all that is packed in it are read."""

    limits: Limits
    unpacked: int = 0
    members: int = 0
    characters: int = 0

    def unpack(self, size: int) -> None:
        """Count bytes that came out of a packed file; raises `RefusalError`."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked:
            raise RefusalError("too-large")

    def member(self) -> None:
        """Count one packed file; raises `RefusalError`."""
        self.members += 1
        if self.members > self.limits.members:
            raise RefusalError("too-many")

    def take(self, text: str) -> str:
        """As much of a text as may still be read; raises `RefusalError` when nothing may."""
        left = self.limits.characters - self.characters
        if left <= 0:
            raise RefusalError("too-long")
        self.characters += min(len(text), left)
        return text[:left]


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one file, its name, and where it lies inside the uploaded one."""

    content: bytes
    suffix: str
    budget: Budget
    where: Where = ()
    depth: int = 0
    extra: dict[str, str] = field(default_factory=dict)

    def at(self, *steps: tuple[str, str]) -> Where:
        """A place below this one."""
        return (*self.where, *((word, value[:MAX_VALUE]) for word, value in steps))

    def inside(self, content: bytes, suffix: str, *steps: tuple[str, str]) -> Source:
        """A file that is packed in this one; raises `RefusalError` when they are nested too deep."""
        if self.depth >= self.budget.limits.depth:
            raise RefusalError("too-deep")
        return replace(self, content=content, suffix=suffix.lower(), where=self.at(*steps), depth=self.depth + 1)


def to_json(parts: Iterable[Part]) -> Iterator[dict[str, Any]]:
    """Plain values, as they go from one process to the other."""
    for part in parts:
        yield {"part": type(part).__name__, **asdict(part)}


def from_json(values: Iterable[dict[str, Any]]) -> Iterator[Part]:
    """The parts again."""
    kinds: dict[str, type[Part]] = {"Text": Text, "Table": Table, "Mark": Mark}
    for value in values:
        kind = kinds[value.pop("part")]
        value["where"] = tuple((str(word), str(found)) for word, found in value["where"])
        yield kind(**value)
