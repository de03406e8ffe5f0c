"""Options of a facet as HTML, from fragments that are escaped once and kept: a template per option is far slower."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from search.languages import lang_attributes
from search.results import FacetResult, FacetValue

IN_SIGHT = 12


def draw_options(result: FacetResult) -> SafeString:
    """The facet's values as check boxes: twelve and the chosen ones in sight, all others to unfold."""
    parameter = result.facet.parameter
    if result.facet.tree:
        return mark_safe(_branch(parameter, result.values, unfold=len(result.values) <= IN_SIGHT))
    seen = [value for n, value in enumerate(result.values) if n < IN_SIGHT or value.chosen]
    folded = [value for n, value in enumerate(result.values) if n >= IN_SIGHT and not value.chosen]
    return mark_safe(_list(parameter, seen) + (_folded(_list(parameter, folded), _more(len(folded))) if folded else ""))


def _list(parameter: str, values: Sequence[FacetValue]) -> str:
    items = "".join(f'<li class="facet__option">{_option(parameter, value)}</li>' for value in values)
    return f'<ul class="facet__options">{items}</ul>'


def _option(parameter: str, value: FacetValue) -> str:
    before, after = _fragments(parameter, value.value, value.label, value.lang, get_language() or "")
    return f"{before}{' checked' if value.chosen else ''}{after}{_number(value.count)}</span></label>"


@lru_cache(maxsize=16_384)
def _fragments(parameter: str, value: str, label: str, lang: str, page_language: str) -> tuple[str, str]:
    """What stands before and after the mark of choice; `page_language` is the active one and part of the key."""
    before = f'<label><input type="checkbox" name="{escape(parameter)}" value="{escape(value)}"'
    text = f'<span class="facet__label"{lang_attributes(lang)}>{escape(label)}</span>'
    return before, f'> {text} <span class="facet__count count">'


def _folded(inner: str, text: str, unfold: bool = False) -> str:
    return f'<details class="facet__more"{" open" if unfold else ""}><summary>{escape(text)}</summary>{inner}</details>'


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def _more(count: int) -> str:
    return ngettext("Show %(count)s more", "Show %(count)s more", count) % {"count": _number(count)}


def _within(count: int) -> str:
    return ngettext("%(count)s place within", "%(count)s places within", count) % {"count": _number(count)}


def _branch(parameter: str, values: Sequence[FacetValue], unfold: bool) -> str:
    """Values of one depth with what stands under each folded, unless something under it is chosen."""
    items = []
    for value, below in _split(values):
        inner = _branch(parameter, below, unfold) if below else ""
        if below:
            inner = _folded(inner, _within(len(below)), unfold or any(under.chosen for under in below))
        items.append(f'<li class="facet__option">{_option(parameter, value)}{inner}</li>')
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
