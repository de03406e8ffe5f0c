"""From checked records to pages in memory, ready to be written; whatever speaks against one is noted at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from modelcluster.models import get_all_child_relations

from cases.checks.looking import Look, taken
from cases.exchange.checks import MODELS
from cases.exchange.drafts.matching import Matches, Newcomers, match
from cases.exchange.drafts.targets import Outcome, RawRecord, Report, State, Target
from cases.exchange.filling import fill, fill_translation
from cases.exchange.markup import internal_links
from cases.exchange.problems import Place, found_as, listed, shown
from cases.exchange.reading import Record, read_draft
from cases.exchange.records import record_of, rows
from cases.exchange.stories import hashes_of
from cases.forms.entry_form import may_clear_mark
from cases.gates import gaps
from cases.models import CaseStudyPage, EntryPage
from cases.models.progress import Measure, measure
from core.models import File
from core.visibility import findable

SOURCE: Final = settings.LANGUAGE_CODE
ELSEWHERE: Final = frozenset(
    {"content_type", "depth", "draft_title", "latest_revision_created_at", "numchild", "path", "team", "url_path"}
)
"""Columns that are not of the record: written with the tree, or taken from the team."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page to be written: a new one (`before` is None), or a new version of one that had this version before."""

    page: EntryPage
    language: str
    before: int | None = None
    new: bool = True
    renamed: bool = False
    progress: Measure = field(kw_only=True)
    look: Look = field(kw_only=True)

    @classmethod
    def of(
        cls, page: EntryPage, language: str, row: EntryPage | None, missing: int | None = None, *, renamed: bool = False
    ) -> Prepared:
        """Measure and look at the page here, before anything waits for it."""
        before = row.latest_revision_id if row else None
        return cls(page, language, before, row is None, renamed, progress=measure(page, missing), look=taken(page))


@dataclass(frozen=True, slots=True)
class Item:
    """What one record brings: its own page, and those of its translations; none where nothing changes."""

    row: str
    original: Prepared | None
    original_pk: int | None
    translations: tuple[Prepared, ...] = ()


@dataclass(slots=True)
class Preparer:
    """Prepares batch after batch; remembers what earlier batches brought."""

    target: Target
    report: Report
    newcomers: Newcomers = field(default_factory=Newcomers)
    seen: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, set[str]] = field(default_factory=dict)

    def take(self, batch: list[RawRecord]) -> Iterator[Item]:
        """The items of a batch; none when any record so far is wrong: then nothing will be written."""
        records = []
        for raw in batch:
            faults = len(raw.place.problems)
            record = read_draft(raw.place, self.target.kind, raw.raw)
            self._check_once(record)
            if len(raw.place.problems) == faults:
                records.append(record)
        self.report.records += len(batch)
        if records:
            matches = match(records, self.target, self.newcomers)
            for record in records:
                yield from self._prepare(record, matches)
        self.report.trim()

    def _check_once(self, record: Record) -> None:
        for key in ("id", "reference"):
            value = record.values.get(key)
            if value:
                before = self.seen.setdefault(f"{key} {value}", record.place.record)
                if before != record.place.record:
                    found = _("is %(value)s, as in %(record)s") % {"value": shown(value), "record": before}
                    record.place.wrong(key, found, _("each %(key)s once in a file") % {"key": key})

    def _prepare(self, record: Record, matches: Matches) -> Iterator[Item]:
        faults = len(record.place.problems)
        row = self._find(record, matches)
        if len(record.place.problems) > faults:
            return
        item = _Work(self, record, matches, row).item()
        if len(record.place.problems) == faults:
            yield item

    def _find(self, record: Record, matches: Matches) -> EntryPage | None:
        """The entry that the record names, None for a new one; what may not be named is a fault."""
        place, reference = record.place, record.values.get("reference")
        if reference:
            row = matches.by_reference.get(reference)
            if row is None or not self._is_ours(row):
                found = _("%(value)s is no entry of this team") % {"value": shown(reference)}
                place.wrong("reference", found, _("a reference of one of its entries, or none"))
                return None
            other = matches.by_key.get(record.id)
            if other is not None and other.pk != row.pk:
                place.wrong("id", _("%(value)s is taken") % {"value": shown(record.id)}, _("another key"))
            return row
        if not record.id:
            allowed = _("the key under which it is found again: a-z, digits, single hyphens")
            place.wrong("id", _("is missing"), allowed)
            return None
        row = matches.by_key.get(record.id)
        if row is not None and not self._is_ours(row):
            place.wrong("id", _("%(value)s is taken") % {"value": shown(record.id)}, _("another key"))
        return row

    def _is_ours(self, row: EntryPage) -> bool:
        own = row.team_id == self.target.team.pk
        return own and issubclass(row.specific_class, MODELS[self.target.kind])


