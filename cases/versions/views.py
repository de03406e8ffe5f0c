"""Public addresses of versions: the list, one version, what changed between two, and the one that never moves."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from cases import addresses
from cases.models import CaseStudyPage, EntryPage, PublishedVersion
from cases.reading import caution, read
from cases.reading.finding import entry_at, home_paths
from cases.versions.comparing import Field, changes, fields_of
from cases.versions.past import AlteredError, Past, as_published
from cases.versions.showing import VersionsOf, banner, only_open
from cases.views import serve_entry
from core.views import gone
from core.visibility import findable
from core.withdrawals import at_address

logger = logging.getLogger(__name__)
PAGE: Final = 50
LONGEST: Final = 9
"""Digits of a number that is looked for."""

Draw = Callable[[VersionsOf], HttpResponse]


@require_safe
def index(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The versions of an entry in one language, newest first."""

    def draw(versions: VersionsOf) -> HttpResponse:
        page = Paginator(versions.rows, PAGE).get_page(request.GET.get("page"))
        return _render(request, "cases/versions/list.html", versions, lines=versions.lines(page), page_of_list=page)

    return serve_versions(request, team, slug, draw)


@require_safe
def version(request: HttpRequest, team: str, slug: str, number: int) -> HttpResponse:
    """What the entry said in one version, as it was shown then."""

    def draw(versions: VersionsOf) -> HttpResponse:
        row = whole(versions, number)
        if row.is_closed:
            return closed_version(request, versions, row)
        try:
            with as_published(row, versions.page) as past:
                view = _view(past, versions.page, request)
                context = {"entry": view, "page": versions.page, "version": banner(row, versions, past)}
                context |= {"versions": versions, "parent_template": versions.page.template}
                html = render_to_string("cases/versions/version.html", _absolute(context, versions), request)
        except AlteredError:
            logger.exception("A published version was altered")
            return closed_version(request, versions, row)
        return HttpResponse(html)

    return serve_versions(request, team, slug, draw)


@require_safe
def compare(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """What changed between two versions; without numbers, between the last two."""

    def draw(versions: VersionsOf) -> HttpResponse:
        readable = [row.number for row in versions.readable]
        first, second = _asked(request, readable)
        rows = [whole(versions, number) for number in (first, second) if number]
        if closed := next((row for row in rows if row.is_closed), None):
            return closed_version(request, versions, closed)
        found = None
        if len(rows) > 1:
            try:
                found = changes(*(_fields(row, versions.page, request) for row in rows))
            except AlteredError:
                logger.exception("A published version was altered")
        ends = {"first": rows[0] if rows else None, "second": rows[-1] if rows else None}
        return _render(
            request, "cases/versions/compare.html", versions, numbers=readable, changes=found, status=200, **ends
        )

    return serve_versions(request, team, slug, draw)


@require_safe
def permanent_version(request: HttpRequest, reference: str, language: str, number: int) -> HttpResponse:
    """Redirect to where this version stands now; 404 for one that never was, 410 for a withdrawn entry."""
    canonical = reference.upper()
    pages = findable(EntryPage.objects.filter(reference=canonical, locale__language_code=language))
    path = pages.filter(versions__number=number).values_list("url_path", flat=True).first()
    if path is None:
        if withdrawal := at_address(f"/r/{canonical}/"):
            return gone(request, withdrawal)
        raise Http404
    address = addresses.of_page(path, language, home_paths(request))
    return HttpResponseRedirect(f"{address}versions/{number}/")


def serve_versions(request: HttpRequest, team: str, slug: str, draw: Draw) -> HttpResponse:
    """Answer where the entry itself may be read, after the same questions; else 404, or 410 once it is withdrawn."""
    page = entry_at(f"teams/{team}/{slug}/", home_paths(request))
    if page is None:
        raise Http404
    # Served in place of the page, so that its restrictions ask for their key first.
    page.serve = lambda request, *args, **kwargs: draw(VersionsOf(page, request))
    return serve_entry(page, request)


def whole(versions: VersionsOf, number: int) -> PublishedVersion:
    """The version with all that is needed to draw it."""
    if versions.row(number) is None:
        raise Http404
    rows = PublishedVersion.objects.select_related("revision", "source_version__revision")
    return rows.get(entry=versions.page.pk, number=number)


def _view(past: Past, page: EntryPage, request: HttpRequest) -> Any:
    view = read(past.entry, request)
    vars(view)["attachments"] = only_open(view, past, page)
    if isinstance(page, CaseStudyPage):
        vars(view)["caution"] = caution.of_case(view.source, today=page.source)
    return view


def _fields(row: PublishedVersion, page: EntryPage, request: HttpRequest) -> dict[str, Field]:
    with as_published(row, page) as past:
        return fields_of(_view(past, page, request))


def _asked(request: HttpRequest, readable: list[int]) -> tuple[int, int]:
    """The numbers in the address, the older first; else the last two that can be read; 0 where there is none."""
    newest = readable[0] if readable else 0
    second = _number(request.GET.get("to", "")) or newest
    before = next((number for number in readable if number < second), 0)
    first = _number(request.GET.get("from", "")) or before
    return min(first, second), max(first, second)


def _number(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) <= LONGEST
    return int(value) if is_number else 0


def closed_version(request: HttpRequest, versions: VersionsOf, row: PublishedVersion) -> HttpResponse:
    """410 for one version: number, date and public note, no content."""
    closing = row if row.closed_at or row.source_version is None else row.source_version
    return _render(request, "cases/versions/closed.html", versions, status=410, version=row, closing=closing)


def _render(
    request: HttpRequest, template: str, versions: VersionsOf, *, status: int = 200, **context: Any
) -> HttpResponse:
    values = {"page": versions.page, "versions": versions, "reference": versions.page.reference, **context}
    if isinstance(versions.page, CaseStudyPage):
        values["caution"] = caution.of_case(versions.page.source)
    return render(request, template, _absolute(values, versions), status=status)


def _absolute(context: dict[str, Any], versions: VersionsOf) -> dict[str, Any]:
    """Add the address that search engines are to keep: the page itself, which holds the newest version."""
    return {**context, "canonical_url": f"{settings.SITE_URL}{versions.page_url}"}
