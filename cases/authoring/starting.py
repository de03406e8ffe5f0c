"""Starting a new case or method from another one: what is alike is taken over, what is the other's own is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.text import slugify

from modelcluster.fields import ParentalKey
from wagtail.log_actions import log

from cases.authoring.comments import follow
from cases.authoring.translations import free_slug
from cases.models import CountryTeamPage, EntryPage
from cases.term_fields import fields_of
from cases.terms import current_terms
from core.visibility import is_findable

if TYPE_CHECKING:
    from accounts.models import User

START: Final = "cases.start_from"

OWN_TERMS: Final = frozenset(
    {"consent_basis", "access_level", "data_licence", "hrbad_principles", "care_principles", "status"}
)
"""What an author has to find out and answer for: never taken from somebody else's answers."""
ALIKE: Final = {
    "case": ("lead_organisation_id", "sample_design", "tools", "disaggregation", "comparison_group", "targets",
             "indicators", "possible_indicators", "provisions", "other_languages"),
    "method": ("materials", "skills", "tools", "standards", "offline_able", "owner_organisation_id"),
}  # fmt: skip
"""How things are done. Files, consent, risks, evidence, scores, contacts and places are not among them."""
TEXTS: Final = {
    "case": ("coverage", "training", "community_decisions", "recognition", "feedback"),
    "method": ("accessibility_needs", "staff"),
}
"""Taken only with the texts of the article."""
ROWS: Final = {"case": ("partnerships", "method_links"), "method": ("stage_levels",)}
ROWS_WITH_TEXTS: Final = {"case": ("sources",), "method": ("steps", "quality_checks", "sources")}
MOST_LETTERS: Final = 80
KEPT_BLOCKS: Final = frozenset({"heading", "paragraph", "quote", "table"})
"""Of a story. Pictures and files stay with those who were asked whether they may be shown."""


def may_start_from(user: User, entry: EntryPage) -> bool:
    """Whether this person may read `entry`: it is public, or theirs to edit."""
    return is_findable(entry) or entry.permissions_for_user(user).can_edit()


def as_read_by(user: User, entry: EntryPage) -> EntryPage:
    """The draft for those who may edit the entry, what visitors read for all others."""
    may_edit = entry.permissions_for_user(user).can_edit()
    found: EntryPage = entry.get_latest_revision_as_object() if may_edit else entry.specific
    return found


def start_from(
    base: EntryPage, home: CountryTeamPage, title: str, user: User, *, keep_texts: bool = False, keep_tags: bool = False
) -> EntryPage:
    """A new draft under `home` that takes over what is alike from `base`; it has its own reference.

    The base is named in the history of the draft. A case of another team gets the countries of the new team.
    """
    source: Any = base.source
    draft: Any = type(base)(title=title, slug=_free_slug(home, title), locale=home.locale, live=False, owner=user)
    _take_fields(draft, source, ALIKE[source.kind])
    _take_terms(draft, source, home)
    _take_rows(draft, source, ROWS[source.kind])
    if keep_texts:
        _take_texts(draft, base)
    with transaction.atomic():
        home.add_child(instance=draft)
        if keep_tags:
            draft.tags.set([row.tag for row in source.tagged_items.get_object_list()])
            draft.save()
        revision = draft.save_revision(user=user, clean=False)
        follow(draft, user)
        named = {"reference": base.reference, "title": base.title, "id": base.pk}
        log(draft, START, user=user, revision=revision, data={"base": named})
    return draft


def _take_fields(draft: Any, source: Any, names: Iterable[str]) -> None:
    for name in names:
        setattr(draft, name, getattr(source, name))


def _take_terms(draft: EntryPage, source: EntryPage, home: CountryTeamPage) -> None:
    terms = current_terms()
    for field in fields_of(source.kind):
        if field.name not in OWN_TERMS:
            draft.choose(field.name, [term for term in source.chosen(field.name) if not term.retired])
    if source.kind == "case" and source.team_id != home.team_id:
        draft.choose("countries", [terms.get(pk) for pk in home.team.countries.values_list("pk", flat=True)])


def _take_rows(draft: EntryPage, source: EntryPage, relations: Iterable[str]) -> None:
    """Copy child rows, each as a new one."""
    for relation in relations:
        manager = getattr(source, relation)
        setattr(draft, relation, [_copy(row, place) for place, row in enumerate(manager.get_object_list())])


def _copy(row: Any, place: int) -> Any:
    fields = [f for f in row._meta.concrete_fields if not f.primary_key and not isinstance(f, ParentalKey)]
    values = {f.attname: getattr(row, f.attname) for f in fields}
    return type(row)(**{**values, "sort_order": place})


def _take_texts(draft: Any, base: Any) -> None:
    """The article in the language of `base`, what explains it, and the documents on which it rests."""
    _take_fields(draft, base, ("summary", *base.text_fields))
    _take_fields(draft, base.source, TEXTS[base.kind])
    _take_rows(draft, base.source, ROWS_WITH_TEXTS[base.kind])
    blocks = [block for block in base.story.get_prep_value() if block["type"] in KEPT_BLOCKS]
    draft.story = [{"type": block["type"], "value": block["value"]} for block in blocks]


def _free_slug(home: CountryTeamPage, title: str) -> str:
    """A slug made of the title, with a number when the team has it already."""
    slug = slugify(title, allow_unicode=True)[:MOST_LETTERS].strip("-") or "draft"
    return free_slug(home, slug)
