"""The list “Concerns” of the desk: urgent ones first, then the oldest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn

import django_filters

from cases.concerns.forms import choices
from cases.concerns.models import Concern
from cases.concerns.rules import visible_to
from cases.desk.lists import DeskList, list_url
from cases.desk.registry import Figure
from cases.people import is_moderator, teams_of
from cases.terms import current_terms

OPEN, URGENT = "open", "true"


class ConcernFilterSet(WagtailFilterSet):
    """By state, reason, urgency."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OPEN, _("Not closed")), *Concern.State.choices],
        method="in_state",
        widget=forms.RadioSelect,
    )
    reason = django_filters.ChoiceFilter(label=_("Reason"), choices=choices, method="with_reason")
    urgent = django_filters.BooleanFilter(label=_("Urgent"))

    class Meta:
        model = Concern
        fields: ClassVar[list[str]] = ["state", "reason", "urgent"]

    def in_state(self, rows: QuerySet[Concern], _name: str, value: str) -> QuerySet[Concern]:
        """One state, or all that somebody still has to end."""
        return rows.exclude(state=Concern.State.CLOSED) if value == OPEN else rows.filter(state=value)

    def with_reason(self, rows: QuerySet[Concern], _name: str, value: str) -> QuerySet[Concern]:
        """One reason, by its code."""
        term = current_terms().find("concern_reasons", value)
        return rows.filter(reason=term.id) if term else rows.none()


class ConcernsList(DeskList):
    """Every concern, without message or address; a team sees those it may read."""

    name = "concerns"
    model = Concern
    page_title = _("Concerns")
    header_icon = "warning"
    explanation = _("What visitors reported about published pages. Urgent ones first, then the oldest.")
    filterset_class = ConcernFilterSet
    default_ordering = "created_at"
    list_export: ClassVar[list[str]] = ["number", "subject", "title", "reason_label", "urgent", "state", "outcome",
                                        "created_at", "closed_at"]  # fmt: skip

    @classmethod
    def is_for(cls, user: Any) -> bool:
        """Moderators, and members of teams."""
        return is_moderator(user) or bool(teams_of(user))

    def get_base_queryset(self) -> QuerySet[Concern]:
        return visible_to(self.request.user).select_related("claimed_by").order_by("-urgent", "created_at", "pk")

    def get_queryset(self) -> QuerySet[Concern]:
        found: QuerySet[Concern] = self.filter_queryset(self.get_base_queryset())
        return found

    @property
    def columns(self) -> list[Column]:
        """What a row shows."""
        return [
            TitleColumn("number", label=_("Number"), get_url=lambda row: reverse("concern_detail", args=[row.pk])),
            Column("title", label=_("About"), accessor=lambda row: f"{row.title} ({row.subject})"),
            Column("reason", label=_("Reason"), accessor=lambda row: row.reason_label()),
            StatusTagColumn(
                "urgent", label=_("Urgent"), accessor=lambda row: _("urgent") if row.urgent else "", primary=True
            ),
            Column(
                "state", label=_("State"), accessor=lambda row: row.get_outcome_display() or row.get_state_display()
            ),
            Column("claimed_by", label=_("Claimed by"), accessor="claimed_by"),
            DateColumn("created_at", label=_("Received")),
        ]


def concern_figures(user: Any) -> Iterator[Figure]:
    """How many wait, urgent ones apart."""
    waiting = visible_to(user).exclude(state=Concern.State.CLOSED)
    address = f"?state={OPEN}"
    urgent = list_url(ConcernsList, f"{address}&urgent={URGENT}")
    yield Figure(waiting.filter(urgent=True).count(), _("urgent concerns"), urgent, pressing=True)
    yield Figure(waiting.count(), _("concerns that are not closed"), list_url(ConcernsList, address))
