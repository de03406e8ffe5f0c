"""What an entry still lacks before it may be published: one function for form, checklist, import, workflow, publish.

Other packages of this room add rules of their own with `register_rule`: pictures, attachments, personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.term_fields import TERM_FIELDS, Kind
from cases.terms import current_terms

if TYPE_CHECKING:
    from cases.models.case_studies import CaseStudyPage
    from cases.models.entries import EntryPage
    from cases.models.methods import MethodPage

REQUIRED_SECTIONS: Final = ("problem", "approach", "results", "lessons", "limits")
TRANSLATED_TEXTS: Final = ("title", "summary")
REQUIRED_METHOD_TEXTS: Final = ("purpose", "when_to_use", "when_not", "ethics")
REQUIRED_CASE_TERMS: Final = (
    "countries",
    "themes",
    "population_groups",
    "collection_methods",
    "initiative_type",
    "consent_basis",
    "access_level",
    "licence",
    "data_licence",
)
REQUIRED_METHOD_TERMS: Final = ("collection_methods", "themes", "licence")
REQUIRED_STAGES: Final = ("design", "collect")
DATA_FILE_KINDS: Final = frozenset({"dataset"})


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps an entry from being published: the form field where it is mended, and what is missing."""

    field: str
    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)


class Moment(IntEnum):
    """What is about to happen; each moment asks the rules of those before it as well."""

    SHOWING = 1
    """The editor is drawn: rules that cost next to nothing."""
    SUBMITTING = 2
    """The entry is given to moderators: its files are read too."""
    PUBLISHING = 3
    """The public gets it: what a moderator has not settled yet keeps it back."""


Rule = Callable[[Any], Iterable[Gap]]


@dataclass(frozen=True, slots=True)
class _Registered:
    """A rule of another package, and when it is asked."""

    rule: Rule
    since: Moment
    kinds: frozenset[Kind]
    translations: bool


_registered: dict[str, _Registered] = {}


def register_rule(
    name: str,
    rule: Rule,
    *,
    since: Moment = Moment.SHOWING,
    kinds: Iterable[Kind] = ("case", "method"),
    translations: bool = False,
) -> None:
    """Let another package name gaps as well, from the moment `since` on; `translations`: of translations too."""
    _registered[name] = _Registered(rule, since, frozenset(kinds), translations)


