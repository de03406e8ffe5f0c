"""The numbers of a case's figures: the same as drawn, with whose assessment they are, for who may read the page."""

from __future__ import annotations

import csv
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from cases.models import CaseStudyPage, QualityScore
from cases.terms import current_terms
from tests.factories.entries import make_case, make_method, make_organisation, publish, term

pytestmark = pytest.mark.django_db
LEVELS = {"design": 4, "collect": 1}


def numbers(page: Any, figure: str) -> list[dict[str, str]]:
    response = Client().get(f"{page.get_url()}figures/{figure}.csv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(response.content.decode().splitlines()))


@pytest.fixture
def case(repository: None) -> CaseStudyPage:
    case = make_case(live=False, levels=LEVELS, lead=make_organisation("The Union"))
    relevance = term("quality_dimensions", "relevance")
    case.quality_scores = [QualityScore(dimension_id=relevance.id, score=2, evidence="=Asked twice")]
    publish(case)
    return case


def test_numbers_are_those_of_the_figures(case: CaseStudyPage) -> None:
    levels = {row["stage"]: row["level"] for row in numbers(case, "participation") if row["level"]}
    assert levels == {code: str(level) for code, level in LEVELS.items()}
    assert numbers(case, "quality") == [
        {
            "dimension": "relevance",
            "label": "Relevance",
            "score": "2",
            "word": str(term("quality_scores", "addressed").label()),
            "evidence": "'=Asked twice",
            "remark": "Editors' assessment, not confirmed by The Union.",
        }
    ]
    CaseStudyPage.objects.filter(pk=case.pk).update(assessment_confirmed=True)
    assert {row["remark"] for row in numbers(case, "participation")} == {""}


def test_the_page_leads_to_its_numbers_and_an_old_version_does_not(case: CaseStudyPage) -> None:
    links = [f"{case.get_url()}figures/{figure}.csv" for figure in ("participation", "quality")]
    html = Client().get(case.get_url()).content.decode()
    assert all(f'href="{link}"' in html for link in links)
    old = Client().get(f"{case.get_url()}versions/1/").content.decode()
    assert "steps__cells" in old
    assert "figures/" not in old


def test_who_may_not_read_the_page_gets_no_numbers(case: CaseStudyPage) -> None:
    address = f"{case.get_url()}figures/participation.csv"
    PageViewRestriction.objects.create(page=case, restriction_type="login")
    assert Client().get(address).status_code == 302
    PageViewRestriction.objects.all().delete()
    CaseStudyPage.objects.filter(pk=case.pk).update(live=False)
    assert Client().get(address).status_code == 404


def test_there_are_numbers_of_figures_only(case: CaseStudyPage) -> None:
    assert Client().get(f"{case.get_url()}figures/nothing.csv").status_code == 404
    assert Client().get(f"{make_method().get_url()}figures/participation.csv").status_code == 404


def test_many_rows_ask_the_database_no_more_than_few(case: CaseStudyPage) -> None:
    many = make_case(live=False, levels={stage.code: 3 for stage in current_terms().of("value_chain_stages")})
    dimensions = current_terms().of("quality_dimensions")
    many.quality_scores = [QualityScore(dimension_id=row.id, score=1, evidence=row.code) for row in dimensions]
    publish(many)
    for figure in ("participation", "quality"):
        counts = []
        for page in (case, case, many):  # the first fills caches
            with CaptureQueriesContext(connection) as queries:
                assert numbers(page, figure)
            counts.append(len(queries))
        assert counts[1] == counts[2]
