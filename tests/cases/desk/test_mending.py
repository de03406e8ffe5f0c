"""What is public and should be mended: broken links, pictures without words; and findings in the queue."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

import pytest

from cases.models import Source
from cases.models.findings import Finding, LinkResult
from core.models import Picture
from tests.cases.desk.conftest import read_csv, read_xlsx
from tests.cases.desk.submitted import submitted
from tests.factories.entries import make_case, make_team
from tests.factories.files import make_picture

pytestmark = pytest.mark.usefixtures("repository")
LINKS, PICTURES, QUEUE = "/admin/desk/broken-links/", "/admin/desk/alt-texts/", "/admin/desk/queue/"


def broken(url: str, failures: int = 2) -> None:
    LinkResult.objects.create(
        url=url, state=LinkResult.State.BROKEN, code=404, failures=failures, checked_at=timezone.now(),
        broken_since=timezone.now(),
    )  # fmt: skip


def case_with_link(url: str, *, live: bool = True, team: str = "ken", title: str = "Linking"):
    case = make_case(make_team(team), live=False, title=title)
    case.sources = [Source(title="Report", link=url)]
    case.save()
    if live:
        type(case).objects.filter(pk=case.pk).update(live=True)
    return case


def without_words(title: str) -> Picture:
    picture = make_picture(name=f"{title}.jpg")
    Picture.objects.filter(pk=picture.pk).update(description="")
    return Picture.objects.get(pk=picture.pk)


def test_broken_links_name_entry_place_and_problem(editor: Client) -> None:
    case_with_link("https://example.org/gone", title="Public")
    case_with_link("https://example.org/gone", title="Draft", live=False)
    case_with_link("https://example.org/once", team="uga", title="Flaky")
    broken("https://example.org/gone")
    broken("https://example.org/once", failures=1)
    for read in (read_csv, read_xlsx):
        (row,) = read(editor, LINKS)
        assert (row["Entry"], row["Where"], row["Link"]) == ("Public", "Sources", "https://example.org/gone")
        assert row["Problem"] == "404"
    text = editor.get(LINKS).content.decode()
    assert 'href="https://example.org/gone"' in text
    assert read_csv(editor, f"{LINKS}?words=nothing") == []
    assert len(read_csv(editor, f"{LINKS}?team={make_team('ken').pk}&words=PUBLIC")) == 1
    assert "1</strong> <span>broken links" in " ".join(editor.get("/admin/desk/").content.decode().split())


def test_pictures_without_words_lead_to_where_words_are_written(editor: Client) -> None:
    silent, speaking = without_words("silent"), make_picture()
    for title, picture in (("Silent", silent), ("Speaking", speaking)):
        case = make_case(title=title, live=False, cover=picture)
        type(case).objects.filter(pk=case.pk).update(live=True)
    (row,) = read_csv(editor, PICTURES)
    assert (row["Entry"], row["Where"], row["Picture"]) == ("Silent", "Cover picture", "silent.jpg")
    assert f"/admin/images/{silent.pk}/" in editor.get(f"{PICTURES}?ordering=-title").content.decode()


def test_empty_lists_say_so(editor: Client) -> None:
    assert "No link of a published entry" in editor.get(LINKS).content.decode()
    assert "Every picture of a published entry" in editor.get(PICTURES).content.decode()


def test_unsettled_findings_are_a_risk_in_the_queue(editor: Client) -> None:
    found, settled, gone = submitted("Found"), submitted("Settled"), submitted("Gone")
    for row, state, present in (
        (found, Finding.State.OPEN, True),
        (found, Finding.State.REFUSED, True),
        (settled, Finding.State.ACCEPTED, True),
        (gone, Finding.State.OPEN, False),
    ):
        Finding.objects.create(
            entry_id=row.entry_id, key=f"{row.pk}{state}", kind="email", field="problem", state=state, present=present
        )
    assert [row["Title"] for row in read_csv(editor, f"{QUEUE}?risk=findings")] == ["Found"]
    assert {row["Title"]: row["Open findings"] for row in read_csv(editor, QUEUE)} == {
        "Found": "2", "Settled": "0", "Gone": "0",
    }  # fmt: skip
    assert "2 open findings" in editor.get(QUEUE).content.decode()
    text = " ".join(editor.get("/admin/desk/").content.decode().split())
    assert "<strong>1</strong> <span>with open findings of personal data" in text
