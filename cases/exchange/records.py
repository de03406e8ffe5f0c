"""From pages to records: what an entry holds in the words of the schema, so that reading it gives the same entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wagtail.fields import RichTextField

from cases.exchange.markup import to_text
from cases.exchange.schema import SCHEMAS, Field
from cases.exchange.stories import blocks_of, keys_of, name_of
from cases.models import EntryPage, MethodPage, Organisation
from cases.term_fields import TERM_FIELDS
from cases.terms import TermRow, current_terms
from core.models import File, Picture

_TOOL: Final = re.compile(r"(?P<name>\S.*?) \((?P<licence>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Names:
    """What the entries of a batch point to, by primary key; read in one query each."""

    organisations: Mapping[int, Organisation] = field(default_factory=dict)
    methods: Mapping[int, EntryPage] = field(default_factory=dict)
    files: Mapping[int, File] = field(default_factory=dict)
    pictures: Mapping[int, Picture] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[EntryPage]) -> Names:
        """Everything that these pages point to."""
        keys = _Keys()
        for page in pages:
            keys.take(page)
        methods = EntryPage.objects.filter(pk__in=keys.methods).only("external_id", "reference")
        return cls(
            Organisation.objects.in_bulk(keys.organisations),
            {method.pk: method for method in methods},
            File.objects.in_bulk(keys.files),
            Picture.objects.in_bulk(keys.pictures),
        )


class _Keys:
    def __init__(self) -> None:
        self.organisations: set[int] = set()
        self.methods: set[int] = set()
        self.files: set[int] = set()
        self.pictures: set[int] = set()

    def take(self, page: EntryPage) -> None:
        self._organisations(page)
        self.methods |= {row.method_id for row in rows(page, "method_links")}
        self.files |= {row.file_id for row in rows(page, "attachments")}
        if page.cover_id:
            self.pictures.add(page.cover_id)
        for kind, pk in keys_of(page.story):
            (self.files if kind == "file" else self.pictures).add(pk)

    def _organisations(self, page: EntryPage) -> None:
        own = getattr(page, "lead_organisation_id", None) or getattr(page, "owner_organisation_id", None)
        self.organisations |= {row.organisation_id for row in rows(page, "partnerships")} | ({own} if own else set())


def rows(page: EntryPage, relation: str) -> list[Any]:
    """Child rows as they stand in memory; none where an entry of this kind has no such rows."""
    manager = getattr(page, relation, None)
    found: list[Any] = manager.get_object_list() if manager is not None else []
    return found


def key_of(page: EntryPage) -> str:
    """The key under which an entry is exported: its own, else its reference in small letters."""
    return page.external_id or page.reference.lower()


def record_of(page: EntryPage, translations: Mapping[str, EntryPage], names: Names) -> dict[str, Any]:
    """Everything that may leave the site, key by key in the order of the schema. What is private is no key of it."""
    record: dict[str, Any] = {}
    for declared in SCHEMAS[page.kind]:
        if declared.shape == "translations":
            record[declared.key] = {
                language: _translation(other, declared.parts, names) for language, other in sorted(translations.items())
            }
        else:
            record[declared.key] = value_of(page, declared, names)
    return record


def value_of(page: EntryPage, declared: Field, names: Names) -> Any:
    """The value of one key."""
    if declared.target in _WRITERS:
        return _WRITERS[declared.target](page, names)
    if declared.target in TERM_FIELDS:
        return _terms(page, declared)
    return _plain(page, declared)


def _translation(page: EntryPage, parts: Iterable[Field], names: Names) -> dict[str, Any]:
    values = {part.key: value_of(page, part, names) for part in parts}
    return {key: value for key, value in values.items() if value not in ("", [], None)}


def _terms(page: EntryPage, declared: Field) -> Any:
    found = [_named(term, declared.named_by) for term in page.chosen(declared.target)]
    return found if declared.shape == "terms" else next(iter(found), None)


def _named(term: TermRow, by: str) -> str | int:
    if by == "code":
        return term.code
    fact: str | int = term.facts[by]
    return fact.upper() if isinstance(fact, str) else fact


def _plain(page: EntryPage, declared: Field) -> Any:
    value = getattr(page, declared.target)
    if isinstance(page._meta.get_field(declared.target), RichTextField):
        return to_text(value)
    if declared.shape == "lines":
        return list(value)
    return None if value == "" and declared.nullable else value


def _term(pk: int | None) -> TermRow | None:
    return current_terms().resolve(pk) if pk else None


def _code(pk: int | None) -> str | None:
    term = _term(pk)
    return term.code if term else None


def _given(**values: Any) -> dict[str, Any]:
    """The values that say something."""
    return {key: value for key, value in values.items() if value not in ("", None)}


def _organisation(pk: int | None, names: Names) -> dict[str, Any] | None:
    organisation = names.organisations.get(pk) if pk else None
    if organisation is None:
        return None
    return _given(name=organisation.name, type=_code(organisation.type_id), url=organisation.url)


def _partners(page: EntryPage, names: Names) -> list[dict[str, Any]]:
    found = []
    for row in rows(page, "partnerships"):
        organisation = _organisation(row.organisation_id, names)
        if organisation:
            found.append({**organisation, **_given(role=_code(row.role_id), role_note=row.note)})
    return found


def _levels(page: EntryPage, _names: Names) -> Any:
    stages = {_code(row.stage_id): row.level for row in rows(page, "stage_levels")}
    if isinstance(page, MethodPage):
        return list(stages)
    by_level = {term.facts["level"]: term.code for term in current_terms().of("participation_levels", retired=True)}
    ordered = _ordered(stages, "value_chain_stages")
    return {stage: by_level[level] for stage, level in ordered.items() if level is not None}


def _scores(page: EntryPage, _names: Names) -> dict[str, Any]:
    found = {
        _code(row.dimension_id): _given(score=row.score, note=row.evidence) for row in rows(page, "quality_scores")
    }
    return _ordered(found, "quality_dimensions")


def _ordered(values: dict[str | None, Any], vocabulary: str) -> dict[str, Any]:
    """In the order of the vocabulary, which is that of the columns of a sheet: the order says nothing."""
    places = {term.code: place for place, term in enumerate(current_terms().of(vocabulary, retired=True))}
    return {str(code): values[code] for code in sorted(values, key=lambda code: places.get(str(code), 0))}


def _uses(page: EntryPage, _names: Names) -> list[Any]:
    """A bare code where there is no more to say."""
    found: list[Any] = []
    for row in rows(page, "official_uses"):
        more = _given(evidence=row.evidence, year=row.year, link=row.link)
        code = _code(row.use_id)
        found.append({"use": code, **more} if more else code)
    return found


def _sources(page: EntryPage, _names: Names) -> list[dict[str, Any]]:
    return [
        {"title": row.title, **_given(publisher=row.publisher), "year": row.year, **_given(link=row.link)}
        for row in rows(page, "sources")
    ]


def _attachments(page: EntryPage, names: Names) -> list[dict[str, Any]]:
    found = []
    for row in rows(page, "attachments"):
        if row.file_id in names.files:
            more = _given(
                description=row.description,
                kind=_code(row.kind_id),
                access_level=_code(row.access_level_id),
                licence=_code(row.licence_id),
                public_from=row.public_from.isoformat() if row.public_from else None,
            )
            found.append({**name_of(names.files[row.file_id]), "title": row.title, **more})
    return found


def _cover(page: EntryPage, names: Names) -> dict[str, str] | None:
    picture = names.pictures.get(page.cover_id) if page.cover_id else None
    return name_of(picture) if picture else None


def _steps(page: EntryPage, _names: Names) -> list[dict[str, Any]]:
    return [{"title": row.title, **_given(text=row.text, who=row.who, time=row.time)} for row in rows(page, "steps")]


def _checks(page: EntryPage, _names: Names) -> list[dict[str, Any]]:
    return [{"dimension": _code(row.dimension_id), "check": row.check_text} for row in rows(page, "quality_checks")]


def _tools(page: EntryPage, _names: Names) -> list[Any]:
    """“name (licence)” taken apart; a case has plain names."""
    if not isinstance(page, MethodPage):
        return list(page.tools)
    matches = [(tool, _TOOL.fullmatch(tool)) for tool in page.tools]
    return [match.groupdict() if match else {"name": tool} for tool, match in matches]


def _methods(page: EntryPage, names: Names) -> list[str]:
    links = rows(page, "method_links")
    return [key_of(names.methods[link.method_id]) for link in links if link.method_id in names.methods]


def _related(page: EntryPage, _names: Names) -> list[str]:
    """The cases that use a method, which their own rows say."""
    links = page.case_links.select_related("entry").order_by("pk")
    return sorted(key_of(link.entry) for link in links)


def _tags(page: EntryPage, _names: Names) -> list[str]:
    return sorted((row.tag.name for row in rows(page, "tagged_items")), key=lambda name: (name.casefold(), name))


def _basis(page: EntryPage, _names: Names) -> dict[str, list[str]]:
    words = {"verified": "verified", "editorial": "general"}
    keys = {declared.target: declared.key for declared in SCHEMAS[page.kind]}
    found: dict[str, list[str]] = {}
    for target, basis in page.basis.items():
        if target in keys and basis in words:
            found.setdefault(words[basis], []).append(keys[target])
    return {word: sorted(found[word]) for word in words.values() if word in found}


Writer = Callable[[EntryPage, Names], Any]
_WRITERS: Final[Mapping[str, Writer]] = {
    "external_id": lambda page, _names: key_of(page),
    "lead_organisation": lambda page, names: _organisation(page.lead_organisation_id, names),
    "owner_organisation": lambda page, names: _organisation(page.owner_organisation_id, names),
    "partnerships": _partners,
    "stage_levels": _levels,
    "quality_scores": _scores,
    "official_uses": _uses,
    "sources": _sources,
    "attachments": _attachments,
    "cover": _cover,
    "story": lambda page, names: blocks_of(page.story, names.files, names.pictures),
    "steps": _steps,
    "quality_checks": _checks,
    "tools": _tools,
    "method_links": _methods,
    "case_links": _related,
    "tags": _tags,
    "basis": _basis,
}
