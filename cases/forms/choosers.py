"""Choosers in child rows that show what is chosen without a query for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import models

from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.widgets import AdminDocumentChooser


class KnownMixin:
    """A chooser that first looks among `known`, objects fetched for all rows at once, and is drawn in few bytes."""

    template_name = "cases/admin/chooser.html"

    known: Mapping[int, models.Model] = {}

    def get_instance(self, value: Any) -> Any:
        """The chosen object; from the database only when `share_known` was not called."""
        key = int(value) if str(value).isdecimal() else value
        return self.known[key] if key in self.known else super().get_instance(value)  # type: ignore[misc]


class MethodChooser(KnownMixin, AdminPageChooser):
    """Chooses a method page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"target_models": ["cases.MethodPage"], **kwargs})

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        """Leave out the parent page, which would cost a query a row and only opens the chooser elsewhere."""
        return super(AdminPageChooser, self).get_value_data_from_instance(instance)


class FileChooser(KnownMixin, AdminDocumentChooser):
    """Chooses a file."""


def share_known(formsets: Iterable[forms.BaseFormSet[Any]]) -> None:
    """Fetch what the choosers of all rows show: one query for each model, however many rows there are."""
    found: dict[type[models.Model], list[tuple[KnownMixin, int]]] = defaultdict(list)
    for form in (form for formset in formsets for form in formset.forms):
        for name, field in form.fields.items():
            value = str(form[name].value()) if isinstance(field.widget, KnownMixin) else ""
            if value.isdecimal():
                found[field.widget.model_class].append((field.widget, int(value)))
    for model, uses in found.items():
        known = model._default_manager.in_bulk({key for _widget, key in uses})
        for widget, _key in uses:
            widget.known = known
