"""Entries that were submitted, as teams do it, and the people around them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group

from accounts.models import User
from cases.models import CaseStudyPage
from cases.workflow.decisions import submit
from cases.workflow.models import Submission
from tests.factories.entries import make_case, make_team


def somebody(email: str = "editor@example.org", *groups: str) -> User:
    """An account, an editor unless groups are named; the same address gives the same one."""
    user, _made = User.objects.get_or_create(email=email)
    user.groups.set(Group.objects.filter(name__in=groups or ["Editors"]))
    return User.objects.get(pk=user.pk)


def submitted(title: str = "", team: str = "ken", **fields: Any) -> Submission:
    """The submission of a new case by an expert of its team."""
    author = somebody(f"author-{team}@example.org", f"team:{team}")
    case: CaseStudyPage = make_case(make_team(team), live=False, **({"title": title} if title else {}), **fields)
    case.save_revision(user=author)
    return submit(case, author)
