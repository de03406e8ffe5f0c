"""Proposed terms for editors: the list, and the page on which one is accepted, mapped to a term or refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies import ModelPermissionPolicy

import django_filters

from cases.authoring import proposals
from cases.models import Term, TermProposal
from cases.models.terms import kebab_case
from cases.term_admin.forms import DESCRIPTION_LENGTH, LABEL_LENGTH
from cases.term_admin.listing import with_overview
from cases.term_admin.operations import OperationView
from cases.vocabularies.registry import VOCABULARIES, titles

EDITING = ["add", "change"]


class ProposalFilterSet(WagtailFilterSet):
    """By state and vocabulary; without a choice, those that wait."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=TermProposal.State.choices)
    vocabulary = django_filters.ChoiceFilter(label=gettext_lazy("Vocabulary"), choices=titles)

    class Meta:
        model = TermProposal
        fields = ["state", "vocabulary"]


class ProposalListView(generic.IndexView):
    """All proposals, those that wait first."""

    model = TermProposal
    permission_policy = ModelPermissionPolicy(Term)
    any_permission_required = EDITING
    page_title = gettext_lazy("Proposed terms")
    header_icon = "list-ul"
    filterset_class = ProposalFilterSet
    paginate_by = 50
    is_searchable = True
    search_fields: ClassVar[list[str]] = ["label", "meaning"]
    search_backend_name = None
    default_ordering = "-proposed_at"
    index_url_name = "term_proposals:index"
    index_results_url_name = "term_proposals:index_results"
    verbose_name_plural = gettext_lazy("proposed terms")

    @cached_property
    def columns(self) -> list[Column]:
        url: Callable[[TermProposal], str] = lambda row: reverse("term_proposals:decide", args=[row.pk])  # noqa: E731
        return [
            TitleColumn("label", label=_("Proposed term"), sort_key="label", get_url=url, width="35%"),
            Column("vocabulary", label=_("Vocabulary"), sort_key="vocabulary", accessor=_vocabulary),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            UserColumn("proposed_by", label=_("Proposed by")),
            DateColumn("proposed_at", label=_("Proposed"), sort_key="proposed_at"),
        ]

    def get_base_queryset(self) -> QuerySet[TermProposal]:
        return TermProposal.objects.select_related("proposed_by__wagtail_userprofile")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return with_overview([{"url": reverse("wagtailadmin_home"), "label": _("Home")}, _here(self.page_title)])


def _vocabulary(row: TermProposal) -> str:
    return str(VOCABULARIES[row.vocabulary].title)


def _here(label: Any) -> dict[str, Any]:
    return {"url": "", "label": label}


