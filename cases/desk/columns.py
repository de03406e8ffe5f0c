"""Columns of the desk's tables."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import Column


class NumberColumn(Column):
    """A number, in figures of one width; zero stands out."""

    cell_template_name = "cases/desk/number_cell.html"


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
