"""The card of an entry: escaped, in its own language, without what is not known."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.safestring import mark_safe

import pytest
from bs4 import BeautifulSoup

from cases.terms import Label
from search.cards import draw_card
from search.results import Cover, Document, Hit

HOSTILE = '"><script>alert(1)</script>&'
DOCUMENT = Document(
    key="1",
    kind="case",
    kind_label=Label("Case study", "en"),
    url="/en/teams/ken/water/",
    lang="en",
    title="Water",
    summary="Who measured it",
    reference="CCD-KEN-2026-1",
    team="Kenya",
    lead_organisation="A network",
    countries=(Label("Kenya", "en"), Label("Uganda", "en")),
    themes=(Label("Health", "en"),),
    years=(2015, None),
    participation=Label("Partnership", "en"),
    published=None,
    cover=None,
    codes={},
)


def draw(document: Document, heading: str = "h3", hit: Hit | None = None) -> BeautifulSoup:
    return BeautifulSoup(draw_card(document, heading, hit), "html.parser")


def test_shows_what_is_known() -> None:
    card = draw(DOCUMENT)
    assert card.select_one("h3 a")["href"] == "/en/teams/ken/water/"
    facts = {row.dt.get_text(): row.dd.get_text() for row in card.select("dl > div")}
    assert facts == {
        "Countries": "Kenya, Uganda",
        "Themes": "Health",
        "Years": "2015–",
        "Participation": "Partnership",
        "Led by": "A network",
        "Team": "Kenya",
    }
    assert not card.select("[lang], img, .result__snippet")


def test_leaves_out_what_is_not_known() -> None:
    bare = replace(
        DOCUMENT, countries=(), themes=(), years=(None, None), participation=None, lead_organisation="", team=""
    )
    assert not draw(bare).select("dl > div")


def test_texts_and_addresses_are_escaped() -> None:
    hostile = replace(
        DOCUMENT,
        url=HOSTILE,
        title=HOSTILE,
        summary=HOSTILE,
        team=HOSTILE,
        lead_organisation=HOSTILE,
        themes=(Label(HOSTILE, "en"),),
        kind_label=Label(HOSTILE, "en"),
        cover=Cover(HOSTILE, 640, 360, HOSTILE),
    )
    card = draw(hostile)
    assert not card.select("script")
    assert [card.select_one("h3 a")["href"], card.img["src"], card.img["alt"]] == [HOSTILE] * 3
    assert [card.select_one(f".result__{part}").get_text() for part in ("kind", "title", "summary")] == [HOSTILE] * 3
    assert (card.img["width"], card.img["height"], card.img["loading"]) == ("640", "360", "lazy")


def test_marks_of_a_hit_stand_in_the_place_of_the_plain_texts() -> None:
    hit = Hit(DOCUMENT, mark_safe("<mark>Water</mark>"), mark_safe(""), mark_safe("… <mark>water</mark> …"))
    card = draw(DOCUMENT, hit=hit)
    assert [mark.parent.name for mark in card.select("mark")] == ["a", "p"]
    assert card.select_one(".result__summary").get_text() == "Who measured it"
    assert card.select_one(".result__snippet").get_text() == "… water …"


def test_a_text_in_another_language_says_so() -> None:
    arabic = replace(DOCUMENT, lang="ar", title="الماء", participation=Label("شراكة", "ar"))
    card = draw(arabic)
    assert [(each["lang"], each["dir"]) for each in card.select("h3, .result__summary, dd[lang]")] == [
        ("ar", "rtl")
    ] * 3
    with translation.override("ar"):
        assert not draw(arabic).select("h3[lang]")


def test_other_headings_are_refused() -> None:
    with pytest.raises(ValueError, match="h2, h3"):
        draw_card(DOCUMENT, "h1")
