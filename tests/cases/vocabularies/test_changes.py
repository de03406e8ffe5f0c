"""Never deleted; merged, moved, retired and put in order."""

from __future__ import annotations

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

import pytest

from cases.models import CountryTeam, Organisation, Term
from cases.signals import term_merged
from cases.terms import current_terms
from cases.vocabularies.changes import move_term, reorder, retire_term, unretire_term
from cases.vocabularies.errors import TermChangeError
from cases.vocabularies.merge import merge_terms, plan_merge, references, usage


@pytest.mark.parametrize(
    "delete",
    [
        lambda term: term.delete(),
        lambda term: Term.objects.filter(pk=term.pk).delete(),
        lambda term: Term._base_manager.filter(pk=term.pk).delete(),
        models.Model.delete,
    ],
)
def test_a_term_cannot_be_deleted(make, delete):
    term = make("theme")
    with pytest.raises(ProtectedError, match=r"cannot be deleted. Retire (it|them)"), transaction.atomic():
        delete(term)
    assert Term.objects.filter(pk=term.pk).exists()


def test_deleting_what_uses_a_term_leaves_the_term(make):
    term = make("ngo", "organisation_types")
    Organisation.objects.create(name="One", type=term).delete()
    assert Term.objects.filter(pk=term.pk).exists()


def test_a_merge_rewrites_rows_and_retires_the_source(make):
    source, into, other = (make(code, "organisation_types") for code in ("ngos", "ngo", "firm"))
    for name, kind in (("One", source), ("Two", source), ("Three", into), ("Four", other)):
        Organisation.objects.create(name=name, type=kind)
    assert plan_merge(source, into).rewritten == {"cases.Organisation.type": 2}
    counts = merge_terms(source, into)
    source.refresh_from_db()
    assert (counts.rewritten, counts.dropped) == ({"cases.Organisation.type": 2}, {})
    assert dict(Organisation.objects.values_list("name", "type__code")) == {
        "One": "ngo", "Two": "ngo", "Three": "ngo", "Four": "firm",
    }  # fmt: skip
    assert source.retired
    assert source.successor == into


def test_rows_that_the_target_has_already_are_dropped(make):
    source, into = make("old", "countries"), make("new", "countries")
    both, one = CountryTeam.objects.create(code="abc", name="Both"), CountryTeam.objects.create(code="abd", name="One")
    both.countries.set([source, into])
    one.countries.set([source])
    label = "cases.CountryTeam_countries.term"
    plan = plan_merge(source, into)
    counts = merge_terms(source, into)
    assert counts == plan
    assert (counts.rewritten, counts.dropped) == ({label: 1}, {label: 1})
    assert list(both.countries.all()) == list(one.countries.all()) == [into]


def test_merging_counts_and_rewrites_every_reference_there_is():
    labels = {reference.label for reference in references()}
    assert {"cases.EntryTerm.term", "cases.StageLevel.stage", "cases.Organisation.type"} <= labels
    assert not any(label.startswith("cases.Term.") for label in labels)


def test_children_of_a_merged_region_move_along(get):
    source, into = get("m49_regions", "eastern-africa"), get("m49_regions", "northern-africa")
    counts = merge_terms(source, into)
    terms = current_terms()
    assert counts.rewritten["cases.Term.parent"] == 18
    assert [row.code for row in terms.ancestors(terms.find("countries", "ken").id)] == ["northern-africa", "africa"]


def test_a_merge_is_announced(make):
    heard = []

    def listen(source, into, counts, **_kwargs):
        heard.append((source.code, into.code, counts.rewritten))

    term_merged.connect(listen)
    try:
        merge_terms(make("a"), make("b"))
    finally:
        term_merged.disconnect(listen)
    assert heard == [("a", "b", {})]


@pytest.mark.parametrize(
    ("arrange", "message"),
    [
        (lambda make: (make("a"), make("a", "sdgs")), "within one vocabulary"),
        (lambda make: (make("a"),) * 2, "in a circle"),
        (lambda make: (make("a"), make("b", retired_at="2026-01-01T00:00Z")), "is retired"),
    ],
)
def test_senseless_merges_are_refused(make, arrange, message):
    source, into = arrange(make)
    with pytest.raises(TermChangeError, match=message):
        merge_terms(source, into)
    source.refresh_from_db()
    assert not source.retired


def test_successors_never_go_in_a_circle(make):
    first, second, third = make("first"), make("second"), make("third")
    merge_terms(first, second)
    merge_terms(second, third)
    with pytest.raises(TermChangeError, match="in a circle"):
        merge_terms(third, first)
    third.refresh_from_db()
    assert not third.retired


def test_a_refused_child_leaves_nothing_half_done(get):
    """A region cannot be merged into one that stands below it: that one would stand under itself."""
    source, into = get("m49_regions", "africa"), get("m49_regions", "sub-saharan-africa")
    with pytest.raises(TermChangeError, match="stands below it"):
        merge_terms(source, into)
    assert not get("m49_regions", "africa").retired
    assert get("m49_regions", "northern-africa").parent.code == "africa"


def test_a_term_cannot_be_its_own_successor_in_the_database(make):
    term = make("theme")
    with pytest.raises(IntegrityError):
        Term.objects.filter(pk=term.pk).update(successor=term, retired_at="2026-01-01T00:00Z")


@pytest.mark.parametrize(
    ("child", "parent", "message"),
    [
        (("m49_regions", "africa"), ("m49_regions", "eastern-africa"), "stands below it"),
        (("m49_regions", "africa"), ("m49_regions", "africa"), "the same or stands below it"),
        (("countries", "ken"), ("countries", "uga"), "its parent must be in the vocabulary m49_regions"),
        (("themes", "gender-equality"), ("themes", "lgbti-equality"), "cannot stand under"),
    ],
)
def test_impossible_parents_are_refused(get, child, parent, message):
    term = get(*child)
    before = term.parent_id
    with pytest.raises(TermChangeError, match=message):
        move_term(term, get(*parent))
    assert get(*child).parent_id == before


def test_retired_terms_leave_the_choices_and_come_back(make):
    term = make("theme")
    retire_term(term)
    assert current_terms().of("themes") == ()
    assert current_terms().get(term.pk).retired
    unretire_term(term)
    assert [row.code for row in current_terms().of("themes")] == ["theme"]


def test_a_merged_term_that_comes_back_has_no_successor(make):
    first, second = make("first"), make("second")
    merge_terms(first, second)
    unretire_term(first)
    assert current_terms().resolve(first.pk).code == "first"


def test_the_order_is_the_given_one_and_the_rest_follows(make):
    for order, code in enumerate("abcd", start=1):
        make(code, order=order)
    assert reorder("themes", ["c", "a"]) == 3
    assert [row.code for row in current_terms().of("themes")] == ["c", "a", "b", "d"]
    assert reorder("themes", ["c", "a", "b", "d"]) == 0


@pytest.mark.parametrize("codes", [["a", "x"], ["a", "a"]])
def test_an_order_of_unknown_or_repeated_codes_is_refused(make, codes):
    make("a")
    make("b")
    with pytest.raises(TermChangeError, match=r"Unknown or repeated codes: .*Allowed, once each: a, b"):
        reorder("themes", codes)


def test_usage_counts_by_reference(make):
    term = make("ngo", "organisation_types")
    Organisation.objects.create(name="One", type=term)
    Organisation.objects.create(name="Two", type=term)
    assert {reference.label: count for reference, count in usage(term).items()} == {"cases.Organisation.type": 2}
