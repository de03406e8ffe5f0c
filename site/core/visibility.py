"""What the public may find: the one rule that pages, files, search, exports, feeds and tests ask."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

from core.models import Withdrawal

P = TypeVar("P", bound=Page)
Condition = Callable[[], Q]
_conditions: dict[str, Condition] = {}


class Standing(Enum):
    """What a visitor who asks for a page meets."""

    OPEN = "open"
    RESTRICTED = "restricted"  # closed by nothing but a view restriction: Wagtail asks for the key
    HIDDEN = "hidden"


def register(name: str, condition: Condition) -> None:
    """Let another room add what a page must fulfil too; `condition` gives a `Q` on columns of `Page`."""
    _conditions[name] = condition


def findable(queryset: QuerySet[P]) -> QuerySet[P]:
    """Keep pages that are live, public with all their ancestors, past any embargo, not expired, not withdrawn.

    One SQL condition, however many restrictions there are. Works on `Page` and on every page type.
    """
    queryset = queryset.filter(released(), ~Exists(restrictions()), ~Exists(_withdrawals()))
    for condition in _conditions.values():
        queryset = queryset.filter(condition())
    return queryset


def is_findable(page: Page) -> bool:
    """Whether `page`, as the database has it, is findable; one SQL."""
    return page.pk is not None and findable(Page.objects.filter(pk=page.pk)).exists()


def standing(page: Page) -> Standing:
    """How far `page`, as the database has it, may be shown; one SQL."""
    facts = Page.objects.filter(released(), ~Exists(_withdrawals()), pk=page.pk).values_list(
        Exists(findable(Page.objects.filter(pk=OuterRef("pk")))), Exists(restrictions())
    )
    is_open, is_restricted = facts.first() or (False, False)
    if is_open:
        return Standing.OPEN
    return Standing.RESTRICTED if is_restricted else Standing.HIDDEN


def released(prefix: str = "") -> Q:
    """Live, past any embargo, not expired: of the page itself, or of the one that `prefix` (`original__`) leads to."""
    now = timezone.now()
    open_yet = Q((f"{prefix}go_live_at__isnull", True)) | Q((f"{prefix}go_live_at__lte", now))
    open_still = Q((f"{prefix}expire_at__isnull", True)) | Q((f"{prefix}expire_at__gt", now))
    return Q((f"{prefix}live", True)) & open_yet & open_still


def restrictions(prefix: str = "") -> QuerySet[PageViewRestriction]:
    """The restrictions on a page or an ancestor, for `Exists`; `prefix` as in `released`."""
    path = ExpressionWrapper(OuterRef(f"{prefix}path"), output_field=CharField())
    return PageViewRestriction.objects.annotate(asked=path).filter(asked__startswith=F("page__path"))


def _withdrawals() -> QuerySet[Withdrawal]:
    return Withdrawal.objects.filter(translation_key=OuterRef("translation_key"), restored_at__isnull=True)
