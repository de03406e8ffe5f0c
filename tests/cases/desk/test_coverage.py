"""Coverage counts what visitors can find, each case once, as a count by hand does."""

from __future__ import annotations

import random
from collections import Counter

from django.test import Client

import pytest

from cases.desk.coverage import DIMENSIONS, Dimension, coverage, gaps, region_of
from cases.models import CaseStudyPage
from cases.terms import TermRow, current_terms
from core.visibility import is_findable
from tests.cases.desk.conftest import read_csv, read_xlsx
from tests.cases.desk.world import make_world
from tests.factories.entries import make_case, make_method, translate

pytestmark = pytest.mark.usefixtures("repository")


def terms_of(case: CaseStudyPage, dimension: Dimension) -> set[TermRow]:
    if dimension.field:
        return set(case.chosen(dimension.field))
    return {current_terms().find("value_chain_stages", code) for code in case.levels()}  # type: ignore[misc]


def regions_of(case: CaseStudyPage) -> set[int]:
    return {place.id for row in case.chosen("countries") if (place := region_of(row, current_terms()))}


def originals() -> list[CaseStudyPage]:
    return [page for page in CaseStudyPage.objects.all() if page.original_id is None]


@pytest.mark.parametrize("seed", random.Random(5).sample(range(10_000), 3))
@pytest.mark.usefixtures("repository")
def test_counts_equal_brute_force(seed: int) -> None:
    make_world(seed)
    found = [case for case in originals() if is_findable(case)]
    unpublished = [case for case in originals() if not case.live]
    for dimension in DIMENSIONS.values():
        expected = Counter(term for case in found for term in terms_of(case, dimension))
        by_region = Counter(
            (term, region) for case in found for term in terms_of(case, dimension) for region in regions_of(case)
        )
        drafts = Counter(term for case in unpublished for term in terms_of(case, dimension))
        rows = coverage(dimension)
        assert {row.term: row.published for row in rows if row.published} == {
            term: n for term, n in expected.items() if not term.retired
        }
        assert {(row.term, region): n for row in rows for region, n in row.by_region.items()} == {
            pair: n for pair, n in by_region.items() if not pair[0].retired
        }
        assert {row.term: row.in_preparation for row in rows if row.in_preparation} == {
            term: n for term, n in drafts.items() if not term.retired
        }
        assert gaps()[dimension.name] == sum(row.published == 0 for row in rows)


def test_methods_translations_and_drafts_cover_nothing(editor: Client) -> None:
    case = make_case(terms={"themes": ["health"]})
    translate(case, "fr")
    make_case(terms={"themes": ["education"]}, live=False)
    make_method(terms={"themes": ["education"]})
    rows = {row["Code"]: row for row in read_csv(editor, "/admin/desk/coverage/themes/")}
    assert (rows["health"]["Published"], rows["health"]["Africa"]) == ("1", "1")
    assert (rows["education"]["Published"], rows["education"]["In preparation"]) == ("0", "1")


def test_a_case_of_two_countries_counts_once_in_their_region(editor: Client) -> None:
    make_case(terms={"countries": ["ken", "uga", "fra"], "themes": ["health"]})
    row = next(row for row in read_xlsx(editor, "/admin/desk/coverage/themes/") if row["Code"] == "health")
    assert (row["Published"], row["Africa"], row["Europe"], row["Asia"]) == (1, 1, 1, 0)


def test_filters_leave_what_is_thin(editor: Client) -> None:
    make_case(terms={"countries": ["ken"]})
    everywhere = read_csv(editor, "/admin/desk/coverage/countries/?show=none")
    assert "ken" not in {row["Code"] for row in everywhere}
    africa = read_csv(editor, "/admin/desk/coverage/countries/?show=none&region=africa")
    assert {row["Region"] for row in africa} == {"Africa"}
    assert len(africa) == 53
    goals = read_csv(editor, "/admin/desk/coverage/themes/?show=none&region=europe")
    assert "health" in {row["Code"] for row in goals}


def test_order_and_pages(editor: Client) -> None:
    make_case(terms={"countries": ["zmb"]})
    page = editor.get("/admin/desk/coverage/countries/?ordering=-published").content.decode()
    assert page.index("Zambia") < page.index("Afghanistan")
    assert "Page 1 of 4" in page
    assert page.count("desk-number--gap") == 49  # all of the page but Zambia
    assert editor.get("/admin/desk/coverage/countries/?p=99&ordering=nonsense").status_code == 200


def test_unknown_choices_are_refused_without_trouble(editor: Client) -> None:
    assert editor.get("/admin/desk/coverage/countries/?region=atlantis&show=x").status_code == 200
    assert editor.get("/admin/desk/coverage/planets/").status_code == 404
