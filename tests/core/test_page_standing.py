"""What a page of the tree answers in each state, asked by its address."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction, Revision

import pytest

from core import withdrawals
from core.models import WithdrawnAddress
from home.models import HomePage, PlainPage
from tests.factories.entries import make_case, publish, translate

pytestmark = pytest.mark.usefixtures("repository")
TEXT = "What only some may read"


def plain_page(slug: str = "notice") -> PlainPage:
    page = PlainPage(title="Notice", slug=slug, body=f"<p>{TEXT}</p>", live=False)
    HomePage.objects.get(locale__language_code="en").add_child(instance=page)
    page.save_revision().publish()
    return page


def put(page: Page, **columns: object) -> None:
    """Change a row as an importer or an old process would, past every form."""
    Page.objects.filter(pk=page.pk).update(**columns)


def day(number: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("columns", "status"),
    [
        ({}, 200),
        ({"go_live_at": day(-1), "expire_at": day(1)}, 200),
        ({"go_live_at": day(1)}, 404),
        ({"expire_at": day(-1)}, 404),
        ({"live": False}, 404),
    ],
)
def test_a_page_is_there_from_its_first_to_its_last_day(
    client: Client, columns: dict[str, object], status: int
) -> None:
    put(plain_page(), **columns)
    response = client.get("/en/notice/")
    assert response.status_code == status
    assert (TEXT in response.content.decode()) is (status == 200)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_entry_under_embargo_hides_its_translations_too(client: Client, language: str) -> None:
    case = make_case(slug="water")
    translate(case, "fr")
    address = f"/{language}/teams/ken/water/"
    assert client.get(address).status_code == 200
    put(case, go_live_at=day(1))
    assert client.get(address).status_code == 404


def test_a_restricted_page_asks_for_its_key(client: Client) -> None:
    page = plain_page()
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="password", password="sesame")
    response = client.get("/en/notice/")
    assert response.status_code == 200
    assert TEXT not in response.content.decode()
    assert "password" in response.content.decode()


def test_what_is_withdrawn_stays_gone_though_its_row_says_live(client: Client) -> None:
    page = plain_page()
    withdrawals.withdraw(page, reason="risk-to-people")
    put(page, live=True)
    response = client.get("/en/notice/")
    assert response.status_code == 410
    assert TEXT not in response.content.decode()


def test_an_address_in_any_script_is_gone_too(client: Client) -> None:
    page = plain_page(slug="eau-été-水")
    address = page.get_url_parts()[2]
    assert client.get(address).status_code == 200
    withdrawals.withdraw(page, reason="risk-to-people")
    assert client.get(address).status_code == 410


def test_what_stood_below_a_withdrawn_entry_is_gone_with_it(client: Client) -> None:
    case = make_case(slug="water")
    make_case(slug="waters")
    withdrawals.withdraw(case, reason="risk-to-people", reference=case.reference)
    assert client.get("/en/teams/ken/water/versions/1/").status_code == 410
    assert client.get("/en/teams/ken/waters/").status_code == 200
    assert client.get("/en/teams/ken/").status_code == 200


def test_a_withdrawal_calls_off_languages_that_were_to_follow() -> None:
    case = make_case()
    french = translate(case, "fr", live=False)
    french.go_live_at = day(1)
    publish(french)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    withdrawal = withdrawals.withdraw(case, reason="risk-to-people")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert not WithdrawnAddress.objects.filter(withdrawal=withdrawal, path__startswith="/fr/").exists()


@pytest.mark.parametrize("path", ["/en/a%00b/", "/files/%00", "/%00", "/en/teams/ken/%00/", "/r/%00/"])
def test_an_address_with_a_nul_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
