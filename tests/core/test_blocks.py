"""The blocks of a story: what readers and screen readers get of each, and what is refused."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.blocks import StreamBlock

import pytest

from core.blocks import STORY_BLOCKS
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")
TABLE = {
    "caption": "Wells by year",
    "columns": [{"type": "text", "heading": "Year"}, {"type": "number", "heading": "Wells"}],
    "rows": [{"values": ["2020", "7"]}, {"values": ["2021 <b>", None]}],
}


def stream(*blocks: tuple[str, Any]) -> Any:
    return StreamBlock(STORY_BLOCKS).to_python([{"type": kind, "value": value} for kind, value in blocks])


def drawn(kind: str, value: Any) -> str:
    return " ".join(stream((kind, value))[0].render().split())


def refused(kind: str, value: Any) -> str:
    block = StreamBlock(STORY_BLOCKS)
    with pytest.raises(ValidationError) as refusal:
        block.clean(stream((kind, value)))
    return str(refusal.value.as_json_data())


def test_a_heading_is_a_part_of_the_story_and_escaped() -> None:
    assert drawn("heading", "How <i>it</i> began") == "<h3>How &lt;i&gt;it&lt;/i&gt; began</h3>"


def test_a_picture_is_told_by_its_own_text_and_names_who_made_it() -> None:
    picture = make_picture()
    html = drawn("picture", {"picture": picture.pk, "caption": "At the <well>", "decorative": False})
    assert f'alt="{picture.description}"' in html
    assert "At the &lt;well&gt;" in html
    assert picture.credit in html
    assert "/files/" in html


def test_a_decorative_picture_is_not_read_out_but_keeps_its_caption() -> None:
    html = drawn("picture", {"picture": make_picture().pk, "caption": "Dusk", "decorative": True})
    assert 'alt=""' in html
    assert "Dusk" in html


def test_a_picture_that_was_deleted_leaves_no_gap() -> None:
    picture = make_picture()
    story = stream(("picture", {"picture": picture.pk, "caption": "", "decorative": False}))
    picture.delete()
    assert "<img" not in story[0].render()


def test_a_quote_keeps_its_paragraphs_and_says_who_spoke() -> None:
    html = drawn("quote", {"text": "First.\n\nSecond <x>.", "attribution": "a teacher"})
    assert "<p>First.</p> <p>Second &lt;x&gt;.</p>" in html
    assert "<figcaption>a teacher</figcaption>" in html


def test_a_table_has_a_caption_and_headings_that_a_reader_can_follow() -> None:
    html = drawn("table", TABLE)
    assert "<caption>Wells by year</caption>" in html
    assert '<th scope="col">Year</th>' in html
    assert '<td class="number">7</td>' in html
    assert "2021 &lt;b&gt;" in html
    assert "None" not in html


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"caption": " "}, "caption"),
        ({"columns": [{"type": "text", "heading": " "}, {"type": "number", "heading": "Wells"}]}, "heading"),
        ({"columns": [], "rows": []}, "heading"),
    ],
)
def test_a_table_without_caption_or_headings_is_refused(change: dict[str, Any], complaint: str) -> None:
    assert complaint in refused("table", {**TABLE, **change})


def test_a_whole_table_is_accepted() -> None:
    assert StreamBlock(STORY_BLOCKS).clean(stream(("table", TABLE)))[0].value.caption == "Wells by year"


def test_a_file_says_what_it_is_and_how_large() -> None:
    html = drawn("file", {"file": make_file(name="wells.csv").pk, "title": "The <data>"})
    assert "The &lt;data&gt;" in html
    assert "/files/documents/wells" in html
    assert "CSV" in html
    assert "bytes" in html