class GapsRemain(PermissionDenied):
    """Publication was refused; `gaps` says why."""

    def __init__(self, gaps: Iterable[Gap]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(" ".join(str(gap) for gap in self.gaps))


def gaps(entry: EntryPage, moment: Moment = Moment.SUBMITTING) -> list[Gap]:
    """Everything that keeps `entry`, as it stands in memory, from what `moment` says; empty when nothing does."""
    return [gap for rule in _rules(entry, moment) for gap in rule(entry)]


def _rules(entry: EntryPage, moment: Moment) -> Iterator[Rule]:
    if entry.is_translation:
        yield _translated_texts
    else:
        yield from _METHOD_RULES if entry.kind == "method" else _CASE_RULES
    for added in _registered.values():
        if added.since <= moment and entry.kind in added.kinds and (added.translations or not entry.is_translation):
            yield added.rule


def required_fields(kind: Kind) -> frozenset[str]:
    """Names of the form fields without which an entry of this kind is not published."""
    if kind == "method":
        return frozenset({"title", "summary", *REQUIRED_METHOD_TEXTS, *REQUIRED_METHOD_TERMS, "steps"})
    others = {"lead_organisation", "participation", "official_uses"}
    return frozenset({"title", "summary", *REQUIRED_SECTIONS, *REQUIRED_CASE_TERMS, *others})


def refuse_gaps(entry: EntryPage) -> None:
    """Raise `GapsRemain` unless `entry` may be published."""
    if found := gaps(entry, Moment.PUBLISHING):
        raise GapsRemain(found)


def is_blank(value: Any) -> bool:
    """Whether a text holds nothing to read: white space and empty rich-text tags count as nothing."""
    return not strip_tags(str(value or "")).replace("\xa0", " ").strip()


def _missing_texts(entry: EntryPage, names: Iterable[str]) -> Iterator[Gap]:
    for name in names:
        if is_blank(getattr(entry, name)):
            label = capfirst(entry._meta.get_field(name).verbose_name)
            yield Gap(name, _("Write the text “%(field)s”.") % {"field": label})


def _translated_texts(entry: EntryPage) -> Iterator[Gap]:
    return _missing_texts(entry, TRANSLATED_TEXTS)


def _case_texts(entry: EntryPage) -> Iterator[Gap]:
    return _missing_texts(entry, ("title", "summary", *REQUIRED_SECTIONS))


def _method_texts(entry: EntryPage) -> Iterator[Gap]:
    return _missing_texts(entry, ("title", "summary", *REQUIRED_METHOD_TEXTS))


def _missing_terms(entry: EntryPage, names: Iterable[str]) -> Iterator[Gap]:
    for name in names:
        if not entry.chosen(name):
            yield Gap(name, _("Choose a value for “%(field)s”.") % {"field": TERM_FIELDS[name].label})


def _case_terms(entry: EntryPage) -> Iterator[Gap]:
    return _missing_terms(entry, REQUIRED_CASE_TERMS)


def _method_terms(entry: EntryPage) -> Iterator[Gap]:
    return _missing_terms(entry, REQUIRED_METHOD_TERMS)


def _too_many_terms(entry: EntryPage) -> Iterator[Gap]:
    for field in TERM_FIELDS.values():
        if field.maximum and len(entry.chosen(field.name)) > field.maximum:
            values = {"field": field.label, "maximum": field.maximum}
            yield Gap(field.name, _("Choose at most %(maximum)s for “%(field)s”.") % values)


def _retired_terms(entry: EntryPage) -> Iterator[Gap]:
    for field in TERM_FIELDS.values():
        for term in entry.chosen(field.name):
            if term.retired:
                values = {"term": term.label(), "field": field.label}
                yield Gap(field.name, _("“%(term)s” is no longer used; choose another value for “%(field)s”.") % values)


def _lead(entry: CaseStudyPage) -> Iterator[Gap]:
    if entry.lead_organisation_id is None:
        yield Gap("lead_organisation", _("Choose the lead organisation."))


def _levels(entry: EntryPage) -> Iterator[Gap]:
    levels = entry.levels()
    for code in REQUIRED_STAGES:
        if code not in levels:
            stage = current_terms().find("value_chain_stages", code)
            values = {"stage": stage.label() if stage else code}
            yield Gap("participation", _("Give the level of participation for “%(stage)s”.") % values)


def _official_use(entry: CaseStudyPage) -> Iterator[Gap]:
    if not rows(entry, "official_uses"):
        yield Gap("official_uses", _("Name at least one official use, or “No official use yet”."))


def _undocumented_consent(entry: CaseStudyPage) -> Iterator[Gap]:
    basis = entry.chosen_one("consent_basis")
    if basis is None or basis.code != "not-documented":
        return
    terms = current_terms()
    for attachment in rows(entry, "attachments"):
        if terms.resolve(attachment.kind_id).code in DATA_FILE_KINDS:
            values = {"title": attachment.title}
            yield Gap("attachments", _("Consent is not documented: remove the data file “%(title)s”.") % values)


def rows(entry: EntryPage, relation: str) -> list[Any]:
    """Child rows as they stand in memory."""
    found: list[Any] = getattr(entry, relation).get_object_list()
    return found


def _unnamed_reason(entry: CaseStudyPage) -> Iterator[Gap]:
    if entry.sensitive and is_blank(entry.sensitive_reason):
        yield Gap("sensitive_reason", _("Say in one sentence why the case is sensitive."))


def _community(entry: CaseStudyPage) -> Iterator[Gap]:
    if entry.community_name and not entry.community_agreed:
        yield Gap("community_name", _("A community is named only when it agreed to be named."))


def _picture_consent(entry: EntryPage) -> Iterator[Gap]:
    pictures = [("cover", entry.cover)] if entry.cover_id and entry.cover else []
    pictures += [("story", block.value["picture"]) for block in entry.story if block.block_type == "picture"]
    for field, picture in pictures:
        if picture and picture.people_consent == "consent-unknown":
            values = {"picture": picture.title}
            yield Gap(field, _("“%(picture)s”: nobody knows whether the people shown agreed.") % values)


def _steps(entry: MethodPage) -> Iterator[Gap]:
    if not rows(entry, "steps"):
        yield Gap("steps", _("Describe at least one step."))


_COMMON_RULES: Final[tuple[Rule, ...]] = (_too_many_terms, _retired_terms, _picture_consent)
_CASE_RULES: Final[tuple[Rule, ...]] = (
    _case_texts,
    _case_terms,
    _lead,
    _levels,
    _official_use,
    _undocumented_consent,
    _unnamed_reason,
    _community,
    *_COMMON_RULES,
)
_METHOD_RULES: Final[tuple[Rule, ...]] = (_method_texts, _method_terms, _steps, *_COMMON_RULES)
