"""References, teams, terms of revisions: what an entry keeps for life."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from wagtail.models import Page

import pytest

from cases.derived import citizen_data_test, regions
from cases.gates import GapsRemain, gaps
from cases.models import CaseStudyPage
from cases.versions.keeping import erase
from cases.vocabularies.merge import merge_terms
from tests.factories.entries import (
    choose,
    make_case,
    make_method,
    make_organisation,
    make_team,
    publish,
    set_levels,
    team_page,
    term,
    translate,
)

pytestmark = pytest.mark.usefixtures("repository")
YEAR = timezone.now().year


def test_references_count_by_team_and_year() -> None:
    kenya = [make_case(make_team("ken")).reference for _ in range(2)]
    uganda = make_case(make_team("uga")).reference
    international = make_method().reference
    assert kenya == [f"CCD-KEN-{YEAR}-1", f"CCD-KEN-{YEAR}-2"]
    assert (uganda, international) == (f"CCD-UGA-{YEAR}-1", f"CCD-INT-{YEAR}-1")


def test_a_number_is_not_given_again_after_deletion() -> None:
    erase(make_case())
    assert make_case().reference == f"CCD-KEN-{YEAR}-2"


def test_translations_share_the_reference_and_the_structured_fields() -> None:
    original = make_case(terms={"themes": ["education", "health"]})
    french = translate(original, "fr")
    assert french.reference == original.reference
    assert [row.code for row in french.chosen("themes")] == ["education", "health"]
    assert french.levels() == original.levels()


def test_a_copy_gets_a_reference_of_its_own() -> None:
    original = make_case(external_id="key-1")
    copy = original.copy(keep_live=False, update_attrs={"slug": "copy", "title": "Copy"}, copy_revisions=False)
    assert copy.reference == f"CCD-KEN-{YEAR}-2"
    assert copy.external_id == ""
    assert [row.code for row in copy.chosen("themes")] == ["health"]


def test_a_move_keeps_the_reference_and_changes_the_team() -> None:
    case, uganda = make_case(), make_team("uga")
    case.move(team_page(uganda), pos="last-child")
    moved = CaseStudyPage.objects.get(pk=case.pk)
    assert moved.team == uganda
    assert moved.reference == f"CCD-KEN-{YEAR}-1"


def test_a_draft_follows_a_merged_term_without_doubling_it() -> None:
    case = make_case(terms={"themes": ["health", "education"]})
    choose(case, {"themes": ["health", "education", "youth"]})
    case.save_revision()
    from cases.models import Term

    youth = Term.objects.get(vocabulary="themes", code="youth")
    merge_terms(youth, Term.objects.get(vocabulary="themes", code="education"))
    draft = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
    assert [row.code for row in draft.chosen("themes")] == ["health", "education"]
    publish(draft)
    assert [row.code for row in CaseStudyPage.objects.get(pk=case.pk).chosen("themes")] == ["health", "education"]


def test_a_revision_is_read_with_the_same_number_of_queries_however_many_rows(django_assert_max_num_queries) -> None:
    def cost(partners: int, themes: list[str]) -> int:
        case = make_case(
            partners=[(make_organisation(), "funder") for _ in range(partners)], terms={"countries": themes}
        )
        page = CaseStudyPage.objects.get(pk=case.pk)
        with django_assert_max_num_queries(60) as queries:
            page.get_latest_revision_as_object()
        return len(queries)

    assert cost(1, ["ken"]) == cost(50, ["ken", "uga", "tza", "rwa", "gha", "nga"])


def test_publication_is_refused_at_the_model_whoever_asks() -> None:
    case = make_case(live=False, problem="<p> </p>", lead_organisation=None, terms={"themes": []}, uses=[])
    assert {gap.field for gap in gaps(case)} == {"problem", "lead_organisation", "themes", "official_uses"}
    case.lead_organisation = None
    with pytest.raises(GapsRemain) as refused:
        publish(case)
    assert isinstance(refused.value, PermissionDenied)
    assert not CaseStudyPage.objects.get(pk=case.pk).live


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [({"design": 4, "collect": 1}, True), ({"design": 3, "collect": 5}, True), ({"design": 3, "collect": 3}, False)],
)
def test_citizen_data_need_partnership_at_design_or_collection(levels: dict[str, int], verdict: bool) -> None:
    found = citizen_data_test(make_case(levels=levels))
    assert found is not None
    assert found.is_citizen_data is verdict


def test_high_levels_at_other_stages_do_not_make_citizen_data() -> None:
    found = citizen_data_test(make_case(levels={"design": 1, "collect": 2, "use": 5, "analyse": 5}))
    assert found is not None
    assert not found.is_citizen_data


def test_regions_follow_from_countries() -> None:
    codes = {region.code for region in regions(make_case(terms={"countries": ["ken"]}))}
    assert codes == {"africa", "sub-saharan-africa", "eastern-africa"}


def test_levels_outside_the_scale_are_refused() -> None:
    case = make_case(live=False)
    set_levels(case, {"design": 6})
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save()


def test_the_address_of_an_entry_is_its_place_in_the_tree() -> None:
    case = make_case(slug="water-points")
    assert Page.objects.get(pk=case.pk).url_path.endswith("/teams/ken/water-points/")
    assert term("countries", "ken").label("fr") == "Kenya"
