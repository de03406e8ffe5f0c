"""Widgets that draw terms from the cache: check boxes with a filter, folded by region, and selects with a glossary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from cases.terms import Label, TermRow, current_terms

COUNTRIES = "countries"
FILTER_FROM = 13
"""Shorter lists are read faster than filtered."""
NO_TEXT = mark_safe("")


def lang_of(label: Label) -> SafeString:
    """The `lang` attribute of a label that is not in the reader's language."""
    if label.lang == (get_language() or "en"):
        return NO_TEXT
    return format_html(' lang="{}"', label.lang)


def options_of(vocabulary: str, kept: Sequence[str]) -> list[TermRow]:
    """The terms that may be chosen, then those kept although they are retired."""
    terms = current_terms()
    current = list(terms.of(vocabulary))
    codes = {term.code for term in current}
    found = [terms.find(vocabulary, code) for code in kept if code not in codes]
    return current + [term for term in found if term]


def text_of(term: TermRow) -> str:
    """A term's label, marked when it is retired."""
    label = term.label()
    return gettext("%(term)s (no longer used)") % {"term": label} if term.retired else str(label)


def glossary(vocabulary: str) -> SafeString:
    """What the values of a vocabulary mean, folded; empty when no value has a description."""
    described = [(term.label(), term.description()) for term in current_terms().of(vocabulary)]
    rows = format_html_join(
        "",
        "<div><dt{}>{}</dt><dd{}>{}</dd></div>",
        ((lang_of(label), label, lang_of(text), text) for label, text in described if text),
    )
    if not rows:
        return NO_TEXT
    summary = gettext("What do the values mean?")
    return format_html('<details class="terms-glossary"><summary>{}</summary><dl>{}</dl></details>', summary, rows)


class _TermWidget(forms.Widget):
    """What both widgets know: the vocabulary, the name for assistive technology, and the retired terms to keep."""

    class Media:
        css = {"all": ["cases/admin.css"]}
        js = ["cases/admin.js"]

    def __init__(self, vocabulary: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.vocabulary = vocabulary
        self.label: str | Promise | None = ""
        self.kept: Sequence[str] = ()

    def _attributes(self, attrs: dict[str, Any] | None) -> SafeString:
        return flatatt({**self.attrs, **(attrs or {})})


class TermSelect(_TermWidget):
    """One term or none, with a folded glossary below it."""

    def __init__(self, vocabulary: str = "", attrs: dict[str, Any] | None = None, *, glossary: bool = True) -> None:
        super().__init__(vocabulary, attrs)
        self.glossary = glossary

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = value if isinstance(value, str) else next(iter(value or ()), "")
        kept = {*self.kept, chosen} - {""}
        options = format_html_join(
            "",
            '<option value="{}"{}{}>{}</option>',
            (
                (term.code, lang_of(term.label()), _selected(term.code == chosen), text_of(term))
                for term in options_of(self.vocabulary, sorted(kept))
            ),
        )
        select = format_html(
            '<select name="{}"{}><option value="">{}</option>{}</select>',
            name, self._attributes(attrs), gettext("Choose…"), options,
        )  # fmt: skip
        return select + glossary(self.vocabulary) if self.glossary else select


def _selected(yes: bool) -> str:
    return mark_safe(" selected") if yes else NO_TEXT


class TermCheckboxes(_TermWidget):
    """Any number of terms. The filter and the live list of what is chosen come by script; all else is plain HTML."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, ()))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: no ticked box means that nothing is chosen."""
        return False

    def id_for_label(self, id_: str) -> str:
        """None: a label names one control, a legend names many."""
        return ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = list(value or ())
        options = options_of(self.vocabulary, [*self.kept, *chosen])
        body = self._regions(name, options, chosen) if self.vocabulary == COUNTRIES else _boxes(name, options, chosen)
        return format_html(
            '<fieldset class="terms" data-terms="{}"{}{}><legend class="w-sr-only">{}</legend>'
            '<p class="terms-chosen" data-terms-chosen>{}</p>{}</fieldset>',
            "filter" if len(options) >= FILTER_FROM else "",
            self._attributes(attrs),
            _texts_for_script(),
            self.label or "",
            _chosen_text(options, chosen),
            body,
        )

    def _regions(self, name: str, options: list[TermRow], chosen: list[str]) -> SafeString:
        groups = _by_region(options)
        return format_html_join(
            "",
            '<details class="terms-region"><summary>{} <span class="terms-count">{}</span></summary>{}</details>',
            ((region, _count(members), _boxes(name, members, chosen)) for region, members in groups.items()),
        )


def _texts_for_script() -> SafeString:
    return format_html(
        ' data-filter-label="{}" data-empty="{}" data-none-chosen="{}"',
        gettext("Filter the list"), gettext("Nothing in the list matches."), gettext("Nothing chosen yet."),
    )  # fmt: skip


def _boxes(name: str, options: Iterable[TermRow], chosen: Sequence[str]) -> SafeString:
    rows = format_html_join("", "{}", ((_box(name, term, chosen),) for term in options))
    return format_html('<div class="terms-list">{}</div>', rows)


def _box(name: str, term: TermRow, chosen: Sequence[str]) -> SafeString:
    label, hint = term.label(), term.description()
    small = (
        format_html("<small{}>{}</small>", lang_of(hint), hint) if hint and term.vocabulary != COUNTRIES else NO_TEXT
    )
    return format_html(
        '<label class="term"><input type="checkbox" name="{}" value="{}"{}><span><b{}>{}</b>{}</span></label>',
        name, term.code, _checked(term.code in chosen), lang_of(label), text_of(term), small,
    )  # fmt: skip


def _checked(yes: bool) -> SafeString:
    return mark_safe(" checked") if yes else NO_TEXT


def _chosen_text(options: Iterable[TermRow], chosen: Sequence[str]) -> str:
    names = [text_of(term) for term in options if term.code in chosen]
    return " · ".join(names) or gettext("Nothing chosen yet.")


def _by_region(countries: Iterable[TermRow]) -> dict[str, list[TermRow]]:
    """Countries by continent, both in the alphabetical order of the reader's labels."""
    groups: dict[str, list[TermRow]] = {}
    for country in countries:
        above = current_terms().ancestors(country.id)
        region = str(above[-1].label()) if above else gettext("Other")
        groups.setdefault(region, []).append(country)
    return {region: sorted(groups[region], key=text_of) for region in sorted(groups)}


def _count(members: Sequence[TermRow]) -> str:
    return ngettext("%(count)d country", "%(count)d countries", len(members)) % {"count": len(members)}
