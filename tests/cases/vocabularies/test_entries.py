"""Merged terms in entries: live rows are rewritten, revisions are followed when they are read."""

from __future__ import annotations

import pytest

from cases.models import CaseStudyPage, EntryTerm, StageLevel, Term
from cases.vocabularies.merge import merge_terms, plan_merge
from tests.factories.entries import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("repository")]


def get(vocabulary, code):
    return Term.objects.get(vocabulary=vocabulary, code=code)


def chosen(case, field="themes"):
    return [row.code for row in CaseStudyPage.objects.get(pk=case.pk).chosen(field)]


def test_a_case_with_both_terms_keeps_one():
    source, into = get("themes", "health"), get("themes", "gender-equality")
    one, both = make_case(terms={"themes": ["health"]}), make_case(terms={"themes": ["health", "gender-equality"]})
    plan = plan_merge(source, into)
    assert merge_terms(source, into) == plan
    assert plan.rewritten["cases.EntryTerm.term"] == plan.dropped["cases.EntryTerm.term"] == 1
    assert chosen(one) == chosen(both) == ["gender-equality"]
    assert not EntryTerm.objects.filter(term=source).exists()


def test_a_grid_keeps_the_row_of_the_target():
    case = make_case(levels={"design": 2, "collect": 5})
    source, into = get("value_chain_stages", "design"), get("value_chain_stages", "collect")
    merge_terms(source, into)
    assert list(StageLevel.objects.filter(entry=case).values_list("stage", "level")) == [(into.pk, 5)]


def test_a_draft_from_before_the_merge_reads_the_successor():
    case = make_case(terms={"themes": ["health"]})
    revision = case.save_revision()
    merge_terms(get("themes", "health"), get("themes", "gender-equality"))
    draft = revision.as_object()
    assert [row.code for row in draft.chosen("themes")] == ["gender-equality"]
