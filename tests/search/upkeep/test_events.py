"""Every kind of change reaches the index with the next delivery, and touches no other entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction, Site

import pytest

from cases.models import CountryTeam, EntryPage, Organisation, Tag, Term
from cases.versions.keeping import erase
from cases.vocabularies.changes import move_term
from cases.vocabularies.merge import merge_terms
from core.models import Withdrawal
from core.withdrawals import restore, withdraw
from search.upkeep.models import IndexChange
from tests.factories.entries import (
    make_case,
    make_method,
    make_organisation,
    make_team,
    publish,
    team_page,
    term,
    translate,
)
from tests.factories.files import make_picture
from tests.search.memory_engine import MemoryEngine
from tests.search.upkeep.conftest import key

Level = Callable[[], set[str]]
pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def case(level: Level) -> Any:
    """A published case beside one of another team, both in the index."""
    make_case(make_team("uga"), lead=make_organisation("Elsewhere"), tags=["other"], terms={"countries": ["uga"]})
    page = make_case(make_team("ken"), lead=make_organisation("Bureau"), tags=["wells"])
    level()
    return page


def test_publishing_and_editing_a_case(case: Any, level: Level, engine: MemoryEngine) -> None:
    case.title = "Wells again"
    publish(case)
    assert level() == {key(case)}
    assert engine.held[key(case)].texts["en"].title == "Wells again"


def test_a_draft_is_not_written(case: Any, level: Level) -> None:
    case.title = "Not yet"
    case.save_revision()
    make_case(live=False)
    assert not IndexChange.objects.exists()


def test_unpublishing_and_publishing_again(case: Any, level: Level, engine: MemoryEngine) -> None:
    case.unpublish()
    assert level() == {key(case)}
    assert key(case) not in engine.held
    publish(case)
    assert level() == {key(case)}
    assert key(case) in engine.held


def test_unpublishing_as_a_base_page(case: Any, level: Level, engine: MemoryEngine) -> None:
    Page.objects.get(pk=case.pk).unpublish()
    assert level() == {key(case)}
    assert key(case) not in engine.held


def test_a_translation_comes_changes_and_goes(case: Any, level: Level, engine: MemoryEngine) -> None:
    french = translate(case, "fr", title="Puits")
    assert level() == {key(case)}
    assert engine.held[key(case)].texts["fr"].title == "Puits"
    french.unpublish()
    assert level() == {key(case)}
    assert set(engine.held[key(case)].texts) == {"en"}
    erase(french)
    assert level() == {key(case)}


def test_a_method(level: Level, engine: MemoryEngine) -> None:
    method = make_method()
    assert level() == {key(method)}
    erase(method)
    assert level() == {key(method)}
    assert engine.held == {}


def test_deleting_a_case_and_a_team_page_with_all_below(case: Any, level: Level, engine: MemoryEngine) -> None:
    second = make_case(make_team("ken"))
    level()
    erase(case)
    assert level() == {key(case)}
    erase(Page.objects.get(pk=team_page(make_team("ken")).pk))
    assert level() == {key(second)}
    assert key(second) not in engine.held


def test_moving_a_case_to_another_team(case: Any, level: Level, engine: MemoryEngine) -> None:
    Page.objects.get(pk=case.pk).move(Page.objects.get(pk=team_page(make_team("uga")).pk), pos="last-child")
    assert level() == {key(case)}
    assert engine.held[key(case)].team == make_team("uga").name
    assert "/teams/uga/" in engine.held[key(case)].texts["en"].url


def test_another_slug_of_a_team_page_gives_its_entries_other_addresses(
    case: Any, level: Level, engine: MemoryEngine
) -> None:
    page = team_page(make_team("ken"))
    page.slug = "kenya"
    page.save()
    assert level() == {key(case)}
    assert "/teams/kenya/" in engine.held[key(case)].texts["en"].url


def test_saving_a_team_page_with_its_address_unchanged_touches_nothing(case: Any) -> None:
    team_page(make_team("ken")).save()
    assert not IndexChange.objects.exists()


def test_a_restriction_of_a_team_page_and_its_end(case: Any, level: Level, engine: MemoryEngine) -> None:
    page = Page.objects.get(pk=team_page(make_team("ken")).pk)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert level() == {key(case)}
    assert key(case) not in engine.held
    restriction.delete()
    assert level() == {key(case)}
    assert key(case) in engine.held


def test_moving_below_a_restricted_page(case: Any, level: Level, engine: MemoryEngine) -> None:
    closed = Page.objects.get(pk=team_page(make_team("international")).pk)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    team = Page.objects.get(pk=team_page(make_team("ken")).pk)
    level()
    team.move(closed, pos="last-child")
    assert key(case) in set(IndexChange.objects.filter(removal=True).values_list("target", flat=True))
    assert level() == {key(case)}
    assert key(case) not in engine.held


def test_withdrawing_and_restoring(case: Any, level: Level, engine: MemoryEngine) -> None:
    withdrawal = withdraw(case, reason="other")
    assert level() == {key(case)}
    assert key(case) not in engine.held
    restore(withdrawal)
    publish(case)
    assert level() == {key(case)}
    assert key(case) in engine.held


def test_a_withdrawal_without_unpublishing_and_its_deletion(case: Any, level: Level, engine: MemoryEngine) -> None:
    withdrawal = Withdrawal.objects.create(translation_key=case.translation_key, reason="other")
    assert level() == {key(case)}
    assert key(case) not in engine.held
    withdrawal.delete()
    assert level() == {key(case)}
    assert key(case) in engine.held


def test_labels_of_a_term_and_of_a_region_above_it(case: Any, level: Level, engine: MemoryEngine) -> None:
    kenya = Term.objects.get(vocabulary="countries", code="ken")
    kenya.labels = {**kenya.labels, "da": "Det store Kenya"}
    kenya.save()
    assert level() == {key(case)}
    assert "Det store Kenya" in engine.held[key(case)].labels["da"]
    africa = Term.objects.get(vocabulary="m49_regions", code="africa")
    africa.labels = {**africa.labels, "da": "Hele Afrika"}
    africa.save()
    assert len(level()) == 2
    assert "Hele Afrika" in engine.held[key(case)].labels["da"]


def test_terms_changed_in_bulk(case: Any, level: Level) -> None:
    Term.objects.filter(vocabulary="countries", code="ken").update(order=F("order") + 1)
    assert level() == {key(case)}
    youth = list(Term.objects.filter(vocabulary="population_groups", code="youth"))
    Term.objects.bulk_update(youth, ["order"])
    assert level() == set()


def test_a_term_is_moved_and_merged(case: Any, level: Level, engine: MemoryEngine) -> None:
    terms = Term.objects.filter(vocabulary="themes")
    source, into = terms.get(code="health"), terms.get(code="education")
    kenya = Term.objects.get(vocabulary="countries", code="ken")
    move_term(kenya, Term.objects.get(vocabulary="m49_regions", code="europe"))
    assert level() == {key(case)}
    assert "europe" in engine.held[key(case)].codes["country"]
    merge_terms(source, into)
    assert key(case) in level()
    assert engine.held[key(case)].codes["theme"] == ("education",)


def test_the_terms_behind_levels_stages_uses_and_types_of_organisations(case: Any, level: Level) -> None:
    indirect = [
        ("participation_levels", "partnership"),
        ("value_chain_stages", "design"),
        ("official_use", "advocacy"),
        ("organisation_types", "civil-society-organisation"),
    ]
    for vocabulary, code in indirect:
        Term.objects.get(vocabulary=vocabulary, code=code).save()
        assert key(case) in level(), vocabulary


def test_an_organisation_gets_another_name_and_type(case: Any, level: Level, engine: MemoryEngine) -> None:
    organisation = Organisation.objects.get(name="Bureau")
    organisation.name, organisation.type_id = "Office", term("organisation_types", "academia").id
    organisation.save()
    assert level() == {key(case)}
    assert (engine.held[key(case)].lead, engine.held[key(case)].codes["organisation_type"]) == ("Office", ("academia",))


def test_a_partner_gets_another_name(level: Level, engine: MemoryEngine) -> None:
    partner = make_organisation("Partner")
    page = make_case(partners=[(partner, "collector")])
    level()
    partner.name = "Ally"
    partner.save()
    assert level() == {key(page)}
    assert "ally" in engine.held[key(page)].names


def test_a_team_gets_another_name(case: Any, level: Level, engine: MemoryEngine) -> None:
    team = CountryTeam.objects.get(code="ken")
    team.name = "Kenya's team"
    team.save()
    assert level() == {key(case)}
    assert engine.held[key(case)].team == "Kenya's team"


def test_tags_of_a_page_another_name_of_a_tag_and_its_deletion(case: Any, level: Level, engine: MemoryEngine) -> None:
    case.tags.add("pumps")
    case.save()
    assert level() == {key(case)}
    tag = Tag.objects.get(name="wells")
    tag.name = "boreholes"
    tag.save()
    assert level() == {key(case)}
    assert set(engine.held[key(case)].codes["tag"]) == {"boreholes", "pumps"}
    tag.delete()
    assert level() == {key(case)}
    assert engine.held[key(case)].codes["tag"] == ("pumps",)


def test_a_cover_is_chosen_described_and_deleted(
    case: Any, level: Level, engine: MemoryEngine, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = make_picture()
    case.cover = picture
    publish(case)
    assert level() == {key(case)}
    picture.description = "A well in Kitui"
    picture.save()
    assert level() == {key(case)}
    cover = engine.held[key(case)].cover
    assert cover
    assert cover.alt == "A well in Kitui"
    picture.delete()
    assert level() == {key(case)}
    assert engine.held[key(case)].cover is None


def test_another_address_of_the_site_touches_everything(case: Any, level: Level) -> None:
    Site.objects.get().save()
    assert len(level()) == 2


def test_an_embargo_ends_by_itself(case: Any, level: Level, engine: MemoryEngine) -> None:
    case.go_live_at = timezone.now() + timedelta(days=1)
    case.save()
    assert level() == {key(case)}
    assert key(case) not in engine.held
    pass_time(case)
    assert level() == {key(case)}
    assert key(case) in engine.held


def test_an_expiry_comes_by_itself_and_can_be_put_off(case: Any, level: Level, engine: MemoryEngine) -> None:
    case.expire_at = timezone.now() + timedelta(days=1)
    case.save()
    level()
    case.expire_at = timezone.now() + timedelta(days=9)
    case.save()
    level()
    assert [row.due_at for row in IndexChange.objects.all()] == [case.expire_at]
    pass_time(case)
    assert level() == {key(case)}
    assert key(case) not in engine.held


def pass_time(page: EntryPage) -> None:
    """As if ten days had gone by, for the page and the outbox."""
    days = timedelta(days=10)
    EntryPage.objects.filter(pk=page.pk).update(go_live_at=F("go_live_at") - days, expire_at=F("expire_at") - days)
    IndexChange.objects.update(due_at=F("due_at") - days)
