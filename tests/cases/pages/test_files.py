"""The access level of a file decides who gets it and who sees a link to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group
from django.test import Client

import pytest

from accounts.models import User
from cases.models import Attachment, CaseStudyPage
from core.models import File
from tests.factories.entries import make_case, publish, term, translate
from tests.factories.files import make_file

pytestmark = pytest.mark.django_db

EVERYONE = {"visitor", "member", "team", "lead", "other team", "editor", "ethics", "admin"}
SIGNED_IN = EVERYONE - {"visitor"}
INSIDERS = {"team", "lead", "editor", "ethics", "admin"}
GROUPS = {
    "member": [], "team": ["team:ken"], "lead": ["team-lead:ken"], "other team": ["team:uga"], "editor": ["Editors"],
    "ethics": ["Ethics moderators"], "admin": [],
}  # fmt: skip
LEVELS = {
    "public": EVERYONE, "public-aggregate": EVERYONE, "members": SIGNED_IN, "team": INSIDERS, "private": INSIDERS,
}  # fmt: skip


def client_of(person: str) -> Client:
    client = Client()
    if person != "visitor":
        user = User.objects.create_user(f"{person.replace(' ', '-')}@example.org", is_superuser=person == "admin")
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in GROUPS[person]])
        client.force_login(user)
    return client


def attach(level: str, *, days: int | None = None, live: bool = True) -> tuple[CaseStudyPage, File]:
    case, file = make_case(live=False), make_file()
    public_from = datetime.now(UTC).date() + timedelta(days=days) if days is not None else None
    case.attachments = [
        Attachment(
            file=file,
            title="The table",
            kind_id=term("attachment_kinds", "dataset").id,
            access_level_id=term("sensitivity_levels", level).id,
            licence_id=term("licences", "cc-by-4-0").id,
            public_from=public_from,
        )
    ]
    case.save()
    return (publish(case) if live else case), file


def who_gets(case: CaseStudyPage, file: File) -> tuple[set[str], set[str]]:
    """Who is sent the file, and who sees a link to it."""
    served, linked = set(), set()
    for person in EVERYONE:
        client = client_of(person)
        if client.get(file.url).status_code == 200:
            served.add(person)
        page = client.get(case.get_url()).content.decode()
        assert "The table" in page
        if f'href="{file.url}"' in page:
            linked.add(person)
        else:
            assert "Not public" in page
    return served, linked


@pytest.mark.parametrize("level", LEVELS)
def test_access_levels(repository: None, level: str) -> None:
    case, file = attach(level)
    assert who_gets(case, file) == (LEVELS[level], LEVELS[level])


@pytest.mark.parametrize(("days", "allowed"), [(1, INSIDERS), (0, EVERYONE), (-1, EVERYONE), (None, INSIDERS)])
def test_embargo_ends_on_its_day(repository: None, days: int | None, allowed: set[str]) -> None:
    case, file = attach("embargoed", days=days or 0)
    if days is None:  # a row of before the gates asked for the day
        Attachment.objects.filter(file=file).update(public_from=None)
    assert who_gets(case, file) == (allowed, allowed)


def test_public_file_of_a_draft_is_for_insiders(repository: None) -> None:
    _case, file = attach("public", live=False)
    assert {person for person in EVERYONE if client_of(person).get(file.url).status_code == 200} == INSIDERS


def test_public_file_of_a_translated_case_is_linked_on_the_translation(repository: None) -> None:
    case, file = attach("public")
    assert file.url in Client().get(translate(case, "fr").get_url()).content.decode()


def test_record_of_consent_is_for_insiders_even_on_a_live_page(repository: None) -> None:
    file = make_file()
    make_case(consent_record=file)
    assert {person for person in EVERYONE if client_of(person).get(file.url).status_code == 200} == INSIDERS


def test_record_of_consent_is_not_opened_by_attaching_it_as_well(repository: None) -> None:
    _case, file = attach("public")
    make_case(consent_record=file)
    assert {person for person in EVERYONE if client_of(person).get(file.url).status_code == 200} == INSIDERS


def test_closed_file_stays_closed_when_a_story_shows_it_too(repository: None) -> None:
    _case, file = attach("team")
    make_case(story=[{"type": "file", "value": {"file": file.pk, "title": "By mistake"}}])
    assert Client().get(file.url).status_code == 404
