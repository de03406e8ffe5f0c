"""Columns of the desk's tables."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wagtail.admin.ui.tables import Column

from cases.workflow.models import Submission


class NumberColumn(Column):
    """A number, in figures of one width; zero stands out where it means that something is missing (`gap`)."""

    cell_template_name = "cases/desk/number_cell.html"

    def __init__(self, *args: Any, gap: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gap = gap

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_gap": self.gap and not self.get_value(instance)}


class DayColumn(Column):
    """A day, written out: Wagtail's `DateColumn` counts back from now, and calls all that is to come “Just now”."""

    cell_template_name = "cases/desk/day_cell.html"


class TermLinkColumn(Column):
    """A term's label in the reader's language, marked when it is in another one, with its code and a link."""

    cell_template_name = "cases/desk/term_cell.html"

    def __init__(self, name: str, *, get_url: Any, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.get_url = get_url

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        term = self.get_value(instance)
        return {**context, "term": term, "label": term.label(), "link": self.get_url(instance)}


class EntryColumn(Column):
    """An entry's draft title, which leads to the editor, with its reference."""

    cell_template_name = "cases/desk/entry_cell.html"

    def __init__(self, *args: Any, entry: Any, obj_type: str = "entry", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.obj_type = obj_type

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        entry = self.entry(instance)
        link = reverse("review" if isinstance(instance, Submission) else "wagtailadmin_pages:edit", args=[entry.pk])
        return {
            **context,
            "entry": entry,
            "link": link,
            "title_id": f"{self.obj_type}_{getattr(instance, 'pk', entry.pk)}_title",
        }
