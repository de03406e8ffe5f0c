"""Bars that lie, each in the row of its number: chart and table are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core.languages import lang_attributes, written

LENGTH = 1000
ENTRIES = _("Entries")


@dataclass(frozen=True, slots=True)
class Bar:
    """A thing that is counted: its name (in `lang`, if that is not the language around), its number, where it leads."""

    label: str
    value: int
    url: str = ""
    lang: str = ""
    chosen: bool = False

    @property
    def mark(self) -> SafeString:
        """What marks the language of the name."""
        return lang_attributes(self.lang) if self.lang else mark_safe("")

    @property
    def number(self) -> str:
        """The number as the page's language writes it."""
        return written(self.value)


def bars(
    rows: Sequence[Bar],
    *,
    title: str | Promise,
    label: str | Promise = "",
    number: str | Promise = ENTRIES,
    csv_url: str = "",
    title_hidden: bool = False,
) -> SafeString:
    """The rows in their order as a table whose numbers are drawn too; nothing where there are none.

    `label` and `number` head the columns; `title_hidden` where a heading on the page says what the title says.
    """
    if not rows:
        return mark_safe("")
    highest = max((row.value for row in rows), default=0) or 1
    context = {
        "rows": [(row, round(LENGTH * row.value / highest)) for row in rows],
        "title": title,
        "label": label or title,
        "number": number,
        "csv_url": csv_url,
        "title_hidden": title_hidden,
    }
    return mark_safe(render_to_string("core/charts/bars.html", context))
