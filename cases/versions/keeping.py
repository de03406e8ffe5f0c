"""What was published is not deleted: doors of the admin say so instead of failing, and the one way that does erase."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.models import Page

from cases.versions.models import PublishedVersion


def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stop the deletion of a page when it, or one below it, was ever published; a `before_delete_page` hook."""
    if not has_versions([page]):
        return None
    messages.error(request, _refusal(page))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_bulk_deletion(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: Any
) -> HttpResponse | None:
    """Stop the bulk action “delete” when one of the pages was ever published; a `before_bulk_action` hook."""
    if action_type != "delete":
        return None
    kept = [page for page in objects if isinstance(page, Page) and has_versions([page])]
    for page in kept:
        messages.error(request, _refusal(page))
    return redirect(action.next_url) if kept else None


def has_versions(pages: Iterable[Page]) -> bool:
    """Whether one of the pages, or of those below them, has a published version."""
    return any(PublishedVersion.objects.filter(entry__path__startswith=page.path).exists() for page in pages)


@transaction.atomic
def erase(page: Page) -> None:
    """Delete a page with all below it and all that was ever published of them, for good; tombstones stay.

    No door of the admin leads here: it is for what a law orders to be erased.
    """
    # The newest first: a translation's version names an older one of its original.
    for version in PublishedVersion.objects.filter(entry__path__startswith=page.path).order_by("-pk"):
        version.delete()
    page.delete()


def _refusal(page: Page) -> str:
    text = _("“%(title)s” was not deleted. It has been published, and that stays on record: withdraw it instead.")
    return text % {"title": page.get_admin_display_title()}
