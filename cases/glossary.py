"""What the terms of the vocabularies mean: said where they are used, and all together on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from cases.addresses import EXPLAINED
from cases.reading.items import Item, of_term
from cases.terms import current_terms
from cases.vocabularies.registry import VOCABULARIES


@dataclass(frozen=True, slots=True)
class Part:
    """The terms of one vocabulary, each with what it means."""

    name: str
    title: str | Promise
    items: tuple[Item, ...]


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term that readers meet, by vocabulary."""
    return render(request, "cases/glossary.html", {"parts": list(_parts())})


def _parts() -> Iterator[Part]:
    terms = current_terms()
    for name in EXPLAINED:
        if items := tuple(of_term(term) for term in terms.of(name)):
            yield Part(name.replace("_", "-"), VOCABULARIES[name].title, items)
