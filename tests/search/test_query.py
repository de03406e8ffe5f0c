"""Addresses read and written: one meaning, one spelling, nothing that breaks it."""

from __future__ import annotations

from django.http import QueryDict
from django.utils import translation

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Term
from cases.vocabularies.merge import merge_terms
from search.facets import FACETS
from search.notices import Reason, messages
from search.query import MAX_CHOICES, Query, canonical_address
from search.words import parse_text

pytestmark = pytest.mark.django_db


def parse(address: str) -> Query:
    return Query.parse(QueryDict(address), "en")[0]


def complaints(address: str) -> list[tuple[Reason, str, str]]:
    return [(n.reason, n.parameter, n.value) for n in Query.parse(QueryDict(address), "en")[1]]


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "exclusions"),
    [
        ("survey water", [["survey"], ["water"]], [], []),
        ("“focus groups” -online", [], [["focus", "groups"]], [["online"]]),
        ("L’École well-being", [["ecole"], ["well", "being"]], [], []),
        ("公民数据", [["公", "民", "数", "据"]], [], []),
        ('-"open data" «gold»', [], [["gold"]], [["open", "data"]]),
        ("survey SURVEY súrvey", [["survey"]], [], []),
        ('"un closed', [["un"], ["closed"]], [], []),
        ("- -- !!! ’", [], [], []),
        ('pre"fix', [["pre", "fix"]], [], []),
    ],
)
def test_words_phrases_and_exclusions(typed: str, words: list, phrases: list, exclusions: list) -> None:
    text, cut = parse_text(typed)
    found = [[list(run) for run in runs] for runs in (text.words, text.phrases, text.exclusions)]
    assert found == [words, phrases, exclusions]
    assert not cut


def test_what_cannot_be_used_is_named(repository: None) -> None:
    assert complaints("theme=nonsense&colour=red&sort=size&page=two&q=!!!&utm_source=mail") == [
        (Reason.UNKNOWN_PARAMETER, "colour", ""),
        (Reason.NO_WORDS, "q", "!!!"),
        (Reason.UNKNOWN_VALUE, "theme", "nonsense"),
        (Reason.UNKNOWN_SORT, "sort", "size"),
        (Reason.NOT_A_PAGE, "page", "two"),
    ]
    assert parse("theme=nonsense&theme=health").values("theme") == ("health",)
    assert complaints("country=world") == [(Reason.UNKNOWN_VALUE, "country", "world")]
    assert complaints("year=20xx") == [(Reason.UNKNOWN_VALUE, "year", "20xx")]
    assert complaints("year_from=abc") == [(Reason.UNKNOWN_VALUE, "year", "abc-")]
    assert complaints("q=&sort=&page=&year_from=&year_to=&theme=") == []


def test_too_many_choices_are_cut_off_with_one_notice(repository: None) -> None:
    address = "&".join(f"tag=t{number}" for number in range(MAX_CHOICES + 20))
    assert len(parse(address).values("tag")) == MAX_CHOICES
    assert [reason for reason, _, _ in complaints(address)] == [Reason.TOO_MANY]


def test_notices_are_short_and_few(repository: None) -> None:
    _, notices = Query.parse(QueryDict("&".join(f"theme={n}{'x' * 500}" for n in range(40))), "en")
    sentences = messages(notices)
    assert len(sentences) == 11
    assert "30" in sentences[-1]
    assert all(len(sentence) < 200 for sentence in sentences)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("sdg=4", "?sdg=sdg-04"),
        ("sdg=SDG+17&q=x", "?sdg=sdg-17&q=x"),
        ("country=KEN&country=ken", "?country=ken"),
        ("country=Eastern+Africa", "?country=eastern-africa"),
        ("year=2020-2015", "?year=2015-2020"),
        ("year=2015-2015", "?year=2015"),
        ("year_from=2015&year_to=", "?year=2015-"),
        ("year_from=2020&year_to=2015&q=", "?q=&year=2015-2020"),
        ("tag=Open++DATA", "?tag=open+data"),
        ("theme=nonsense&sdg=4", "?theme=nonsense&sdg=sdg-04"),
    ],
)
def test_there_is_one_spelling(repository: None, written: str, right: str) -> None:
    assert canonical_address(QueryDict(written)) == right
    assert canonical_address(QueryDict(right[1:])) is None
    assert parse(written) == parse(right[1:])


@pytest.mark.parametrize(
    "fine", ["", "q=survey", "sdg=sdg-04&country=ken", "year=2015-2020", "theme=nonsense", "sdg=99"]
)
def test_what_is_right_or_unknown_stays_as_it_is(repository: None, fine: str) -> None:
    assert canonical_address(QueryDict(fine)) is None


def test_a_merged_code_leads_to_its_successor(repository: None) -> None:
    energy, health = (Term.objects.get(vocabulary="themes", code=code) for code in ("energy", "health"))
    merge_terms(energy, health)
    assert parse("theme=energy").values("theme") == ("health",)
    assert canonical_address(QueryDict("theme=energy")) == "?theme=health"


values = st.dictionaries(
    st.sampled_from([*FACETS, "q", "sort", "page", "year_from", "x"]),
    st.lists(st.text(max_size=12) | st.sampled_from(["ken", "4", "health", "2015-2020", "7", "title"]), max_size=4),
)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(values)
def test_writing_and_reading_again_changes_nothing(repository: None, given_values: dict[str, list[str]]) -> None:
    address = QueryDict(mutable=True)
    for name, several in given_values.items():
        address.setlist(name, several)
    query, _ = Query.parse(address, "en")
    again, notices = Query.parse(QueryDict(query.url()[1:]), "en")
    assert again == query
    assert notices == []
    assert canonical_address(QueryDict(query.url()[1:])) is None


def test_links_add_and_remove_one_value_and_go_to_the_first_page(repository: None) -> None:
    query = parse("q=water&country=ken&theme=health&sort=title&page=3")
    assert query.url() == "?q=water&country=ken&theme=health&sort=title&page=3"
    assert query.url_with("country", "uga") == "?q=water&country=ken&country=uga&theme=health&sort=title"
    assert query.url_without("country", "ken") == "?q=water&theme=health&sort=title"
    assert query.without_text().without_choices().url() == "?sort=title"


def test_relevance_needs_words(repository: None) -> None:
    assert parse("q=water").order == "relevance"
    assert parse("").order == parse("sort=relevance").order == parse("q=-water").order == "newest"
    assert parse("q=water&sort=title").order == "title"


def test_notices_speak_the_reader_s_language(repository: None) -> None:
    _, notices = Query.parse(QueryDict("theme=nonsense"), "fr")
    with translation.override("en"):
        assert messages(notices) == ["“nonsense” is not a value of “Theme” and was left out."]
