"""What is offered where little was found: the right word for a mistyped one, and never something that finds less."""

from __future__ import annotations

import random

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from search.query import Query
from search.suggestions.corrections import Help, help_with
from search.suggestions.spelling import words_for
from search.words import parse_text
from tests.factories.entries import make_case

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def help_for(raw: str, total: int = 0, language: str = "en") -> Help:
    return help_with(Query(text=parse_text(raw)[0], language=language), total, lambda query: query)


@pytest.fixture
def cases(repository: None) -> None:
    make_case(title="Measuring water quality", summary="Volunteers measure the quality of water.")
    make_case(title="Water for schools", summary="Children map wells.")
    make_case(title="Noise at night", summary="Neighbours record noise.")
    make_case(title="Qualité de l’eau", language="fr")


def mistyped(word: str, chance: random.Random) -> str:
    """The word with one letter left out, added, replaced, or swapped with the next."""
    place = chance.randrange(len(word))
    kind = chance.choice(["left out", "added", "replaced", "swapped"])
    if kind == "left out":
        return word[:place] + word[place + 1 :]
    if kind == "added":
        return word[:place] + chance.choice(LETTERS) + word[place:]
    if kind == "replaced":
        return word[:place] + chance.choice(LETTERS) + word[place + 1 :]
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


@pytest.mark.django_db
def test_the_right_word_is_among_three_for_ninety_of_a_hundred_slips(cases: None) -> None:
    words = words_for({"en"})
    chance = random.Random(20261123)
    known = sorted(word for word in words.counts if len(word) >= 4 and word.isascii() and word.isalpha())
    assert len(known) > 500  # the labels of all terms are among them
    slips = []
    while len(slips) < 100:
        word = chance.choice(known)
        if (slip := mistyped(word, chance)) not in words.counts:
            slips.append((word, slip))
    right = [(word, slip) for word, slip in slips if word in words.near(slip)]
    assert len(right) >= 90, sorted(set(slips) - set(right))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("watr", "water"),
        ("wtaer qualty", "water quality"),
        ("Watr schools", "water schools"),
        ("watr -nigt", "water -nigt"),
        ('watr "water for"', 'water "water for"'),
        ("“water for” watr", '"water for" water'),
        ("disabilites", ""),
        ("zzzzzz", ""),
        ("watr nigth", ""),  # both words exist, no entry holds both
        ("2031", ""),
    ],
)
def test_doubtful_words_give_way_and_nothing_else_does(cases: None, typed: str, meant: str) -> None:
    offer = help_for(typed).meant
    assert (offer.text if offer else "") == meant


@pytest.mark.django_db
def test_words_of_the_readers_language_and_english_count(cases: None) -> None:
    assert help_for("qualitee", language="fr").meant is not None
    assert help_for("nihgt", language="fr").meant is not None


@pytest.mark.django_db
def test_no_help_where_enough_was_found_or_nothing_was_typed(cases: None) -> None:
    assert help_for("watr", total=3) == Help()
    assert help_for("") == Help()
    assert help_for('"watr"') == Help()
    assert help_for("-watr") == Help()


@pytest.mark.django_db
def test_the_rarest_word_may_be_left_out(cases: None) -> None:
    offered = help_for("watr zeppelin")
    assert offered.meant is None
    assert offered.without is not None
    assert (offered.left_out, offered.without.text, offered.without.total) == ("zeppelin", "water", 2)
    assert help_for("zeppelin").without is None


@pytest.mark.django_db
def test_the_page_offers_it_above_the_results_with_the_other_choices_kept(cases: None, client: Client) -> None:
    page = BeautifulSoup(client.get("/en/search/?q=watr&theme=health").content, "html.parser")
    offer = page.select_one("#results .results__help a")
    assert offer.get_text() == "water"
    assert offer["href"] == "?q=water&theme=health"
    assert "(2 results)" in page.select_one(".results__help").get_text()
    assert page.select_one(".results__help ~ .nothing, .results__help ~ div")
    assert not BeautifulSoup(client.get("/en/methods/?q=watr").content, "html.parser").select(".results__help")
    assert not BeautifulSoup(client.get("/en/search/?q=water").content, "html.parser").select(".results__help")
