"""Folding: what must not matter to a reader does not matter to search."""

from __future__ import annotations

import unicodedata
from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text import fold, plain, tokens

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@given(st.text())
@example("ﷺ ﬆ ǅ İ ẞ Ǿ")
@example("un’l‘d'École")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_joined_give_the_same_words(text: str) -> None:
    words = tokens(text)
    assert tokens(" ".join(words)) == words
    assert all(word and " " not in word for word in words)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=40), st.integers(0, 2**40))
def test_accents_and_case_do_not_matter(text: str, seed: int) -> None:
    accents = "\u0301\u0300\u0308\u0302\u0303\u0327"
    dressed = "".join(
        (c.upper() if seed >> i & 1 else c) + (accents[(seed >> i) % 6] if c != " " else "") for i, c in enumerate(text)
    )
    assert fold(unicodedata.normalize("NFC", dressed)) == fold(text)
    assert fold(dressed) == fold(text)


@given(st.text(alphabet="كتبمدرسةبيانات ", max_size=30), st.data())
def test_arabic_diacritics_do_not_matter(text: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from("\u064e\u064f\u0650\u0651\u0652\u064b\u0640"), min_size=30, max_size=30))
    dressed = "".join(c + marks[i % 30] if c != " " else c for i, c in enumerate(text))
    assert tokens(dressed) == tokens(text)


@given(st.lists(HAN, min_size=1, max_size=12))
def test_every_han_character_is_a_word(characters: list[str]) -> None:
    assert tokens("".join(characters)) == [fold(c) for c in characters]
    assert tokens(" ".join(characters)) == tokens("".join(characters))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l'école", ["ecole"]),
        ("L’École", ["ecole"]),
        ("aujourd'hui qu‘il", ["aujourd", "hui", "il"]),
        ("dell’acqua", ["acqua"]),
        ("don't", ["don", "t"]),
        ("O'Neil's", ["o", "neil", "s"]),
        ("“Données” «citoyennes»", ["donnees", "citoyennes"]),
        ("إِحْصَاءَات", ["احصاءات"]),
        ("بيانـــات", ["بيانات"]),
        ("٢٠٢٠ ４", ["2020", "4"]),
        ("公民数据 data", ["公", "民", "数", "据", "data"]),
        ("SDG 17.18_a", ["sdg", "17", "18", "a"]),
        ("Ёлка", ["елка"]),
        ("Straße Ørsted Łódź", ["strasse", "orsted", "lodz"]),
        ("co\u00adoperate", ["cooperate"]),
        ("a\x00b \ud800", ["a", "b"]),
        ("", []),
    ],
)
def test_examples(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_plain_gives_back_escaped_text(text: str) -> None:
    assert plain(escape(text)) == " ".join(text.split())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>a <b>bo</b>ld &amp; more&nbsp;text</p>", "a bold & more text"),
        ("<ul><li>x</li><li>y</li></ul>", "x y"),
        ("<p>seen<script>alert(1)</script></p>", "seen"),
        ("5 &lt; 6 < 7", "5 < 6 < 7"),
        ("", ""),
    ],
)
def test_plain_examples(html: str, text: str) -> None:
    assert plain(html) == text
