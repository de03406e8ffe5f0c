"""The parts that pages are made of, each in its states: what the page of components shows.

A part is a fragment `templates/components/NAME.html`, used with `{% include ... with ... only %}`; the comment in its
first line names what it takes. Samples use sentences of the site, so that they appear in its languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from home.chart_samples import chart_samples

LONG: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
"""A word without a place to break, as German, Finnish and addresses have them."""
COLOURS: Final = (
    "text",
    "muted",
    "line-strong",
    "line",
    "surface",
    "accent",
    "accent-soft",
    "focus",
    "mark",
    "warn",
    "good",
)


@dataclass(frozen=True, slots=True)
class State:
    """A part in one state, drawn."""

    name: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """A part in all its states."""

    name: str
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A value with its number of entries, as facets give them."""

    value: str
    label: str
    count: int | None
    lang: str = ""


class SampleForm(forms.Form):
    """A form with a field of each kind that visitors meet."""

    name = forms.CharField(label=gettext_lazy("Team"), help_text=gettext_lazy("Search cases and methods"))
    email = forms.EmailField(label=gettext_lazy("Contact"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("case", gettext_lazy("Case study")), ("method", gettext_lazy("Method"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=gettext_lazy("Summary"), widget=forms.Textarea(attrs={"rows": 4}))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The page of all parts: for those who build and look after the site, nowhere linked and never indexed."""
    if not (settings.SHOW_COMPONENTS or request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    forms_shown = (SampleForm(auto_id="empty_%s"), SampleForm({"email": "nobody", "text": LONG}, auto_id="wrong_%s"))
    return render(request, "home/components.html", {"parts": tuple(parts()), "forms": forms_shown, "colours": COLOURS})


def parts() -> Iterator[Part]:
    """Every part, in the order of their names."""
    for name, states in sorted(_samples().items()):
        drawn = (State(state, _draw(name, values)) for state, values in states.items())
        yield Part(name, tuple(drawn))
    for name, charts in chart_samples(LONG).items():
        yield Part(name, tuple(State(state, html) for state, html in charts.items()))


def _draw(name: str, values: Mapping[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", dict(values))


def _samples() -> dict[str, dict[str, Mapping[str, Any]]]:
    return {**_actions(), **_words(), **_lists(), **_blocks()}


def _actions() -> dict[str, dict[str, Mapping[str, Any]]]:
    search = _("Search")
    box = {"url": "/en/search/"}
    return {
        "button": {
            "plain": {"label": search},
            "main": {"label": search, "kind": "main"},
            "quiet": {"label": _("Clear all"), "kind": "quiet"},
            "link": {"label": _("All cases"), "url": "#button"},
            "disabled": {"label": search, "disabled": True},
            "long words": {"label": LONG},
        },
        "search_box": {
            "empty": {**box, "id": "sample-1", "label": _("Search all entries")},
            "large, with a hint": {
                **box,
                "id": "sample-2",
                "label": _("What are you looking for?"),
                "large": True,
                "hint": _hint(),
            },
            "asked": {**box, "id": "sample-3", "label": _("Search cases and methods"), "q": LONG},
        },
        "details": {
            "closed": {"summary": _("What is known, and what is missing"), "text": _hint()},
            "open": {"summary": LONG, "text": _hint(), "open": True},
        },
    }


def _words() -> dict[str, dict[str, Mapping[str, Any]]]:
    health = "Health and well-being"
    return {
        "badge": {
            "plain": {"text": _("Case study")},
            "accent": {"text": _("Case study"), "kind": "accent"},
            "good": {"text": _("Citizen data"), "kind": "good"},
            "warn": {"text": _("Sensitive content"), "kind": "warn"},
            "another language": {"text": "دراسة حالة", "lang": "ar"},
        },
        "chip": {
            "link": {"label": health, "url": "#chip", "count": 1234},
            "chosen": {"label": health, "title": _("Themes"), "url": "#chip", "removes": True},
            "long words": {"label": LONG, "url": "#chip"},
        },
        "quote": {
            "one voice": {"text": _hint(), "attribution": _("Team")},
            "another language": {"text": "من أنتج أي بيانات، ومع من.", "lang": "ar"},
        },
    }


def _lists() -> dict[str, dict[str, Mapping[str, Any]]]:
    ways = [Item("ken", "Kenya", 1234), Item("chn", "中国", 3, "zh-hans"), Item("long", LONG, 0)]
    goals = [
        Item("sdg-03", "Health and well-being", 12),
        Item("sdg-13", LONG, 1),
        Item("sdg-16", "العدالة", None, "ar"),
    ]
    facts = [(_("Countries"), "Kenya"), (_("Led by"), LONG), (_("Years"), "2010–2015")]
    return {
        "ways": {"many": {"items": ways, "base": "#ways-"}, "one": {"items": ways[:1], "base": "#ways-"}},
        "goals": {"many": {"items": goals, "base": "#goals-"}},
        "figures": {
            "many": {"items": [(1234, _("Case studies"), "#figures"), (56, _("Countries"), ""), (0, _("Methods"), "")]},
            "one": {"items": [(1, _("Case study"), "#figures")]},
        },
        "facts": {"column": {"items": facts}, "wide": {"items": facts, "wide": True}},
        "table": {
            "numbers": {
                "caption": _("Summary"),
                "columns": (_("Countries"), "2024", "2025"),
                "rows": [("Kenya", "1,234", "2,345"), ("中国", "3", "12"), (LONG, "0", "–")],
                "numbers": True,
                "csv": "#table",
            },
        },
    }


def _blocks() -> dict[str, dict[str, Mapping[str, Any]]]:
    nothing = _("Nothing is published here yet.")
    ways = [("#state", _("Search all entries")), ("#state", _("Go to the home page"))]
    return {
        "notice": {
            "plain": {"text": nothing},
            "good": {"title": _("Citizen data"), "text": _hint(), "kind": "good"},
            "warn": {
                "title": _("Sensitive content"),
                "text": LONG,
                "kind": "warn",
                "url": "#notice",
                "link": _("All cases"),
            },
        },
        "state": {
            "empty": {"title": nothing, "text": _hint(), "links": ways},
            "wrong": {"title": _("Something went wrong"), "text": LONG, "links": ways[1:], "kind": "wrong"},
            "busy": {"title": _("Search"), "kind": "busy"},
        },
        "section_head": {
            "with a way on": {"title": _("Newest cases"), "id": "s-1", "url": "#s-1", "link": _("All cases")},
            "with a sentence": {"title": LONG, "id": "s-2", "lead": _hint()},
        },
    }


def _hint() -> str:
    return _("It may have been moved or mistyped, or it is not published yet.")
