"""The form of concerns: for anybody, about what anybody can see; urgent ones are told at once; nothing is hidden."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cases.concerns.models import Concern
from cases.concerns.receiving import MOST_OF_ALL, MOST_OF_ONE
from cases.models import CaseStudyPage
from core.guarding import stamp
from core.models import Attempt
from core.withdrawals import withdraw
from tests.cases.concerns.people import make_user
from tests.factories.entries import make_case, make_method, make_team, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("repository")]


def form_url(case: Any, language: str = "en") -> str:
    return f"/{language}/concern/{case.reference}/"


def send(url: str, client: Client | None = None, **more: str) -> HttpResponse:
    """Send the form as a person does who took a minute."""
    data = {
        "reason": "wrong-information",
        "text": "The year is not right.",
        "website": "",
        "drawn": stamp(timezone.now() - timedelta(minutes=1)),
    }
    return (client or Client()).post(url, {**data, **more})


@pytest.fixture
def case() -> CaseStudyPage:
    """A published case of Kenya's team."""
    return make_case(make_team("ken"), title="Wells that people measure")


def test_every_entry_and_team_page_links_to_its_form_in_its_language(case: CaseStudyPage) -> None:
    arabic, method = translate(case, "ar"), make_method()
    for page, url in [(case, form_url(case)), (arabic, form_url(case, "ar")), (method, form_url(method))]:
        assert f'href="{url}"' in Client().get(page.get_url()).content.decode()
        assert Client().get(url).status_code == 200
    assert 'href="/fr/concern/team-ken/"' in Client().get("/fr/teams/ken/").content.decode()
    assert Client().get("/fr/concern/team-ken/").status_code == 200


def test_the_permanent_address_leads_to_the_form_in_the_visitors_language(case: CaseStudyPage) -> None:
    response = Client().get(f"/r/{case.reference}/concern/", headers={"accept-language": "es"})
    assert (response.status_code, response["Location"]) == (302, form_url(case, "es"))
    assert "Accept-Language" in response["Vary"]


def test_what_is_sent_is_stored_without_an_address_of_the_network_and_confirmed_with_a_number(
    case: CaseStudyPage,
) -> None:
    response = send(form_url(case), Client(REMOTE_ADDR="198.51.100.77"), email="me@example.org")
    concern = Concern.objects.get()
    assert (concern.entry_id, concern.team, concern.urgent) == (case.pk, case.team, False)
    assert (concern.text, concern.email, concern.may_share) == ("The year is not right.", "me@example.org", False)
    assert "198.51.100.77" not in f"{list(Concern.objects.values())} {list(Attempt.objects.values())}"
    shown = Client().get(response["Location"])
    assert concern.number in shown.content.decode()
    assert "The year is not right." not in shown.content.decode()
    assert re.fullmatch(r"C-[2-9A-Z]{4}-[2-9A-Z]{4}", concern.number)
    assert not response.cookies
    assert not Client().get(form_url(case)).cookies
    assert CaseStudyPage.objects.get(pk=case.pk).live


def test_a_concern_about_a_translation_is_about_the_entry(case: CaseStudyPage) -> None:
    translate(case, "ar", title="آبار")
    send(form_url(case, "ar"))
    concern = Concern.objects.get()
    assert (concern.entry_id, concern.language, concern.title) == (case.pk, "ar", "آبار")


def test_an_urgent_concern_is_mailed_to_moderators_at_once_without_what_was_written(
    case: CaseStudyPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for name, group in [("editor", "Editors"), ("ethics", "Ethics moderators"), ("expert", "team:ken")]:
        make_user(name, group)
    with django_capture_on_commit_callbacks(execute=True):
        send(form_url(case), reason="wrong-information")
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        send(form_url(case), reason="unsafe-for-people", text="My neighbour is named.", email="me@example.org")
    assert {address for sent in mail.outbox for address in sent.to} == {"editor@example.org", "ethics@example.org"}
    for sent in mail.outbox:
        whole = f"{sent.subject} {sent.body}"
        assert Concern.objects.get(urgent=True).number in whole
        assert case.title in whole
        assert "neighbour" not in whole
        assert "me@example.org" not in whole


def test_what_cannot_be_seen_has_no_form(case: CaseStudyPage) -> None:
    draft = make_case(live=False)
    embargoed = make_case(go_live_at=timezone.now() + timedelta(days=3))
    for url in [form_url(draft), form_url(embargoed), "/en/concern/CCD-KEN-2026-999/", "/en/concern/team-zzz/",
                f"/r/{draft.reference}/concern/", "/en/concern/received/forged/"]:  # fmt: skip
        assert Client().get(url).status_code == 404, url
    withdraw(case, reason="safety", reference=case.reference)
    for url in [form_url(case), f"/r/{case.reference}/concern/"]:
        assert Client().get(url).status_code == 410
    assert send(form_url(case)).status_code == 410
    assert not Concern.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"reason": ""},
        {"reason": "made-up"},
        {"text": ""},
        {"text": "short"},
        {"text": "x" * 6000},
        {"text": "see https://a.example " * 8},
        {"email": "no address"},
        {"website": "https://spam.example"},
        {"drawn": ""},
        {"drawn": "forged"},
        {"text": "nul \0 in the text of it"},
    ],
)
def test_faulty_forms_are_shown_again_with_what_was_typed_and_nothing_is_kept(
    case: CaseStudyPage, more: dict[str, str]
) -> None:
    response = send(form_url(case), **more)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    if "text" not in more:
        assert "The year is not right." in response.content.decode()
    assert not Concern.objects.exists()
    assert not Attempt.objects.exists()


def test_one_sender_and_all_together_may_only_so_often(case: CaseStudyPage) -> None:
    one, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    answers = [send(form_url(case), one).status_code for _ in range(MOST_OF_ONE + 1)]
    assert answers == [302] * MOST_OF_ONE + [429]
    refused = send(form_url(case), one)
    assert refused["Retry-After"]
    assert "The year is not right." in refused.content.decode()
    assert send(form_url(case), other).status_code == 302
    Attempt.objects.bulk_create(
        Attempt(what="concern", who=f"{n}", at=timezone.now()) for n in range(MOST_OF_ALL - MOST_OF_ONE - 1)
    )
    assert send(form_url(case), Client(REMOTE_ADDR="192.0.2.3")).status_code == 429
    assert Concern.objects.count() == MOST_OF_ONE + 1


def test_other_methods_are_refused(case: CaseStudyPage) -> None:
    assert Client().delete(form_url(case)).status_code == 405
    assert Client().put(form_url(case)).status_code == 405
