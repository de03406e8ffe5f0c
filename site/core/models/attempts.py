"""Who did how often what may be done only so often (see `core.guarding`)."""

from __future__ import annotations

from django.db import models


class Attempt(models.Model):
    """One time that a visitor sent a form; `who` is a pseudonym of a day."""

    what = models.CharField(max_length=60)
    who = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["what", "who", "at"], name="attempt_lookup")]

    def __str__(self) -> str:
        return f"{self.what} {self.at}"
