"""Terms as every page reads them: an immutable snapshot, kept in the process and keyed by the terms' version.

A request asks the database once for the version (`refresh` runs when it starts) and loads all terms only when the
version changed. What this thread writes it sees at once; other threads and processes see it once it is committed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.apps import apps
from django.db import connection
from django.utils.translation import get_language

if TYPE_CHECKING:
    from cases.models.terms import Term

K = TypeVar("K", bound=Hashable)
FALLBACK: Final = "en"
# A term like any other, but no reader needs to be told that a country lies in the world.
WORLD: Final = ("m49_regions", "world")


class UnknownTermError(LookupError):
    """A primary key that belongs to no term."""


class Label(str):
    """A term's text together with the language it is really in."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str) -> Label:
        label = super().__new__(cls, text)
        label.lang = lang
        return label

    @property
    def text(self) -> str:
        """The bare text."""
        return str(self)


@dataclass(frozen=True, slots=True, eq=False)
class TermRow:
    """One term as it was when the snapshot was taken; two rows are equal when they are of the same term."""

    id: int
    vocabulary: str
    code: str
    labels: Mapping[str, str] = field(hash=False)
    descriptions: Mapping[str, str] = field(hash=False)
    parent_id: int | None
    order: int
    successor_id: int | None
    retired: bool
    facts: Mapping[str, Any] = field(hash=False)
    draft_languages: tuple[str, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TermRow) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def label(self, language: str | None = None) -> Label:
        """The label in `language` (default: the active one), else in English and marked as such."""
        return _text(self.labels, language) or Label(self.code, FALLBACK)

    def description(self, language: str | None = None) -> Label:
        """The description in `language` (default: the active one), else in English; empty when there is none."""
        return _text(self.descriptions, language) or Label("", FALLBACK)


def _text(texts: Mapping[str, str], language: str | None) -> Label | None:
    wanted = language or get_language() or FALLBACK
    for lang in (wanted, wanted.split("-")[0], FALLBACK):
        if texts.get(lang):
            return Label(texts[lang], lang)
    return None


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of one version."""

    version: str
    rows: Mapping[int, TermRow]
    _by_code: Mapping[tuple[str, str], TermRow] = field(repr=False)
    _by_vocabulary: Mapping[str, tuple[TermRow, ...]] = field(repr=False)
    _by_parent: Mapping[int, tuple[TermRow, ...]] = field(repr=False)

    def get(self, pk: int) -> TermRow:
        """The term with this primary key. Raises `UnknownTermError`."""
        try:
            return self.rows[pk]
        except KeyError:
            raise UnknownTermError(f"There is no term with the primary key {pk}.") from None

    def find(self, vocabulary: str, code: str) -> TermRow | None:
        """The term with this code, retired or not, or None."""
        return self._by_code.get((vocabulary, code))

    def of(self, vocabulary: str, retired: bool = False) -> tuple[TermRow, ...]:
        """A vocabulary's terms in order, `world` left out; with `retired=True` the retired ones are among them."""
        rows = self._by_vocabulary.get(vocabulary, ())
        return tuple(row for row in rows if (retired or not row.retired) and not is_world(row))

    def resolve(self, pk: int) -> TermRow:
        """The term itself, or where its chain of successors ends. Raises `UnknownTermError`."""
        row, seen = self.get(pk), {pk}
        while row.successor_id is not None and row.successor_id not in seen:
            seen.add(row.successor_id)
            row = self.get(row.successor_id)
        return row

    def ancestors(self, pk: int) -> tuple[TermRow, ...]:
        """The terms above, nearest first, `world` left out. Raises `UnknownTermError`."""
        found: list[TermRow] = []
        row, seen = self.get(pk), {pk}
        while row.parent_id is not None and row.parent_id not in seen:
            seen.add(row.parent_id)
            row = self.get(row.parent_id)
            found.append(row)
        return tuple(row for row in found if not is_world(row))

    def with_rows(self, rows: Iterable[TermRow]) -> Terms:
        """The same terms, some of them as `rows` has them: such as they stood on another day."""
        return _terms(f"{self.version}*", {**self.rows, **{row.id: row for row in rows}}.values())

    def children(self, pk: int) -> tuple[TermRow, ...]:
        """The terms right below that are not retired, in order of vocabulary and position."""
        return tuple(row for row in self._by_parent.get(pk, ()) if not row.retired)


