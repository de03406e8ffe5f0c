"""The admin's pages for starting from an entry and for translating one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Locale

from cases.authoring.starting import as_read_by, may_start_from, start_from
from cases.authoring.translations import CONFIRM, start_translation
from cases.models import CountryTeamPage, EntryPage
from cases.models.progress import confirm


def homes_of(user: Any, kind: type[EntryPage]) -> list[CountryTeamPage]:
    """The team pages under which this person may write entries, one for each team and language."""
    pages = CountryTeamPage.objects.filter(team__archived_at=None).select_related("team", "locale")
    found = pages.order_by("team__name", "locale_id")
    return [page for page in found if page.permissions_for_user(user).can_add_subpage()]


class EntryView(WagtailAdminTemplateMixin):
    """A page of the admin about one entry, by its primary key in the address."""

    kwargs: dict[str, Any]
    request: HttpRequest
    _show_breadcrumbs = True

    @cached_property
    def entry(self) -> EntryPage:
        """The entry of the address, or 404."""
        found: EntryPage = get_object_or_404(EntryPage, pk=self.kwargs["pk"]).specific
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        mine = {"url": reverse("cases_authoring:mine"), "label": _("My cases")}
        return [home, mine, {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}]


class StartForm(forms.Form):
    """Title, team and what is taken over."""

    title = forms.CharField(
        label=gettext_lazy("Title of the new entry"),
        max_length=255,
        help_text=gettext_lazy("What it is, where and for whom, in one line."),
    )
    home = forms.ModelChoiceField(label=gettext_lazy("Team"), queryset=CountryTeamPage.objects.none(), empty_label=None)
    keep_texts = forms.BooleanField(
        label=gettext_lazy("Keep the texts"),
        required=False,
        help_text=gettext_lazy("To rewrite them. Without it, the article is empty."),
    )
    keep_tags = forms.BooleanField(label=gettext_lazy("Keep the tags"), required=False)

    def __init__(self, *args: Any, homes: list[CountryTeamPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["home"]
        field.queryset = CountryTeamPage.objects.filter(pk__in=[home.pk for home in homes]).select_related("team")
        field.label_from_instance = lambda home: home.team.name
        if len(homes) == 1:
            field.initial = homes[0].pk
            field.widget = forms.HiddenInput()


class StartFromView(EntryView, FormView):  # type: ignore[type-arg]
    """A new draft in the own team from a published entry or one of the own team."""

    form_class = StartForm
    template_name = "cases/authoring/start_from.html"
    page_title = gettext_lazy("Start from this entry")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_start_from(request.user, self.entry):  # type: ignore[arg-type]
            raise Http404
        if not self.homes:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def base(self) -> EntryPage:
        """The entry as this person may read it."""
        return as_read_by(self.request.user, self.entry)  # type: ignore[arg-type]

    @cached_property
    def homes(self) -> list[CountryTeamPage]:
        """The own team pages in the language of the entry."""
        every = homes_of(self.request.user, type(self.entry))
        return [home for home in every if home.locale_id == self.entry.locale_id]

    def get_page_subtitle(self) -> str:
        return str(self.base.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "homes": self.homes}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(base=self.base, **kwargs)

    def form_valid(self, form: StartForm) -> HttpResponse:
        kept = {name: form.cleaned_data[name] for name in ("keep_texts", "keep_tags")}
        home, title = form.cleaned_data["home"], form.cleaned_data["title"]
        draft = start_from(self.base, home, title, self.request.user, **kept)  # type: ignore[arg-type]
        values = {"title": draft.title, "base": self.base.title}
        messages.success(self.request, _("The draft “%(title)s” was started from “%(base)s”.") % values)
        return redirect("wagtailadmin_pages:edit", draft.pk)


class TranslateView(EntryView, TemplateView):
    """Begin a translation: asks on GET, does it on POST; one that was begun opens."""

    template_name = "cases/authoring/translate.html"
    page_title = gettext_lazy("Translate")
    header_icon = "globe"

    @cached_property
    def locale(self) -> Locale:
        """The language of the address, or 404."""
        found: Locale = get_object_or_404(Locale, language_code=self.kwargs["language"])
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        original = self.entry
        if original.is_translation or original.alias_of_id or original.locale_id == self.locale.pk:
            raise Http404
        if not may_translate(request.user, original, self.locale):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.entry.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(original=self.entry, locale=self.locale, **kwargs)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Begin it, or open what was begun."""
        page = start_translation(self.entry, self.locale, request.user)  # type: ignore[arg-type]
        return redirect("wagtailadmin_pages:edit", page.pk)


def may_translate(user: Any, original: EntryPage, locale: Locale) -> bool:
    """Whether this person may edit the original and write for its team in that language."""
    home = CountryTeamPage.objects.filter(team=original.team_id, locale=locale).first()
    may_write = home is not None and home.permissions_for_user(user).can_add_subpage()
    return may_write and original.permissions_for_user(user).can_edit()


class ConfirmView(EntryView, TemplateView):
    """Say that a translation still says what its original says."""

    template_name = "cases/authoring/confirm.html"
    page_title = gettext_lazy("The translation is still right")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.entry.is_translation:
            raise Http404
        if not self.entry.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.entry.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(translation=self.entry, **kwargs)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Note it, and who said so."""
        confirm(self.entry)
        log(self.entry, CONFIRM, user=request.user)
        messages.success(request, _("Noted: the translation still says what its original says."))
        return redirect("wagtailadmin_pages:edit", self.entry.pk)
