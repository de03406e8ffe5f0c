"""The words of every case and method page, kept beside the page for engines that only have SQL."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from cases.models import EntryPage
from search.failed.models import FailedSearch
from search.synonyms.models import LoadedSynonyms, SynonymSet
from search.upkeep.models import IndexChange, IndexState

__all__ = ["EntryText", "FailedSearch", "IndexChange", "IndexState", "LoadedSynonyms", "SynonymSet"]


class EntryText(models.Model):
    """One page's texts in its language.

    `*_words` hold folded tokens, joined and surrounded by single spaces, so that ` token ` finds whole words only.
    """

    page = models.OneToOneField(EntryPage, primary_key=True, on_delete=models.CASCADE, related_name="entry_text")
    language = models.CharField(max_length=20)
    body = models.TextField()
    title_words = models.TextField()
    summary_words = models.TextField()
    body_words = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.language}:{self.title_words}"
