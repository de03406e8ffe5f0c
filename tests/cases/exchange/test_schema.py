"""The declarations themselves: each key says what it means and leads to something that the page has."""

from __future__ import annotations

import pytest

from cases.exchange.checks import MODELS
from cases.exchange.schema import SCHEMAS, Field
from cases.term_fields import TERM_FIELDS, Kind
from cases.vocabularies.registry import VOCABULARIES


def every(fields: tuple[Field, ...]) -> list[Field]:
    return [found for field in fields for found in (field, *every(field.parts))]


@pytest.mark.parametrize("kind", ["case", "method"])
def test_each_key_has_a_meaning_and_a_known_vocabulary(kind: Kind) -> None:
    for field in every(SCHEMAS[kind]):
        assert str(field.meaning), field.key
        assert not field.vocabulary or field.vocabulary in VOCABULARIES, field.key


@pytest.mark.parametrize("kind", ["case", "method"])
def test_each_key_leads_to_a_field_of_the_page(kind: Kind) -> None:
    for field in SCHEMAS[kind]:
        choice = TERM_FIELDS.get(field.target)
        if choice is not None and field.shape in {"term", "terms"}:
            assert (choice.vocabulary, choice.single) == (field.vocabulary, field.shape == "term"), field.key
            assert kind in choice.kinds, field.key
        else:
            assert hasattr(MODELS[kind], field.target), field.key
