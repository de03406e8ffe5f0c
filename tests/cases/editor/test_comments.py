"""Comments stand on every field, choices and grids too; mails about them go to those who may read them."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.http import QueryDict
from django.test import Client

from wagtail.models import Comment, PageSubscription
from wagtail.users.models import UserProfile

import pytest

from tests.cases.authoring.conftest import account
from tests.cases.editor.conftest import sign_in
from tests.cases.editor.forms import edit_url, read_form, send
from tests.factories.entries import make_case, make_team

pytestmark = pytest.mark.django_db


def comment_on(data: QueryDict, path: str, text: str) -> None:
    """Add a comment as the script of the editor does."""
    number = int(data["comments-TOTAL_FORMS"])
    data["comments-TOTAL_FORMS"] = str(number + 1)
    values = {"id": "", "text": text, "contentpath": path, "position": "", "DELETE": "", "resolved": ""}
    for name, value in values.items():
        data[f"comments-{number}-{name}"] = value
    for name, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}.items():
        data[f"comments-{number}-replies-{name}"] = value


def form_of(client: Client, url: str) -> QueryDict:
    data = read_form(client, url)
    for name, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}.items():
        data.setdefault(f"comments-{name}", value)
    return data


@pytest.mark.parametrize("path", ["summary", "problem", "themes", "countries", "licence", "participation", "quality"])
def test_a_comment_stays_on_its_field(editor: Client, path: str) -> None:
    case = make_case(live=False)
    data = form_of(editor, edit_url(case))
    comment_on(data, path, "Is this so?")
    assert send(editor, edit_url(case), data).status_code == 302
    assert Comment.objects.get(page=case.pk).contentpath == path
    page = editor.get(edit_url(case)).content.decode()
    assert "Is this so?" in page
    assert f'data-contentpath="{path}"' in page


def test_rows_offer_no_comments(editor: Client) -> None:
    case = make_case(live=False)
    page = editor.get(edit_url(case)).content.decode()
    assert not re.search(r'data-contentpath="(use|evidence|organisation)"', page)


def test_mails_go_to_followers_in_their_language_and_not_to_who_wrote(
    editor: Client, expert: Client, django_capture_on_commit_callbacks: Any
) -> None:
    case = make_case(make_team("ken"), live=False, title="Wells")
    author = account("expert@example.org")
    UserProfile.objects.update_or_create(user=author, defaults={"preferred_language": "fr"})
    PageSubscription.objects.create(page=case, user=author, comment_notifications=True)
    data = form_of(editor, edit_url(case))
    comment_on(data, "themes", "Water, not health?")
    with django_capture_on_commit_callbacks(execute=True):
        send(editor, edit_url(case), data)
    assert [message.to for message in mail.outbox] == [["expert@example.org"]]
    assert "Water, not health?" in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["Content-Language"] == "fr"
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers


def test_nobody_who_left_the_team_is_told(
    editor: Client, expert: Client, django_capture_on_commit_callbacks: Any
) -> None:
    case = make_case(make_team("ken"), live=False)
    left = account("expert@example.org")
    PageSubscription.objects.create(page=case, user=left, comment_notifications=True)
    Comment.objects.create(page=case, user=left, text="Mine", contentpath="summary")
    left.groups.clear()
    data = form_of(editor, edit_url(case))
    comment_on(data, "themes", "Not for those who left")
    with django_capture_on_commit_callbacks(execute=True):
        send(editor, edit_url(case), data)
    assert mail.outbox == []


def test_who_begins_a_draft_follows_it(expert: Client) -> None:
    from tests.factories.entries import team_page

    url = f"/admin/pages/add/cases/casestudypage/{team_page(make_team('ken')).pk}/"
    data = read_form(expert, url)
    send(expert, url, data, title="Mine", slug="mine", comment_notifications="on")
    assert PageSubscription.objects.get(user=account("expert@example.org")).comment_notifications
    sign_in("other@example.org", "team:ken")
