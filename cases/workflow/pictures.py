"""Reviewers see the pictures of what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField
from django.db.models.functions import Cast

from wagtail.models import Page, ReferenceIndex

from cases import people
from cases.workflow.models import Submission
from core.models import Picture

if TYPE_CHECKING:
    from core.models import File


def review_rule(owner: File | Picture, user: Any) -> bool | None:
    """Open a picture to reviewers while an entry that shows it is under review; a rule of `core.files`.

    Of attachments and records of consent it says nothing: these have rules of their own.
    """
    if not isinstance(owner, Picture) or not user.is_authenticated or not people.is_reviewer(user):
        return None
    shown = ReferenceIndex.get_references_to(owner).filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    pages = shown.values(page_id=Cast("object_id", BigIntegerField()))
    return True if Submission.objects.under_review().filter(entry__in=pages).exists() else None
