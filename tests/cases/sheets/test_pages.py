"""The admin's page “Spreadsheets”: who may see it, and the way of a file from its check to its drafts."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest
from openpyxl import Workbook

from accounts.models import User
from cases.models import CaseStudyPage
from cases.sheets.work import CHECK
from core.jobs import run_waiting
from core.jobs.models import Job
from core.models import QueuedMail
from tests.factories.entries import make_case, make_team
from tests.factories.records import records

pytestmark = pytest.mark.usefixtures("repository")
CASE = "malawi-community-score-card"


def person(*groups: str) -> User:
    from django.contrib.auth.models import Group

    user = User.objects.create_user(f"{len(groups)}{'-'.join(groups).replace(':', '.') or 'nobody'}@example.org")
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def signed_in(*groups: str) -> Client:
    client = Client()
    client.force_login(person(*groups))
    return client


def upload(client: Client, raws: Any, name: str = "in.json", team: str = "ken") -> Any:
    content = raws if isinstance(raws, bytes) else json.dumps(raws).encode()
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("sheets"), {"team": team, "kind": "case", "file": file})


def raw_case(**changes: Any) -> dict[str, Any]:
    return {**records("cases.json", CASE)[0], **changes}


@pytest.mark.parametrize(
    ("groups", "status"),
    [
        (["team:ken"], 200),
        (["team-lead:ken"], 200),
        (["Editors"], 200),
        (["Reviewers"], 302),
        (["Ethics moderators"], 302),
    ],
)
def test_teams_and_editors_have_the_page(groups: list[str], status: int) -> None:
    client = signed_in(*groups)
    template = {"template-kind": "case", "template-language": "ar"}
    assert client.get(reverse("sheets")).status_code == status
    assert client.get(reverse("sheets_template"), template).status_code == status
    assert Client().get(reverse("sheets")).status_code == 302


def test_an_expert_chooses_among_the_own_teams_only() -> None:
    client = signed_in("team:ken")
    assert "Team uga" not in client.get(reverse("sheets")).text
    upload(client, [raw_case()], team="uga")
    assert not Job.objects.exists()
    assert "Team uga" in signed_in("Editors").get(reverse("sheets")).text


def test_a_file_is_checked_then_confirmed_then_written() -> None:
    client = signed_in("team:ken")
    answer = upload(client, [raw_case(), {"id": "bare", "title": "Only a title"}])
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("job", args=[job.pk])
    run_waiting()
    assert not CaseStudyPage.objects.exists()
    page = client.get(answer.headers["Location"]).text
    assert "Import 2 records" in page
    assert "Choose a value for “Themes”" in page
    answer = client.post(reverse("sheets_import", args=[job.pk]))
    run_waiting()
    assert CaseStudyPage.objects.filter(live=False).count() == 2
    page = client.get(answer.headers["Location"]).text
    assert "Everything was imported, as drafts" in page
    for draft in CaseStudyPage.objects.all():
        assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in page
    assert QueuedMail.objects.filter(kind="job-ended").count() == 1
    report = client.get(reverse("job_file", args=[job.pk]))
    assert b"Only a title" in b"".join(report.streaming_content)


def test_a_workbook_goes_the_same_way() -> None:
    book = Workbook()
    book.active.append(["id", "title"])
    book.active.append(["from-a-workbook", "A title"])
    stream = BytesIO()
    book.save(stream)
    client = signed_in("team:ken")
    answer = upload(client, stream.getvalue(), name="in.xlsx")
    run_waiting()
    assert "Import 1 record" in client.get(answer.headers["Location"]).text


def test_a_faulty_file_is_told_and_cannot_be_imported() -> None:
    client = signed_in("team:ken")
    upload(client, [raw_case(themes=["helth"])])
    job = Job.objects.get()
    run_waiting()
    page = client.get(reverse("job", args=[job.pk])).text
    assert "1 fault must be mended first" in page
    assert "themes[1]" in page
    assert "Import 1" not in page
    client.post(reverse("sheets_import", args=[job.pk]))
    assert Job.objects.count() == 1


def test_nobody_confirms_the_check_of_another_and_nobody_who_left_the_team() -> None:
    client = signed_in("team:ken")
    upload(client, [raw_case()])
    job = Job.objects.get()
    run_waiting()
    assert signed_in("Editors").post(reverse("sheets_import", args=[job.pk])).status_code == 404
    job.owner.groups.clear()
    client.post(reverse("sheets_import", args=[job.pk]))
    assert list(Job.objects.values_list("kind", flat=True)) == [CHECK]


def test_who_left_the_team_meanwhile_imports_nothing() -> None:
    client = signed_in("team:ken")
    upload(client, [raw_case()])
    run_waiting()
    client.post(reverse("sheets_import", args=[Job.objects.get().pk]))
    Job.objects.first().owner.groups.clear()  # type: ignore[union-attr]
    run_waiting()
    assert not CaseStudyPage.objects.exists()


@pytest.mark.parametrize("name", ["in.xlsm", "in.xls", "in.txt", "in"])
def test_other_endings_are_refused_at_once(name: str) -> None:
    page = upload(signed_in("team:ken"), [raw_case()], name=name)
    assert page.status_code == 200
    assert ".xlsx, .csv, .json" in page.text
    assert not Job.objects.exists()


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_an_export_has_the_own_team_only(form: str) -> None:
    make_case(make_team("ken"), title="Ours", live=False)
    make_case(make_team("uga"), title="Theirs", live=False)
    client = signed_in("team:ken")
    values = {"export-team": "ken", "export-kind": "case", "export-form": form}
    client.post(reverse("sheets_export"), values)
    run_waiting()
    job = Job.objects.get()
    assert (job.state, job.result) == ("done", {"entries": 1})
    content = b"".join(client.get(reverse("job_file", args=[job.pk])).streaming_content)
    assert b"Theirs" not in content
    assert form == "xlsx" or b"Ours" in content
    client.post(reverse("sheets_export"), {**values, "export-team": "uga"})
    assert Job.objects.count() == 1
