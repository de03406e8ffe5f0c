"""Which entries a person knows from inside beyond those of the own team's subtree."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast

from wagtail.models import Page, ReferenceIndex, WorkflowState

from cases.models import EntryPage, Tag
from cases.models.entry_rows import EntryTag
from cases.people import is_reviewer, teams_of
from core.access import knowledge, tags
from core.access.demands import register_page
from core.access.knowledge import Insider, known

OF_ENTRIES: Final = (
    "cases_authoring:translate",
    "cases_authoring:confirm",
    "confirm_review",
    "entry_findings",
    "entry_versions",
    "teams:co_teams",
    "teams:transfer",
    "withdraw",
)
"""Addresses of this room whose `pk` is an entry that must be known from inside."""


def install() -> None:
    """Tell `core.access`."""
    knowledge.register("co-author teams", coauthored)
    knowledge.register("submitted entries, for reviewers", under_review)
    tags.register_tags(Tag, known_tags)
    for address in OF_ENTRIES:
        register_page(address)
    register_page("cases_authoring:start_from", depth=Insider.may_know)


def coauthored(user: Any) -> Q | None:
    """Entries, in all languages, of which a team of the person is a co-author."""
    teams = teams_of(user)
    if not teams:
        return None
    return Q(translation_key__in=EntryPage.objects.filter(co_teams__in=teams).values("translation_key"))


def under_review(user: Any) -> Q | None:
    """What waits in a workflow is read by reviewers, as long as it waits."""
    if not is_reviewer(user):
        return None
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    pages = waiting.filter(base_content_type=ReferenceIndex._get_base_content_type(Page))
    return Q(
        pk__in=EntryPage.objects.filter(pk__in=pages.values(page_id=Cast("object_id", BigIntegerField()))).values("pk")
    )


def known_tags(found: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Keywords that stand on an entry of which the person may know."""
    pages = known(Page.objects.all(), user)
    return found.filter(pk__in=EntryTag.objects.filter(content_object__in=pages.values("pk")).values("tag"))
