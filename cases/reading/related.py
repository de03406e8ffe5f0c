"""Other entries that a page names: its translations, a case's methods, a method's cases, all in one SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from cases import addresses
from cases.models import CaseStudyPage, EntryPage, MethodLink
from cases.reading.texts import Text, native_name
from core.visibility import findable


@dataclass(frozen=True, slots=True)
class Translation:
    """A language in which the entry can be read."""

    language: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Another entry, in the reader's language where it has it, else in its original's."""

    title: Text
    summary: Text
    href: str
    reference: str


@dataclass(frozen=True, slots=True)
class Related:
    """What `related` found; `linked` are methods of a case or cases of a method."""

    translations: tuple[Translation, ...] = ()
    linked: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    original: int | None
    language: str
    url_path: str
    title: str
    summary: str
    reference: str

    @property
    def group(self) -> int:
        return self.original or self.pk


def related(entry: EntryPage, language: str, roots: Mapping[str, str]) -> Related:
    """Read what is findable of the entry's translations and of the entries linked with it."""
    source = entry.source
    if source.pk is None:
        return Related()
    rows = _rows(Q(pk=source.pk) | Q(original=source.pk) | _links(source))
    groups: dict[int, dict[str, _Row]] = {}
    for row in rows:
        groups.setdefault(row.group, {})[row.language] = row
    own = groups.pop(source.pk, {})
    return Related(_translations(own, language, roots), _linked(groups, _order(source), language, roots))


def _links(source: EntryPage) -> Q:
    if isinstance(source, CaseStudyPage):
        ids = [row.method_id for row in source.method_links.get_object_list()]
        return Q(pk__in=ids) | Q(original__in=ids)
    cases = MethodLink.objects.filter(method=source.pk).values("entry")
    return Q(pk__in=cases) | Q(original__in=cases)


def _order(source: EntryPage) -> list[int]:
    """Methods stand in the order of the case's rows; cases, having none, by title."""
    if isinstance(source, CaseStudyPage):
        return [row.method_id for row in source.method_links.get_object_list()]
    return []


def _rows(condition: Q) -> list[_Row]:
    names = ("pk", "original_id", "locale__language_code", "url_path", "title", "summary", "reference")
    return [_Row(*values) for values in findable(EntryPage.objects.filter(condition)).values_list(*names)]


def _translations(own: Mapping[str, _Row], language: str, roots: Mapping[str, str]) -> tuple[Translation, ...]:
    found = [
        Translation(code, native_name(code), addresses.of_page(row.url_path, code, roots), code == language)
        for code, row in own.items()
    ]
    return tuple(sorted(found, key=lambda each: each.language))


def _linked(
    groups: Mapping[int, Mapping[str, _Row]], order: list[int], language: str, roots: Mapping[str, str]
) -> tuple[Linked, ...]:
    """One entry for each group whose original can be found."""
    found = []
    for key, rows in groups.items():
        original = next((row for row in rows.values() if row.original is None), None)
        if original is not None:
            found.append((key, rows.get(language, original)))
    found.sort(key=lambda pair: (order.index(pair[0]) if pair[0] in order else len(order), pair[1].title))
    return tuple(_entry(row, roots) for _key, row in found)


def _entry(row: _Row, roots: Mapping[str, str]) -> Linked:
    title, summary = Text(row.title, row.language), Text(row.summary, row.language)
    return Linked(title, summary, addresses.of_page(row.url_path, row.language, roots), row.reference)
