"""Who gets the page of an entry, and where permanent references lead."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest

from cases.models import CountryTeamPage, EntryPage
from core.withdrawals import withdraw
from tests.factories.entries import make_case, make_team, team_page, translate

pytestmark = pytest.mark.django_db


def status(path: str) -> int:
    return Client().get(path).status_code


def test_published_page_is_served_and_caches_must_ask(repository: None) -> None:
    response = Client().get(make_case().get_url())
    assert response.status_code == 200
    assert "no-cache" in response["Cache-Control"]
    assert "max-age=" not in response["Cache-Control"]


def test_posting_is_refused(repository: None) -> None:
    assert Client().post(make_case().get_url()).status_code == 405


def test_draft_is_not_found(repository: None) -> None:
    assert status(make_case(live=False).get_url()) == 404


@pytest.mark.parametrize("change", [{"go_live_at": 1}, {"expire_at": -1}])
def test_embargoed_and_expired_are_not_found(repository: None, change: dict[str, int]) -> None:
    case = make_case()
    when = {name: timezone.now() + timedelta(days=days) for name, days in change.items()}
    Page.objects.filter(pk=case.pk).update(**when)
    assert status(case.get_url()) == 404
    assert status(f"/r/{case.reference}/") == 404


def test_restricted_page_asks_for_its_password(repository: None) -> None:
    case = make_case(title="Kept close")
    PageViewRestriction.objects.create(
        page=case.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )
    response = Client().get(case.get_url())
    assert b"password" in response.content
    assert b"Kept close" not in response.content.replace(case.get_url().encode(), b"")
    assert "no-cache" in response["Cache-Control"]
    assert status(f"/r/{case.reference}/") == 404


def test_page_for_signed_in_people_sends_others_to_sign_in(repository: None) -> None:
    case = make_case()
    PageViewRestriction.objects.create(page=case, restriction_type=PageViewRestriction.LOGIN)
    assert status(case.get_url()) == 302


def test_restricted_and_embargoed_page_is_not_found(repository: None) -> None:
    case = make_case()
    PageViewRestriction.objects.create(page=case, restriction_type=PageViewRestriction.LOGIN)
    Page.objects.filter(pk=case.pk).update(go_live_at=timezone.now() + timedelta(days=1))
    assert status(case.get_url()) == 404


def test_translation_is_found_only_with_its_original(repository: None) -> None:
    case = make_case()
    french = translate(case, "fr")
    assert status(french.get_url()) == 200
    Page.objects.filter(pk=case.pk).update(live=False)
    assert status(french.get_url()) == 404
    Page.objects.filter(pk=case.pk).update(live=True)
    restriction = PageViewRestriction.objects.create(
        page=case.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="p"
    )
    assert status(french.get_url()) == 404
    restriction.delete()
    assert status(french.get_url()) == 200


def test_other_pages_below_teams_are_left_to_wagtail(repository: None) -> None:
    parent = team_page(make_team("ken"))
    assert status(f"/en/teams/{parent.slug}/") == 200
    extra = CountryTeamPage(title="Extra", slug="extra", team=parent.team, locale=parent.locale)
    Page.objects.get(pk=parent.pk).add_child(instance=extra)
    assert status(f"/en/teams/{parent.slug}/extra/") == 200
    assert status(f"/en/teams/{parent.slug}/nothing/") == 404


def test_reference_leads_to_the_visitors_language_else_to_the_original(repository: None) -> None:
    case = make_case()
    french = translate(case, "fr")
    client = Client()
    for language, page in (("fr", french), ("es", case), ("en", case)):
        response = client.get(f"/r/{case.reference}/", headers={"accept-language": language})
        assert (response.status_code, response["Location"]) == (302, page.get_url())
        assert "Accept-Language" in response["Vary"]


def test_reference_is_read_in_any_case(repository: None) -> None:
    case = make_case()
    response = Client().get(f"/r/{case.reference.lower()}/")
    assert (response.status_code, response["Location"]) == (302, case.get_url())


def test_reference_follows_a_move(repository: None) -> None:
    case = make_case()
    case.move(Page.objects.get(pk=team_page(make_team("uga")).pk), pos="last-child")
    moved = EntryPage.objects.get(pk=case.pk)
    assert moved.url_path != case.url_path
    assert Client().get(f"/r/{case.reference}/")["Location"] == moved.get_url()


def test_reference_of_a_draft_translation_leads_to_the_original(repository: None) -> None:
    case = make_case()
    translate(case, "fr", live=False)
    response = Client().get(f"/r/{case.reference}/", headers={"accept-language": "fr"})
    assert response["Location"] == case.get_url()


@pytest.mark.parametrize("reference", ["CCD-XXX-2020-1", "nothing", "%00", "é", "CCD-KEN-2024-1' OR 1=1", "a" * 900])
def test_unknown_reference_is_not_found(repository: None, reference: str) -> None:
    assert status(f"/r/{reference}/") == 404


@pytest.mark.parametrize("slug", ["%00", "é", "a%20b", "x" * 900, "..", "%F0%9F%8C%8D"])
def test_odd_addresses_are_not_found(repository: None, slug: str) -> None:
    assert status(f"/en/teams/ken/{slug}/") == 404


def test_withdrawn_entry_is_gone_at_all_its_addresses(repository: None) -> None:
    case = make_case()
    french = translate(case, "fr")
    withdraw(case, reason="risk", public_reason="At the request of the community.", reference=case.reference)
    client = Client()
    for path in (case.get_url(), french.get_url(), f"/r/{case.reference}/"):
        response = client.get(path)
        assert response.status_code == 410, path
        assert case.title not in response.content.decode()
    assert client.get(f"/r/{case.reference.lower()}/", follow=True).status_code == 410
