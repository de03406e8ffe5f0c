"""The searched words are written in the transaction that writes the page."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from cases.models import CaseStudyPage, MethodPage
from search.texts import ENTRY_MODELS, keep


def connect() -> None:
    """Listen to every save of a case or method page."""
    for model in ENTRY_MODELS:
        post_save.connect(_keep_text, sender=model, dispatch_uid=f"search.text.{model.__name__}")


def _keep_text(
    sender: type[CaseStudyPage | MethodPage],
    instance: CaseStudyPage | MethodPage,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **_: Any,
) -> None:
    if raw:
        return
    if update_fields is None:
        keep([instance])
    elif not update_fields.isdisjoint(_read_fields(instance)):
        # Only the named fields were written: the instance may hold a draft in all others.
        keep([sender.objects.get(pk=instance.pk)])


def _read_fields(page: CaseStudyPage | MethodPage) -> set[str]:
    return {"title", "summary", "story", "reference", "locale", "places", *page.text_fields}
