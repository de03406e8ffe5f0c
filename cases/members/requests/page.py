"""The public page on which anybody asks for an account; works without script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases.members.requests.answers import receive
from cases.models import AccountRequest, CountryTeam
from core.guarding import GuardedForm, allowed

MOST: Final = 5
PER: Final = timedelta(hours=1)


class AskForm(GuardedForm):
    """Who wants to take part, and in what."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As colleagues may call you. Where it is safer, another name."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    team = forms.ModelChoiceField(
        label=_("Country team"),
        queryset=CountryTeam.objects.none(),
        required=False,
        empty_label=_("My country is not in the list"),
    )
    message = forms.CharField(
        label=_("What do you want to write about?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few sentences for the editors. Name no person who could be harmed by it."),
    )
    field_order = ["name", "email", "organisation", "team", "message", "website", "drawn"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = CountryTeam.objects.filter(archived_at=None).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def request(self, language: str) -> AccountRequest:
        """What was asked for."""
        names = ("name", "email", "organisation", "team", "message")
        return AccountRequest(language=language, **{name: self.cleaned_data[name] for name in names})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form. Whoever sends it is thanked alike, whether they wait already, have an account or are a program."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, 422)
    if not form.is_trapped:
        if not allowed(request, "account request", MOST, PER):
            form.add_error(None, _("Too many requests came from where you are. Try again in an hour."))
            return _page(request, form, 429)
        receive(form.request(get_language() or "en"))
    return redirect("account_request_thanks")


def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "cases/members/ask_thanks.html")


def _page(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    return render(request, "cases/members/ask.html", {"form": form}, status=status)


urlpatterns = [
    path("join/", ask, name="ask_for_account"),
    path("join/thanks/", thanks, name="account_request_thanks"),
]
