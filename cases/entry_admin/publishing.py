"""Publishing many pages at once: all or none, with the gaps of each entry named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.models import Page

from cases.gates import Gap, gaps
from cases.models import EntryPage


def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: Any
) -> HttpResponse | None:
    """Stop the bulk action “publish” when an entry has gaps, and say which ones."""
    if action_type != "publish":
        return None
    with_descendants = action.cleaned_form.cleaned_data.get("include_descendants")
    found = [(page, missing) for page in _published(objects, with_descendants) if (missing := gaps(page))]
    for page, missing in found:
        messages.error(request, _refusal(page, missing))
    return redirect(action.next_url) if found else None


def _published(objects: Iterable[Page], with_descendants: bool) -> Iterator[EntryPage]:
    """The drafts of the entries that the action would publish."""
    for page in objects:
        pages = [page, *page.get_descendants().not_live()] if with_descendants else [page]
        for candidate in pages:
            latest = candidate.specific.get_latest_revision_as_object()
            if isinstance(latest, EntryPage):
                yield latest


def _refusal(page: EntryPage, missing: Iterable[Gap]) -> str:
    lines = format_html_join("", "<li>{}</li>", ((gap.message,) for gap in missing))
    intro = _("Nothing was published: “%(title)s” has gaps.") % {"title": page.get_admin_display_title()}
    return format_html("{}<ul>{}</ul>", intro, lines)
