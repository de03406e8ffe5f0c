"""The list “Use of vocabularies”: every term with where it is used; those never used, and retired ones that linger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

import django_filters

from cases.desk.columns import NumberColumn, TermLinkColumn
from cases.desk.lists import RowList
from cases.desk.vocabulary_use import COUNTED, Use, uses
from cases.models import Term
from cases.vocabularies.registry import VOCABULARIES, titles
from core.text import fold

IDLE, LINGERING, RETIRED, USED = "never-used", "retired-in-use", "retired", "used"
STATES: Final = (
    (USED, _("In use")),
    (IDLE, _("Never used")),
    (LINGERING, _("Retired, still used")),
    (RETIRED, _("Retired, not used")),
)


def state_of(use: Use) -> str:
    """One of `STATES`."""
    if use.term.retired:
        return LINGERING if use.used else RETIRED
    return USED if use.used else IDLE


def _vocabularies() -> list[tuple[str, Any]]:
    return [(name, title) for name, title in titles() if name in COUNTED]


class UseFilterSet(WagtailFilterSet):
    """By words of the label, vocabulary and state."""

    label = django_filters.CharFilter(label=_("Term"))
    vocabulary = django_filters.ChoiceFilter(label=_("Vocabulary"), choices=_vocabularies)
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, widget=forms.RadioSelect)

    class Meta:
        model = Term
        fields: list[str] = []


class VocabularyUseList(RowList):
    """Terms with the number of entries that have them."""

    name = "vocabulary-use"
    page_title = _("Use of vocabularies")
    header_icon = "list-ul"
    explanation = _(
        "Entries that have a term: published ones as visitors read them, drafts as their authors see them. Elsewhere "
        "means organisations and teams."
    )
    filterset_class = UseFilterSet
    orders = {
        "label": lambda use: str(use.term.label()).casefold(),
        "vocabulary": lambda use: str(VOCABULARIES[use.term.vocabulary].title),
        "live": lambda use: use.live,
        "drafts": lambda use: use.drafts,
        "elsewhere": lambda use: use.elsewhere,
    }
    list_export = ["vocabulary", "code", "label", "live", "drafts", "elsewhere", "state"]
    export_headings = {
        "vocabulary": _("Vocabulary"),
        "code": _("Code"),
        "label": _("Term"),
        "live": _("Published"),
        "drafts": _("Drafts"),
        "elsewhere": _("Elsewhere"),
        "state": _("State"),
    }

    def rows(self) -> Sequence[Use]:
        words, vocabulary, state = (self.chosen(name) for name in ("label", "vocabulary", "state"))
        return [
            use
            for use in uses()
            if (not vocabulary or use.term.vocabulary == vocabulary)
            and (not state or state_of(use) == state)
            and (not words or fold(words) in fold(f"{use.term.label()} {use.term.code}"))
        ]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TermLinkColumn("label", label=_("Term"), accessor="term", sort_key="label", get_url=self.link),
            Column("vocabulary", label=_("Vocabulary"), accessor=_title, sort_key="vocabulary"),
            NumberColumn("live", label=_("Published"), sort_key="live"),
            NumberColumn("drafts", label=_("Drafts"), sort_key="drafts"),
            NumberColumn("elsewhere", label=_("Elsewhere"), sort_key="elsewhere"),
            Column("state", label=_("State"), accessor=_state),
        ]

    @cached_property
    def may_open_terms(self) -> bool:
        """Whether the term's own form would let this account in."""
        return any(self.request.user.has_perm(f"cases.{action}_term") for action in ("change", "view"))

    def link(self, use: Use) -> str:
        """The term's form."""
        return reverse("terms:edit", args=[use.term.id]) if self.may_open_terms else ""

    def to_row_dict(self, item: Use) -> dict[str, Any]:
        return {
            "vocabulary": _title(item),
            "code": item.term.code,
            "label": str(item.term.label()),
            "live": item.live,
            "drafts": item.drafts,
            "elsewhere": item.elsewhere,
            "state": _state(item),
        }


def _title(use: Use) -> str:
    return str(VOCABULARIES[use.term.vocabulary].title)


def _state(use: Use) -> str:
    return str(dict(STATES)[state_of(use)])
