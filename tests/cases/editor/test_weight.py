"""The editor stays light: its queries do not grow with rows, its page stays below 800 KB."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from cases.models import CaseStudyPage, MethodLink, OfficialUse, Partnership, QualityScore, Source
from cases.terms import current_terms
from tests.cases.editor.forms import edit_url
from tests.factories.entries import make_case, make_method, make_organisation, make_team, term, translate

pytestmark = pytest.mark.django_db

MOST_QUERIES, MOST_BYTES = 60, 800_000


def case_with(rows: int, *, draft: bool) -> CaseStudyPage:
    """A case with that many rows of each kind."""
    case = make_case(live=not draft, tags=[f"tag {n}" for n in range(rows)])
    role, use = term("partner_roles", "funder").id, term("official_use", "advocacy").id
    case.partnerships = [Partnership(organisation=make_organisation(), role_id=role) for _ in range(rows)]
    case.official_uses = [OfficialUse(use_id=use, evidence=f"Report {n}") for n in range(rows)]
    case.sources = [Source(title=f"Source {n}") for n in range(rows)]
    case.method_links = [MethodLink(method=make_method()) for _ in range(rows)]
    dimensions = current_terms().of("quality_dimensions")[:rows]
    case.quality_scores = [QualityScore(dimension_id=dimension.id, score=1) for dimension in dimensions]
    case.choose("countries", current_terms().of("countries")[:rows])
    case.save()
    if draft:
        case.save_revision()
    return case


def queries(client: Client, case: CaseStudyPage) -> tuple[int, int]:
    client.get(edit_url(case))
    with CaptureQueriesContext(connection) as captured:
        page = client.get(edit_url(case))
    assert page.status_code == 200
    return len(captured), len(page.content)


@pytest.mark.once
@pytest.mark.parametrize("draft", [False, True])
def test_queries_are_the_same_for_one_row_and_for_fifty(editor: Client, draft: bool) -> None:
    few, _ = queries(editor, case_with(1, draft=draft))
    many, _ = queries(editor, case_with(50, draft=draft))
    assert few == many <= MOST_QUERIES


def test_queries_do_not_grow_with_translations(editor: Client) -> None:
    case = make_case(live=False)
    none, _ = queries(editor, case)
    for language in ("fr", "es", "ar", "ru"):
        translate(case, language, live=False)
    four, _ = queries(editor, case)
    assert four <= none + 1


@pytest.mark.once
def test_an_expert_asks_no_more(expert: Client) -> None:
    assert queries(expert, case_with(50, draft=True))[0] <= MOST_QUERIES
    assert Group.objects.filter(name=make_team("ken").group_names[0]).exists()


def test_the_page_stays_below_its_weight(editor: Client) -> None:
    case = make_case(live=False)
    role = term("partner_roles", "funder").id
    case.partnerships = [Partnership(organisation=make_organisation(), role_id=role) for _ in range(50)]
    case.save()
    assert queries(editor, case)[1] <= MOST_BYTES
