"""Panels of single fields: marked when publication needs them, terms from the cache, grids."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from wagtail.admin.panels import FieldPanel, InlinePanel, TitleFieldPanel

from cases.authoring.proposals import may_propose
from cases.authoring.source_texts import original_text
from cases.forms.rows import RowForm
from cases.forms.widgets import glossary
from cases.gates import TRANSLATED_TEXTS, required_fields
from cases.panels.comparisons import TermKeyComparison, compare_scores, compare_stages, compare_terms
from cases.term_fields import TERM_FIELDS


class _Sourced:
    """On a translation, a field with the text of the original, to be read beside it."""

    template_name = "cases/admin/field_panel.html"
    instance: Any
    field_name: str

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Add the text."""
        context: dict[str, Any] = super().get_context_data(parent_context)  # type: ignore[misc]
        if self.instance is not None and self.instance.is_translation:
            context["source"] = original_text(self.instance.source, self.field_name)
        return context


class EntryTitlePanel(TitleFieldPanel):
    """The title, from which the address is made."""

    class BoundPanel(_Sourced, TitleFieldPanel.BoundPanel):
        pass


class EntryFieldPanel(FieldPanel):
    """A field that is marked when an entry cannot be published without it."""

    class BoundPanel(_Sourced, FieldPanel.BoundPanel):
        def is_required(self) -> bool:
            """Whether the form or the publication needs it."""
            texts_only = self.instance is not None and self.instance.is_translation
            names = TRANSLATED_TEXTS if texts_only else required_fields(self.panel.model.kind)
            needed = self.field_name in names
            return bool(super().is_required() or (needed and self.bound_field is not None))


class _DrawnPanel(EntryFieldPanel):
    """A field whose widget is large: the script that drives the editor does not get a second copy of it."""

    class BoundPanel(EntryFieldPanel.BoundPanel):
        def js_opts(self) -> dict[str, Any]:
            """Leave the widget out."""
            return {
                "type": type(self.panel).__name__,
                "prefix": self.prefix,
                "fieldName": self.field_name,
                "widget": None,
            }


class TermsPanel(_DrawnPanel):
    """A choice of terms declared in `TERM_FIELDS`; of some lists, authors propose what they miss."""

    class BoundPanel(_DrawnPanel.BoundPanel):
        template_name = "cases/admin/terms_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the page on which a term is proposed."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            if may_propose(TERM_FIELDS[self.field_name]):
                url = reverse("cases_authoring:propose", args=[self.field_name])
                context["propose_url"] = f"{url}?entry={self.instance.pk}" if self.instance.pk else url
            return context

        def get_comparison(self) -> list[Any]:
            """Which terms came and went."""
            field = TERM_FIELDS[self.field_name]
            return [partial(compare_terms, field.name, field.label)]


class GridPanel(_DrawnPanel):
    """Participation or quality."""

    class BoundPanel(_DrawnPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            """Which levels or scores changed."""
            compare: Callable[..., Any] = compare_scores if self.field_name == "quality" else compare_stages
            return [partial(compare, self.panel.heading)]


class TermKeyPanel(FieldPanel):
    """A foreign key to a term in a child row."""

    def get_comparison_class(self) -> type[TermKeyComparison]:
        """Compare labels."""
        return TermKeyComparison


class RowsPanel(InlinePanel):
    """Child rows; `explain` names a vocabulary whose values are explained once above them."""

    def __init__(self, relation_name: str, *args: Any, explain: str = "", **kwargs: Any) -> None:
        super().__init__(relation_name, *args, **kwargs)
        self.explain = explain

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep what this class adds."""
        return {**super().clone_kwargs(), "explain": self.explain}

    @property
    def clean_name(self) -> str:
        return str(self.relation_name)

    def get_form_options(self) -> dict[str, Any]:
        """Give the rows their own form."""
        options: dict[str, Any] = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows["form"] = _row_form(rows.get("form"))
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "cases/admin/rows_panel.html"  # Wagtail's takes three times the bytes for each row

        def __init__(self, **kwargs: Any) -> None:
            form = kwargs["form"]
            if form is not None and kwargs["panel"].relation_name not in form.formsets:
                kwargs["form"] = None  # a translation has no rows of its own
            super().__init__(**kwargs)
            if self.form is not None and self.panel.explain:
                self.help_text = format_html("{}{}", self.panel.help_text, glossary(self.panel.explain))

        def is_shown(self) -> bool:
            """Only where the form has the rows."""
            return self.form is not None

        def is_required(self) -> bool:
            """Whether the publication needs a row."""
            return self.panel.relation_name in required_fields(self.panel.model.kind)


def _row_form(form: Any) -> Any:
    """A `RowForm` with the options that the panel gave to its own form class."""
    if form is None:
        return RowForm
    metaclass: Any = type(RowForm)
    return metaclass(form.__name__, (RowForm,), {"Meta": form.Meta})
