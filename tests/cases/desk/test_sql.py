"""Lists of the admin ask as much of the database for a thousand cases as for ten."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page, ReferenceIndex

import pytest

from accounts.models import User
from cases.desk.audit import AuditList
from cases.desk.lists import address_name
from cases.desk.registry import places
from cases.models import CaseStudyPage, EntryPage, ReviewDate, Source
from cases.models.findings import Finding, LinkResult
from cases.review_dates.dates import today
from cases.workflow.models import Submission
from core.models import Picture
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_team, team_page
from tests.factories.files import make_picture
from tests.factories.many import make_many, submit_many

pytestmark = pytest.mark.usefixtures("repository")
MOST = 60
HOME = "/admin/"


def people(number: int) -> list[User]:
    """Authors who differ, so that each row has another."""
    users = [User.objects.create(email=f"author-{n}@example.org") for n in range(number)]
    for user in users:
        user.groups.add(Group.objects.get(name="team:ken"))
    return users


def fill(number: int, authors: list[User]) -> None:
    """Cases, of which those that are not public were submitted; one of four of these is claimed."""
    cases = make_many(number, authors)
    neglect([case for case in cases if case.live])
    rows = submit_many([case for case in cases if not case.live], authors)
    Finding.objects.bulk_create(
        Finding(entry_id=row.entry_id, key=str(row.pk), kind="email", field="a") for row in rows
    )
    for place, row in enumerate(rows):
        if place % 4 == 0:
            row.claimed_by, row.claimed_at = authors[place % len(authors)], timezone.now()
    Submission.objects.bulk_update(rows, ["claimed_by", "claimed_at"])


def neglect(cases: list[CaseStudyPage]) -> None:
    """Each is due for review, has a broken link and a cover without words."""
    past, now = today() - timedelta(days=9), timezone.now()
    ReviewDate.objects.bulk_create(
        ReviewDate(entry=case, checked_on=past, due_on=past, remind_on=past) for case in cases
    )
    Source.objects.bulk_create(
        Source(entry=case, title="Gone", link=f"https://example.org/{case.pk}") for case in cases
    )
    LinkResult.objects.bulk_create(
        LinkResult(url=f"https://example.org/{case.pk}", state="broken", failures=3, checked_at=now, broken_since=now)
        for case in cases
    )
    picture = make_picture()
    Picture.objects.filter(pk=picture.pk).update(description="")
    for case in cases:
        case.cover = picture
    EntryPage.objects.bulk_update(cases, ["cover"])
    page, kind = (ReferenceIndex._get_base_content_type(model) for model in (Page, Picture))
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=case.content_type, base_content_type=page, object_id=str(case.pk),
            to_content_type=kind, to_object_id=str(picture.pk), model_path="cover", content_path="cover",
            content_path_hash=uuid.uuid5(uuid.NAMESPACE_OID, "cover"),
        )
        for case in cases
    )  # fmt: skip


def addresses() -> list[str]:
    views = [view for place in places() for view in (place.view, *place.more)]
    # The log asks once for each kind of thing on its page: only lines of one kind can be compared.
    lists = [reverse(address_name(view.name)) + ("?label=Many" if view is AuditList else "") for view in views]
    return [HOME, "/admin/desk/", *lists]


def explorer() -> list[str]:
    """Wagtail's own lists of entries: below a team, and its search."""
    parent = team_page(make_team("ken")).pk
    below = reverse("wagtailadmin_explore", args=[parent])
    return [below, f"{below}?ordering=title", f"{below}?q=many", "/admin/pages/search/?q=many"]


def queries(client: Client, address: str) -> list[str]:
    """The SQL of the second view: the first fills caches."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [entry["sql"] for entry in captured.captured_queries]


@pytest.mark.once
def test_sql_is_the_same_at_10_and_1000_cases() -> None:
    editor, expert = sign_in("editor@example.org", "Editors"), sign_in("expert@example.org", "team:ken")
    asked = [(editor, address) for address in [*addresses(), *explorer()]]
    asked += [(expert, address) for address in [HOME, *explorer()]]
    authors = people(80)
    authors[1] = User.objects.get(email="expert@example.org")  # so that something of the expert's waits, too
    fill(10, authors)
    few = [queries(client, address) for client, address in asked]
    fill(990, authors)
    problems = []
    for (client, address), before in zip(asked, few, strict=True):
        after = queries(client, address)
        who = "editor" if client is editor else "expert"
        # The home page shows the last five edits, which may be of other kinds: there it may be fewer.
        grew = len(after) > len(before) if address == HOME else len(after) != len(before)
        if grew or len(after) > MOST:
            new = [sql[:300] for sql in after if sql not in before][:5]
            problems.append(f"{who} {address}: {len(before)} -> {len(after)}\n" + "\n".join(new))
    assert not problems, "\n\n".join(problems)
