"""Terms to test with: all of the files, or a few."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS

import pytest

from cases import terms
from cases.models import CountryTeam, Term, TermsVersion
from cases.vocabularies.loader import load_vocabularies


@pytest.fixture(autouse=True)
def _unread_terms():
    """Each test starts like a request: what another test read is asked for again."""
    terms.refresh()


@pytest.fixture
def loaded(db):
    load_vocabularies()


@pytest.fixture
def get(loaded):
    return lambda vocabulary, code: Term.objects.get(vocabulary=vocabulary, code=code)


@pytest.fixture
def no_terms(db):
    """Leave no term at all, past everything that protects them; the test's transaction brings them back."""
    CountryTeam.countries.through.objects.all().delete()
    Term.objects.all()._raw_delete(DEFAULT_DB_ALIAS)
    TermsVersion.bump()


@pytest.fixture
def make(no_terms):
    """Make a term by code; the vocabulary is one without facts."""

    def make(code, vocabulary="themes", **values):
        labels = values.pop("labels", {"en": code.replace("-", " ").capitalize()})
        return Term.objects.create(vocabulary=vocabulary, code=code, labels=labels, **values)

    return make
