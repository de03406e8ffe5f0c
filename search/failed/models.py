"""Counts of failed searches, a row a day, language and words."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext_lazy as _


class FailedSearchQuerySet(models.QuerySet["FailedSearch"]):
    """The rows as the report reads them."""

    def readable(self) -> models.QuerySet[FailedSearch, Any]:
        """One row for each language and words that enough searches had: how often, on how many days, when last."""
        rows = self.exclude(words="").order_by().values("words", "language")
        return rows.annotate(
            times=Sum("requests"), days=Count("day", distinct=True), last=Max("day"), most=Max("found")
        )


class FailedSearch(models.Model):
    """How many searches of one day failed with the same words, in one language.

    `words` stay empty, and only their fingerprint is known, until enough searches on enough days had them: what a
    single person typed is nobody's to read. Nothing tells who searched.
    """

    fingerprint = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=20)
    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=160, blank=True)
    requests = models.PositiveIntegerField(_("searches"), default=0)
    found = models.PositiveSmallIntegerField(_("found"), default=0)

    objects = models.Manager.from_queryset(FailedSearchQuerySet)()

    class Meta:
        verbose_name = _("failed search")
        verbose_name_plural = _("failed searches")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["fingerprint", "day"], name="failed_search_once_a_day")]
        indexes = [models.Index(fields=["day"], name="failed_search_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.words or self.fingerprint[:8]}"
