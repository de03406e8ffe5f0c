"""Primary keys given before the rows are written, so that rows can name each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models, transaction


def reserve(model: type[models.Model], number: int) -> Sequence[int]:
    """So many keys that nobody else gets, taken at once: what is not used in the end leaves a gap, as sequences do."""
    if not number:
        return ()
    return _from_sequence(model, number) if connection.vendor == "postgresql" else _from_counter(model, number)


def _from_sequence(model: type[models.Model], number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{model._meta.db_table}"', model._meta.pk.column, number],
        )
        return [row[0] for row in cursor.fetchall()]


def _from_counter(model: type[models.Model], number: int) -> range:
    """SQLite counts the keys it gave in a table; a short transaction moves the count on."""
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        if row:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + number, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + number])
    return range(last + 1, last + number + 1)
