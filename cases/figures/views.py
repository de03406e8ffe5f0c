"""The numbers of a case's figures as CSV: whoever may read the page gets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cases.figures.drawing import PARTICIPATION, QUALITY
from cases.models import CaseStudyPage
from cases.reading import participation, quality
from cases.reading.finding import entry_at, home_paths
from cases.reading.rows import load_rows
from cases.views import serve_entry
from core.charts import csv_response

Row = tuple[str | int | None, ...]


@require_safe
def numbers(request: HttpRequest, team: str, slug: str, figure: str) -> HttpResponse:
    """One of the figures; each row says whose assessment it is until the lead organisation confirms."""
    page = entry_at(f"teams/{team}/{slug}/", home_paths(request))
    if not isinstance(page, CaseStudyPage) or figure not in _FIGURES:
        raise Http404
    heads, rows = _FIGURES[figure]

    def serve(*_args: object, **_kwargs: object) -> HttpResponse:
        load_rows(page.source)
        remark = _remark(page.source)
        return csv_response(
            f"{page.reference}-{figure}", (*heads, "remark"), ((*row, remark) for row in rows(page.source))
        )

    # Served in place of the page, so that its restrictions ask for their key first.
    page.serve = serve
    return serve_entry(page, request)


def _levels(case: Any) -> Iterator[Row]:
    for row in participation.figure(case).rows:
        yield row.stage.code, row.stage.text, row.level, str(row.level_name or "")


def _scores(case: Any) -> Iterator[Row]:
    for group in quality.scores(case):
        for row in group.rows:
            yield row.dimension.code, row.dimension.text, row.score, str(row.word), str(row.evidence)


def _remark(case: Any) -> str:
    if case.assessment_confirmed:
        return ""
    if case.lead_organisation is None:
        return gettext("Editors' assessment, not confirmed by the lead organisation.")
    return gettext("Editors' assessment, not confirmed by %(lead)s.") % {"lead": case.lead_organisation.name}


_FIGURES: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Any], Iterator[Row]]]]] = {
    PARTICIPATION: (("stage", "label", "level", "level_name"), _levels),
    QUALITY: (("dimension", "label", "score", "word", "evidence"), _scores),
}
