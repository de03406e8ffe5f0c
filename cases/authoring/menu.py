"""Where authors find their pages: the menu, and buttons on entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from cases import people
from cases.models import EntryPage


class AuthorsItem(MenuItem):
    """For members of teams and for moderators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(people.teams_of(request.user) or people.is_moderator(request.user))


def my_cases() -> MenuItem:
    """The own entries, near the top of the menu."""
    return AuthorsItem(
        _("My cases"), reverse("cases_authoring:mine"), name="my-cases", icon_name="doc-full-inverse", order=50
    )


def translations() -> MenuItem:
    """The list of translations, among the reports."""
    return AuthorsItem(
        _("Translations"), reverse("cases_authoring:translations"), name="translations", icon_name="globe", order=900
    )


def start_button(page: Any, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """“Start from this” in the menu of an entry; it takes the place of Wagtail's copying (`no_bare_copies`)."""
    if isinstance(page, EntryPage) or issubclass(page.specific_class or object, EntryPage):
        url = reverse("cases_authoring:start_from", args=[page.pk])
        yield Button(_("Start a new one from this"), url, icon_name="copy", priority=35)


def no_bare_copies(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Copying an entry is starting from it: a bare copy would carry files, records of consent and evidence along."""
    if issubclass(page.specific_class or object, EntryPage):
        return redirect("cases_authoring:start_from", page.pk)
    return None
