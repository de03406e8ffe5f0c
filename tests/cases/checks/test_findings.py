"""Findings: verdicts stay with place and text, bar publication until settled, and hold nothing personal."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import PageLogEntry

import pytest

from accounts.models import User
from cases.checks import findings, gate, open_counts, open_findings, pictures_without_words
from cases.checks.deciding import decide
from cases.checks.looking import record
from cases.gates import GapsRemain, Moment, gaps
from cases.models import Attachment, CaseStudyPage, FileReading, Finding
from core.models import File
from tests.factories.entries import make_case, make_team, publish, term, translate
from tests.factories.files import make_file, make_picture, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("repository")]
MAIL = "wanjiku.mwangi@gmail.com"
PHONE = "0722 456 781"
TEXT = f"<p>Write to {MAIL} or info@knbs.or.ke.</p>"


def person(name: str, *groups: str, superuser: bool = False) -> User:
    user = User.objects.create_user(f"{name}@example.org", is_superuser=superuser)
    user.groups.set([Group.objects.get(name=group) for group in groups])
    return user


def draft(**fields: Any) -> CaseStudyPage:
    """A case of Kenya's team with a person's address in its results, saved as a draft."""
    case = make_case(make_team("ken"), live=False, **{"results": TEXT, **fields})
    case.save_revision()
    return case


def attach(case: CaseStudyPage, file: File, kind: str = "dataset") -> CaseStudyPage:
    row = Attachment(
        file=file,
        title="The table",
        kind_id=term("attachment_kinds", kind).id,
        access_level_id=term("sensitivity_levels", "public").id,
        licence_id=term("licences", "cc-by-4-0").id,
    )
    case.attachments = [row]
    case.save_revision()
    return case


def settle(case: CaseStudyPage, state: str, reason: str = "The owner agreed in writing.") -> None:
    moderator = User.objects.filter(email="editor@example.org").first() or person("editor", "Editors")
    keys = [found.key for found in findings(case)]
    record(case)
    decide(case, keys, state, reason, moderator)


def test_a_draft_is_saved_and_may_be_submitted_but_not_published_until_it_is_settled() -> None:
    case = draft()
    assert [(row.kind, row.field, row.state) for row in Finding.objects.all()] == [("mail", "results", "open")]
    assert gaps(case, Moment.SUBMITTING) == []
    assert [gap.field for gap in gaps(case, Moment.PUBLISHING)] == ["results"]
    assert [row.field for row in open_findings(case)] == ["results"]
    assert open_counts([case]) == {case.pk: 1}
    with pytest.raises(GapsRemain):
        publish(case)
    settle(case, "accepted")
    assert gate(case) == []
    assert open_findings(case) == []
    assert open_counts([case]) == {}
    publish(case)
    assert case.live


def test_what_was_refused_keeps_the_entry_from_being_submitted_until_it_is_gone() -> None:
    case = draft()
    settle(case, "refused", "She did not agree.")
    (gap,) = gaps(case, Moment.SHOWING)
    assert gap.field == "results"
    assert "She did not agree." in str(gap)
    case.results = "<p>Write to the office.</p>"
    assert gaps(case, Moment.PUBLISHING) == []
    case.save_revision()
    assert not Finding.objects.get().present


def test_the_same_text_keeps_its_verdict_and_a_changed_one_is_new() -> None:
    case = draft()
    settle(case, "accepted")
    case.results = f"<p>Quite other words around {MAIL}, twice: {MAIL}.</p>"
    assert gate(case) == []
    case.results = "<p>Nothing.</p>"
    case.save_revision()
    case.results = TEXT
    case.save_revision()
    assert Finding.objects.get().present
    assert gate(case) == []
    case.results = TEXT.replace("wanjiku", "wambui")
    assert len(gate(case)) == 1
    case.results, case.lessons = "<p>-</p>", TEXT  # another place
    assert len(gate(case)) == 1


def test_nothing_personal_is_stored_or_shown() -> None:
    case = draft(lessons=f"<p>{PHONE}, -1.28641, 36.81722, CPF 390.533.447-05</p>")
    attach(case, make_file(f"name,sex,phone\nJane Doe,f,{PHONE}\n".encode()))
    record(case, read_files=True)
    settle(case, "accepted")
    stored = [*Finding.objects.values(), *FileReading.objects.values(), *PageLogEntry.objects.values()]
    shown = str([(found.place, str(found.said)) for found in findings(case)]) + str(gate(case))
    for secret in (MAIL, "wanjiku", PHONE, "36.817", "390.533", "533.447", "Jane"):
        assert secret not in f"{stored}{shown}", secret
    assert {row.kind for row in Finding.objects.all()} == {"mail", "phone", "coordinates", "identity", "persons"}


def test_every_text_of_an_entry_is_looked_at() -> None:
    story = [
        {"type": "paragraph", "value": f'<p><a href="mailto:{MAIL}">write</a></p>'},
        {"type": "quote", "value": {"text": f"My number is {PHONE}", "attribution": "a nurse"}},
        {"type": "heading", "value": "+254 733 456 781"},
    ]
    case = draft(
        results="<p>-</p>", story=story, summary=f"Call {PHONE}", risk_assessment=MAIL, places=["GPS 0.347, 32.582"]
    )
    case.official_uses.get_object_list()[0].evidence = f"letter to {MAIL}"
    fields = [found.field for found in findings(case)]
    assert sorted(set(fields)) == ["official_uses", "places", "risk_assessment", "story", "summary"]
    assert fields.count("story") == 3
    french = translate(make_case(), "fr", live=False, problem=TEXT)
    assert [gap.field for gap in gaps(french, Moment.PUBLISHING)] == ["problem"]


def test_a_file_is_read_once_and_again_when_its_content_changed() -> None:
    case = attach(draft(results="<p>-</p>"), make_file(f"phone\n{PHONE}\n".encode()))
    assert findings(case) == []
    assert len(open_findings(case)) == 1
    reading = FileReading.objects.get()
    open_findings(case)
    assert FileReading.objects.get().read_at == reading.read_at
    assert [found.place for found in findings(case)] == ["Attachments: file “The table”, column “phone”, 1 times"]
    with pytest.raises(GapsRemain):
        publish(case)


def test_a_locked_or_broken_file_is_a_finding_and_can_be_accepted() -> None:
    case = attach(draft(results="<p>-</p>"), make_file(b"%PDF-1.4 nonsense", name="report.pdf"), "report")
    assert [row.kind for row in open_findings(case)] == ["unreadable"]
    settle(case, "accepted")
    assert gate(case) == []


@pytest.mark.parametrize("name", ["owner", "saver"])
def test_nobody_settles_what_they_wrote(name: str) -> None:
    author = person(name, "Editors")
    case = draft(owner=author) if name == "owner" else draft()
    if name == "saver":
        case.save_revision(user=author)
    keys = [found.key for found in findings(case)]
    with pytest.raises(PermissionDenied):
        decide(case, keys, "accepted", "It is fine.", author)


@pytest.mark.parametrize(
    ("groups", "superuser", "reads", "decides"),
    [
        (["Editors"], False, True, True),
        (["Ethics moderators"], False, True, True),
        ([], True, True, True),
        (["Reviewers"], False, False, False),  # they know what is submitted, and this is a draft
        (["team:ken"], False, True, False),
        (["team-lead:ken"], False, True, False),
        (["team:uga"], False, False, False),
    ],
)
def test_who_reads_and_who_settles(groups: list[str], superuser: bool, reads: bool, decides: bool) -> None:
    case = draft()
    client = Client()
    client.force_login(person("someone", *groups, superuser=superuser))
    url = reverse("entry_findings", args=[case.pk])
    response = client.get(url)
    assert (response.status_code == 200) is reads
    assert not reads or MAIL not in response.content.decode()
    client.post(url, {"finding": Finding.objects.get().key, "action": "accept", "reason": "The owner agreed."})
    assert (Finding.objects.get().state == "accepted") is decides
    client.post(url, {"finding": Finding.objects.get().key, "action": "reopen"})
    assert Finding.objects.get().state == "open"


@pytest.mark.parametrize(
    "data",
    [
        {"action": "accept", "reason": ""},
        {"action": "refuse", "reason": " "},
        {"action": "accept", "reason": f"It is only {MAIL}"},
        {"action": "accept", "reason": "x" * 600},
        {"action": "made-up", "reason": "It is fine."},
        {"action": "accept", "reason": "It is fine.", "finding": "made-up"},
        {},
    ],
)
def test_a_verdict_without_a_reason_changes_nothing(data: dict[str, str]) -> None:
    case = draft()
    client = Client()
    client.force_login(person("editor", "Editors"))
    response = client.post(
        reverse("entry_findings", args=[case.pk]), {"finding": Finding.objects.get().key, **data}, follow=True
    )
    assert response.status_code == 200
    assert Finding.objects.get().state == "open"


def test_reasons_are_checked_by_the_function_too() -> None:
    with pytest.raises(ValidationError):
        settle(draft(), "accepted", "no")


def test_looking_costs_the_same_however_much_is_found() -> None:
    few, many = draft(), draft(lessons="".join(f"<p>person.number{n}@gmail.com</p>" for n in range(40)))
    with CaptureQueriesContext(connection) as of_few:
        assert len(findings(few)) == 1
    with CaptureQueriesContext(connection) as of_many:
        assert len(findings(many)) > 30
    assert len(of_few) == len(of_many)


def test_a_picture_needs_words_or_to_be_decoration() -> None:
    picture = make_picture()
    for text in ("", "  ", "IMG_2041.jpg", "picture-1.jpg", "DSC00412"):
        picture.description = text
        picture.save()
        block = {"type": "picture", "value": {"picture": picture.pk, "caption": "", "decorative": False}}
        case = make_case(live=False, cover=picture, story=[block])
        assert [gap.field for gap in gaps(case)] == ["cover", "story"], text
        block["value"]["decorative"] = True  # type: ignore[index]
        assert [gap.field for gap in gaps(make_case(live=False, story=[block]))] == []
    picture.description = "Women measure a well."
    picture.save()
    live = make_case(cover=picture)
    assert pictures_without_words() == []
    picture.description = ""
    picture.save()
    assert [(row.entry.pk, row.field) for row in pictures_without_words()] == [(live.pk, "cover")]


def test_an_attachment_needs_a_licence_and_an_embargo_its_end() -> None:
    case = attach(draft(results="<p>-</p>"), make_file())
    assert gaps(case) == []
    row = case.attachments.get_object_list()[0]
    row.licence_id = None
    row.access_level_id = term("sensitivity_levels", "embargoed").id
    assert [gap.field for gap in gaps(case)] == ["attachments", "attachments"]


@pytest.mark.parametrize(
    ("basis", "level", "suffix", "found"),
    [
        ("individual-written", "public", ".csv", 0),
        ("not-documented", "public", ".csv", 1),
        ("individual-written", "team", ".csv", 1),
        ("individual-written", "team", ".pdf", 0),
    ],
)
def test_data_do_not_leave_through_the_story(basis: str, level: str, suffix: str, found: int) -> None:
    block = {"type": "file", "value": {"file": make_file(name=f"data{suffix}").pk, "title": "Data"}}
    case = make_case(live=False, terms={"consent_basis": [basis], "access_level": [level]}, story=[block])
    assert len(gaps(case)) == found


def test_a_stored_picture_carries_nothing() -> None:
    case = draft(results="<p>-</p>", cover=make_picture(picture_bytes("JPEG")))
    assert open_findings(case) == []


def test_the_editor_shows_what_was_found() -> None:
    case = draft()
    client = Client()
    client.force_login(person("expert", "team:ken"))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[case.pk])).content.decode()
    assert "One place looks like personal data" in page
    assert "w•••@g•••.com" in page
    assert reverse("entry_findings", args=[case.pk]) in page