class _Work:
    """One record becoming pages."""

    def __init__(self, preparer: Preparer, record: Record, matches: Matches, row: EntryPage | None) -> None:
        self.preparer = preparer
        self.target = preparer.target
        self.report = preparer.report
        self.record = record
        self.place: Place = record.place
        self.matches = matches
        self.row = row

    def item(self) -> Item:
        """Fill the pages; what changes nothing is left out."""
        self._warn_of_missing_files()
        page = self._original()
        gaps_found = tuple(str(gap) for gap in gaps(page))
        original = self._prepared(page, self.row, len(gaps_found))
        translations = tuple(
            prepared
            for language, texts in self.record.translations.items()
            if texts is not None and (prepared := self._translation(page, language, texts))
        )
        state: State = "created" if self.row is None else "updated" if original or translations else "unchanged"
        self.report.counts[state] += 1
        key = self.record.id or page.external_id or page.reference
        self.report.outcomes.append(Outcome(self.place.record, key, page.title, state, gaps_found))
        return Item(self.place.record, original, self.row.pk if self.row else None, translations)

    def _original(self) -> EntryPage:
        page = self.matches.drafts[self.row.pk] if self.row else self._new(SOURCE)
        self.before = record_of(page, {}, self.matches.names) if self.row else {}
        if self.row:
            self._check_state(self.row, "id")
            self._check_mark(page)
        slug, external_id = page.slug, page.external_id
        self._link_methods()
        fill(page, self.record, self.matches.known)
        page.external_id = self._key() or external_id
        if self.row is None or page.slug != slug:
            page.slug = self._address(
                page.slug or self.record.id, SOURCE, "slug" if self.record.values.get("slug") else "id"
            )
        if not page.title.strip():
            self.place.wrong("title", _("is missing"), _("a title"))
        self._validate(page, "")
        return page

    def _key(self) -> str:
        """The key that the entry gets: none where its own reference stands for one."""
        stands_for_one = self.row is not None and self.record.id == self.row.reference.lower()
        return "" if stands_for_one else self.record.id

    def _new(self, language: str) -> EntryPage:
        home = self.target.homes[language]
        page = MODELS[self.target.kind](live=False, has_unpublished_changes=True, owner=self.target.user)
        page.locale_id, page.team_id = home.locale_id, self.target.team.pk
        for relation in get_all_child_relations(page):
            getattr(page, relation.get_accessor_name()).set([])
        return page

    def _prepared(self, page: EntryPage, row: EntryPage | None, missing: int) -> Prepared | None:
        if row is None:
            return Prepared.of(page, SOURCE, None, missing)
        renamed = page.external_id != row.external_id
        if not renamed and record_of(page, {}, self.matches.names) == self.before:
            return None
        return Prepared.of(page, SOURCE, row, missing, renamed=renamed)

    def _translation(self, original: EntryPage, language: str, texts: Mapping[str, Any]) -> Prepared | None:
        path = f"translations.{language}"
        if language not in self.target.homes:
            self.place.wrong(path, _("has no page of the team"), listed(self.target.homes, language))
            return None
        if not any(texts.values()):
            return None
        standing = self.matches.translations.get((self.row.pk, language)) if self.row else None
        page = standing.draft if standing else self._new(language)
        before = record_of(page, {}, self.matches.names) if standing else {}
        if standing:
            self._check_state(standing.row, path)
        else:
            page.translation_key = original.translation_key
            _point_to(page, original)
        slug = page.slug
        fill_translation(page, texts, self.matches.known)
        if standing is None or page.slug != slug:
            page.slug = self._address(
                page.slug or original.slug, language, f"{path}.slug" if texts.get("slug") else path
            )
        if not page.title.strip():
            self.place.wrong(f"{path}.title", _("is missing"), _("a title in that language"))
        self._validate(page, f"{path}.")
        if standing is None:
            return Prepared.of(page, language, None)
        if record_of(page, {}, self.matches.names) == before:
            return None
        return Prepared.of(page, language, standing.row)

    def _check_state(self, row: EntryPage, path: str) -> None:
        if row.locked:
            self.place.wrong(path, _("is locked"), _("an entry that nobody has locked"))
        elif row.pk in self.matches.moderated:
            self.place.wrong(path, _("is with the moderators"), _("an entry that waits for no decision"))

    def _check_mark(self, page: EntryPage) -> None:
        """Only ethics moderators take the mark away, here as in the form."""
        given, row = self.record.values, self.row
        marked = getattr(page, "sensitive", False) or (isinstance(row, CaseStudyPage) and row.sensitive)
        if marked and "sensitive" in given and not given["sensitive"] and not may_clear_mark(self.target.user):
            allowed = _("true: only an ethics moderator takes it away")
            self.place.wrong("sensitive", _("takes the mark away"), allowed)

    def _link_methods(self) -> None:
        for number, key in enumerate(self.record.methods or (), 1):
            if key not in self.matches.known.methods:
                self.place.wrong(f"methods[{number}]", found_as(key), _("the id of a method on this site"))
        if self.record.methods is not None:
            self.record.methods[:] = [key for key in self.record.methods if key in self.matches.known.methods]

    def _address(self, wanted: str, language: str, path: str) -> str:
        """An address that no sibling has: one that was asked for by name is refused when it is taken."""
        used = self.preparer.slugs.setdefault(language, set())
        taken = self.matches.slugs[language]
        slug, number = wanted[:200], 1
        while slug in taken or slug in used:
            if path.endswith("slug"):
                found = _("%(value)s is taken") % {"value": shown(wanted)}
                self.place.wrong(path, found, _("another address, or none: one is made then"))
                break
            number += 1
            slug = f"{wanted[:200]}-{number}"
        used.add(slug)
        return slug

    def _warn_of_missing_files(self) -> None:
        known, values = self.matches.known, self.record.values
        missing = [
            (f"attachments[{number}]", row.get("file"))
            for number, row in enumerate(values.get("attachments") or (), 1)
            if row.get("sha1") not in known.files
        ]
        cover = values.get("cover")
        if cover and cover.get("sha1") not in known.pictures:
            missing.append(("cover", cover.get("file")))
        for path, texts in [
            ("", values),
            *((f"translations.{code}.", t) for code, t in self.record.translations.items()),
        ]:
            for kind, checksum in hashes_of((texts or {}).get("story") or ()):
                if checksum not in (known.files if kind == "file" else known.pictures):
                    missing.append((f"{path}story", kind))
        for path, name in missing:
            note = Place(self.place.file, self.place.record, self.report.warnings, self.place.columns)
            found = _("%(value)s is not among the team's files: left out") % {"value": shown(name)}
            note.wrong(path, found, _("upload it first, then import again"))

    def _validate(self, page: EntryPage, path: str) -> None:
        """What the columns themselves refuse: addresses, mail addresses, lengths."""
        keys = {declared.name for declared in page._meta.get_fields() if isinstance(declared, models.ForeignKey)}
        self._note(path, _faults(page, {*keys, *ELSEWHERE, "entrypage_ptr", "page_ptr", "slug", "title", "story"}))
        for relation in ("partnerships", "official_uses", "sources", "attachments", "steps", "quality_checks"):
            for number, row in enumerate(rows(page, relation), 1):
                self._note(f"{path}{_KEYS.get(relation, relation)}[{number}].", _faults(row, _foreign_keys(row)))
        self._check_links(page, path)

    def _note(self, path: str, faults: Iterable[tuple[str, str]]) -> None:
        for name, message in faults:
            self.place.wrong(f"{path}{name}", message, "")

    def _check_links(self, page: EntryPage, path: str) -> None:
        """Links within the site go to what everybody may read, and to files of the team."""
        for name in page.text_fields:
            for kind, pk in internal_links(getattr(page, name)):
                if not self._exists(kind, pk) and self.record.values.get(name) is not None:
                    found = _("links to %(value)s") % {"value": f"{kind}:{pk}"}
                    self.place.wrong(f"{path}{name}", found, _("pages that are published, files of the team"))

    def _exists(self, kind: str, pk: int) -> bool:
        from wagtail.models import Page

        if kind == "page":
            return bool(findable(Page.objects.filter(pk=pk)).exists())
        return File.objects.filter(pk=pk, collection_id=self.target.team.collection_id).exists()


_KEYS: Final = {"partnerships": "partners", "official_uses": "official_use"}


def _point_to(translation: EntryPage, original: EntryPage) -> None:
    """Make it a translation of an original that may have no key yet."""
    translation.original = original
    translation.original_id = original.pk or -1
    translation._state.fields_cache["original"] = original


def _foreign_keys(row: models.Model) -> set[str]:
    return {declared.name for declared in row._meta.get_fields() if isinstance(declared, models.ForeignKey)}


def _faults(instance: models.Model, exclude: set[str]) -> list[tuple[str, str]]:
    try:
        instance.clean_fields(exclude=exclude)
        if not isinstance(instance, EntryPage):
            instance.clean()
    except ValidationError as error:
        return [(name, text) for name, texts in error.message_dict.items() for text in texts]
    return []
