"""What is waiting to be told to the search index, and what is known of the index itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 3
"""Failures after which a change is set aside, so that it holds up no other."""


class IndexChangeQuerySet(models.QuerySet["IndexChange"]):
    """The groups of rows that delivery, searches and the panel ask for."""

    def due(self) -> IndexChangeQuerySet:
        """Whose time has come, delivered or not. Only appointments have one: a clock may be set back meanwhile."""
        return self.filter(Q(appointment=False) | Q(due_at__lte=timezone.now()))

    def waiting(self) -> IndexChangeQuerySet:
        """Due, not delivered and not set aside."""
        return self.due().filter(delivered_at=None, attempts__lt=MAX_ATTEMPTS)

    def set_aside(self) -> IndexChangeQuerySet:
        """Which failed too often."""
        return self.filter(delivered_at=None, attempts__gte=MAX_ATTEMPTS)


class IndexChange(models.Model):
    """One thing that changed, written in the transaction that changed it; the rows are the outbox.

    Rows are added and, once the index has what they name, deleted. `target` is the translation key of an entry, or the
    primary key of what the scope names; it becomes entries at delivery only. An appointment is a row of the future:
    the end of an embargo, or an expiry. A removal hides its entry from every search until it is delivered, one by
    appointment from `due_at` on. `delivered_at` is set, in place of deletion, while a rebuild still has to be told of
    the row.
    """

    class Scope(models.TextChoices):
        """What `target` is the key of."""

        ENTRY = "entry", _("entry")
        SUBTREE = "subtree", _("page and all below it")
        TERM = "term", _("term")
        ORGANISATION = "organisation", _("organisation")
        TEAM = "team", _("team")
        PICTURE = "picture", _("picture")
        TAG = "tag", _("tag")
        ALL = "all", _("all entries")

    scope = models.CharField(_("scope"), max_length=12, choices=Scope.choices)
    target = models.CharField(_("target"), max_length=36, blank=True)
    removal = models.BooleanField(_("removal"), default=False)
    appointment = models.BooleanField(default=False, editable=False)
    due_at = models.DateTimeField(_("since"), default=timezone.now, db_index=True)
    delivered_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failed_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = IndexChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change for the search index")
        verbose_name_plural = _("changes for the search index")
        default_permissions = ("view", "change")
        indexes = [
            models.Index(
                fields=["due_at", "target"], condition=Q(removal=True, delivered_at=None), name="index_change_removals"
            ),
            models.Index(fields=["scope", "target"], name="index_change_target"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.target}"


class IndexState(models.Model):
    """One row: the last rebuild, what was found to be wrong with the index since, and the rebuild that runs."""

    ROW = 1

    engine = models.CharField(max_length=40, blank=True)
    rebuilt_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    documents = models.PositiveIntegerField(default=0)
    # Cases that go on count for every year up to this one: another year makes another index.
    year = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    # How far a rebuild is; what an interrupted one left here means nothing, its lock is gone.
    begun_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    objects: models.Manager[IndexState] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.engine} {self.rebuilt_at}"

    @classmethod
    def current(cls) -> IndexState:
        """The row, or an empty one that is not saved; one SQL."""
        return cls.objects.filter(pk=cls.ROW).first() or cls(pk=cls.ROW)
