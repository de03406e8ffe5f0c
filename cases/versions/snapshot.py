"""What a version keeps beside its revision: the record, and the names of things as they were shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision

from cases.models import EntryPage, Organisation, Term
from cases.provisions import goal_of, parse_provision
from cases.reading import story
from cases.reading.rows import load_rows
from cases.terms import TermRow, current_terms
from cases.versions.record import record_of
from core.models import Picture

FORMAT: Final = 1
WHOLE: Final = ("value_chain_stages", "participation_levels")
"""Vocabularies of which a page shows every value, chosen or not."""
NAMES: Final = ("terms", "organisations", "tags", "pictures", "files")
ORGANISATIONS: Final = ("lead_organisation", "owner_organisation")
SCHEDULE: Final = frozenset({"go_live_at", "expire_at"})
NUMBERS: Final = ("targets", "indicators", "possible_indicators")


def snapshot_of(entry: EntryPage, revision: Revision) -> dict[str, Any]:
    """The snapshot of `entry`, as it stands in memory, about to be known as a version; plain JSON.

    A translation keeps the names of what its original shows beside its texts as well: they may have changed since
    the original was published.
    """
    names = _names(entry)
    if entry.is_translation:
        names = merged(_names(entry.source), names)
    snapshot = {
        "format": FORMAT,
        "content_digest": content_digest(revision),
        "record": record_of(entry),
        "team": {"code": entry.team.code, "name": entry.team.name, "contact": entry.team.contact},
        **names,
    }
    plain: dict[str, Any] = json.loads(_canonical(snapshot))
    return plain


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """The names that two snapshots know; where both know a thing, as the second has it."""
    return {kind: {**first[kind], **second[kind]} for kind in NAMES}


def _names(entry: EntryPage) -> dict[str, dict[str, Any]]:
    """What everything that the entry shows is called today, by kind and key."""
    load_rows(entry)
    organisations = list(_organisations(entry))
    return {
        "terms": {str(term.id): _term(term) for term in _terms(entry, organisations)},
        "organisations": {str(each.pk): _organisation(each) for each in organisations},
        "tags": {str(row.tag_id): row.tag.name for row in entry.tagged_items.get_object_list()},
        "pictures": {str(each.pk): _picture(each) for each in _pictures(entry)},
        "files": {str(row.file_id): _file(row.file) for row in entry.attachments.get_object_list()},
    }


def content_digest(revision: Revision) -> str:
    """SHA-256 of what a revision says; when it goes live is set by its approval and shown nowhere."""
    return digest_of({name: value for name, value in revision.content.items() if name not in SCHEDULE})


def digest_of(value: Any) -> str:
    """SHA-256 of a value's JSON, the same whatever the order of its keys."""
    return hashlib.sha256(_canonical(value).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _terms(entry: EntryPage, organisations: Iterable[Organisation]) -> list[TermRow]:
    """Every term whose label the page may show, with those above it, each once, by key."""
    terms = current_terms()
    ids = {*_term_keys(entry), *(organisation.type_id for organisation in organisations)}
    found = [terms.resolve(pk) for pk in ids]
    found += [row for name in WHOLE for row in terms.of(name, retired=True)]
    found += _named_by_number(entry)
    found += [above for row in list(found) for above in terms.ancestors(row.id)]
    return sorted(dict.fromkeys(found), key=lambda row: row.id)


def _term_keys(entry: EntryPage) -> Iterator[int]:
    for relation in get_all_child_relations(type(entry)):
        names = [field.attname for field in relation.related_model._meta.concrete_fields if _is_term_key(field)]
        for row in getattr(entry, relation.get_accessor_name()).get_object_list() if names else ():
            yield from (pk for name in names if (pk := getattr(row, name)) is not None)


def _is_term_key(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey) and field.related_model is Term


def _named_by_number(entry: Any) -> list[TermRow]:
    """Goals of the targets and indicators, instruments of the provisions."""
    numbers = {goal_of(value) for name in NUMBERS for value in getattr(entry, name, ())}
    goals = [term for term in current_terms().of("sdgs", retired=True) if term.facts.get("number") in numbers]
    parsed = [parse_provision(value) for value in getattr(entry, "provisions", ())]
    return [*goals, *(found[0] for found in parsed if found)]


def _term(term: TermRow) -> dict[str, Any]:
    return {
        "vocabulary": term.vocabulary,
        "code": term.code,
        "labels": dict(term.labels),
        "parent": term.parent_id,
        "facts": dict(term.facts),
    }


def _organisations(entry: Any) -> Iterator[Organisation]:
    yield from (found for name in ORGANISATIONS if (found := getattr(entry, name, None)))
    rows = entry.partnerships.get_object_list() if hasattr(entry, "partnerships") else ()
    yield from (row.organisation for row in rows)


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {"name": organisation.name, "slug": organisation.slug, "type": organisation.type_id}


def _pictures(entry: EntryPage) -> list[Picture]:
    return [*story.pictures(entry.story), *([entry.cover] if entry.cover else [])]


def _picture(picture: Picture) -> dict[str, str]:
    return {"description": picture.description, "credit": picture.credit, "hash": picture.file_hash}


def _file(file: Any) -> dict[str, Any]:
    """The stored name tells a file from the one that replaces it."""
    return {"name": file.filename, "size": file.file_size, "stored": file.file.name, "hash": file.file_hash}
