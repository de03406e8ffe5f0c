"""A team comes with all it needs, and its people may work in its own subtree only."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from wagtail.images import get_image_model
from wagtail.models import Collection, Locale
from wagtail.permissions import policy_registry

import pytest

from accounts.models import User
from cases.models import CountryTeam, CountryTeamPage, TeamIndexPage
from cases.teams import TeamError, create_team, find_countries
from tests.factories.entries import make_case, make_team, team_page

pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def expert() -> User:
    user = User.objects.create_user("expert@example.org", "x")
    user.groups.add(Group.objects.get(name="team:ken"))
    return user


def test_a_team_has_a_live_page_in_each_language_with_the_country_s_name() -> None:
    team = create_team("deu", "Germany", find_countries(["DEU"]))
    pages = {page.locale.language_code: page for page in team.pages.all()}
    assert set(pages) == set(Locale.objects.values_list("language_code", flat=True))
    assert (pages["fr"].title, pages["es"].title, pages["da"].title) == ("Allemagne", "Alemania", "Germany")
    assert len({page.translation_key for page in pages.values()}) == 1
    assert pages["fr"].get_url_parts()[2] == "/fr/teams/deu/"
    assert all(page.live for page in pages.values())
    assert team.collection.name == "Germany"


def test_an_expert_changes_the_team_s_pages_and_never_publishes(expert: User) -> None:
    own, other = team_page(make_team("ken"), "fr"), team_page(make_team("uga"))
    may = own.permissions_for_user(expert)
    assert (may.can_edit(), may.can_add_subpage(), may.can_publish(), may.can_delete()) == (True, True, False, False)
    assert not other.permissions_for_user(expert).can_edit()
    assert not other.permissions_for_user(expert).can_add_subpage()
    assert make_case(make_team("ken")).permissions_for_user(expert).can_edit()
    assert not make_case(make_team("uga")).permissions_for_user(expert).can_edit()
    assert expert.has_perm("wagtailadmin.access_admin")


def test_an_expert_adds_pictures_to_the_team_s_collection_only(expert: User) -> None:
    policy = policy_registry.get_by_type(get_image_model())
    allowed = policy.collections_user_has_any_permission_for(expert, ["add", "change"])
    assert list(allowed) == [Collection.objects.get(country_team__code="ken")]


def test_a_taken_code_is_refused_with_the_teams() -> None:
    with pytest.raises(TeamError, match="Teams: international, ken, uga"):
        create_team("ken", "Kenya again", find_countries(["ken"]))


def test_a_three_letter_code_belongs_to_a_country_of_the_team() -> None:
    with pytest.raises(TeamError, match="three-letter codes: deu, fra"):
        create_team("xyz", "Two countries", find_countries(["deu", "fra"]))


@pytest.mark.parametrize("code", ["Deu", "de u", "", "dé"])
def test_a_code_that_cannot_be_an_address_makes_nothing(code: str) -> None:
    before = (CountryTeam.objects.count(), Collection.objects.count(), Group.objects.count())
    with pytest.raises(TeamError, match="code"):
        create_team(code, "Germany", find_countries(["deu"]))
    assert (CountryTeam.objects.count(), Collection.objects.count(), Group.objects.count()) == before


def test_a_language_without_a_list_of_teams_is_named() -> None:
    TeamIndexPage.objects.get(locale__language_code="da").delete()
    with pytest.raises(TeamError, match=r"in da.*setup_site"):
        create_team("deu", "Germany", find_countries(["deu"]))
    assert not CountryTeamPage.objects.filter(team__code="deu").exists()


def test_the_command_makes_a_team_and_names_allowed_countries() -> None:
    call_command("create_team", "deu", name="Germany", countries=["DEU"], verbosity=0)
    assert [country.code for country in CountryTeam.objects.get(code="deu").countries.all()] == ["deu"]
    with pytest.raises(CommandError, match=r"keb.*allowed: .*ken"):
        call_command("create_team", "keb", name="Kenia", countries=["KEB"])
    with pytest.raises(CommandError, match="there is a team 'deu' already"):
        call_command("create_team", "deu", name="Germany", countries=["deu"])
