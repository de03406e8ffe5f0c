"""Choices, counts, labels and what narrows a search, on each engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.utils.http import urlencode

from wagtail.models import Page

import pytest

from search.engines.port import Engine
from search.query import PAGE_SIZE
from search.results import Removal, Results
from tests.contract.conftest import counts, fill, titles
from tests.factories.entries import make_case, make_method, make_team, translate

pytestmark = pytest.mark.django_db
Look = Callable[..., Results]


def test_values_of_one_facet_widen_and_facets_narrow(look: Look) -> None:
    make_case(title="A", terms={"themes": ["health"], "population_groups": ["women"]})
    make_case(title="B", terms={"themes": ["energy"], "population_groups": ["women"]})
    make_case(title="C", terms={"themes": ["ageing"], "population_groups": ["youth"]})
    assert sorted(titles(look("theme=health&theme=energy"))) == ["A", "B"]
    assert titles(look("theme=health&theme=ageing&group=women")) == ["A"]


def test_a_facet_counts_under_the_text_and_the_choices_of_all_others(look: Look) -> None:
    make_case(title="Zorq A", terms={"themes": ["health"], "population_groups": ["women"]})
    make_case(title="Zorq B", terms={"themes": ["energy"], "population_groups": ["women"]})
    make_case(title="Zorq C", terms={"themes": ["energy"], "population_groups": ["youth"]})
    make_case(title="D", terms={"themes": ["ageing"], "population_groups": ["women"]})
    results = look("q=zorq&theme=health&group=women")
    assert counts(results, "theme") == {"health": 1, "energy": 1}
    assert counts(results, "group") == {"women": 1}
    assert counts(look("q=zorq&theme=energy"), "group") == {"women": 1, "youth": 1}


def test_no_value_is_cut_off_and_a_chosen_one_stays_without_results(look: Look) -> None:
    for number in range(3):
        make_case(title=f"Case {number}", tags=[f"tag {number} {more}" for more in range(30)])
    results = look("theme=ageing&tag=unused")
    assert counts(results, "theme") == {"ageing": 0}
    assert counts(results, "tag") == {"unused": 0}
    assert len(counts(look(""), "tag")) == 90


def test_labels_are_in_the_reader_s_language(look: Look) -> None:
    make_case(make_team("ken"), title="A")
    (health,) = look("", "fr").facet("theme").values
    assert (health.label, health.lang) == ("Santé et bien-être", "fr")
    document = look("", "es").hits[0].document
    assert [(label.text, label.lang) for label in document.themes] == [("Salud y bienestar", "es")]
    assert look("", "da").facet("theme").values[0].lang == "en"


def test_the_tree_counts_an_entry_once_at_each_level(look: Look) -> None:
    make_case(title="A", terms={"countries": ["ken", "uga"]})
    make_case(title="B", terms={"countries": ["fra"]})
    found = counts(look(""), "country")
    assert {code: found[code] for code in ("africa", "eastern-africa", "ken", "uga", "europe")} == {
        "africa": 1,
        "eastern-africa": 1,
        "ken": 1,
        "uga": 1,
        "europe": 1,
    }
    assert "world" not in found
    assert titles(look("country=africa")) == ["A"]


ODD = ['say "hi"', "back\\slash", "a:b AND (c)", "100%", "under_score", "<b>bold</b>", "it's", "مياه", "a\tb"]


@pytest.mark.parametrize("tag", ODD)
def test_odd_tags_can_be_chosen_and_counted(look: Look, tag: str) -> None:
    make_case(title="Odd", tags=[tag])
    make_case(title="Even", tags=["even"])
    (value,) = [value for value in counts(look(""), "tag") if value != "even"]
    assert titles(look(urlencode({"tag": tag}))) == titles(look(urlencode({"tag": value}))) == ["Odd"]
    assert counts(look(urlencode({"tag": value})), "tag") == {value: 1, "even": 1}


def test_years_and_their_ranges(look: Look) -> None:
    make_case(title="A", start_year=2010, end_year=2012)
    make_case(title="B", start_year=2012, end_year=2013)
    make_case(title="C", start_year=None)
    results = look("year=2010-2011&year=2013")
    assert sorted(titles(results)) == ["A", "B"]
    assert counts(results, "year") == {"2010-2011": 1, "2010": 1, "2011": 1, "2012": 2, "2013": 1}
    assert results.years == (2010, 2013)
    assert titles(look("year=-2011")) == ["A"]
    assert titles(look("year=2013-")) == ["B"]
    assert counts(look("year=2020-&theme=health"), "year")["2020-"] == 0


def test_a_hit_shows_the_reader_s_language_else_the_original_s(look: Look) -> None:
    case = make_case(title="Wells", summary="English.")
    translate(case, "fr", title="Puits", summary="Résumé.")
    for language, shown in [("fr", ("fr", "Puits", "Résumé.")), ("ru", ("en", "Wells", "English."))]:
        document = look("", language).hits[0].document
        assert (document.lang, document.title, document.summary) == shown
        assert document.url.startswith(f"/{shown[0]}/")
        assert document.reference == case.reference


def test_newest_and_title_with_ties_by_key(look: Look) -> None:
    first, second, third = (make_case(title=title) for title in ("Émile", "dune", "Zoo"))
    twin = make_case(title="ÉMILE")
    when = datetime(2020, 1, 1, tzinfo=UTC)
    Page.objects.filter(pk__in=[first.pk, twin.pk, third.pk]).update(first_published_at=when)
    Page.objects.filter(pk=second.pk).update(first_published_at=datetime(2021, 1, 1, tzinfo=UTC))
    translate(third, "fr", title="Arche")
    by_key = sorted([first, twin], key=lambda page: str(page.translation_key))
    newest = sorted([first, twin, third], key=lambda page: str(page.translation_key))
    assert titles(look("")) == ["dune", *(page.title for page in newest)]
    assert titles(look("sort=title")) == ["dune", *(page.title for page in by_key), "Zoo"]
    assert titles(look("sort=title", "fr")) == ["Arche", "dune", *(page.title for page in by_key)]


def test_pages_follow_without_gaps_or_doubles_and_end(searched: Engine, look_again: Look) -> None:
    for _ in range(2 * PAGE_SIZE + 3):
        make_case(title="Zorq", summary="-", problem="<p>zorq</p>")
    fill()
    for address in ("q=zorq", "", "sort=title"):
        pages = [look_again(address, page=number) for number in (1, 2, 3)]
        keys = [hit.document.key for page in pages for hit in page.hits]
        assert len(keys) == len(set(keys)) == pages[0].total == 2 * PAGE_SIZE + 3
        if address and (address, searched.name) != ("q=zorq", "database"):  # there equal matches stand newest first
            assert keys == sorted(keys)
        past = look_again(address, page=999_999_999)
        assert (past.page, [hit.document.key for hit in past.hits]) == (3, keys[2 * PAGE_SIZE :])


def test_a_search_without_results_says_what_to_leave_out(look: Look) -> None:
    make_case(title="Zorq", terms={"themes": ["energy"]})
    make_case(title="Blik", terms={"themes": ["health"]})
    assert look("q=zorq&theme=health").removals == (Removal("q", 1), Removal("theme", 1))
    assert look("q=nowhere&theme=ageing").removals == ()
    assert look("q=zorq&theme=energy").removals == ()


def test_keys_narrow_and_excluded_entries_are_as_if_they_were_not_there(look: Look) -> None:
    one, two, three = (make_case(title=title, tags=["t"]) for title in ("Zorq one", "Zorq two", "Zorq three"))
    keys = {page.title: str(page.translation_key) for page in (one, two, three)}
    narrowed = look("q=zorq", keys=frozenset({keys["Zorq one"], keys["Zorq two"]}))
    assert sorted(titles(narrowed)) == ["Zorq one", "Zorq two"]
    assert look("", keys=frozenset()).total == 0
    without = look("q=zorq&theme=health", excluded=frozenset({keys["Zorq one"], "no such key"}))
    assert sorted(titles(without)) == ["Zorq three", "Zorq two"]
    assert without.total == counts(without, "tag")["t"] == counts(without, "theme")["health"] == 2
    everything = frozenset(keys.values())
    assert look("", excluded=everything).total == 0
    assert look("q=nowhere&tag=t", excluded=everything).removals == ()


def test_similar_entries_share_something_and_the_excluded_are_not_among_them(searched: Engine, look: Look) -> None:
    like = make_case(title="Zorq", terms={"themes": ["health"], "population_groups": ["women"]}, tags=["framp"])
    near = make_case(title="Near", terms={"themes": ["health"], "population_groups": ["women"]}, tags=["framp"])
    make_method(title="Far", terms={"themes": ["health"], "collection_methods": ["interviews"]})
    draft = make_case(title="Draft", tags=["framp"], live=False)
    look("")
    key = str(like.translation_key)
    assert [card.title for card in searched.similar(key, "en", 5)] == ["Near", "Far"]
    assert [card.title for card in searched.similar(key, "en", 1)] == ["Near"]
    gone = frozenset({str(near.translation_key)})
    assert [card.title for card in searched.similar(key, "en", 5, gone)] == ["Far"]
    assert searched.similar(str(near.translation_key), "en", 5, gone) == ()
    assert searched.similar(str(draft.translation_key), "en", 5) == ()


def test_the_vocabulary_holds_unstemmed_words_of_what_can_be_found(searched: Engine, look: Look) -> None:
    case = make_case(title="Surveying zorqs", summary="Zorqs")
    translate(case, "fr", title="Blik")
    make_case(title="Draft vuxo", live=False)
    look("")
    english, french = searched.vocabulary("en"), searched.vocabulary("fr")
    assert english["surveying"] == english["zorqs"] == 1
    assert "blik" not in english
    assert french["blik"] == 1
    assert "vuxo" not in english
    assert searched.vocabulary("xx") == {}


def test_health_counts_what_can_be_found(searched: Engine, look: Look) -> None:
    case = make_case()
    translate(case, "fr")
    make_case(live=False)
    look("")
    health = searched.health()
    assert (health.ok, health.documents) == (True, 1)
