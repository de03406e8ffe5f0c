"""Giving an entry to another team: its pages in every language move, files and rights follow, all or nothing."""

from __future__ import annotations

from itertools import count
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cases.members import coauthors, mails
from cases.members.entry_files import named_in_drafts, used_by
from cases.models import CountryTeam, CountryTeamPage, EntryPage
from core.models import File, Picture

STORED: Final[tuple[type[File | Picture], ...]] = (File, Picture)


class TransferError(ValueError):
    """A transfer that cannot be made; the text says why, for the editor who tried."""


@transaction.atomic
def transfer(entry: EntryPage, team: CountryTeam, by: Any, *, keep_as_co_author: bool = False) -> int:
    """Move the entry under the pages of `team` and return how many of its files could not follow.

    A file that another entry of the old team uses stays with that team. The reference stays, so links to it lead to
    the new address. Raises `TransferError`.
    """
    team = CountryTeam.objects.select_for_update().get(pk=team.pk)
    source: EntryPage = EntryPage.objects.select_related("team").get(pk=entry.original_id or entry.pk)
    old = source.team
    pages = _pages(source)
    _check(old, team, pages)
    homes = _homes(team, pages)
    _free_slug(pages, list(homes.values()))
    for page in pages:
        # Whether `by` may transfer was decided by the caller; Wagtail would ask for the right to publish.
        MovePageAction(page, homes[page.locale_id], pos="last-child", user=by).execute(skip_permission_checks=True)
    left = _take_files(pages, old, team)
    _change_teams(source, old, team, keep_as_co_author=keep_as_co_author)
    moved = EntryPage.objects.get(pk=source.pk).specific
    log(moved, "cases.transfer", user=by, data={"from": old.name, "to": team.name, "files_left": left})
    mails.transferred(moved, old, team, by)
    return left


def _check(old: CountryTeam, team: CountryTeam, pages: list[Any]) -> None:
    if old.pk == team.pk:
        raise TransferError(_("The entry belongs to %(team)s already.") % {"team": team})
    if team.archived_at is not None:
        raise TransferError(_("%(team)s is archived and takes no entries.") % {"team": team})
    if any(page.workflow_in_progress for page in pages):
        raise TransferError(_("The entry is submitted: decide on it first, or let its team take it back."))


def _pages(source: EntryPage) -> list[Any]:
    """The entry in every language, the original first."""
    pages = EntryPage.objects.filter(translation_key=source.translation_key).order_by("pk").specific()
    return sorted(pages, key=lambda page: page.pk != source.pk)


def _homes(team: CountryTeam, pages: list[Any]) -> dict[int, CountryTeamPage]:
    homes = {page.locale_id: page for page in CountryTeamPage.objects.filter(team=team)}
    missing = [str(page.locale) for page in pages if page.locale_id not in homes]
    if missing:
        text = _("%(team)s has no page in %(languages)s: nothing was moved.")
        raise TransferError(text % {"team": team, "languages": ", ".join(missing)})
    return homes


def _free_slug(pages: list[Any], homes: list[CountryTeamPage]) -> None:
    """Give the pages another slug where the new team has one like it; the same in every language."""
    own = [page.pk for page in pages]
    above = [home.path for home in homes] + [page.path[: -page.steplen] for page in pages]
    for page in pages:
        siblings = [pk for path in above for pk in _children(path, own, page.slug)]
        if siblings:
            break
    else:
        return
    slug = next(slug for slug in _variants(pages[0].slug) if not any(_children(path, own, slug) for path in above))
    for page in pages:
        page.slug = slug
        page.save()
        _rename_in_drafts(page, slug)


def _children(path: str, without: list[int], slug: str) -> list[int]:
    below = Page.objects.filter(path__startswith=path, depth=len(path) // Page.steplen + 1, slug=slug)
    return list(below.exclude(pk__in=without).order_by().values_list("pk", flat=True))


def _variants(slug: str) -> Any:
    return (f"{slug}-{number}" for number in count(2))


def _rename_in_drafts(page: Any, slug: str) -> None:
    """Revisions that may be published still hold the old slug."""
    revisions = Revision.page_revisions.filter(object_id=str(page.pk))
    waiting = revisions.filter(pk=page.latest_revision_id) | revisions.exclude(approved_go_live_at=None)
    for revision in waiting:
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "slug": slug})


def _take_files(pages: list[Any], old: CountryTeam, team: CountryTeam) -> int:
    """Move the entry's files into the new team's collection, and count those that others use too."""
    own = [page.pk for page in pages]
    entries = EntryPage.objects.filter(pk__in=own)
    others = EntryPage.objects.filter(team=old).exclude(pk__in=own)
    left = 0
    for model in STORED:
        named = used_by(model, entries).values_list("pk", flat=True)
        keys = {*named, *named_in_drafts(model, pages)}
        shared = set(used_by(model, others).values_list("pk", flat=True))
        for file in model.objects.filter(pk__in=keys, collection=old.collection_id).order_by("pk"):
            if file.pk in shared:
                left += 1
            else:
                file.collection = team.collection
                file.save(update_fields=["collection"])  # a signal tells the admin's search
    return left


def _change_teams(source: EntryPage, old: CountryTeam, team: CountryTeam, *, keep_as_co_author: bool) -> None:
    source.co_teams.remove(team)
    if keep_as_co_author and old.archived_at is None:
        source.co_teams.add(old)
    coauthors.follow([source.translation_key])
