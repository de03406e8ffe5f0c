"""Which entries wait for an ethics moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from wagtail.models import Revision

from accounts.models import User
from accounts.roles import ETHICS
from cases.models import CaseStudyPage
from cases.workflow.authors import last_cleared

if TYPE_CHECKING:
    from cases.models import EntryPage


def needs_ethics(entry: EntryPage, revision: Revision) -> bool:
    """Whether `revision` has to be approved by an ethics moderator too.

    That is so when it is marked sensitive, and when the mark was taken away since the last approval by anybody but
    an ethics moderator, through whatever door. A translation follows its original.
    """
    if entry.original_id is None:
        return _is_sensitive(entry.pk, revision.pk)
    original = CaseStudyPage.objects.filter(pk=entry.original_id).select_related("latest_revision").first()
    if original is None:
        return False
    latest = original.latest_revision
    return original.sensitive or (latest is not None and _is_sensitive(original.pk, latest.pk))


def _is_sensitive(case_id: int, revision_id: int) -> bool:
    marked = CaseStudyPage.objects.filter(pk=case_id, live=True, sensitive=True).exists()
    saved = Revision.page_revisions.filter(object_id=str(case_id), pk__gte=last_cleared(case_id), pk__lte=revision_id)
    marks = list(saved.order_by("pk").values_list("user_id", "content__sensitive"))
    trusted = _ethics_moderators({user for user, _mark in marks if user is not None})
    for user, mark in marks:
        marked = bool(mark) or (marked and user not in trusted)
    return marked


def _ethics_moderators(keys: set[int]) -> set[int]:
    may = Q(is_superuser=True) | Q(groups__name=ETHICS)
    return set(User.objects.filter(may, pk__in=keys).values_list("pk", flat=True))
