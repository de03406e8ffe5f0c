"""Downloads of the citation of an entry, and of one of its versions: whoever may read the page gets them."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cases.citing.formats import FORMATS
from cases.citing.work import Work, work_of, work_of_version
from cases.reading.finding import entry_at, home_paths
from cases.reading.rows import load_rows
from cases.versions.past import AlteredError, as_published
from cases.versions.showing import VersionsOf
from cases.versions.views import closed_version, serve_versions, whole
from cases.views import serve_entry

logger = logging.getLogger(__name__)


@require_safe
def entry(request: HttpRequest, team: str, slug: str, form: str) -> HttpResponse:
    """The citation of the entry in one of the `FORMATS`."""
    page = entry_at(f"teams/{team}/{slug}/", home_paths(request))
    if page is None:
        raise Http404

    def serve(*_args: object, **_kwargs: object) -> HttpResponse:
        load_rows(page.source)
        return _download(work_of(page), form)

    # Served in place of the page, so that its restrictions ask for their key first.
    page.serve = serve
    return serve_entry(page, request)


@require_safe
def version(request: HttpRequest, team: str, slug: str, number: int, form: str) -> HttpResponse:
    """The citation of one version; 410 for one that is closed."""

    def draw(versions: VersionsOf) -> HttpResponse:
        row = whole(versions, number)
        if row.is_closed:
            return closed_version(request, versions, row)
        try:
            with as_published(row, versions.page) as past:
                return _download(work_of_version(past.entry, row.number, row.published_at), form)
        except AlteredError:
            logger.exception("A published version was altered")
            return closed_version(request, versions, row)

    return serve_versions(request, team, slug, draw)


def _download(work: Work, form: str) -> HttpResponse:
    written = FORMATS[form]
    name = f"{work.reference}-v{work.version}" if work.version else work.reference
    response = HttpResponse(written.write(work), content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Robots-Tag"] = "noindex"
    return response
