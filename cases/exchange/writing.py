"""Writing checked records to pages: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from cases.exchange.checks import MODELS
from cases.exchange.filling import Known, fill, fill_translation
from cases.exchange.organisations import find_or_create
from cases.exchange.problems import ExchangeError, Place
from cases.exchange.reading import Record
from cases.gates import Moment, gaps
from cases.models import CountryTeamPage, EntryPage, MethodPage
from cases.vocabularies.errors import Problem
from cases.workflow import door

LOAD: Final = "cases.load"

Progress = Callable[[list[Record]], Iterable[Record]]
TeamOf = Callable[[Record], str]
Finish = Callable[[EntryPage], None]
State = Literal["created", "updated", "unchanged", "kept"]
WRITTEN: Final[tuple[State, ...]] = ("created", "updated")
SOURCE: Final = settings.LANGUAGE_CODE
Homes = Mapping[tuple[str, str], CountryTeamPage]
"""Pages of teams by team code and language."""


@dataclass(slots=True)
class WriteReport:
    """What was done, as keys of records; a translation is named `key (language)`.

    `kept` are pages that somebody edited since they were loaded, though their record has changed: left as they are.
    """

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def team_pages() -> Homes:
    """The page of each team in each language; one query."""
    pages = CountryTeamPage.objects.select_related("team", "locale")
    return {(page.team.code, page.locale.language_code): page for page in pages}


def register_load_action(actions: LogActionRegistry) -> None:
    """Name the loading of records in the history of pages."""
    actions.register_action(LOAD, _("Load from a file"), _("Loaded from a file"))


def no_finish(page: EntryPage) -> None:
    """Leave the entry as its record made it."""


@transaction.atomic
def write(records: list[Record], team_of: TeamOf, finish: Finish = no_finish, progress: Progress = iter) -> WriteReport:
    """Create or update and publish the pages of all records and their translations in one transaction.

    `team_of` names the code of the team under which a new entry goes. A page is found again by its external key and
    written only when its record changed since the last time; then `finish` may add to the entry before it is saved.
    Raises `ExchangeError` with everything that keeps a page from being published; nothing is written then.
    """
    writer = _Writer(_Loaded.of(records), team_of, finish)
    known = Known(find_or_create(records), writer.methods)
    for record in progress(sorted(records, key=lambda record: record.kind == "case")):  # methods first: cases link them
        writer.write(record, known)
    if writer.problems:
        raise ExchangeError(writer.problems)
    return writer.report


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What earlier runs left: originals by external key, translations by original and language, last loads by page."""

    originals: dict[str, EntryPage]
    translations: dict[tuple[int, str], EntryPage]
    logs: dict[int, dict[str, Any]]

    @classmethod
    def of(cls, records: list[Record]) -> _Loaded:
        found = EntryPage.objects.filter(original=None, external_id__in=[r.id for r in records]).specific()
        originals = {page.external_id: page for page in found}
        others = EntryPage.objects.filter(original__in=originals.values()).select_related("locale").specific()
        translations = {(page.original_id, page.locale.language_code): page for page in others}
        entries = PageLogEntry.objects.filter(action=LOAD).order_by("timestamp", "pk")
        return cls(originals, translations, {entry.page_id: entry.data for entry in entries})

    def state(self, page: EntryPage | None, digest: str) -> State:
        """What is to happen, or not, to a page whose record has this digest."""
        if page is None:
            return "created"
        last = self.logs.get(page.pk, {})
        if last.get("digest") == digest:
            return "unchanged"
        return "updated" if last.get("revision") == page.latest_revision_id else "kept"


class _Writer:
    def __init__(self, loaded: _Loaded, team_of: TeamOf, finish: Finish) -> None:
        self.loaded = loaded
        self.team_of = team_of
        self.finish = finish
        self.homes = team_pages()
        self.report = WriteReport()
        self.problems: list[Problem] = []
        self.methods = {key: page for key, page in loaded.originals.items() if isinstance(page, MethodPage)}

    def write(self, record: Record, known: Known) -> None:
        found = self.loaded.originals.get(record.id)
        state = self.loaded.state(found, record.digest())
        page = found or MODELS[record.kind](slug=record.id, live=False)
        if state in WRITTEN:
            fill(page, record, known)
            self.save(page, record, SOURCE, self.finish)
        getattr(self.report, state).append(record.id)
        if isinstance(page, MethodPage):
            self.methods[record.id] = page
        if page.pk is not None:  # else there is a problem with it
            for language, texts in record.translations.items():
                self.translate(page, record, language, texts)

    def translate(self, original: EntryPage, record: Record, language: str, texts: Mapping[str, Any]) -> None:
        found = self.loaded.translations.get((original.pk, language))
        state = self.loaded.state(found, record.digest(language))
        page = found or type(original)(
            slug=record.id, live=False, original=original, translation_key=original.translation_key
        )
        if state in WRITTEN:
            fill_translation(page, texts)
            self.save(page, record, language, no_finish)
        getattr(self.report, state).append(f"{record.id} ({language})")

    def save(self, page: EntryPage, record: Record, language: str, finish: Finish) -> None:
        """Save, publish and note the load in the page's history; what keeps it from that becomes a problem.

        What the page refers to is indexed once, at the end: Wagtail would do it again for each child row.
        """
        name = record.place.record if language == SOURCE else f"{record.place.record} ({language})"
        place = Place(record.place.file, name, self.problems)
        if missing := gaps(page, Moment.PUBLISHING):
            for gap in missing:
                place.wrong(gap.field, str(gap), "")
            return
        try:
            if page.pk is None:
                self.add(page, record, language)
            finish(page)
            revision = page.save_revision()
        except ValidationError as error:
            _note(place, error)
            return
        with disable_reference_index_auto_update():
            door.publish(revision, reason=f"{LOAD}: {record.place.file}")
        ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))
        data = {"digest": record.digest(None if language == SOURCE else language), "revision": revision.pk}
        log(instance=page, action=LOAD, data={**data, "file": record.place.file}, revision=revision)

    def add(self, page: EntryPage, record: Record, language: str) -> None:
        code = page.original.team.code if page.original else self.team_of(record)
        home = self.homes.get((code, language))
        if home is None:
            codes = sorted({team for team, _language in self.homes})
            raise ValidationError(f"The team {code!r} has no page in {language!r}. Teams: {', '.join(codes)}.")
        page.locale = home.locale
        with disable_reference_index_auto_update():
            home.add_child(instance=page)


def _note(place: Place, error: ValidationError) -> None:
    faults = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in faults.items():
        for message in messages:
            place.wrong(name, message, "")
