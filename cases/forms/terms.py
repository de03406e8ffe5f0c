"""Form fields for terms: one for every choice of an entry, one for a term in a child row. None asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.widgets import TermCheckboxes, TermSelect
from cases.models.terms import Term
from cases.terms import TermRow, current_terms


def as_model(row: TermRow) -> Term:
    """The model instance of a cached term, for assignment to a foreign key; it is not to be saved."""
    term = Term(
        pk=row.id,
        vocabulary=row.vocabulary,
        code=row.code,
        labels=dict(row.labels),
        parent_id=row.parent_id,
        successor_id=row.successor_id,
    )
    term._state.adding = False
    term._state.db = "default"
    return term


class TermsField(forms.Field):
    """Terms of one vocabulary by their codes; `clean` returns a tuple of `TermRow`, live ones or ones kept from before.

    `kept` holds the codes chosen so far: a retired one among them may stay.
    """

    default_error_messages = {"unknown": _("“%(value)s” is no value of “%(field)s”; choose from the list.")}

    def __init__(self, vocabulary: str, *, single: bool = False, **kwargs: Any) -> None:
        widget = TermSelect if single else TermCheckboxes
        super().__init__(widget=widget(vocabulary), required=False, **kwargs)
        self.vocabulary = vocabulary
        self.single = single
        self.kept: Sequence[str] = ()
        self.widget.label = self.label

    def keep(self, codes: Sequence[str]) -> None:
        """Allow and show these codes even when they are retired."""
        self.kept = self.widget.kept = tuple(codes)

    def to_python(self, value: Any) -> tuple[TermRow, ...]:
        codes = [value] if isinstance(value, str) else list(value or ())
        found = [self._term(code) for code in codes if code]
        return tuple(dict.fromkeys(found))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other terms are chosen; their order is not the form's business."""
        return set(_codes(initial)) != set(_codes(data))

    def _term(self, code: str) -> TermRow:
        terms = current_terms()
        found = terms.find(self.vocabulary, code)
        term = terms.resolve(found.id) if found else None
        if term is None or (term.retired and term.code not in self.kept):
            raise ValidationError(
                self.error_messages["unknown"], code="unknown", params={"value": code, "field": self.label}
            )
        return term


def _codes(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) and value else value or ()


class TermKeyField(forms.Field):
    """A foreign key to a term, as Django's `ForeignKey.formfield` makes it; `clean` returns a `Term` or None."""

    widget = TermSelect
    default_error_messages = {"unknown": _("“%(value)s” is not in the list; choose a value from it.")}

    def __init__(self, *, vocabulary: str, **kwargs: Any) -> None:
        for unused in ("queryset", "limit_choices_to", "to_field_name", "blank", "widget"):
            kwargs.pop(unused, None)
        super().__init__(widget=TermSelect(vocabulary, glossary=False), **kwargs)
        self.vocabulary = vocabulary
        self.widget.label = self.label

    def prepare_value(self, value: Any) -> Any:
        """The code of a primary key; anything else as it is."""
        return current_terms().resolve(value).code if isinstance(value, int) else value

    def bound_data(self, data: Any, initial: Any) -> Any:
        self.widget.kept = _kept(self.prepare_value(initial))
        return data

    def to_python(self, value: Any) -> Term | None:
        if not value:
            return None
        terms = current_terms()
        found = terms.find(self.vocabulary, str(value))
        if found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"value": value})
        return as_model(terms.resolve(found.id))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


def _kept(code: Any) -> tuple[str, ...]:
    return (code,) if isinstance(code, str) and code else ()
