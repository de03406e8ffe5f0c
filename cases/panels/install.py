"""Gives the page types their editor once all models are there: choosers need them when they are made."""

from __future__ import annotations

from typing import Any

from django.db import models

from wagtail.admin.forms.models import register_form_field_override

from cases.forms.terms import TermKeyField
from cases.models import CaseStudyPage, MethodPage, Term
from cases.panels.case import case_tabs
from cases.panels.method import method_tabs


def install() -> None:
    """Set the tabs of both kinds of entries and the form field of every foreign key to a term."""
    register_form_field_override(models.ForeignKey, to=Term, override=_term_key)
    CaseStudyPage.edit_handler = case_tabs()
    MethodPage.edit_handler = method_tabs()


def _term_key(db_field: Any) -> dict[str, Any]:
    """The cached field where the key names its vocabulary, else Django's own."""
    vocabulary = (db_field.get_limit_choices_to() or {}).get("vocabulary")
    return {"form_class": TermKeyField, "vocabulary": vocabulary} if vocabulary else {}
