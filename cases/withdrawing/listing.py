"""The list “Withdrawals” of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn

import django_filters

from cases.desk.lists import DeskList
from cases.desk.registry import Figure
from cases.models import CountryTeam, EntryPage
from cases.terms import current_terms
from cases.withdrawing.actions import reason_label
from cases.withdrawing.rules import VOCABULARY
from core.models import Withdrawal

IN_FORCE, RESTORED, UNDONE = "in-force", "restored", "undone"
STATES: Final[Mapping[str, str | Promise]] = {
    IN_FORCE: _("Withdrawn"),
    RESTORED: _("Restored as a draft"),
    UNDONE: _("Published again"),
}


def _reasons() -> list[tuple[str, str]]:
    return [(row.code, str(row.label())) for row in current_terms().of(VOCABULARY, retired=True)]


class WithdrawalFilterSet(WagtailFilterSet):
    """By reference, reason, team, state and day."""

    reference = django_filters.CharFilter(label=_("Reference"), lookup_expr="icontains")
    reason = django_filters.MultipleChoiceFilter(
        label=_("Reason"), choices=_reasons, widget=forms.CheckboxSelectMultiple
    )
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), queryset=lambda _request: CountryTeam.objects.order_by("name"), method="of_team"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(STATES.items()), method="in_state", widget=forms.RadioSelect
    )
    withdrawn_at = django_filters.DateFromToRangeFilter(label=_("Withdrawn"), widget=DateRangePickerWidget)

    class Meta:
        model = Withdrawal
        fields: ClassVar[list[str]] = []

    def of_team(self, rows: QuerySet[Any], _name: str, value: CountryTeam) -> QuerySet[Any]:
        """Entries that are of the team today."""
        return rows.filter(team_id=value.pk)

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """In force, or how it ended."""
        if value == IN_FORCE:
            return rows.filter(restored_at=None)
        return rows.exclude(restored_at=None).filter(republished=value == UNDONE)


class WithdrawalList(DeskList):
    """All withdrawals, newest first."""

    name = "withdrawals"
    model = Withdrawal
    page_title = _("Withdrawals")
    header_icon = "warning"
    nothing = _("Nothing was ever withdrawn.")
    explanation = _("What teams and editors took back, why, and what the public is told. Editors restore.")
    filterset_class = WithdrawalFilterSet
    default_ordering = "-withdrawn_at"
    columns: ClassVar[list[BaseColumn]] = [
        TitleColumn(
            "reference", label=_("Entry"), accessor="name", get_url=lambda row: reverse("withdrawal", args=[row.pk])
        ),
        Column("team", label=_("Team"), accessor="team_name"),
        Column("reason", label=_("Reason"), accessor=lambda row: reason_label(row.reason)),
        Column("told", label=_("Told in public"), accessor="told_in_public"),
        Column("state", label=_("State"), accessor="state"),
        Column("person", label=_("By"), accessor=lambda row: row.withdrawn_by or ""),
        DateColumn("withdrawn_at", label=_("When"), sort_key="withdrawn_at"),
    ]
    list_export: ClassVar[list[str]] = [
        "reference", "title", "team", "reason", "note", "told", "state", "withdrawn_by", "withdrawn_at", "restored_by",
        "restored_at",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, str | Promise]] = {
        "reference": _("Reference"),
        "title": _("Title"),
        "team": _("Team"),
        "reason": _("Reason"),
        "note": _("Note for moderators"),
        "told": _("Told in public"),
        "state": _("State"),
        "withdrawn_by": _("By"),
        "withdrawn_at": _("When"),
        "restored_by": _("Restored by"),
        "restored_at": _("Restored"),
    }

    def get_base_queryset(self) -> QuerySet[Any]:
        entries = EntryPage.objects.filter(translation_key=OuterRef("translation_key"), original=None, alias_of=None)
        rows = Withdrawal.objects.select_related("withdrawn_by", "restored_by")
        return rows.annotate(
            title=Subquery(entries.order_by("pk").values("title")[:1]),
            team_id=Subquery(entries.order_by("pk").values("team_id")[:1]),
            team_name=Subquery(entries.order_by("pk").values("team__name")[:1]),
        )

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.order_by(self.ordering, "-pk")

    def decorate(self, rows: list[Any]) -> Iterable[Any]:
        for row in rows:
            row.name = f"{row.title or _t('erased')} ({row.reference})"
            row.state = STATES[_state(row)]
            row.told_in_public = row.public_reason or (reason_label(row.public_code) if row.public_code else "")
        return rows

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {
            "reference": item.reference,
            "title": item.title or "",
            "team": item.team_name or "",
            "reason": str(reason_label(item.reason)),
            "note": item.note,
            "told": str(item.told_in_public),
            "state": str(item.state),
            "withdrawn_by": str(item.withdrawn_by or ""),
            "withdrawn_at": item.withdrawn_at,
            "restored_by": str(item.restored_by or ""),
            "restored_at": item.restored_at,
        }


def figures(_user: Any) -> Iterable[Figure]:
    """How many are in force."""
    number = Withdrawal.objects.filter(restored_at=None).count()
    yield Figure(number, _("entries withdrawn"), reverse("desk_withdrawals") + f"?state={IN_FORCE}")


def _state(row: Withdrawal) -> str:
    if row.restored_at is None:
        return IN_FORCE
    return UNDONE if row.republished else RESTORED
