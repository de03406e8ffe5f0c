"""Permanent references: `CCD-{ISO3 of the team, or INT}-{year}-{n}`."""

from __future__ import annotations

from django.db import models, transaction


class ReferenceCounter(models.Model):
    """The last number given for one code and year; its row is the lock under which the next is given."""

    code = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="reference_counter_once")]

    def __str__(self) -> str:
        return f"CCD-{self.code}-{self.year}-{self.last}"


def next_reference(code: str, year: int) -> str:
    """Give the next reference for a team code (`KEN`, `INT`) and a year; numbers start at 1 and are never reused."""
    return next_references(code, year, 1)[0]


def next_references(code: str, year: int, number: int) -> list[str]:
    """Give several references at once, in order."""
    with transaction.atomic():
        ReferenceCounter.objects.get_or_create(code=code, year=year)
        counter = ReferenceCounter.objects.select_for_update().get(code=code, year=year)
        given = []
        for _n in range(number):
            counter.last += 1
            given.append(str(counter))
        counter.save(update_fields=["last"])
        return given
