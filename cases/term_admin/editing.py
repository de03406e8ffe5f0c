"""Adding and editing one term."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views import generic
from wagtail.log_actions import log

from cases.models.terms import Term
from cases.term_admin.forms import TermForm, VocabularyForm
from cases.term_admin.listing import READERS, with_overview
from cases.vocabularies.changes import move_term
from cases.vocabularies.errors import TermChangeError
from cases.vocabularies.merge import usage
from cases.vocabularies.registry import VOCABULARIES


def apply_form(form: TermForm) -> Term:
    """Write the form into its term and save it; what an editor changed is marked, so that the loader keeps it.

    Raises `TermChangeError` when the new parent is refused. The caller holds the transaction.
    """
    term, parent = form.instance, form.cleaned_data.get("parent")
    _apply_labels(term, form)
    _apply_others(term, form)
    if term._state.adding:
        term.code, term.parent = form.cleaned_data["code"], parent
        term.order = (
            Term.objects.filter(vocabulary=term.vocabulary).aggregate(models.Max("order"))["order__max"] or 0
        ) + 1
        term.save()
        return term
    stored = Term.objects.get(pk=term.pk)
    if "parent" in form.fields and parent != stored.parent:
        move_term(stored, parent)
        _mark(term, "parent")
    term.parent_id = stored.parent_id
    term.save()
    return term


def _apply_labels(term: Term, form: TermForm) -> None:
    labels, confirmed = form.labels(), form.confirmed()
    languages = {*labels, *term.labels}
    changed = {language for language in languages if labels.get(language) != term.labels.get(language)}
    fresh = {language for language in changed if language not in term.labels and language != "en"}
    drafts = {*term.draft_languages, *fresh} - confirmed
    edited = {*term.edited_languages, *changed, *confirmed}
    term.labels = labels
    term.draft_languages = sorted(drafts & labels.keys())
    term.edited_languages = sorted(edited)


def _apply_others(term: Term, form: TermForm) -> None:
    text = form.cleaned_data["description"].strip()
    others = {language: value for language, value in term.descriptions.items() if language != "en"}
    descriptions = {"en": text, **others} if text else others
    for name, value in (("descriptions", descriptions), ("facts", form.facts())):
        if getattr(term, name) != value:
            setattr(term, name, value)
            _mark(term, name)


def _mark(term: Term, name: str) -> None:
    term.edited_fields = sorted({*term.edited_fields, name})


class TermAddView(generic.CreateView):
    """A new term; without `?vocabulary=` the vocabulary is asked for first."""

    template_name = "cases/term_admin/form.html"
    success_message = _("Term “%(object)s” added.")
    error_message = _("The term was not added: see the messages below.")
    submit_button_label = _("Add term")

    @cached_property
    def vocabulary(self) -> str:
        """The chosen vocabulary, or nothing."""
        name = self.request.GET.get("vocabulary", "")
        return name if name in VOCABULARIES else ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.user_has_permission("add"):
            raise PermissionDenied
        if not self.vocabulary:
            items = with_overview([{"url": reverse("wagtailadmin_home"), "label": _("Home")}])
            context = {"form": VocabularyForm(), "header_title": _("New term"), "breadcrumbs_items": items}
            return render(request, "cases/term_admin/choose_vocabulary.html", context)
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> Term:
        return Term(vocabulary=self.vocabulary)

    def get_add_url(self) -> str:
        return f"{reverse('terms:add')}?{urlencode({'vocabulary': self.vocabulary})}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return with_overview(super().get_breadcrumbs_items())

    def get_page_subtitle(self) -> str:
        return str(VOCABULARIES[self.vocabulary].title)

    def save_instance(self) -> Term:
        term = apply_form(self.form)
        log(term, "wagtail.create", user=self.request.user)
        return term

    def get_success_url(self) -> str:
        return f"{reverse('terms:index')}?{urlencode({'vocabulary': self.vocabulary})}"


class TermEditView(generic.EditView):
    """A term's form; read-only for those who may only look."""

    permission_required = None
    any_permission_required = READERS
    template_name = "cases/term_admin/form.html"
    success_message = _("Term “%(object)s” saved.")
    error_message = _("The term was not saved: see the messages below.")

    def get_queryset(self) -> models.QuerySet[Term]:
        return Term.objects.select_related("successor", "parent")

    @cached_property
    def can_change(self) -> bool:
        """Whether the user may do more than look."""
        return bool(self.user_has_permission("change"))

    @property
    def can_delete(self) -> bool:
        """Nobody deletes a term, not even a superuser."""
        return False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.can_change:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class: type[TermForm] | None = None) -> TermForm:
        form: TermForm = super().get_form(form_class)
        if not self.can_change:
            for field in form.fields.values():
                field.disabled = True
        return form

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return with_overview(super().get_breadcrumbs_items())

    def form_valid(self, form: TermForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except TermChangeError as error:
            form.add_error("parent", str(error))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Term:
        term = apply_form(self.form)
        log(term, "wagtail.edit", user=self.request.user)
        return term

    def get_success_url(self) -> str:
        return f"{reverse('terms:index')}?{urlencode({'vocabulary': self.object.vocabulary})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses = [(reference.title, count) for reference, count in usage(self.object).items()]
        context: dict[str, Any] = super().get_context_data(
            vocabulary=VOCABULARIES[self.object.vocabulary],
            uses=uses,
            used=sum(count for _title, count in uses),
            can_change=self.can_change,
            **kwargs,
        )
        return context
