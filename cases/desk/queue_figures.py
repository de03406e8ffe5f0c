"""The figures of the queue, in one query for everything that waits and one for what one has claimed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cases.desk.lists import list_url
from cases.desk.queue import FINDINGS, FREE, LATE, ClaimsList, QueueList, claimed, late, with_findings
from cases.desk.registry import Figure
from cases.workflow.models import Submission


def queue_figures(_user: Any) -> Iterator[Figure]:
    """What waits, what is late, what is sensitive, what nobody has claimed."""
    counts = Submission.objects.under_review().aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=late()),
        sensitive=Count("pk", filter=Q(risk=Submission.Risk.SENSITIVE)),
        found=Count("pk", filter=Q(with_findings())),
        held=Count("pk", filter=claimed()),
    )
    yield Figure(counts["waiting"], _("wait for a decision"), list_url(QueueList))
    yield Figure(counts["late"], _("overdue"), list_url(QueueList, f"?due={LATE}"), pressing=True)
    sensitive = list_url(QueueList, f"?risk={Submission.Risk.SENSITIVE.value}")
    yield Figure(counts["sensitive"], _("sensitive"), sensitive, pressing=True)
    found = list_url(QueueList, f"?risk={FINDINGS}")
    yield Figure(counts["found"], _("with open findings of personal data"), found, pressing=True)
    yield Figure(counts["waiting"] - counts["held"], _("claimed by nobody"), list_url(QueueList, f"?claim={FREE}"))


def claim_figures(user: Any) -> Iterator[Figure]:
    """What this moderator has claimed, and how much of it is late."""
    mine = Submission.objects.under_review().filter(claimed(claimed_by=user.pk))
    counts = mine.aggregate(all=Count("pk"), late=Count("pk", filter=late()))
    yield Figure(counts["all"], _("claimed by me"), list_url(ClaimsList))
    yield Figure(counts["late"], _("of these overdue"), list_url(ClaimsList, f"?due={LATE}"), pressing=True)
