"""Wagtail's own ways to move and delete pages, held to the rules of teams; and the way to the teams of an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cases.members.admin.entries import transferred_text
from cases.members.rules import may_move_or_delete, may_share, may_transfer
from cases.members.transfers import TransferError, transfer
from cases.models import CountryTeamPage, EntryPage


def header_buttons(page: Page, user: Any, *_args: Any, **_kwargs: Any) -> Iterator[Button]:
    """Links to the teams of an entry above its pages, for those who may change them."""
    entry = _entry(page)
    if entry is not None:
        yield from _buttons(entry.pk, share=may_share(user, entry), transfer=may_transfer(user))


def listing_buttons(page: Page, user: Any, *_args: Any, **_kwargs: Any) -> Iterator[Button]:
    """The same in lists, for editors alone: to know more would cost a query a row."""
    if may_transfer(user) and issubclass(page.cached_content_type.model_class() or Page, EntryPage):
        yield from _buttons(page.pk, share=True, transfer=True)


def _buttons(key: int, *, share: bool, transfer: bool) -> Iterator[Button]:
    if share:
        yield Button(_("Teams of this entry"), reverse("teams:co_teams", args=[key]), icon_name="group", priority=66)
    if transfer:
        url = reverse("teams:transfer", args=[key])
        yield Button(_("Transfer to another team"), url, icon_name="resubmit", priority=67)


def move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Moving an entry under another team's page is a transfer, in every language; a receiver of `before_move_page`."""
    entry, home = _entry(page), CountryTeamPage.objects.select_related("team").filter(pk=destination.pk).first()
    if entry is None or home is None or home.team_id == entry.team_id:
        return None
    if not may_transfer(request.user):
        messages.error(request, _("Only editors give an entry to another team."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method != "POST":
        return HttpResponseRedirect(f"{reverse('teams:transfer', args=[entry.pk])}?team={home.team_id}")
    try:
        left = transfer(entry, home.team, request.user)
    except TransferError as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, transferred_text(entry, home.team, left))
    return redirect("wagtailadmin_explore", destination.pk)


def delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Co-authors edit an entry; deleting it is for its own team. A receiver of `before_delete_page`."""
    entry = _entry(page)
    if entry is None or may_move_or_delete(request.user, entry):
        return None
    messages.error(request, _("Only the team that an entry belongs to may delete it."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def bulk(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """The same for many at once; entries change their team one by one. A receiver of `before_bulk_action`."""
    if action_type not in {"move", "delete"}:
        return None
    entries = [entry for page in objects if isinstance(page, Page) and (entry := _entry(page))]
    if any(not may_move_or_delete(request.user, entry) for entry in entries):
        messages.error(request, _("Only the team that an entry belongs to may move or delete it."))
        return redirect(action.next_url)
    if action_type == "move" and any(_leaves_its_team(entry, action) for entry in entries):
        messages.error(request, _("Entries change their team one by one: use “Transfer to another team”."))
        return redirect(action.next_url)
    return None


def _leaves_its_team(entry: EntryPage, action: Any) -> bool:
    chosen = action.cleaned_form.cleaned_data.get("chooser")
    home = CountryTeamPage.objects.filter(pk=chosen.pk).first() if chosen else None
    return home is not None and home.team_id != entry.team_id


def _entry(page: Page) -> EntryPage | None:
    """The entry that a page is, with its team; nothing for any other page."""
    if isinstance(page, EntryPage):
        return page
    if not issubclass(page.cached_content_type.model_class() or Page, EntryPage):
        return None
    return EntryPage.objects.select_related("team").filter(pk=page.pk).first()
