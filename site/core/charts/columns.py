"""Small columns that stand side by side, one a year; the table below them is their accessible form."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.charts.bars import Bar

WIDTH, HEIGHT, FOOT = 10, 60, 4


def columns(
    rows: Sequence[Bar], *, title: str | Promise, label: str | Promise, name: str = "columns", csv_url: str = ""
) -> SafeString:
    """The rows in their order, those of 0 as gaps; nothing where all are. `label` heads the table, `name` is the id."""
    highest = max((row.value for row in rows), default=0)
    if not highest:
        return mark_safe("")
    context = {
        "name": name,
        "title": title,
        "label": label,
        "csv_url": csv_url,
        "width": WIDTH * len(rows),
        "height": HEIGHT + FOOT,
        "drawn": mark_safe("".join(_column(n, row, highest) for n, row in enumerate(rows))),
        "rows": [row for row in rows if row.value],
        "first": rows[0],
        "last": rows[-1] if len(rows) > 1 else None,
    }
    return mark_safe(render_to_string("core/charts/columns.html", context))


def _column(n: int, row: Bar, highest: int) -> str:
    x = n * WIDTH
    ground = f'<rect class="columns__ground" x="{x}" y="{HEIGHT}" width="{WIDTH}" height="1"/>'
    if not row.value:
        return ground
    height = max(2, round(HEIGHT * row.value / highest))
    foot = f'<rect x="{x}" y="{HEIGHT}" width="{WIDTH}" height="{FOOT}"/>' if row.chosen else ground
    shapes = (
        f"<title>{escape(row.label)}: {row.number}</title>"
        f'<rect class="columns__field" x="{x}" y="0" width="{WIDTH}" height="{HEIGHT}"/>'
        f'<rect x="{x + 1}" y="{HEIGHT - height}" width="{WIDTH - 2}" height="{height}"/>{foot}'
    )
    look = f'class="columns__one{" is-chosen" if row.chosen else ""}"'
    if row.url:
        return f'<a {look} href="{escape(row.url)}" tabindex="-1">{shapes}</a>'
    return f"<g {look}>{shapes}</g>"
