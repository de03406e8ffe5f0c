"""Statements that are made before the transaction in which they run: most of the time of an INSERT is Python's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.sql import InsertQuery

from cases.exchange.batches import chunked

Statement = tuple[str, Any]


def inserts(model: type[models.Model], rows: Sequence[Any]) -> Iterator[Statement]:
    """What `bulk_create` would run for the columns of one table; rows have all a primary key, or none."""
    if not rows:
        return
    keyless = rows[0].pk is None
    columns: list[Any] = [column for column in model._meta.local_concrete_fields if not column.generated]
    columns = [column for column in columns if not (keyless and isinstance(column, models.AutoField))]
    for batch in chunked(rows, max(connection.ops.bulk_batch_size(columns, rows), 1)):
        query = InsertQuery(model)
        query.insert_values(columns, batch)
        yield from query.get_compiler(connection=connection).as_sql()


def run(statements: Iterable[Statement]) -> None:
    """Run them, in the transaction of the caller."""
    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
