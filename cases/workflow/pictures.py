"""Reviewers see the pictures of what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from wagtail.models import Page, ReferenceIndex, Revision

from cases import people
from cases.workflow.models import Submission
from core.models import Picture

if TYPE_CHECKING:
    from core.models import File


def review_rule(owner: File | Picture, user: Any) -> bool | None:
    """Open a picture to reviewers while a draft that shows it is under review; a rule of `core.files`.

    Of attachments and records of consent it says nothing: these have rules of their own.
    """
    if not isinstance(owner, Picture) or not user.is_authenticated or not people.is_reviewer(user):
        return None
    return True if _in_first_drafts(owner) or _in_newer_drafts(owner) else None


def _in_first_drafts(picture: Picture) -> bool:
    """Whether the row of a page under review shows it: of a page that was never public, the row is the draft."""
    shown = ReferenceIndex.get_references_to(picture).filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page)
    )
    pages = shown.values(page_id=Cast("object_id", BigIntegerField()))
    return bool(Submission.objects.under_review().filter(entry__in=pages).exists())


def _in_newer_drafts(picture: Picture) -> bool:
    """Whether a draft under review on top of a live entry shows it: the index knows nothing of those."""
    return any(_shows(revision, picture) for revision in _drafts_that_may_show(picture))


def _drafts_that_may_show(picture: Picture) -> Any:
    """Drafts in whose text the key stands at a place where one could: few are left to be read."""
    under_review = Submission.objects.under_review().exclude(entry__latest_revision=F("entry__live_revision"))
    drafts = Revision.page_revisions.filter(pk__in=under_review.values("entry__latest_revision"))
    drafts = drafts.annotate(cover=KT("content__cover"), story=KT("content__story"))
    return drafts.filter(Q(cover=str(picture.pk)) | Q(story__contains=str(picture.pk))).order_by("pk")


def _shows(revision: Revision, picture: Picture) -> bool:
    wanted = (ContentType.objects.get_for_model(Picture).pk, str(picture.pk))
    references = ReferenceIndex._extract_references_from_object(revision.as_object())
    return any(wanted == (content_type, str(key)) for content_type, key, *_path in references)
