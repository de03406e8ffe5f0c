"""Places inside an entry, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.term_fields import TERM_FIELDS

WORDS: Final[dict[str, Promise]] = {
    "row": gettext_lazy("row %(value)s"),
    "block": gettext_lazy("block %(value)s"),
    "file": gettext_lazy("file “%(value)s”"),
    "picture": gettext_lazy("picture “%(value)s”"),
    "member": gettext_lazy("in it “%(value)s”"),
    "page": gettext_lazy("page %(value)s"),
    "slide": gettext_lazy("slide %(value)s"),
    "sheet": gettext_lazy("sheet “%(value)s”"),
    "column": gettext_lazy("column “%(value)s”"),
    "count": gettext_lazy("%(value)s times"),
    "property": gettext_lazy("property %(value)s"),
    "header": gettext_lazy("header of the picture"),
    "comment": gettext_lazy("in a comment"),
    "margin": gettext_lazy("in headers and footers"),
    "rule": gettext_lazy("looks like: %(value)s"),
}
PROBLEMS: Final[dict[str, Promise]] = {
    "encrypted": gettext_lazy("it is locked with a password"),
    "damaged": gettext_lazy("it is damaged, or not what its ending says"),
    "format": gettext_lazy("this kind of file cannot be looked into"),
    "no-text": gettext_lazy("its pages are pictures of text"),
    "too-large": gettext_lazy("it is too large, or unpacks to too much"),
    "too-many": gettext_lazy("it holds too many files"),
    "too-deep": gettext_lazy("files are packed in files in it too often"),
    "too-long": gettext_lazy("only its first part was looked at"),
    "too-costly": gettext_lazy("reading it took too much time or memory"),
    "missing": gettext_lazy("the stored file is not there"),
}
HIDDEN_PARTS: Final[dict[str, Promise]] = {
    "sheet": gettext_lazy("a hidden sheet"),
    "slide": gettext_lazy("a hidden slide"),
    "rows": gettext_lazy("hidden rows or columns"),
}
CARRIED: Final[dict[str, Promise]] = {
    "position": gettext_lazy("where it was taken"),
    "place": gettext_lazy("where it was taken"),
    "person": gettext_lazy("names of people"),
    "artist": gettext_lazy("who took it"),
    "author": gettext_lazy("who took it"),
    "creator": gettext_lazy("who took it"),
    "owner": gettext_lazy("whose camera it is"),
    "contact": gettext_lazy("whom to contact"),
    "serial-number": gettext_lazy("the number of the camera"),
    "comment": gettext_lazy("a comment"),
}
SAID: Final = {"unreadable": PROBLEMS, "hidden": HIDDEN_PARTS, "picture": CARRIED}
"""Kinds whose excerpt is a code, and its words."""


def describe(where: Iterable[Iterable[str]]) -> str:
    """A place below a field, such as “file “census.xlsx”, sheet “2020”, column “phone””."""
    return ", ".join(_(str(WORDS[word])) % {"value": value} for word, value in where if word in WORDS)


def says(kind: str, excerpt: str) -> str:
    """The masked text, or the words of its code."""
    return str(SAID.get(kind, {}).get(excerpt, excerpt))


def label_of(entry: Any, name: str) -> str:
    """What the form calls a field, a relation or a term field."""
    if name in TERM_FIELDS:
        return str(TERM_FIELDS[name].label)
    try:
        field = entry._meta.get_field(name)
    except LookupError:
        return name
    label = getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name_plural
    return str(label)[:1].upper() + str(label)[1:]
