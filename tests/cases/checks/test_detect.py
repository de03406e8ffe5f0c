"""What is found in texts: precision and recall on a labelled list, and what holds for any text."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.checks.detect import clean, scan
from cases.checks.kinds import Kind
from tests.cases.checks.labelled import HARMLESS, PERSONAL
from tests.cases.checks.unseen import UNSEEN_HARMLESS, UNSEEN_PERSONAL
from tests.factories.records import FOLDER, records

logger = logging.getLogger(__name__)
FLOOR = 0.95
UNSEEN_FLOOR = 0.85


def scores(
    personal: list[tuple[str, str, tuple[str, ...]]], harmless: list[tuple[str, tuple[str, ...]]]
) -> list[float]:
    """Precision and recall, a text being one answer; logs what was missed and what was found wrongly."""
    hits = 0
    wrong = []
    for text, kind, regions in personal:
        found = {match.kind.value for match in scan(text, regions)}
        hits += kind in found
        if kind not in found:
            logger.info("missed: %s", text)
        wrong += [(text, other) for other in found - {kind}]
    wrong += [(text, match.kind.value) for text, regions in harmless for match in scan(text, regions)]
    logger.info("wrong: %s", wrong)
    return [hits / (hits + len(wrong)), hits / len(personal)]


def test_precision_and_recall_on_the_labelled_list() -> None:
    assert len(PERSONAL) + len(HARMLESS) >= 150
    assert min(Counter(kind for _text, kind, _regions in PERSONAL).values()) >= 10
    assert min(scores(PERSONAL, HARMLESS)) >= FLOOR


def test_precision_and_recall_on_texts_that_the_rules_were_not_made_with() -> None:
    assert min(scores(UNSEEN_PERSONAL, UNSEEN_HARMLESS)) >= UNSEEN_FLOOR


def test_no_false_alarm_in_the_demo_cases_and_methods() -> None:
    countries = json.loads((FOLDER.parent / "vocabularies" / "countries.json").read_text(encoding="utf-8"))
    iso2 = {country["iso3"]: country["iso2"] for country in countries}
    found = [
        (record["id"], match.text)
        for name in ("cases.json", "methods.json")
        for record in records(name)
        for text in _texts(record)
        for match in scan(text, [iso2[code] for code in record.get("country", [])])
    ]
    assert found == []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["KE", "DK", "US"]))
def test_any_text_is_read_without_an_error_and_matches_lie_in_it(text: str, region: str) -> None:
    cleaned = clean(text)
    matches = scan(text, [region])
    assert all(cleaned[match.start : match.end] for match in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))


@given(
    st.sampled_from([text for text in PERSONAL if text[1] == "mail"]),
    st.text(alphabet="abc .,;()\n", max_size=20),
    st.text(alphabet="abc .,;()\n", max_size=20),
)
def test_an_address_is_found_among_any_words(
    example: tuple[str, str, tuple[str, ...]], before: str, after: str
) -> None:
    text, kind, regions = example
    found = scan(f"{before} {text} {after}", regions)
    assert Kind(kind) in {match.kind for match in found}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("+２５４ ７３３ ４５６ ７８１", Kind.PHONE),  # full width
        ("+٢٥٤٧٣٣٤٥٦٧٨١", Kind.PHONE),
        ("+254\u00a0733\u2009456\u202f781", Kind.PHONE),
        ("\u202a+254 733 456 781\u202c", Kind.PHONE),  # marks of direction
        ("wan\u200bjiku@gmail.com", Kind.MAIL),
        ("\u22121.28641, 36.81722", Kind.COORDINATES),
        ("1°17\u203211\u2033S 36°49\u203202\u2033E", Kind.COORDINATES),
        ("536\u201190\u20114399", Kind.IDENTITY),
    ],
)
def test_letters_that_only_look_different_hide_nothing(written: str, kind: Kind) -> None:
    assert {match.kind for match in scan(written)} == {kind}


@pytest.mark.parametrize(("decimals", "found"), [(1, False), (2, False), (3, True), (6, True)])
def test_three_decimals_are_too_precise(decimals: int, found: bool) -> None:
    assert bool(scan(f"GPS {-1.286413:.{decimals}f}, {36.817223:.{decimals}f}")) is found


def test_a_number_is_only_probable_in_its_own_country() -> None:
    assert scan("39053344705", ["BR"])
    assert not scan("39053344705", ["KE"])
    assert scan("39053344705 is her CPF: cpf 39053344705", ["KE"])


@pytest.mark.parametrize("size", [50_000])
@pytest.mark.parametrize("piece", ["1", "1 ", "a@", "1.2,", "<", "1-", "+1", "(", "1°1'", "A1", "tel ", "id "])
def test_hostile_repetition_is_read_to_its_end(piece: str, size: int) -> None:
    assert isinstance(scan(piece * (size // len(piece)), ["KE", "US", "IN"]), list)


def test_what_is_remembered_of_a_text_is_of_its_countries_and_cannot_be_changed() -> None:
    text = "Call Wanjiku on 0722 123 456."
    found = scan(text, ["KE"])
    assert [match.kind for match in found] == ["phone"]
    found.clear()
    assert len(scan(text, ["KE"])) == 1
    assert scan(text, ["US"]) == []
