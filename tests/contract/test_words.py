"""What words, phrases and exclusions find, on each engine."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.http import urlencode

import pytest

from search.engines.port import Engine
from search.results import Results
from tests.contract.conftest import STEMMING, titles
from tests.factories.entries import make_case, make_organisation, make_team, publish, translate

pytestmark = pytest.mark.django_db
Look = Callable[..., Results]


def found(look: Look, words: str, language: str = "en") -> list[str]:
    return sorted(titles(look(urlencode({"q": words}), language)))


def test_words_are_anded_and_each_may_stand_in_any_field(look: Look) -> None:
    make_case(
        title="Zorq", summary="Blik.", problem="<p>Vuxo</p>", tags=["Framp"], lead=make_organisation("Grunil Institute")
    )
    make_case(title="Zorq alone")
    assert found(look, "zorq blik vuxo framp grunil women") == ["Zorq"]
    assert found(look, "zorq") == ["Zorq", "Zorq alone"]
    assert found(look, "zorq nowhere") == []


def test_phrases_are_kept(look: Look) -> None:
    make_case(title="Open data for all", summary="-")
    make_case(title="Data, openly open", summary="data")
    assert found(look, '"open data"') == ["Open data for all"]
    assert found(look, "“open data”") == ["Open data for all"]
    assert found(look, '"data"') == ["Data, openly open", "Open data for all"]


def test_a_phrase_does_not_reach_from_one_text_into_the_next(look: Look) -> None:
    make_case(title="Zorq", summary="Blik", tags=["vuxo", "framp"])
    for apart in ['"zorq blik"', '"vuxo framp"', '"women girls"', '"blik zorq"']:
        assert found(look, apart) == [], apart


def test_exclusions(look: Look) -> None:
    make_case(title="Zorq blik")
    make_case(title="Zorq vuxo", tags=["framp"])
    assert found(look, "zorq -vuxo") == ["Zorq blik"]
    assert found(look, "-framp") == ["Zorq blik"]
    assert found(look, '-"zorq blik"') == ["Zorq vuxo"]
    assert found(look, "-zorq") == []


@pytest.mark.parametrize(
    "words", ["ecole", "ÉCOLE", "l'École", "l’ecole", "e\u0301cole", "qu’école", '"À l’école"', "ﬁnance", "women’s"]
)
def test_accents_case_quotes_and_elision_do_not_matter(look: Look, words: str) -> None:
    make_case(title="À l’école", summary="Finance in women's hands")
    assert found(look, words) == ["À l’école"]


def test_arabic_diacritics_and_forms_of_letters_do_not_matter(look: Look) -> None:
    title = "إِحْصَاءَات المُوَاطِن"
    make_case(title=title)
    for words in ["إحصاءات", "احصاءات", "المواطن", "المُواطن إِحصاءات"]:
        assert found(look, words, "ar") == found(look, words, "en") == [title]


def test_han_needs_no_spaces(look: Look) -> None:
    make_case(title="公民数据库", summary="水井")
    make_case(title="数字公民")
    assert found(look, "公民") == ["公民数据库", "数字公民"]
    assert found(look, "民数", "zh-hans") == found(look, '"数据"') == ["公民数据库"]
    assert found(look, "公民 水井", "zh-hans") == ["公民数据库"]
    assert found(look, "数公") == []


def test_a_word_is_found_in_any_language_and_the_entry_once(look: Look) -> None:
    case = make_case(title="Household zorq")
    translate(case, "fr", title="Blik auprès des ménages")
    for words in ["blik", "zorq", "blik zorq"]:
        for language in ("en", "fr", "ru"):
            results = look(urlencode({"q": words}), language)
            assert (results.total, len(results.hits)) == (1, 1)


def test_labels_of_all_languages_find(look: Look) -> None:
    make_case(make_team("ken"), title="A case", terms={"population_groups": ["persons-with-disabilities"]})
    for words in ["Kenya", "كينيا", "Afrique", "discapacidad", "肯尼亚"]:
        assert found(look, words) == ["A case"], words


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("en", "communities surveyed", "community survey"),
        ("fr", "enquêtes citoyennes", "enquete citoyen"),
        ("es", "participaciones tecnológicas, encuestas", "participación encuesta"),
        ("pt", "participações", "participação"),
        ("ru", "городского района организаций", "городской район организация"),
        ("ar", "والبيانات", "بيانات"),
        ("da", "undersøgelserne", "undersøgelse"),
    ],
)
def test_a_word_matches_by_its_stem_in_the_reader_s_language(
    searched: Engine, look: Look, language: str, written: str, typed: str
) -> None:
    case = make_case(title="A case", summary="-")
    page = case if language == "en" else translate(case, language)
    page.title = f"Xx {written}"
    publish(page)
    assert len(found(look, written, language)) == 1
    assert len(found(look, typed, language)) == (1 if searched.name in STEMMING else 0)
    assert found(look, typed, "zh-hans") == []
    assert found(look, f'"{typed}"', language) == []


def test_stems_are_marked_where_they_matched(searched: Engine, look: Look) -> None:
    make_case(title="Surveying communities", summary="-")
    typed = "surveys+community" if searched.name in STEMMING else "surveying+communities"
    hit = look(f"q={typed}").hits[0]
    assert hit.title == "<mark>Surveying</mark> <mark>communities</mark>"


def test_better_places_come_first_and_an_exact_title_before_all(look: Look) -> None:
    make_case(title="A", summary="-", problem="<p>zorq</p>")
    make_case(title="B", summary="-", tags=["zorq"])
    make_case(title="C", summary="The zorq.")
    make_case(title="A zorq of D", summary="-")
    make_case(title="Zorq", summary="-")
    make_case(title="Zorq zorq zorq", summary="Zorq zorq", problem="<p>zorq zorq</p>")
    ranked = titles(look("q=zorq"))
    assert ranked[0] == "Zorq"
    assert [title for title in ranked if not title.startswith("Zorq")] == ["A zorq of D", "C", "B", "A"]


def test_an_exact_title_in_any_language_comes_first(look: Look) -> None:
    case = make_case(title="Something", summary="-")
    translate(case, "fr", title="L’École blik", summary="-")
    for number in range(3):
        make_case(title=f"Ecole blik {number} ecole blik", summary="Blik ecole", problem="<p>école blik</p>")
    for words in ["ecole blik", '"école blik"']:
        assert titles(look(urlencode({"q": words})))[0] == "Something"


def test_facets_filter_and_do_not_score(look: Look) -> None:
    make_case(title="Zorq one", summary="zorq", terms={"themes": ["health"]})
    make_case(title="Two", summary="zorq", terms={"themes": ["energy"]})
    make_case(title="Three", summary="-", problem="<p>zorq</p>", terms={"themes": ["health", "energy"]})
    ranked = titles(look("q=zorq"))
    assert titles(look("q=zorq&theme=health&theme=energy&country=ken")) == ranked == ["Zorq one", "Two", "Three"]


def test_highlights_are_escaped_and_taken_from_title_summary_and_body(look: Look) -> None:
    make_case(
        title="<script>alert('zorq')</script>",
        summary="<img src=x> zorq & more",
        problem="<p>Long before " + "word " * 100 + "the <b>zorq</b> &lt;i&gt; after " + "word " * 100 + "</p>",
    )
    hit = look("q=zorq").hits[0]
    assert hit.title == "&lt;script&gt;alert(&#x27;<mark>zorq</mark>&#x27;)&lt;/script&gt;"
    assert hit.summary == "&lt;img src=x&gt; <mark>zorq</mark> &amp; more"
    assert "the <mark>zorq</mark> &lt;i&gt; after" in hit.snippet
    assert len(hit.snippet) < 400


def test_synonyms_of_a_word_stand_in_for_it(look: Look) -> None:
    from search.words import Text

    make_case(title="Zorq vuxo", summary="-")
    make_case(title="Blik framp vuxo", summary="-")
    make_case(title="Framp blik vuxo", summary="-")
    text = Text("zorq vuxo", (("zorq",), ("vuxo",))).with_synonyms(((("blik", "framp"),), ()))
    results = look("", text=text)
    assert sorted(titles(results)) == ["Blik framp vuxo", "Zorq vuxo"]
    assert "<mark>Blik framp</mark> <mark>vuxo</mark>" in [hit.title for hit in results.hits]