def is_world(row: TermRow) -> bool:
    """Whether this is the root of the tree of countries, which is never shown."""
    return (row.vocabulary, row.code) == WORLD


def resolve(term: Term) -> TermRow:
    """The live term that now stands for `term`: every read of a draft, revision or import goes through here."""
    return current_terms().resolve(term.pk)


# What this thread read since the last `refresh`, and whether it wrote terms in a transaction that may still be open.
_checked: ContextVar[Terms | None] = ContextVar("checked_terms", default=None)
_wrote: ContextVar[bool] = ContextVar("wrote_terms", default=False)
_latest: Terms | None = None


def current_terms() -> Terms:
    """The snapshot of the terms: one SQL for the version, none when this thread asked since the last `refresh`."""
    if _wrote.get() and not connection.in_atomic_block:
        refresh()  # the transaction that wrote has ended, one way or the other
    if (checked := _checked.get()) is not None:
        return checked
    terms = _latest_of(apps.get_model("cases", "TermsVersion").current())
    if not _wrote.get():
        _checked.set(terms)
    return terms


@contextmanager
def reading(terms: Terms) -> Iterator[None]:
    """Let everything in the block that reads terms read these."""
    token = _checked.set(terms)
    try:
        yield
    finally:
        _checked.reset(token)


def refresh(**_: object) -> None:
    """Ask for the version again at the next read: when a request starts, and between the rounds of a worker."""
    _checked.set(None)
    _wrote.set(False)


def wrote(**_: object) -> None:
    """Note that this thread changed terms: until its transaction ends, each read checks the version."""
    _checked.set(None)
    _wrote.set(True)


def _latest_of(version: str) -> Terms:
    global _latest  # noqa: PLW0603 - one snapshot per process is the whole point
    latest = _latest
    if latest is None or latest.version != version:
        latest = _latest = _load(version)
    return latest


def _load(version: str) -> Terms:
    rows = [
        _row(values)
        for values in apps.get_model("cases", "Term").objects.order_by("vocabulary", "order", "code").values(*_COLUMNS)
    ]
    return _terms(version, rows)


def _terms(version: str, rows: Iterable[TermRow]) -> Terms:
    rows = list(rows)
    return Terms(
        version=version,
        rows=MappingProxyType({row.id: row for row in rows}),
        _by_code=MappingProxyType({(row.vocabulary, row.code): row for row in rows}),
        _by_vocabulary=_grouped((row.vocabulary, row) for row in rows),
        _by_parent=_grouped((row.parent_id, row) for row in rows if row.parent_id is not None),
    )


_COLUMNS: Final = (
    "id", "vocabulary", "code", "labels", "descriptions", "parent_id", "order", "successor_id", "retired_at", "facts",
    "draft_languages",
)  # fmt: skip


def _row(values: Mapping[str, Any]) -> TermRow:
    return TermRow(
        id=values["id"],
        vocabulary=values["vocabulary"],
        code=values["code"],
        labels=MappingProxyType(values["labels"]),
        descriptions=MappingProxyType(values["descriptions"]),
        parent_id=values["parent_id"],
        order=values["order"],
        successor_id=values["successor_id"],
        retired=values["retired_at"] is not None,
        facts=MappingProxyType(values["facts"]),
        draft_languages=tuple(values["draft_languages"]),
    )


def _grouped(pairs: Iterable[tuple[K, TermRow]]) -> Mapping[K, tuple[TermRow, ...]]:
    groups: dict[K, list[TermRow]] = {}
    for key, row in pairs:
        groups.setdefault(key, []).append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in groups.items()})
