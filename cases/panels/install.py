"""Gives the page types their editor once all models are there: choosers need them when they are made."""

from __future__ import annotations

from typing import Any

from django.db import models

from wagtail.admin.compare import register_comparison_class
from wagtail.admin.forms.models import register_form_field_override

from cases.forms.terms import TermKeyField
from cases.models import CaseStudyPage, CountryTeamPage, MethodPage, Term
from cases.panels.case import case_tabs
from cases.panels.comparisons import ListComparison, NumberComparison, YesNoComparison
from cases.panels.method import method_tabs
from core.access.choices import KnowingPageForm
from core.fields import TextListField


def install() -> None:
    """Set the tabs of both kinds of entries, the form field of a key to a term, how lists and ticks are compared."""
    register_comparison_class(TextListField, comparison_class=ListComparison)
    register_comparison_class(models.IntegerField, comparison_class=NumberComparison)
    register_comparison_class(models.BooleanField, comparison_class=YesNoComparison)
    register_form_field_override(models.ForeignKey, to=Term, override=_term_key)
    CaseStudyPage.edit_handler = case_tabs()
    MethodPage.edit_handler = method_tabs()
    CountryTeamPage.base_form_class = KnowingPageForm


def _term_key(db_field: Any) -> dict[str, Any]:
    """The cached field where the key names its vocabulary, else Django's own."""
    vocabulary = (db_field.get_limit_choices_to() or {}).get("vocabulary")
    return {"form_class": TermKeyField, "vocabulary": vocabulary} if vocabulary else {}
