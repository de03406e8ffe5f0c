"""Uses of terms equal a count by hand, over live pages, drafts, organisations and teams."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.test import Client
from django.utils import timezone

import pytest

from cases.desk.vocabulary_use import COUNTED, uses
from cases.models import CaseStudyPage, CountryTeam, EntryPage, Organisation, Term
from cases.terms import current_terms
from tests.cases.desk.conftest import read_csv
from tests.cases.desk.world import make_world
from tests.factories.entries import choose, make_case, make_organisation

pytestmark = pytest.mark.usefixtures("repository")


def keys_of(page: Any) -> set[int]:
    keys = {row.term_id for row in page.terms.get_object_list()}
    keys |= {row.stage_id for row in page.stage_levels.get_object_list()}
    keys |= {key for row in page.attachments.get_object_list() for key in (row.kind_id, row.access_level_id)}
    if isinstance(page, CaseStudyPage):
        keys |= {row.role_id for row in page.partnerships.get_object_list()}
        keys |= {row.use_id for row in page.official_uses.get_object_list()}
        keys |= {row.dimension_id for row in page.quality_scores.get_object_list()}
    else:
        keys |= {row.dimension_id for row in page.quality_checks.get_object_list()}
    return keys


def counted(pages: Iterable[Any]) -> Counter[int]:
    found = defaultdict(set)
    for page in pages:
        for key in keys_of(page):
            found[key].add(page.pk)
    return Counter({key: len(entries) for key, entries in found.items()})


@pytest.mark.parametrize("seed", random.Random(6).sample(range(10_000), 3))
def test_counts_equal_brute_force(seed: int) -> None:
    make_world(seed)
    originals = [page.specific for page in EntryPage.objects.all()]
    live = counted(page for page in originals if page.live)
    edited = [p.get_latest_revision_as_object() for p in originals if p.has_unpublished_changes and p.latest_revision]
    plain = [p for p in originals if not p.live and not (p.has_unpublished_changes and p.latest_revision)]
    drafts = counted([*edited, *plain])
    elsewhere = Counter(Organisation.objects.values_list("type", flat=True))
    elsewhere += Counter(CountryTeam.countries.through.objects.values_list("term_id", flat=True))
    rows = uses()
    assert edited
    for row in rows:
        key = row.term.id
        assert (row.live, row.drafts, row.elsewhere) == (live[key], drafts[key], elsewhere[key]), row.term
    shown = {row.term.id for row in rows}
    assert {current_terms().get(key).vocabulary for key in {*live, *drafts, *elsewhere}} <= COUNTED
    assert set(live) <= shown


def test_a_draft_counts_by_what_its_authors_see(editor: Client) -> None:
    case = make_case(terms={"themes": ["health"]})
    choose(case, {"themes": ["education"]})
    case.save_revision()
    rows = {row["Code"]: row for row in read_csv(editor, "/admin/desk/vocabulary-use/?vocabulary=themes")}
    assert (rows["health"]["Published"], rows["health"]["Drafts"]) == ("1", "0")
    assert (rows["education"]["Published"], rows["education"]["Drafts"]) == ("0", "1")


def test_states_are_filters(editor: Client) -> None:
    make_case(terms={"themes": ["health"]})
    make_organisation()
    for code in ("health", "education"):
        Term.objects.filter(vocabulary="themes", code=code).update(retired_at=timezone.now())
    states = {
        state: {row["Code"] for row in read_csv(editor, f"/admin/desk/vocabulary-use/?vocabulary=themes&state={state}")}
        for state in ("used", "never-used", "retired-in-use", "retired")
    }
    assert states["retired-in-use"] == {"health"}
    assert states["retired"] == {"education"}
    assert states["used"] == set()
    assert len(states["never-used"]) == len(current_terms().of("themes"))
    page = editor.get("/admin/desk/vocabulary-use/?label=HEALTH").content.decode()
    assert "Retired, still used" in page
