"""Model fields of the house: StreamFields that keep out of migrations, lists of short texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail import fields as wagtail_fields

MAX_ITEMS = 60
MAX_LENGTH = 200


class StreamField(wagtail_fields.StreamField):
    """Wagtail's StreamField without its block definitions in migrations (historical models know no blocks)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*(args or ([],)), **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave the blocks out: they are code, not schema."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class LinesField(forms.CharField):
    """A text area whose lines are the items of a list; blank and repeated lines are dropped."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value or [])

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, (list, tuple)) else str(value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class TextListField(models.JSONField):
    """A list of short texts, at most `MAX_ITEMS` of at most `MAX_LENGTH` characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse anything but a list of short texts, naming the item."""
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValidationError(_("Give a list of texts."))
        refuse_long(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return models.Field.formfield(self, **{"form_class": LinesField, **kwargs})  # type: ignore[return-value]


def refuse_long(items: Iterable[str]) -> None:
    """Raise `ValidationError` when there are too many items or one is too long, naming it."""
    items = list(items)
    if len(items) > MAX_ITEMS:
        raise ValidationError(_("At most %(maximum)s lines are possible.") % {"maximum": MAX_ITEMS})
    for item in items:
        if len(item) > MAX_LENGTH:
            values = {"item": f"{item[:40]}…", "maximum": MAX_LENGTH}
            raise ValidationError(_("“%(item)s” is longer than %(maximum)s characters.") % values)