class AcceptForm(forms.Form):
    """The new term: its code for ever, its English label, the label that was proposed, its meaning."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays for ever and is never used again."),
    )
    label_en = forms.CharField(label=gettext_lazy("English label"), max_length=LABEL_LENGTH)
    description = forms.CharField(
        label=gettext_lazy("Description in English"),
        required=False,
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, proposal: TermProposal, prefix: str) -> None:
        english = proposal.label if proposal.language == "en" else ""
        initial = {"code": slugify(english), "label_en": english, "label_own": proposal.label}
        super().__init__(data, initial=initial, prefix=prefix)
        self.proposal = proposal
        if proposal.language != "en":
            name = dict(settings.LANGUAGES)[proposal.language]
            self.fields["label_own"] = forms.CharField(label=name, max_length=LABEL_LENGTH)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        kebab_case(code)
        if Term.objects.filter(vocabulary=self.proposal.vocabulary, code=code).exists():
            raise ValidationError(_("“%(code)s” is or was in use in this vocabulary."), params={"code": code})
        return code

    def term(self) -> Term:
        """The term, unsaved; a label in another language counts as a draft until an editor confirms it."""
        labels, language = {"en": self.cleaned_data["label_en"]}, self.proposal.language
        if language != "en":
            labels[language] = self.cleaned_data["label_own"]
        text = self.cleaned_data["description"].strip()
        return Term(
            vocabulary=self.proposal.vocabulary,
            code=self.cleaned_data["code"],
            labels=labels,
            descriptions={"en": text} if text else {},
            draft_languages=[language] if language != "en" else [],
            edited_languages=sorted(labels),
        )


class MapForm(forms.Form):
    """The term that serves."""

    term = forms.ModelChoiceField(label=gettext_lazy("Term"), queryset=Term.objects.none())

    def __init__(self, *args: Any, proposal: TermProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["term"]
        field.queryset = Term.objects.filter(vocabulary=proposal.vocabulary, retired_at=None).order_by("order", "code")


class RefuseForm(forms.Form):
    """Why not; the author reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The author gets it by mail."),
    )

    def __init__(self, *args: Any, proposal: TermProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


FORMS: dict[str, type[forms.Form]] = {"accept": AcceptForm, "map": MapForm, "refuse": RefuseForm}


class DecideView(OperationView):
    """One proposal with the three ways to decide; a decision is final."""

    template_name = "cases/term_admin/proposal.html"

    @cached_property
    def proposal(self) -> TermProposal:
        """The proposal of the address, or 404."""
        rows = TermProposal.objects.select_related("entry", "proposed_by", "decided_by", "term")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Proposed term: “%(term)s”") % {"term": self.proposal.label}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        every = {"url": reverse("term_proposals:index"), "label": _("Proposed terms")}
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return with_overview([home, every, _here(self.proposal.label)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = kwargs.pop("form", None)
        made = {name: form(prefix=name, proposal=self.proposal) for name, form in FORMS.items()}  # type: ignore[call-arg]
        if given is not None:
            made[given.prefix] = given
        waits = self.proposal.state == TermProposal.State.OPEN
        context = {"proposal": self.proposal, "vocabulary": _vocabulary(self.proposal), "waits": waits, "forms": made}
        return super().get_context_data(language=dict(settings.LANGUAGES)[self.proposal.language], **context, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide as the form says that was sent."""
        kind = request.POST.get("decision", "")
        if kind not in FORMS:
            messages.error(request, _("Choose one of: accept, map, refuse."))
            return redirect("term_proposals:decide", pk)
        form: Any = FORMS[kind](request.POST, prefix=kind, proposal=self.proposal)  # type: ignore[call-arg]
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            chosen = _decide(kind, form, self.proposal, request.user)
        except proposals.DecidedError:
            messages.error(request, _("Somebody else has decided in the meantime."))
            return redirect("term_proposals:decide", pk)
        messages.success(request, _said(self.proposal, chosen))
        return redirect("term_proposals:index")


def _decide(kind: str, form: Any, proposal: TermProposal, user: Any) -> bool:
    if kind == "accept":
        return proposals.accept(proposal, form.term(), user)
    if kind == "map":
        return proposals.map_to(proposal, form.cleaned_data["term"], user)
    return proposals.refuse(proposal, form.cleaned_data["reason"], user)


def _said(proposal: TermProposal, chosen: bool) -> str:
    if proposal.state == TermProposal.State.REFUSED:
        return _("Refused. The author is told why.")
    if chosen:
        return _("Decided. The term is chosen in the draft, and the author is told.")
    return _("Decided. The author is told, and chooses the term in the draft.")


class ProposalViewSet(ViewSet):
    """All addresses below `/admin/term-proposals/`."""

    name = "term_proposals"
    url_prefix = "term-proposals"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ProposalListView.as_view(), name="index"),
            path("results/", ProposalListView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", DecideView.as_view(), name="decide"),
        ]


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what editors decide, for the history."""
    actions.register_action(proposals.ACCEPT, _("Accept proposed term"), _("Accepted the proposed term"))
    actions.register_action(proposals.MAP, _("Map proposed term"), _("Named the term that serves"))
    actions.register_action(proposals.REFUSE, _("Refuse proposed term"), _("Refused the proposed term"))
