"""People of teams, and what the outbox holds for them."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client

import pytest

from accounts.models import User
from accounts.roles import EDITORS, ETHICS, REVIEWERS
from cases.models import Attachment, CaseStudyPage
from core.mailing.models import QueuedMail
from core.models import File
from tests.factories.entries import term


def account(email: str, *groups: str, **fields: object) -> User:
    user = User.objects.create_user(email, first_name=email.split("@", maxsplit=1)[0], **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def fresh(user: User) -> User:
    """The user as the next request reads it."""
    return User.objects.get(pk=user.pk)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mailed(kind: str) -> set[str]:
    """To whom mails of a kind wait in the outbox."""
    return set(QueuedMail.objects.filter(kind=kind).values_list("address", flat=True))


def attach(case: CaseStudyPage, file: File) -> None:
    """Attach a file that only insiders read."""
    level, kind = term("sensitivity_levels", "team").id, term("attachment_kinds", "dataset").id
    case.attachments = [*case.attachments.all(), Attachment(title="x", file=file, access_level_id=level, kind_id=kind)]
    case.save_revision()
    case.save()


@pytest.fixture
def lead(repository: None) -> User:
    return account("lead-ken@example.org", "team:ken", "team-lead:ken")


@pytest.fixture
def expert(repository: None) -> User:
    return account("expert-ken@example.org", "team:ken")


@pytest.fixture
def other_lead(repository: None) -> User:
    return account("lead-uga@example.org", "team:uga", "team-lead:uga")


@pytest.fixture
def editor(repository: None) -> User:
    return account("editor@example.org", EDITORS)


@pytest.fixture
def outsiders(repository: None, other_lead: User) -> list[User]:
    """Everybody who has no business with the people of the team of Kenya."""
    return [other_lead, account("reviewer@example.org", REVIEWERS), account("ethics@example.org", ETHICS)]
