"""Files leave only through one view, which asks the same rule as pages do."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import Group
from django.test import Client

from wagtail.models import Page

import pytest

from accounts.models import User
from accounts.roles import EDITORS
from cases.models import Attachment, CaseStudyPage
from core.models import File, Picture
from tests.core.test_visibility import STATES
from tests.factories.entries import make_case, make_team, publish, term
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")


def with_cover() -> tuple[CaseStudyPage, str]:
    picture = make_picture(collection=make_team().collection)
    return make_case(cover=picture), picture.file.url


def with_rendition() -> tuple[CaseStudyPage, str]:
    picture = make_picture(collection=make_team().collection)
    return make_case(cover=picture), picture.get_rendition("width-10").url


def with_story_file() -> tuple[CaseStudyPage, str]:
    file = make_file(collection=make_team().collection)
    return make_case(story=[("file", {"file": file, "title": "Data"})]), file.url


def with_attachment() -> tuple[CaseStudyPage, str]:
    file = make_file(collection=make_team().collection)
    case = make_case(live=False)
    case.attachments = [
        Attachment(
            file=file,
            title="Data",
            kind_id=term("attachment_kinds", "report").id,
            access_level_id=term("sensitivity_levels", "public").id,
            licence_id=term("licences", "cc-by-4-0").id,
        )
    ]
    return publish(case), file.url


USES = [with_cover, with_rendition, with_story_file, with_attachment]


def member(*groups: str) -> Client:
    user = User.objects.create_user(f"{'-'.join(groups)}@example.org".replace(":", "-").replace(" ", "-"))
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


def status(client: Client, url: str) -> int:
    return client.get(url).status_code


@pytest.mark.parametrize(("change", "expected"), STATES, ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.parametrize("use", USES)
def test_a_file_is_as_public_as_the_page_that_uses_it(
    client: Client, use: Callable[[], tuple[CaseStudyPage, str]], change: Callable[[Page], None], expected: bool
) -> None:
    case, url = use()
    change(case)
    make_team("uga")
    assert status(client, url) == (200 if expected else 404)
    assert status(member("team:uga"), url) == (200 if expected else 404)
    assert status(member("team:ken"), url) == 200
    assert status(member(EDITORS), url) == 200


@pytest.mark.parametrize("make", [make_picture, make_file])
def test_a_file_that_nothing_uses_is_for_those_who_may_edit_it(
    client: Client, make: Callable[..., Picture | File]
) -> None:
    url = make(collection=make_team().collection).file.url
    assert [status(who, url) for who in (client, member("team:uga"), member("team:ken"))] == [404, 404, 200]


def test_a_refused_file_says_nothing_through_conditional_headers(client: Client) -> None:
    url = make_file().file.url
    headers = {"If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT", "If-None-Match": "*"}
    assert client.get(url, headers=headers).status_code == 404
    assert client.head(url).status_code == 404


def test_a_public_file_is_revalidated_not_sent_again(client: Client) -> None:
    _case, url = with_story_file()
    first = client.get(url)
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get(url, headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304


def test_documents_are_downloaded_and_nothing_runs_in_them(client: Client) -> None:
    _case, url = with_story_file()
    response = client.get(url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["../db.sqlite3", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "documents/none.csv", "%00", "."]
)
def test_only_names_that_the_database_knows_are_opened(client: Client, name: str) -> None:
    assert client.get(f"/files/{name}").status_code == 404


def test_a_file_cannot_be_posted_to(client: Client) -> None:
    assert client.post(make_file().file.url).status_code == 405


def test_wagtails_own_addresses_of_files_are_not_served(client: Client) -> None:
    file = make_file()
    assert client.get(f"/documents/{file.pk}/{file.filename}").status_code == 404
    assert file.url.startswith("/files/")


def test_asking_for_a_file_costs_the_same_however_many_pages_use_it(django_assert_max_num_queries) -> None:
    def cost(uses: int) -> int:
        picture = make_picture()
        for _ in range(uses):
            make_case(cover=picture)
        with django_assert_max_num_queries(15) as queries:
            assert Client().get(picture.file.url).status_code == 200
        return len(queries)

    assert cost(1) == cost(12)
