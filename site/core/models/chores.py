"""When each chore was done last, and when it is due again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class ChoreRun(models.Model):
    """One row a chore; the process that moves `due_at` on has taken it (see `core.chores`)."""

    TROUBLE_LENGTH: ClassVar[int] = 300

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=TROUBLE_LENGTH, blank=True)

    objects: models.Manager[ChoreRun] = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
