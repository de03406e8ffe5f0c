"""Tables: columns about persons are found by heading and values; tables of figures are left alone."""

from __future__ import annotations

import pytest

from cases.checks.columns import look


def table(*headings: str, rows: list[list[str]]) -> list[list[str]]:
    return [list(headings), *rows]


PERSONS = [["Jane Doe", "f", "0722456781", "-1.28641"], ["Otieno Odhiambo", "m", "0733456781", "-1.28702"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (table("name", "sex", "phone", "lat", rows=PERSONS),
         {"name": "persons", "phone": "phone", "lat": "coordinates"}),
        (table("الاسم", "العمر", rows=[["فلان", "31"]]), {"الاسم": "persons"}),
        (table("first_name", "score", rows=[["Jane", "3"]]), {"first name": "persons"}),
        (table("contact", "n", rows=[["0722456781", "20"], ["0733456781", "30"], ["0745193827", "25"]]),
         {"contact": "phone"}),
        (table("notes", rows=[["write to jane.doe@gmail.com"], ["nothing"]]), {"notes": "mail"}),
        (table("_gps_latitude", rows=[["-1.28641"]]), {"gps latitude": "coordinates"}),
        (table("date of birth", rows=[["1990-02-03"]]), {"date of birth": "persons"}),
        (table("district", "n", rows=[["Kisumu", "3"], ["Siaya", "44"]]), {"n": "small-cells"}),
        (table("nombre", "edad", rows=[["Lucía", "31"]]), {"nombre": "persons"}),
        (table("deviceid", rows=[["354678091234567"]]), {"deviceid": "identity"}),
    ],
)  # fmt: skip
def test_columns_about_persons_are_found(rows: list[list[str]], expected: dict[str, str]) -> None:
    assert {match.heading: match.kind.value for match in look(rows, ["KE"])} == expected


@pytest.mark.parametrize(
    "rows",
    [
        table(
            "district", "population", "share", rows=[["Kisumu", "1155574", "0.123"], ["Siaya", "993183", "0.456"]] * 9
        ),
        table("name", "value", rows=[["Maternal mortality", "342"], ["Literacy", "81"]]),
        table("county", "lat", "lon", rows=[["Kisumu", "-0.1", "34.8"], ["Siaya", "0.1", "34.3"]]),
        table("indicator", "year", "phone ownership", rows=[["5.b.1", "2019", "47.3"]]),
        table("n", "share", rows=[["120", "3"], ["44", "1"]]),
        table("code", "count", rows=[["404", "1523"], ["800", "1207"]]),
        table("id", "answer", rows=[[str(n), "yes"] for n in range(1000, 1040)]),
        table("year", *(f"v{n}" for n in range(20)), rows=[["2019", *("1.5" for _ in range(20))]] * 30),
        [["only a heading"]],
        [],
    ],
)
def test_tables_of_figures_are_left_alone(rows: list[list[str]]) -> None:
    assert look(rows, ["KE"]) == []


def test_values_of_a_column_are_judged_together() -> None:
    """One of ten numbers passes some check by chance: that alone says nothing."""
    rows = table("sample", rows=[[str(10_000_000_000 + 7_919 * n)] for n in range(200)])
    assert look(rows, ["BR", "PL", "TR"]) == []
