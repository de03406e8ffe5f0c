"""Marks stand where the words stand, and nothing but marks is markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import tokens
from search.highlight import highlight, snippet

MARKS = re.compile(r"</?mark>")


@pytest.mark.parametrize(
    ("text", "runs", "marked"),
    [
        ("A survey of L’École", ["ecole", "survey"], "A <mark>survey</mark> of <mark>L’École</mark>"),
        ("Well-being and well", ["well being"], "<mark>Well-being</mark> and well"),
        ("<script>survey</script>", ["survey"], "&lt;script&gt;<mark>survey</mark>&lt;/script&gt;"),
        ("a & b", ["b"], "a &amp; <mark>b</mark>"),
        ("إِحْصَاءَات المياه", ["احصاءات"], "<mark>إِحْصَاءَات</mark> المياه"),
        ("公民数据库", ["数 据"], "公民<mark>数据</mark>库"),
        ("surveys surveyed", ["survey"], "surveys surveyed"),
        ("aujourd'hui non", ["hui"], "<mark>aujourd&#x27;hui</mark> non"),
        ("e\u0301cole", ["ecole"], "<mark>école</mark>"),
        ("", ["x"], ""),
        ("plain", [], "plain"),
    ],
)
def test_highlight(text: str, runs: list[str], marked: str) -> None:
    assert highlight(text, [tuple(tokens(run)) for run in runs]) == marked


def test_a_snippet_shows_the_surroundings_of_the_first_word() -> None:
    text = "Before. " * 60 + "Here a survey <b> began & went on. " + "After. " * 60
    found = snippet(text, [("survey",)])
    assert found.startswith("… Before.")
    assert found.endswith("After. …")
    assert "Here a <mark>survey</mark> &lt;b&gt; began &amp; went on." in found
    assert len(found) < 320
    assert snippet(text, [("nowhere",)]) == ""
    assert snippet("survey", [("survey",)]) == "<mark>survey</mark>"


@given(st.text(), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_only_marks_are_markup(text: str, typed: list[str]) -> None:
    runs = [tuple(tokens(run)) for run in typed if tokens(run)]
    for shown in (highlight(text, runs), snippet(text, runs)):
        bare = MARKS.sub("", shown)
        assert "<" not in bare
        assert ">" not in bare
        assert shown.count("<mark>") == shown.count("</mark>")


@given(st.lists(st.sampled_from(["survey", "École", "数据", "well-being", "l’eau", "x"]), min_size=1))
def test_every_word_that_matches_is_marked(parts: list[str]) -> None:
    text = " ".join(parts)
    for part in set(parts):
        assert f"<mark>{part}</mark>" in highlight(text, [tuple(tokens(part))])
