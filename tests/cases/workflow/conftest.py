"""People of every role at the admin's own addresses, and what they do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from wagtail.models import Page, TaskState
from wagtail.users.models import UserProfile

import pytest

from accounts.models import User
from cases.models import CaseStudyPage, EntryPage, Submission
from cases.workflow.decisions import stamp
from tests.cases.editor.forms import edit_url, read_form, send
from tests.factories.entries import make_case, make_team

ROLES: dict[str, tuple[str, ...]] = {
    "expert": ("team:ken",),
    "lead": ("team:ken", "team-lead:ken"),
    "stranger": ("team:uga",),
    "reviewer": ("Reviewers",),
    "editor": ("Editors",),
    "editor2": ("Editors",),
    "ethics": ("Ethics moderators",),
    "ethics2": ("Ethics moderators",),
    "both": ("Editors", "Ethics moderators"),
    "admin": (),
}


@dataclass
class Person:
    """Somebody signed in."""

    user: User
    client: Client = field(default_factory=Client)

    def submits(self, entry: Page, **values: Any) -> HttpResponse:
        """Through the editor's own form."""
        return send(self.client, edit_url(entry), read_form(self.client, edit_url(entry)), **values,
                    action__submit="action-submit")  # fmt: skip

    def saves(self, entry: Page, **values: Any) -> HttpResponse:
        return send(self.client, edit_url(entry), read_form(self.client, edit_url(entry)), **values)

    def reads(self, entry: Page) -> HttpResponse:
        return self.client.get(reverse("review", args=[entry.pk]))

    def does(self, entry: Page, action: str, comment: str = "", shown: Any = None, **more: Any) -> HttpResponse:
        """Send a decision's form as the review showed it; `shown` is an older revision that was read."""
        row = EntryPage.objects.select_related("latest_revision").get(pk=entry.pk)
        revision = shown or row.latest_revision
        data = {"revision": revision.pk, "stamp": stamp(revision), "comment": comment, **more}
        url = reverse("wagtailadmin_pages:workflow_action", args=[entry.pk, action, task_state(entry).pk])
        return self.client.post(url, data, follow=True)


def task_state(entry: Page) -> TaskState:
    """The step at which the newest submission stands."""
    return Submission.objects.of(entry)[0].workflow_state.current_task_state


def step(entry: Page) -> str:
    return str(Submission.objects.of(entry)[0].step)


def is_live(entry: Page) -> bool:
    return EntryPage.objects.filter(pk=entry.pk, live=True).exists()


def told(response: HttpResponse) -> str:
    """What the messages say."""
    return " ".join(str(message) for message in response.context["messages"])


class People(dict[str, Person]):
    """By role, made when first asked for."""

    def __missing__(self, name: str) -> Person:
        user = User.objects.create_user(
            f"{name}@example.org", first_name=name.capitalize(), is_superuser=name == "admin"
        )
        user.groups.set(Group.objects.filter(name__in=ROLES[name]))
        UserProfile.get_for_user(user)
        person = Person(user)
        person.client.force_login(user)
        self[name] = person
        return person


@pytest.fixture
def people(repository: None) -> People:
    make_team("ken")
    return People()


@pytest.fixture
def case(people: People) -> CaseStudyPage:
    """A draft without gaps that the expert wrote."""
    page = make_case(make_team("ken"), live=False, title="Wells that people count")
    page.save_revision(user=people["expert"].user)
    return page


@pytest.fixture
def submitted(people: People, case: CaseStudyPage) -> CaseStudyPage:
    """The draft, submitted by the expert."""
    assert people["expert"].submits(case).status_code == 302
    return case
