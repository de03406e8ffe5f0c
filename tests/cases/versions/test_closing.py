"""One version is closed by an editor, with a tombstone of its own; the others stay."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from accounts.models import User
from cases.models import PublishedVersion
from tests.factories.entries import make_case, publish, translate

pytestmark = pytest.mark.usefixtures("repository")
FORM = {"reason": "personal-data-exposed", "note": "", "tell": "text", "public_text": "It named a person."}


def signed_in(*groups: str) -> Client:
    user = User.objects.create_user(f"{'-'.join(groups) or 'member'}@example.org".replace(":", ""))
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def version(page: Any, number: int) -> PublishedVersion:
    return PublishedVersion.objects.get(entry=page.pk, number=number)


@pytest.fixture
def case() -> Any:
    """Its first version names Mary, the second does not; the French translation rests on the first."""
    case = make_case(title="Mary's well")
    translate(case, "fr", title="Le puits de Mary")
    case.title = "The well"
    return publish(case)


def test_a_closed_version_says_so_and_tells_nothing_else(case: Any) -> None:
    editor, url = signed_in("Editors"), reverse("close_version", args=[version(case, 1).pk])
    assert "Le puits de Mary" in editor.get(url).content.decode()
    editor.post(url, FORM)
    french = case.get_translations().get()
    for path in (
        f"{case.get_url()}versions/1/",
        f"{case.get_url()}versions/compare/?from=1&to=2",
        f"{french.get_url()}versions/1/",
    ):
        response = Client().get(path)
        page = response.content.decode()
        assert response.status_code == 410
        assert case.reference in page
        assert "It named a person." in page
        assert "Mary's well" not in page
    listed = Client().get(f"{case.get_url()}versions/").content.decode()
    assert "closed" in listed
    assert f"{case.get_url()}versions/1/" not in listed
    assert Client().get(f"{case.get_url()}versions/2/").status_code == 200
    assert Client().get(french.get_url()).status_code == 200
    editor.post(reverse("open_version", args=[version(case, 1).pk]))
    assert "Mary&#x27;s well" in Client().get(f"{case.get_url()}versions/1/").content.decode()


def test_what_is_published_is_not_closed(case: Any) -> None:
    editor, row = signed_in("Editors"), version(case, 2)
    url = reverse("close_version", args=[row.pk])
    assert "withdraw the entry" in editor.get(url).content.decode()
    editor.post(url, FORM)
    assert version(case, 2).closed_at is None


@pytest.mark.parametrize("group", ["team:ken", "team-lead:ken", "Reviewers", "Ethics moderators", "team:uga"])
def test_nobody_but_editors_closes(case: Any, group: str) -> None:
    client, row = signed_in(group), version(case, 1)
    client.post(reverse("close_version", args=[row.pk]), FORM)
    client.post(reverse("open_version", args=[row.pk]))
    assert version(case, 1).closed_at is None


@pytest.mark.parametrize(
    ("group", "allowed"),
    [("team:ken", True), ("Editors", True), ("Reviewers", False), ("Ethics moderators", True), ("team:uga", False)],
)
def test_the_list_of_versions_in_the_admin(case: Any, group: str, allowed: bool) -> None:
    response = signed_in(group).get(reverse("entry_versions", args=[case.pk]))
    assert response.status_code == (200 if allowed else 302)  # away, with a message: the entry itself is known
    assert ("Title" in response.content.decode()) or not allowed


@pytest.mark.parametrize(("group", "allowed"), [("team:ken", True), ("Editors", True), ("Reviewers", False)])
def test_the_team_says_what_changed_for_all_to_read(case: Any, group: str, allowed: bool) -> None:
    client, row = signed_in(group), version(case, 2)
    url = reverse("note_version", args=[row.pk])
    assert (url in client.get(reverse("entry_versions", args=[case.pk])).content.decode()) == allowed
    client.post(url, {"change_note": "We left out <names>."})
    shown = Client().get(f"{case.get_url()}versions/").content.decode()
    assert ("We left out &lt;names&gt;." in shown) == allowed
    assert client.post(url, {"change_note": "x" * 501}).status_code in {200, 302, 403}
    assert len(version(case, 2).change_note) < 501


def test_the_list_asks_the_same_number_of_times_at_few_and_many(case: Any) -> None:
    client, url = signed_in("Editors"), reverse("entry_versions", args=[case.pk])

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = cost()
    for number in range(6):
        case.title = f"The well {number}"
        case = publish(case)
    assert cost() == few
