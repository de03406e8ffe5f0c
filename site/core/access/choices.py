"""What a form may refer to: pages, pictures and documents that the person may know, and those that stood there before.

Choosers offer no others, but the key of any object can be sent; saved once, the editor would name it, and a document of
somebody else's would be opened by a rule that asks only on what it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from core.access.knowledge import Insider, knows_file
from core.models import File, Picture

Reference = tuple[type[Model], str]
NOT_THERE = _("Choose another one: there is no such page, picture or file for you.")


class KnowingPageForm(WagtailAdminPageForm):
    """A page's form that takes no reference to what its person may not know."""

    def is_valid(self) -> bool:
        """Bad choices are errors also in a draft: the draft would show what they are."""
        valid: bool = super().is_valid()
        user = self.for_user
        if valid and user is not None and not Insider(user).knows_all:
            for form, name in _unknown_choices(self, user):
                form.add_error(name, ValidationError(NOT_THERE, code="unknown"))
                valid = False
            if not valid and not self.errors:
                self.add_error(None, ValidationError(NOT_THERE, code="unknown"))
        return valid


def _unknown_choices(form: Any, user: Any) -> Iterator[tuple[Any, str]]:
    """Each field of the form and of its rows in which something new is chosen that the person may not know."""
    for one in [form, *_rows(form)]:
        for name in one.changed_data:
            new = set(_chosen(one, name)) - set(_stood_before(one, name))
            if not all(_may_choose(user, model, key) for model, key in new):
                yield one, name


def _rows(form: Any) -> Iterator[Any]:
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            if row.has_changed() and hasattr(row, "cleaned_data"):
                yield row


def _chosen(form: Any, name: str) -> Iterable[Reference]:
    return _references(form, name, form.cleaned_data.get(name))


def _stood_before(form: Any, name: str) -> Iterable[Reference]:
    value = form.initial.get(name)
    field = _field(form, name)
    if field is not None and field.many_to_one and value:
        return [(_base(field.related_model), str(getattr(value, "pk", value)))]
    return _references(form, name, value)


def _references(form: Any, name: str, value: Any) -> Iterable[Reference]:
    if isinstance(value, (Page, Picture, File)):
        return [(_base(type(value)), str(value.pk))]
    field = _field(form, name)
    if not value or not hasattr(field, "extract_references"):
        return []
    return [(_base(model), str(key)) for model, key, *_path in field.extract_references(value)]


def _field(form: Any, name: str) -> Any:
    """The model's field behind a form's, None for a field of the form alone."""
    fields = {field.name: field for field in form._meta.model._meta.get_fields()}
    return fields.get(name)


def _base(model: type[Model]) -> type[Model]:
    return Page if issubclass(model, Page) else model


def _may_choose(user: Any, model: type[Model], key: str) -> bool:
    if model not in {Page, Picture, File}:
        return True
    found = model._default_manager.filter(pk=key).first()
    if found is None:
        return True  # other rules say that it is not there
    return Insider(user).may_know(found) if isinstance(found, Page) else knows_file(user, found)
