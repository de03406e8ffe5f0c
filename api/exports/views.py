"""Addresses of exports: `/{lang}/search/export.csv`, `.json` and `.xlsx` with the parameters of the search page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from api.asking import asked
from api.exports import tables, workbook
from api.exports.asked import Asked
from api.exports.records import records
from cases import addresses
from core.guarding import allowed
from search.query import Query
from search.service import Found, scan

MOST: Final = 60
PER: Final = timedelta(hours=1)
"""So many exports one sender may take; a visitor needs a few, a program that looks for news reads the feed."""
TOO_MANY: Final = 429
JOINED: Final = 64
"""Rows that are sent at a time: each piece costs its envelope."""
CSV, JSON = "text/csv; charset=utf-8", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSVW = "application/csvm+json"


@asked
def as_csv(request: HttpRequest, query: Query) -> HttpResponseBase:
    """A table; how it was asked for and what its columns mean stands beside it, where the header `Link` leads."""
    if (refused := _refused(request)) is not None:
        return refused
    response = _streamed(tables.csv_lines(records(scan(query)), query.language), CSV, "csv")
    beside = reverse("api:description") + query.url().rstrip("?")
    response["Link"] = f'<{addresses.whole(beside)}>; rel="describedby"; type="{CSVW}"'
    return response


@asked
def description(request: HttpRequest, query: Query) -> HttpResponseBase:
    """What the table holds: columns, values, search, licence."""
    address = addresses.whole(reverse("api:csv") + query.url().rstrip("?"))
    told = tables.description(Asked(query, len(scan(query))), address)
    return JsonResponse(told, content_type=CSVW, json_dumps_params={"ensure_ascii": False})


@asked
def as_json(request: HttpRequest, query: Query) -> HttpResponseBase:
    """Whole records, with the search and the codebook."""
    if (refused := _refused(request)) is not None:
        return refused
    found = scan(query)
    return _streamed(tables.json_pieces(records(found), Asked(query, len(found))), JSON, "json")


@asked
def as_xlsx(request: HttpRequest, query: Query) -> HttpResponseBase:
    """A workbook: it is whole before it is sent, on disk."""
    if (refused := _refused(request)) is not None:
        return refused
    return FileResponse(_workbook(query, scan(query)), as_attachment=True, filename=_name("xlsx"), content_type=XLSX)


def _workbook(query: Query, found: Found) -> tempfile._TemporaryFileWrapper[bytes]:
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - closed, and so removed, with the response
    workbook.write(file, records(found), Asked(query, len(found)))
    file.seek(0)
    return file


def _refused(request: HttpRequest) -> HttpResponse | None:
    """429 for a sender who takes more than a reader can read."""
    if request.method == "HEAD" or allowed(request, "export", MOST, PER):
        return None
    seconds = int(PER.total_seconds())
    text = _("Too many downloads from your network for now. Please try again in an hour.")
    return HttpResponse(
        text, status=TOO_MANY, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(seconds)}
    )


def _streamed(pieces: Iterable[str], content_type: str, ending: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_joined(_in_language(pieces)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(ending)}"'
    return response


def _name(ending: str) -> str:
    return f"citizen-data.{ending}"


def _in_language(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces in the reader's language: they are made after the request has let go of it."""
    language, rest = translation.get_language() or "en", iter(pieces)

    def following() -> Iterator[str]:
        while True:
            with translation.override(language):
                piece = next(rest, None)
            if piece is None:
                return
            yield piece

    return following()


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if len(held) == JOINED:
            yield "".join(held)
            held.clear()
    yield "".join(held)
