"""Facts as pages list them: a label, and values that may link somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from cases import addresses
from cases.licences import LICENCE_URLS
from cases.models import EntryPage
from cases.reading.texts import NO_TEXT, Text, attributes, direction, of_label
from cases.term_fields import TERM_FIELDS
from cases.terms import TermRow

VERIFIED: Final = "verified"


@dataclass(frozen=True, slots=True)
class Item:
    """One value: its text in a language, where it leads, a remark, and of a term what it means (`about`)."""

    text: str
    language: str = ""
    href: str = ""
    note: str = ""
    code: str = ""
    external: bool = False
    about: Text = NO_TEXT
    anchor: str = ""

    @property
    def attributes(self) -> SafeString:
        """What marks the language where it differs from the page's."""
        return attributes(self.language)

    @property
    def direction(self) -> str:
        """Direction of the text, for names whose language nobody recorded."""
        return direction(self.language) if self.language else "auto"


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled list of values; `name` is the field they come from, `verified` says that a public source was read."""

    name: str
    label: str | Promise
    items: tuple[Item, ...]
    verified: bool = False

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def explained(self) -> tuple[Item, ...]:
        """The values whose meaning the glossary gives."""
        return tuple(item for item in self.items if item.about)


def of_term(term: TermRow) -> Item:
    """A term under its label, leading to its page or to the search for it."""
    return _item(term, addresses.of_term(term))


def of_licence(term: TermRow) -> Item:
    """A licence, leading to its text."""
    return _item(term, LICENCE_URLS.get(term.code, ""), external=True)


def _item(term: TermRow, href: str, *, external: bool = False) -> Item:
    label = term.label()
    about = of_label(term.description()) if term.vocabulary in addresses.EXPLAINED else NO_TEXT
    anchor = addresses.anchor(term)
    return Item(str(label), label.lang, href, code=term.code, external=external, about=about, anchor=anchor)


def term_fact(entry: EntryPage, name: str) -> Fact:
    """The terms chosen in a field of `TERM_FIELDS`."""
    field = TERM_FIELDS[name]
    make = of_licence if field.vocabulary == "licences" else of_term
    items = tuple(make(term) for term in entry.chosen(name))
    return Fact(name, field.label, items, verified=is_verified(entry, name))


def field_fact(entry: EntryPage, name: str) -> Fact:
    """A plain field of the entry's source: a text, a number, or a list of texts."""
    source = entry.source
    value = getattr(source, name)
    values = value if isinstance(value, list) else [value]
    language = source.locale.language_code
    filled = [each for each in values if each not in ("", None)]
    items = tuple(Item(str(each), "" if isinstance(each, int) else language) for each in filled)
    label = source._meta.get_field(name).verbose_name
    return Fact(name, label, items, verified=is_verified(entry, name))


def fact(entry: EntryPage, name: str) -> Fact:
    """The fact of a field, be it a choice of terms or a plain one."""
    return term_fact(entry, name) if name in TERM_FIELDS else field_fact(entry, name)


def facts(entry: EntryPage, names: Iterable[str]) -> tuple[Fact, ...]:
    """The facts that hold something, in the order of `names`."""
    return tuple(found for name in names if (found := fact(entry, name)))


def is_verified(entry: EntryPage, name: str) -> bool:
    """Whether the main facts of a field were read in a public source."""
    return entry.source.basis.get(name) == VERIFIED
