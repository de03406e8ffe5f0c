"""Publishing many pages at once: entries are left out, and the person is told before anything is published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.models import Page

from cases.models import EntryPage


def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: Any
) -> HttpResponse | None:
    """Stop the bulk action “publish” when entries are among the pages, or below them when these are meant too."""
    if action_type != "publish":
        return None
    with_descendants = bool(action.cleaned_form.cleaned_data.get("include_descendants"))
    # Wagtail has put aside what the person may not publish, which all entries are.
    chosen = EntryPage.objects.filter(pk__in=[key for key in request.GET.getlist("id") if key.isdecimal()])
    below = [page.get_descendants().not_live().values("pk") for page in objects if with_descendants]
    entries = [*chosen, *(entry for pages in below for entry in EntryPage.objects.filter(pk__in=pages))]
    found = [entry for entry in entries if entry.permissions_for_user(request.user).can_edit()]
    if not found:
        return None
    messages.error(request, _refusal(found))
    return redirect(action.next_url)


def _refusal(entries: Iterable[EntryPage]) -> str:
    lines = format_html_join("", "<li>{}</li>", ((entry.get_admin_display_title(),) for entry in entries))
    intro = _("Nothing was published. Entries go live by approval only: submit each of these.")
    return format_html("{}<ul>{}</ul>", intro, lines)
