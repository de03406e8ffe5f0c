"""Columns of the authors' lists."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse

from wagtail.admin.ui.tables import Column, TitleColumn

from cases.authoring.steps import LABELS
from cases.withdrawing.rules import may_withdraw
from cases.workflow.state import Step, scheduled_label


class EntryColumn(TitleColumn):
    """The title of the newest draft, with its reference."""

    cell_template_name = "cases/authoring/entry_cell.html"

    def get_link_url(self, instance: Any, parent_context: Any) -> str:
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Who may withdraw what is public finds that here too."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        may = instance.live and may_withdraw(parent_context["request"].user, instance)
        return {**context, "withdraw_url": reverse("withdraw", args=[instance.pk]) if may else ""}


class StepColumn(Column):
    """The step in words."""

    cell_template_name = "cases/authoring/step_cell.html"

    def get_value(self, instance: Any) -> Any:
        if instance.step == Step.SCHEDULED:
            return scheduled_label(instance.scheduled_for)
        return LABELS[instance.step]


class GapsColumn(Column):
    """Gaps and completeness."""

    cell_template_name = "cases/authoring/gaps_cell.html"

    def get_value(self, instance: Any) -> Any:
        return getattr(instance, "progress", None)


class LanguagesColumn(Column):
    """All other languages of an entry with their status; those that are missing can be begun."""

    cell_template_name = "cases/authoring/languages_cell.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["cases/admin.css"]}

    def get_value(self, instance: Any) -> Any:
        return instance.standings


class StartColumn(Column):
    """The button that starts a new entry from this one."""

    cell_template_name = "cases/authoring/start_cell.html"

    def get_value(self, instance: Any) -> str:
        return reverse("cases_authoring:start_from", args=[instance.pk])
