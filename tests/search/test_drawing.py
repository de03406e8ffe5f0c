"""Options of facets: escaped, in sight or folded, never lost."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation

from bs4 import BeautifulSoup, Tag

from search.drawing import IN_SIGHT, draw_options
from search.facets import FACETS
from search.presentation import page_links
from search.query import Query
from search.results import FacetResult, FacetValue


def value(code: str, count: int = 1, depth: int = 0, **fields: object) -> FacetValue:
    return replace(FacetValue(code, code.title(), "en", count, depth=depth), **fields)


def draw(parameter: str, *values: FacetValue) -> BeautifulSoup:
    return BeautifulSoup(draw_options(FacetResult(FACETS[parameter], values)), "html.parser")


def codes(part: BeautifulSoup | Tag) -> list[str]:
    return [box["value"] for box in part.select("input")]


def test_twelve_and_the_chosen_ones_are_in_sight() -> None:
    values = [value(f"t{n:02d}", 40 - n, chosen=n == 20) for n in range(30)]
    drawn = draw("theme", *values)
    assert sorted(codes(drawn)) == [v.value for v in values]
    assert codes(drawn.select_one("ul")) == [f"t{n:02d}" for n in (*range(IN_SIGHT), 20)]
    assert [box["value"] for box in drawn.select("input[checked]")] == ["t20"]
    assert drawn.select_one("details summary").get_text() == "Show 17 more"
    assert not drawn.select_one("details").has_attr("open")


def test_every_value_has_a_named_box_and_its_count() -> None:
    drawn = draw("theme", value("health", 1234))
    assert " ".join(drawn.select_one("label").get_text(" ").split()) == "Health 1,234"
    assert drawn.select_one("input")["name"] == "theme"


def test_labels_are_escaped_and_carry_their_language() -> None:
    with translation.override("fr"):
        drawn = draw("tag", value('"><script>x</script>', label="<b>&", lang=""), value("x", label="نص", lang="ar"))
    assert not drawn.select("script, b")
    assert codes(drawn)[0] == '"><script>x</script>'
    labels = drawn.select(".facet__label")
    assert (labels[0].get_text(), labels[0]["dir"]) == ("<b>&", "auto")
    assert (labels[1]["lang"], labels[1]["dir"]) == ("ar", "rtl")


def test_a_kept_fragment_does_not_leak_into_another_language() -> None:
    with translation.override("fr"):
        assert draw("theme", value("health")).select_one(".facet__label")["lang"] == "en"
    with translation.override("en"):
        assert not draw("theme", value("health")).select_one(".facet__label").has_attr("lang")


def test_trees_are_nested_and_unfold_to_what_is_chosen() -> None:
    many = [value(f"c{n:02d}", depth=1) for n in range(IN_SIGHT)]
    values = [value("africa"), value("eastern", depth=1), value("ken", depth=2, chosen=True), value("asia"), *many]
    drawn = draw("country", *values)
    assert codes(drawn) == [v.value for v in values]
    assert [len(box.find_parents("ul")) for box in drawn.select("input")][:4] == [1, 2, 3, 1]
    unfolded = [details.find_parent("li").select_one("input")["value"] for details in drawn.select("details[open]")]
    assert unfolded == ["africa", "eastern"]


def test_a_small_tree_is_unfolded() -> None:
    drawn = draw("country", value("africa"), value("ken", depth=1))
    assert drawn.select_one("details").has_attr("open")


def test_page_numbers_leave_gaps() -> None:
    assert [link.label for link in page_links(Query(), 1, 1)] == ["1"]
    assert [link.label for link in page_links(Query(), 10, 500)] == ["1", "…", "8", "9", "10", "11", "12", "…", "500"]
    links = page_links(Query(), 2, 3)
    assert [(link.url, link.current) for link in links] == [("?", False), ("?page=2", True), ("?page=3", False)]
