"""Texts of authors are shown, never run; previews go through the same reader."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

import pytest

from cases.models import OfficialUse, Partnership, QualityScore, Source
from tests.factories.entries import make_case, make_method, make_organisation, publish, term

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def evil_case() -> Any:
    case = make_case(
        live=False, title=EVIL, summary=EVIL, tags=[EVIL[:90]], sample_design=EVIL, places=[EVIL], tools=[EVIL],
        sensitive=True, sensitive_reason=EVIL, community_name=EVIL, community_agreed=True, slug="evil", doi="10/\"><b>",
    )  # fmt: skip
    case.sources = [Source(title=EVIL, publisher=EVIL, link='https://example.org/"><script>')]
    case.official_uses = [OfficialUse(use_id=term("official_use", "advocacy").id, evidence=EVIL)]
    case.quality_scores = [
        QualityScore(dimension_id=term("quality_dimensions", "relevance").id, score=1, evidence=EVIL)
    ]
    case.partnerships = [
        Partnership(organisation=make_organisation(EVIL), role_id=term("partner_roles", "funder").id, note=EVIL)
    ]
    table = {"columns": [{"type": "text", "heading": EVIL}], "rows": [{"values": [EVIL]}], "caption": EVIL}
    case.story = [
        {"type": "heading", "value": EVIL},
        {"type": "quote", "value": {"text": EVIL, "attribution": EVIL}},
        {"type": "table", "value": table},
    ]
    return publish(case)


def test_no_text_becomes_markup(repository: None) -> None:
    html = Client().get(evil_case().get_url()).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert html.count("&lt;script&gt;alert(1)") > 12


def test_no_inline_style_or_script(repository: None) -> None:
    for page in (make_case(), make_method()):
        html = Client().get(page.get_url()).content.decode()
        assert " style=" not in html
        assert "<script>" not in html
        assert "<style" not in html


def test_preview_shows_unsaved_content(repository: None) -> None:
    case = make_case(live=False, title="Saved title")
    case.title = "Unsaved title"
    case.sources = [Source(title="Unsaved source")]
    html = case.make_preview_request().content.decode()
    assert "Unsaved title" in html
    assert "Unsaved source" in html
    assert "Saved title" not in html.replace("Unsaved title", "")


def test_preview_of_a_page_that_was_never_saved(repository: None) -> None:
    case = make_case()
    fresh = type(case)(title="Brand new", team=case.team, locale=case.locale, content_type=case.content_type)
    fresh.path, fresh.depth, fresh.url_path = case.path[:-4] + "ZZZZ", case.depth, case.url_path + "new/"
    html = fresh.make_preview_request().content.decode()
    assert "Brand new" in html


def test_citation_names_the_team_not_the_lead(repository: None) -> None:
    case = make_case(title="A title.", lead=make_organisation("Lead body"))
    html = Client().get(case.get_url()).content.decode()
    citations = re.findall(r'class="citation".*?</p>', html)
    assert len(citations) == 3
    assert all(f"Country team {case.team.name}." in line and "Lead body" not in line for line in citations)
