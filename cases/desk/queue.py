"""The lists “Queue” and “My claims”: what waits for a decision, how long, how pressing, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.models import Locale

import django_filters

from cases.checks import open_counts
from cases.desk.access import may_look, may_moderate
from cases.desk.columns import DayColumn, EntryColumn
from cases.desk.entries import choices_of, countries_of, having
from cases.desk.hindrances import hindrances
from cases.desk.lists import DeskList
from cases.models import CountryTeam
from cases.models.findings import Finding
from cases.workflow.models import Submission
from cases.workflow.rules import oldest_claim
from cases.workflow.state import RUNNING, UNDER_REVIEW

LATE, SOON, UNDUE = "late", "soon", "none"
FINDINGS = "findings"
FREE, MINE, TAKEN = "free", "mine", "taken"
SOON_DAYS: Final = 3
COLUMNS: Final = {
    "title": "entry__draft_title",
    "team": "entry__team__name",
    "language": "entry__locale__language_code",
}
HEADINGS: Final[Mapping[str, str | Promise]] = {
    "reference": _("Reference"),
    "title": _("Title"),
    "team": _("Team"),
    "countries": _("Countries"),
    "language": _("Language"),
    "step": _("Step"),
    "risk": _("Risk"),
    "findings": _("Open findings"),
    "submitted_by": _("Submitted by"),
    "submitted_at": _("Submitted"),
    "step_since": _("Waits since"),
    "due_at": _("Due"),
    "claimed_by": _("Claimed by"),
}


def claimed(**by: Any) -> Q:
    """Claims that have not lapsed."""
    return Q(claimed_at__gt=oldest_claim(), claimed_by__is_active=True, **by)


def late() -> Q:
    """Past the day on which the step should be done."""
    return Q(due_at__lt=timezone.now())


def with_findings() -> Exists:
    """Submissions of entries in which personal data may stand that no moderator has accepted."""
    unsettled = Finding.objects.filter(entry=OuterRef("entry"), present=True).exclude(state=Finding.State.ACCEPTED)
    return Exists(unsettled)


class QueueFilterSet(WagtailFilterSet):
    """By step, risk, due date, claim, team, country, language and words."""

    words = django_filters.CharFilter(label=_("Title or reference"), method="with_words")
    step = django_filters.ChoiceFilter(
        label=_("Step"), choices=[(step.value, step.label) for step in RUNNING], widget=forms.RadioSelect
    )
    risk = django_filters.ChoiceFilter(
        label=_("Risk"),
        choices=lambda: [
            *((str(value), label) for value, label in Submission.Risk.choices),
            (FINDINGS, _("open findings")),
        ],
        method="at_risk",
        widget=forms.RadioSelect,
    )
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        choices=[(LATE, _("Overdue")), (SOON, _("Due within three days")), (UNDUE, _("Without a date"))],
        method="due_then",
        widget=forms.RadioSelect,
    )
    claim = django_filters.ChoiceFilter(
        label=_("Claim"),
        choices=[(FREE, _("Free")), (MINE, _("Claimed by me")), (TAKEN, _("Claimed by somebody else"))],
        method="claimed_so",
        widget=forms.RadioSelect,
    )
    team = django_filters.ModelChoiceFilter(
        label=_("Team"), field_name="entry__team", queryset=CountryTeam.objects.order_by("name")
    )
    country = django_filters.ChoiceFilter(label=_("Country"), choices=choices_of("countries"), method="in_country")
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), field_name="entry__locale", queryset=Locale.objects.order_by("language_code")
    )

    class Meta:
        model = Submission
        fields: ClassVar[list[str]] = []

    in_country = having("countries", "entry", "entry__original")

    def with_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Each word in the title of the draft or in the reference."""
        for word in value.split():
            rows = rows.filter(Q(entry__draft_title__icontains=word) | Q(entry__reference__icontains=word))
        return rows

    def at_risk(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By the risk that the workflow noted, or by personal data that no moderator has settled."""
        return rows.filter(with_findings()) if value == FINDINGS else rows.filter(risk=int(value))

    def due_then(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Overdue, soon due, or without a date."""
        now = timezone.now()
        soon = Q(due_at__gte=now, due_at__lt=now + timedelta(days=SOON_DAYS))
        return rows.filter({LATE: late(), SOON: soon, UNDUE: Q(due_at=None)}[value])

    def claimed_so(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Claimed by nobody, by whoever looks, or by somebody else."""
        mine = claimed(claimed_by=self.request.user.pk)
        held = rows.filter(claimed()).values("pk")
        if value == FREE:
            return rows.exclude(pk__in=held)
        return rows.filter(mine) if value == MINE else rows.filter(pk__in=held).exclude(claimed_by=self.request.user.pk)


class StepColumn(Column):
    """The step, with a tag for risk and one for what is late."""

    cell_template_name = "cases/desk/step_cell.html"


class ClaimColumn(Column):
    """Who has claimed it; else a button, or why there is none."""

    cell_template_name = "cases/desk/claim_cell.html"

    def get_cell_context_data(self, instance: Submission, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "row": instance, "csrf_token": get_token(context["request"])}


class QueueList(DeskList):
    """Submissions under review, those that wait longest first; those back with their teams on demand."""

    name = "queue"
    page_title = _("Queue")
    header_icon = "tasks"
    nothing = _("Nothing waits for a decision.")
    filterset_class = QueueFilterSet
    default_ordering = "step_since"
    bulk_model = Submission
    list_export = list(HEADINGS)
    export_headings = HEADINGS

    @classmethod
    def is_for(cls, user: Any) -> bool:
        return may_look(user)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        boxes = [BulkActionsCheckboxColumn("bulk_actions", obj_type="entry")] if self.moderates else []
        return [
            *boxes,
            EntryColumn("title", label=_("Title"), sort_key="title", accessor="pk", entry=lambda row: row.entry),
            Column("team", label=_("Team"), accessor="entry.team", sort_key="team"),
            Column("countries", label=_("Countries"), accessor="country_labels"),
            Column("language", label=_("Language"), accessor="entry.locale.language_code", sort_key="language"),
            StepColumn("step", label=_("Step and risk"), accessor="pk", sort_key="risk"),
            DateColumn("step_since", label=_("Waits since"), sort_key="step_since"),
            DayColumn("due_at", label=_("Due"), sort_key="due_at"),
            ClaimColumn("claimed_by", label=_("Claim")),
        ]

    @cached_property
    def moderates(self) -> bool:
        """Whether this account decides; reviewers only read."""
        return may_moderate(self.request.user)

    def get_base_queryset(self) -> QuerySet[Any]:
        steps = RUNNING if self.request.GET.get("step") in set(RUNNING) else UNDER_REVIEW
        related = ("entry__team", "entry__locale", "claimed_by", "submitted_by")
        return Submission.objects.filter(step__in=steps).select_related(*related).defer("entry__story", "entry__basis")

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        name = self.ordering.removeprefix("-")
        column = F(COLUMNS.get(name, name))
        last = column.desc(nulls_last=True) if self.ordering.startswith("-") else column.asc(nulls_last=True)
        return queryset.order_by(last, "pk")

    def decorate(self, rows: list[Any]) -> Iterable[Any]:
        """Countries, and what hinders this moderator; a few SQL for all rows."""
        labels = countries_of({row.entry.original_id or row.entry_id for row in rows})
        hindered = hindrances(self.request.user, rows) if self.moderates else {}
        findings = open_counts([row.entry_id for row in rows])
        now, lapsed = timezone.now(), oldest_claim()
        for row in rows:
            row.country_labels = labels.get(row.entry.original_id or row.entry_id, "")
            row.findings = findings.get(row.entry_id, 0)
            row.late = bool(row.due_at and row.due_at < now)
            row.holder = row.claimed_by if row.claimed_at and row.claimed_at > lapsed else None
            row.mine = row.holder is not None and row.holder.pk == self.request.user.pk
            row.hindrance = hindered.get(row.pk, "")
            row.may_claim = self.moderates and not row.hindrance and not row.mine
            row.next = self.request.get_full_path() if not self.results_only else self.index_url
        return rows

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        entry = item.entry
        return {
            "reference": entry.reference,
            "title": entry.draft_title,
            "team": entry.team.name,
            "countries": item.country_labels,
            "language": entry.locale.language_code,
            "step": str(item.get_step_display()),
            "risk": str(item.get_risk_display()),
            "findings": item.findings,
            "submitted_by": str(item.submitted_by or ""),
            "submitted_at": item.submitted_at,
            "step_since": item.step_since,
            "due_at": item.due_at,
            "claimed_by": str(item.holder or ""),
        }


class ClaimsList(QueueList):
    """What whoever looks has claimed."""

    name = "claims"
    page_title = _("My claims")
    header_icon = "user"
    nothing = _("You have claimed nothing. Claim an entry in the queue to let others know that you read it.")

    @classmethod
    def is_for(cls, user: Any) -> bool:
        return may_moderate(user)

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(claimed(claimed_by=self.request.user.pk))
