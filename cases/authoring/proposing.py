"""The page on which an author proposes a term."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import CreateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cases import people
from cases.authoring.proposals import may_propose, propose, same_label
from cases.models import EntryPage, TermProposal
from cases.term_fields import TERM_FIELDS, TermField
from cases.vocabularies.registry import VOCABULARIES


class ProposalForm(forms.ModelForm[TermProposal]):
    """What it is called, in which language, and what it means."""

    class Meta:
        model = TermProposal
        fields = ["label", "language", "meaning"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=gettext_lazy("Language of the term"), choices=settings.LANGUAGES, initial=get_language()
        )
        self.fields["meaning"].widget.attrs["rows"] = 4

    def clean_label(self) -> str:
        """Not one that is there, nor one that this person has proposed already."""
        label: str = " ".join(self.cleaned_data["label"].split())
        vocabulary = self.instance.vocabulary
        if found := same_label(vocabulary, label):
            text = _("There is such a term already: “%(term)s”. Choose it in the list.")
            raise ValidationError(text % {"term": found})
        waiting = TermProposal.objects.filter(state=TermProposal.State.OPEN, vocabulary=vocabulary, label__iexact=label)
        if waiting.filter(proposed_by=self.instance.proposed_by).exists():
            raise ValidationError(_("You have proposed this term already; editors have not decided yet."))
        return label


class ProposeView(WagtailAdminTemplateMixin, CreateView):  # type: ignore[type-arg]
    """`?entry=` names the draft in which the term is wanted."""

    model = TermProposal
    form_class = ProposalForm
    template_name = "cases/authoring/propose.html"
    page_title = gettext_lazy("Propose a term")
    header_icon = "plus"
    _show_breadcrumbs = True
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not (people.teams_of(request.user) or people.is_moderator(request.user)):
            raise PermissionDenied
        if self.entry is not None and not self.entry.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def field(self) -> TermField:
        """The choice of the address, or 404."""
        field = TERM_FIELDS.get(self.kwargs["field"])
        if field is None or not may_propose(field):
            raise Http404
        return field

    @cached_property
    def entry(self) -> EntryPage | None:
        """The draft in which the term is wanted, if it is saved already."""
        key = self.request.GET.get("entry", "")
        return get_object_or_404(EntryPage, pk=int(key)) if key.isdecimal() and len(key) < MOST_DIGITS else None

    def get_page_subtitle(self) -> str:
        return str(self.field.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
        if self.entry is not None:
            items.append({"url": self.back_url, "label": self.entry.get_admin_display_title()})
        return [*items, {"url": "", "label": self.get_page_title()}]

    @property
    def back_url(self) -> str:
        """The editor from which the author came."""
        if self.entry is None:
            return reverse("cases_authoring:mine")
        return reverse("wagtailadmin_pages:edit", args=[self.entry.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        proposal = TermProposal(
            vocabulary=self.field.vocabulary, field=self.field.name, entry=self.entry, proposed_by=user
        )
        return {**super().get_form_kwargs(), "instance": proposal}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vocabulary = VOCABULARIES[self.field.vocabulary].title
        return super().get_context_data(vocabulary=vocabulary, back_url=self.back_url, entry=self.entry, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        form.instance.label = form.cleaned_data["label"]
        propose(form.instance)
        text = _("“%(term)s” is proposed. You get a mail when an editor has decided.")
        messages.success(self.request, text % {"term": form.instance.label})
        return redirect(self.back_url)


MOST_DIGITS = 18
