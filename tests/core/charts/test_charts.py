"""Charts: what is drawn is said too, what is written in them is escaped, nothing needs a style or script."""

from __future__ import annotations

from django.utils import translation
from django.utils.safestring import SafeString

from bs4 import BeautifulSoup

from core.charts import Bar, Step, bars, columns, csv_response, steps
from core.charts.steps import Scale

HOSTILE = '"><script>alert(1)</script>&'
HEADS = ("Stage", "Level", "Evidence")


def parsed(html: SafeString) -> BeautifulSoup:
    assert not set(html.split()) & {"style=", "<style", "onclick="}
    return BeautifulSoup(html, "html.parser")


def test_each_bar_stands_beside_its_number() -> None:
    rows = [Bar("Health", 2000, "?theme=health"), Bar("النساء", 500, lang="ar", chosen=True), Bar("Land", 0)]
    chart = parsed(bars(rows, title="Themes", csv_url="/numbers.csv"))
    found = [
        (row.th.get_text(), row.rect["width"], row.select_one(".chart__number").get_text())
        for row in chart.select("tbody tr")
    ]
    assert found == [("Health", "1000", "2,000"), ("النساء", "250", "500"), ("Land", "0", "0")]
    assert [link["href"] for link in chart.select("a")] == ["?theme=health", "/numbers.csv"]
    assert [(row.th["lang"], row.th["dir"]) for row in chart.select(".is-chosen")] == [("ar", "rtl")]
    assert chart.caption.get_text() == "Themes"


def test_nothing_is_drawn_of_nothing() -> None:
    assert bars([], title="Themes") == ""
    assert columns([Bar("2015", 0)], title="Years", label="Year") == ""


def test_columns_are_links_once_for_pointers_and_once_in_the_table() -> None:
    rows = [Bar("2015", 4, "?year=2015", chosen=True), Bar("2016", 0), Bar("2017", 1, "?year=2017")]
    chart = parsed(columns(rows, title="Years", label="Year"))
    drawn = chart.select_one("svg")
    assert drawn["aria-hidden"] == "true"
    assert [(link["href"], link["tabindex"], link.title.get_text()) for link in drawn.select("a")] == [
        ("?year=2015", "-1", "2015: 4"),
        ("?year=2017", "-1", "2017: 1"),
    ]
    assert [row.get_text(" ") for row in chart.select("tbody tr")] == ["2015 4", "2017 1"]
    assert chart.select_one("tbody a[aria-current]")["href"] == "?year=2015"
    assert chart.select_one(".columns__axis").get_text(" ") == "2015 2017"


def test_steps_show_the_place_and_say_it() -> None:
    rows = [
        Step("Design", 4, "Partnership", group="First", strong=True),
        Step("Use", None, group="First"),
        Step("Reuse", 1, group="Second", note="A report"),
    ]
    chart = parsed(steps(rows, Scale(5, enough=4), title="Levels", heads=HEADS))
    cells = [[rect["class"][0] for rect in drawn.select("rect")] for drawn in chart.select("svg")]
    assert cells[0] == ["is-full"] * 3 + ["is-reached", "is-empty"]
    assert cells[1] == ["is-empty"] * 5
    said = [" ".join(word.get_text().split()) for word in chart.select(".steps__word")]
    assert said == ["4 Partnership", "not assessed", "1"]
    assert [group.get_text() for group in chart.select(".steps__group")] == ["First", "Second"]
    assert [head.get_text() for head in chart.select("thead th")] == list(HEADS)
    assert len(parsed(steps(rows[:2], Scale(5), title="Levels", heads=HEADS)).select("thead th")) == 2


def test_what_people_wrote_is_escaped_everywhere() -> None:
    bar = Bar(HOSTILE, 1, f"?q={HOSTILE}")
    drawn = [
        bars([bar], title=HOSTILE, csv_url=HOSTILE),
        columns([bar], title=HOSTILE, label=HOSTILE),
        steps([Step(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE)], Scale(4), title=HOSTILE, heads=[HOSTILE] * 3),
    ]
    assert not any(parsed(html).select("script") for html in drawn)


def test_numbers_are_written_as_the_language_does() -> None:
    with translation.override("fr"):
        chart = parsed(bars([Bar("Santé", 12345)], title="Thèmes"))
    assert chart.select_one(".chart__number").get_text().replace("\u202f", " ").replace("\xa0", " ") == "12 345"


def test_no_cell_of_the_numbers_is_computed() -> None:
    answer = csv_response("themes", ("value", "entries"), [("=HYPERLINK(1)", 3), ("Women, men", 1)])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode() == 'value,entries\r\n\'=HYPERLINK(1),3\r\n"Women, men",1\r\n'
