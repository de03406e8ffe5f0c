"""Options of a facet as HTML, from fragments that are escaped once and kept: a template per option is far slower."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from core.languages import lang_attributes, written
from search.coverage import Value
from search.results import FacetResult, FacetValue

IN_SIGHT = 12


def draw_options(result: FacetResult) -> SafeString:
    """The facet's values as check boxes: twelve and the chosen ones in sight, all others to unfold."""
    parameter, language = result.facet.parameter, get_language() or ""
    if result.facet.tree:
        return mark_safe(_branch(parameter, language, result.values, unfold=len(result.values) <= IN_SIGHT))
    seen = [value for n, value in enumerate(result.values) if n < IN_SIGHT or value.chosen]
    folded = [value for n, value in enumerate(result.values) if n >= IN_SIGHT and not value.chosen]
    inner = _list(parameter, language, seen)
    if folded:
        inner += _folded(parameter, _list(parameter, language, folded), _more(len(folded)))
    return mark_safe(inner)


def _list(parameter: str, language: str, values: Sequence[FacetValue]) -> str:
    items = "".join([f'<li class="facet__option">{_option(parameter, language, value)}</li>' for value in values])
    return f'<ul class="facet__options">{items}</ul>'


def _option(parameter: str, language: str, value: FacetValue) -> str:
    before, after = _fragments(parameter, value.value, value.label, value.lang, language)
    return f"{before}{' checked' if value.chosen else ''}{after}{written(value.count)}</span></label>"


@lru_cache(maxsize=16_384)
def _fragments(parameter: str, value: str, label: str, lang: str, _language: str) -> tuple[str, str]:
    """What stands before and after the mark of choice; `_language` is the page's, which decides on `lang`.

    Whatever changes in a term changes the key, so that nothing has to be thrown away.
    """
    before = f'<label><input type="checkbox" name="{escape(parameter)}" value="{escape(value)}"'
    text = f'<span class="facet__label"{lang_attributes(lang)}>{escape(label)}</span>'
    return before, f'> {text} <span class="facet__count count">'


def _folded(name: str, inner: str, text: str, unfold: bool = False) -> str:
    before = f'<details class="facet__more" data-name="{escape(name)}"{" open" if unfold else ""}>'
    return f"{before}<summary>{escape(text)}</summary>{inner}</details>"


def _more(count: int) -> str:
    return ngettext("Show %(count)s more", "Show %(count)s more", count) % {"count": written(count)}


def _within(count: int) -> str:
    text = ngettext("%(count)s place within", "%(count)s places within", count)
    return text % {"count": written(count)}


def _branch(parameter: str, language: str, values: Sequence[FacetValue], unfold: bool) -> str:
    """Values of one depth with what stands under each folded, unless something under it is chosen."""
    items = []
    for value, below in _split(values):
        inner = _branch(parameter, language, below, unfold) if below else ""
        if below:
            name, opened = f"{parameter}-{value.value}", unfold or any(under.chosen for under in below)
            inner = _folded(name, inner, _within(len(below)), opened)
        items.append(f'<li class="facet__option">{_option(parameter, language, value)}{inner}</li>')
    return f'<ul class="facet__options">{"".join(items)}</ul>'


def _split(values: Sequence[FacetValue]) -> list[tuple[FacetValue, list[FacetValue]]]:
    """Each topmost value with all that stands under it, from a list in which children follow their parent."""
    branches: list[tuple[FacetValue, list[FacetValue]]] = []
    for value in values:
        if branches and value.depth > branches[-1][0].depth:
            branches[-1][1].append(value)
        else:
            branches.append((value, []))
    return branches


def draw_values(values: Sequence[Value]) -> SafeString:
    """What is known or missing of a facet, as items of a list."""
    return mark_safe("".join([f"<li>{_value(value)}</li>" for value in values]))


def _value(value: Value) -> str:
    text = escape(value.label)
    mark = lang_attributes(value.label.lang)
    name = f'<a href="{escape(value.url)}"{mark}>{text}</a>' if value.url else f"<span{mark}>{text}</span>"
    return f'{name} <span class="count">{written(value.count)}</span>' if value.count else name
