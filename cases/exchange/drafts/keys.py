"""Primary keys given before the rows are written, so that rows can name each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models


class Keys:
    """Primary keys that nobody else gets."""

    def __init__(self) -> None:
        self._last: dict[type[models.Model], int] = {}

    def reserve(self, model: type[models.Model], number: int) -> Sequence[int]:
        """So many keys for new rows."""
        if not number:
            return ()
        if connection.vendor == "postgresql":
            return self._from_sequence(model, number)
        if model not in self._last:
            self._last[model] = self._last_given(model)
        first = self._last[model] + 1
        self._last[model] += number
        return range(first, first + number)

    def _from_sequence(self, model: type[models.Model], number: int) -> list[int]:
        column = model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{model._meta.db_table}"', column, number],
            )
            return [row[0] for row in cursor.fetchall()]

    def _last_given(self, model: type[models.Model]) -> int:
        """SQLite: the transaction holds the only write lock, so that nobody else gives keys meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            row = cursor.fetchone()
        highest = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        return max(row[0] if row else 0, highest)
