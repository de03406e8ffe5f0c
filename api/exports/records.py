"""Records of what was found, read from the live pages batch by batch: what is findable no more is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from api.exports.declared import DERIVED, ENTRY, WITHHELD, fields
from cases import addresses, citing, derived
from cases.exchange.batches import chunked
from cases.exchange.checks import MODELS
from cases.exchange.records import Names, value_of
from cases.exchange.schema import Field
from cases.file_rules import Reader
from cases.models import EntryPage, MethodLink
from cases.reading.attachments import attachments
from cases.reading.finding import home_paths
from cases.reading.rows import load_rows_of
from core.text import plain
from core.visibility import findable

BATCH: Final = 50
Record = dict[str, Any]
_INTERNAL: Final = re.compile(r"\[([^\]\n]*)\]\((?:page|document):\d+\)")
_LEADERS: Final = {"case": "lead_organisation", "method": "owner_organisation"}
PUBLIC: Final = Reader(AnonymousUser())


def records(keys: Iterable[str]) -> Iterator[Record]:
    """The public record of each entry in the order of `keys`; a constant number of SQL for each batch."""
    for batch in chunked(keys, BATCH):
        yield from _Batch(batch).records()


def in_language(record: Record, language: str) -> Record:
    """The record with its texts in this language where there is a translation: a table has no room for both."""
    texts = {key: text for key, text in record["translations"].get(language, {}).items() if isinstance(text, str)}
    return record | texts | {"text_language": language} if texts else record


@dataclass(frozen=True, slots=True)
class _Links:
    """References of findable entries that others are linked with, by the primary key of the one that is read."""

    methods: Mapping[int, EntryPage]
    cases: Mapping[int, list[str]]


class _Batch:
    """A few entries with all that their records take."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._homes = home_paths(None)
        self._pages: dict[str, EntryPage] = {}
        self._translations: dict[int, dict[str, EntryPage]] = {}
        for kind in MODELS:
            self._read(kind)

    def records(self) -> Iterator[Record]:
        originals = [self._pages[key] for key in self._keys if key in self._pages]
        links = _links(originals)
        # Without files and pictures: stories are told without them, attachments below by their own rule.
        names = Names({each.pk: each for page in originals for each in _organisations(page)}, links.methods)
        for page in originals:
            yield self._record(page, names, links)

    def _read(self, kind: Any) -> None:
        entries = findable(MODELS[kind]._default_manager.filter(translation_key__in=self._keys, alias_of=None))
        pages = list(entries.select_related("locale", "team", _LEADERS[kind]))
        originals = {page.pk: page for page in pages if page.original_id is None}
        load_rows_of(list(originals.values()))
        others = [page for page in pages if page.original_id in originals]
        if kind == "method":
            load_rows_of(others)
        self._pages |= {str(page.translation_key): page for page in originals.values()}
        for page in others:
            self._translations.setdefault(page.original_id, {})[page.locale.language_code] = page

    def _record(self, page: Any, names: Names, links: _Links) -> Record:
        translations = self._translations.get(page.pk, {})
        record = self._place(page, translations)
        for declared in fields(page.kind):
            if declared.key == "attachments":
                record["attachments"] = [_file(download) for download in attachments(page, PUBLIC)]
            elif declared.key == "related_cases":
                record["related_cases"] = links.cases.get(page.pk, [])
            elif declared.shape == "translations":
                record["translations"] = {
                    language: _texts(other, declared, names) for language, other in sorted(translations.items())
                }
            elif declared not in ENTRY and declared not in DERIVED:
                record[declared.key] = value_of(page, declared, names)
        if page.kind == "case" and not page.community_agreed:
            record["community_name"] = ""
        found: Record = _without_inner_links(record | _derived(page))
        return found

    def _place(self, page: EntryPage, translations: Mapping[str, EntryPage]) -> Record:
        language = page.locale.language_code
        return {
            "reference": page.reference,
            "kind": page.kind,
            "address": addresses.permanent(page.reference),
            "page": addresses.whole(addresses.of_page(page.url_path, language, self._homes)),
            "language": language,
            "languages": sorted([language, *translations]),
            "text_language": language,
            "team": page.team.name,
            "published": _day(page.first_published_at),
            "updated": _day(max(each.last_published_at for each in (page, *translations.values()))),
        }


def _organisations(page: Any) -> Iterator[Any]:
    leader = getattr(page, _LEADERS[page.kind])
    yield from [leader] if leader else []
    if page.kind == "case":
        yield from (row.organisation for row in page.partnerships.get_object_list())


def _texts(page: EntryPage, declared: Field, names: Names) -> Record:
    values = {part.key: value_of(page, part, names) for part in declared.parts if part.key not in WITHHELD}
    return {key: value for key, value in values.items() if value not in ("", [], None)}


def _links(originals: Sequence[EntryPage]) -> _Links:
    """One SQL for the methods of cases and one for the cases of methods; what is not findable is not named."""
    methods = {
        row.method_id for page in originals if page.kind == "case" for row in page.method_links.get_object_list()
    }
    found = findable(EntryPage.objects.filter(pk__in=methods)).only("reference") if methods else ()
    wanted = [page.pk for page in originals if page.kind == "method"]
    rows = _cases_of(wanted) if wanted else ()
    cases: dict[int, list[str]] = {}
    for method, reference in rows:
        cases.setdefault(method, []).append(reference)
    # Records name an entry by its external key; outside it is known by its reference.
    return _Links({page.pk: _named(page) for page in found}, cases)


def _cases_of(methods: Sequence[int]) -> Iterable[tuple[int, str]]:
    cases = findable(EntryPage.objects.filter(Q(pk__in=MethodLink.objects.filter(method__in=methods).values("entry"))))
    rows = MethodLink.objects.filter(method__in=methods, entry__in=cases.values("pk"))
    return rows.order_by("entry__reference").values_list("method_id", "entry__reference")


def _named(page: EntryPage) -> EntryPage:
    page.external_id = page.reference
    return page


def _file(download: Any) -> Record:
    return {
        "title": str(download.title),
        "description": str(download.description),
        "kind": download.kind.code,
        "access_level": download.access.code,
        "licence": download.licence.code if download.licence else None,
        "link": addresses.whole(download.href),
    }


def _derived(page: Any) -> Record:
    level, verdict = derived.participation(page), None
    if page.kind == "case":
        verdict = derived.citizen_data_test(page)
    return {
        "regions": [term.code for term in derived.regions(page)] if page.kind == "case" else [],
        "participation": level.code if level else None,
        "citizen_data": verdict.is_citizen_data if verdict else None,
        "citizen_data_reason": str(verdict.reason) if verdict else "",
        "assessment": _assessment(page),
        "completeness": derived.completeness(page).percent,
        "citation": plain(citing.citation(citing.work_of(page), "apa")),
    }


def _assessment(page: Any) -> str:
    if page.kind != "case" or page.assessment_confirmed:
        return ""
    if not page.lead_organisation:
        return _("Editors' assessment, not confirmed by the lead organisation.")
    return _("Editors' assessment, not confirmed by %(lead)s.") % {"lead": page.lead_organisation.name}


def _day(moment: Any) -> str | None:
    return moment.date().isoformat() if moment else None


def _without_inner_links(value: Any) -> Any:
    """Texts of authors without links that only the site itself can follow."""
    if isinstance(value, str):
        return plain(value) if "linktype=" in value else _INTERNAL.sub(r"\1", value)
    if isinstance(value, list):
        return [_without_inner_links(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_inner_links(each) for key, each in value.items()}
    return value
