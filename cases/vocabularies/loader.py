"""Bringing the database in line with the vocabulary files, and telling where the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from cases.models.terms import Term
from cases.vocabularies.changes import move_term
from cases.vocabularies.files import FOLDER, Key, Record, read_files

Progress = Callable[[list[Record]], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. Terms are named `vocabulary: code`."""

    created: list[str] = field(default_factory=list)
    updated: dict[str, list[str]] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.updated or self.moved)


def load_vocabularies(folder: Path = FOLDER, progress: Progress = iter) -> LoadReport:
    """Load all vocabulary files in one transaction. A second run changes nothing.

    What an editor wrote or confirmed is kept and reported; terms that the files no longer have are reported only.
    Raises `VocabularyFilesError` before anything is written.
    """
    records = read_files(folder)
    report = LoadReport()
    with transaction.atomic():
        terms = {(term.vocabulary, term.code): term for term in Term.objects.select_for_update()}
        known = set(terms)
        _create([record for record in records if record.key not in known], terms, report)
        for record in progress(records):
            if record.key in known:
                _update(terms[record.key], record, terms, report)
        report.missing.extend(_named(key) for key in sorted(known - {record.key for record in records}))
    return report


def _create(records: list[Record], terms: dict[Key, Term], report: LoadReport) -> None:
    """Insert the records, those without a parent first, then level by level."""
    waiting = records
    while waiting:
        ready = [record for record in waiting if record.parent is None or record.parent in terms]
        for term in Term.objects.bulk_create([_new(record, terms) for record in ready], batch_size=200):
            terms[(term.vocabulary, term.code)] = term
        waiting = [record for record in waiting if record.key not in terms]
    report.created.extend(_named(record.key) for record in records)


def _new(record: Record, terms: dict[Key, Term]) -> Term:
    return Term(
        vocabulary=record.vocabulary,
        code=record.code,
        order=record.order,
        labels=record.labels,
        descriptions=record.descriptions,
        draft_languages=record.draft_languages,
        facts=record.facts,
        parent=terms[record.parent] if record.parent else None,
    )


def _update(term: Term, record: Record, terms: dict[Key, Term], report: LoadReport) -> None:
    name = _named(record.key)
    changes = _changes(term, record)
    kept = [field for field in changes if field in term.edited_fields] + _kept_labels(term, record)
    fields = [field for field in changes if field not in term.edited_fields]
    if fields:
        for changed in fields:
            setattr(term, changed, changes[changed])
        term.save(update_fields=fields)
        report.updated[name] = fields
    parent = terms[record.parent] if record.parent else None
    if term.parent_id != (parent.pk if parent else None):
        if "parent" in term.edited_fields:
            kept.append("parent")
        else:
            move_term(term, parent)
            report.moved.append(name)
    if kept:
        report.kept[name] = sorted(kept)


def _changes(term: Term, record: Record) -> dict[str, object]:
    """The columns in which the record differs, with the values they are to have."""
    edited = set(term.edited_languages)
    own = {language: text for language, text in term.labels.items() if language in edited}
    wanted: dict[str, object] = {
        "labels": {**record.labels, **own},
        "draft_languages": [language for language in record.draft_languages if language not in edited],
        "descriptions": record.descriptions,
        "facts": record.facts,
        "order": record.order,
    }
    return {name: value for name, value in wanted.items() if getattr(term, name) != value}


def _kept_labels(term: Term, record: Record) -> list[str]:
    differing = (
        language
        for language in term.edited_languages
        if record.labels.get(language) not in {None, term.labels.get(language)}
    )
    return [f"labels.{language}" for language in differing]


def _named(key: Key) -> str:
    return f"{key[0]}: {key[1]}"
