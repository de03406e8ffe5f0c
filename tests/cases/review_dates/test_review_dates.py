"""Every published entry has a day on which it is looked at again; the team is told, and visitors see it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from wagtail.models import PageLogEntry

import pytest

from accounts.models import User
from cases.models import CaseStudyPage, PublishedVersion, ReviewDate
from cases.review_dates.dates import BEFORE, add_months, due_within, stale, today
from cases.review_dates.reminding import remind
from core.chores import run_due
from core.models import ChoreRun, QueuedMail
from core.withdrawals import withdraw
from tests.factories.entries import make_case, publish, translate

pytestmark = pytest.mark.usefixtures("repository")


def account(email: str, *groups: str) -> User:
    user = User.objects.create_user(email)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def review_of(case: Any) -> ReviewDate:
    return ReviewDate.objects.get(entry=case.pk)


def make_due(case: Any, days_ago: int = 1) -> None:
    due = today() - timedelta(days=days_ago)
    ReviewDate.objects.filter(entry=case.pk).update(due_on=due, checked_on=add_months(due, -24), remind_on=due - BEFORE)


@pytest.fixture
def expert() -> User:
    return account("expert@example.org", "team:ken")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 6, 30), 24, date(2027, 6, 30)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


def test_publication_sets_the_date_and_a_new_version_sets_it_anew() -> None:
    case = make_case(live=False)
    assert not ReviewDate.objects.exists()
    case = publish(case)
    assert (review_of(case).checked_on, review_of(case).due_on) == (today(), add_months(today(), 24))
    make_due(case)
    translate(case, "fr")
    assert review_of(case).due_on < today(), "a translation says nothing of the facts"
    publish(case)
    assert review_of(case).due_on == add_months(today(), 24)
    assert ReviewDate.objects.count() == 1


def test_reminders_come_before_on_the_day_and_each_month_after(expert: User) -> None:
    account("other@example.org", "team:uga")
    case = make_case(title="Water")
    due = review_of(case).due_on
    sent = [days for days in range(-65, 100) if remind(due + timedelta(days=days))]
    assert sent[:2] == [-60, 0]
    assert len(sent) == 5
    assert all(28 <= later - earlier <= 31 for earlier, later in pairwise(sent[1:]))
    assert set(QueuedMail.objects.values_list("address", flat=True)) == {expert.email}
    body = QueuedMail.objects.first().body
    assert "Water" in body
    assert reverse("confirm_review", args=[case.pk]) in body


def test_nobody_is_reminded_of_what_is_not_public_and_editors_where_a_team_is_empty(expert: User) -> None:
    hidden, gone = make_case(), make_case()
    hidden.unpublish()
    withdraw(gone, reason="other")
    for case in (hidden, gone):
        make_due(case)
    assert remind() == 0
    assert not QueuedMail.objects.exists()
    editor = account("editor@example.org", "Editors")
    expert.groups.clear()
    case = make_case()
    make_due(case)
    assert remind() == 1
    assert QueuedMail.objects.get().address == editor.email


def test_the_worker_reminds_once(expert: User) -> None:
    make_due(make_case())
    ChoreRun.objects.all().delete()
    run_due()
    ChoreRun.objects.all().delete()
    run_due()
    assert QueuedMail.objects.filter(kind="review-due").count() == 1


def test_the_team_says_that_it_is_still_right(expert: User) -> None:
    case = make_case()
    french = translate(case, "fr")
    make_due(case)
    client = Client()
    client.force_login(expert)
    assert (
        reverse("confirm_review", args=[case.pk])
        in client.get(reverse("wagtailadmin_pages:edit", args=[case.pk])).content.decode()
    )
    url = reverse("confirm_review", args=[french.pk])
    assert client.get(url).status_code == 200
    assert review_of(case).due_on < today(), "looking confirms nothing"
    client.post(url)
    review = review_of(case)
    assert (review.due_on, review.checked_by) == (add_months(today(), 24), expert)
    assert PublishedVersion.objects.filter(entry=case.pk).count() == 1
    assert PageLogEntry.objects.filter(page=case.pk, action="cases.review_date.confirm", user=expert).exists()


@pytest.mark.parametrize(
    ("groups", "allowed"), [(["Editors"], True), (["team:uga"], False), (["Reviewers"], False), ([], False)]
)
def test_nobody_else_but_editors_does(groups: list[str], allowed: bool) -> None:
    case, client = make_case(), Client()
    make_due(case)
    client.force_login(account("somebody@example.org", *groups))
    client.post(reverse("confirm_review", args=[case.pk]))
    assert (review_of(case).due_on > today()) == allowed


def test_a_draft_cannot_be_confirmed(expert: User) -> None:
    case, client = make_case(live=False), Client()
    client.force_login(expert)
    client.post(reverse("confirm_review", args=[case.pk]))
    assert not ReviewDate.objects.exists()


def test_visitors_see_when_it_was_checked_and_that_it_is_due() -> None:
    case = make_case()
    french = translate(case, "fr")
    page = Client().get(case.get_url()).content.decode()
    assert "Last checked" in page
    assert "due for review since" not in page
    make_due(case)
    for shown in (case, french):
        page = Client().get(shown.get_url()).content.decode()
        assert str(review_of(case).due_on.year) in page
        assert "notice--warn" in page
    assert "due for review since" in Client().get(case.get_url()).content.decode()
    assert "due for review since" not in Client().get(f"{case.get_url()}versions/1/").content.decode()


def test_stale_entries_are_public_ones_whose_day_has_come_longest_first() -> None:
    first, second, fresh, hidden = (make_case() for _number in range(4))
    make_due(first, 3)
    make_due(second, 0)
    make_due(hidden, 9)
    hidden.unpublish()
    soon = today() + timedelta(days=10)
    ReviewDate.objects.filter(entry=fresh.pk).update(due_on=soon)
    assert [entry.pk for entry in stale()] == [first.pk, second.pk]
    assert [entry.pk for entry in due_within(10)] == [first.pk, second.pk, fresh.pk]
    assert [entry.pk for entry in due_within(9)] == [first.pk, second.pk]
    assert CaseStudyPage.objects.count() == 4
