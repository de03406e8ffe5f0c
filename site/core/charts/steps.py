"""Places on a short scale, drawn beside their names: levels by stage, scores by dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

CELL, HEIGHT, GAP = 24, 18, 2
UNMARKED = mark_safe("")
NOT_ASSESSED = _("not assessed")


@dataclass(frozen=True, slots=True)
class Step:
    """One row: its name, the place reached (None: nobody looked), its word, and what else is to say of it.

    `mark`, `word_mark` and `note_mark` hold the attributes of texts in another language; `strong` rows decide.
    """

    label: str
    level: int | None
    word: str = ""
    note: str = ""
    group: str | Promise = ""
    strong: bool = False
    mark: SafeString = UNMARKED
    word_mark: SafeString = UNMARKED
    note_mark: SafeString = UNMARKED


@dataclass(frozen=True, slots=True)
class Scale:
    """The places of the scale: the highest, the word for a row without any, from where on a place suffices."""

    highest: int
    none: str | Promise = NOT_ASSESSED
    enough: int | None = None


def steps(
    rows: Sequence[Step],
    scale: Scale,
    *,
    title: str | Promise,
    heads: Sequence[str | Promise],
    name: str = "steps",
    csv_url: str = "",
    mark: SafeString = UNMARKED,
) -> SafeString:
    """A table of the rows, each with its place drawn: `heads` are of name, place and, where a row has any, note.

    `name` is the first part of ids; `mark` holds the language of title and heads where it is not the page's.
    """
    context = {
        "groups": [(name, [(row, _drawn(row.level, scale)) for row in of]) for name, of in groupby(rows, _group)],
        "name": name,
        "title": title,
        "heads": heads,
        "noted": any(row.note for row in rows),
        "none": scale.none,
        "csv_url": csv_url,
        "mark": mark,
        "width": CELL * scale.highest,
        "height": HEIGHT,
    }
    return mark_safe(render_to_string("core/charts/steps.html", context))


def _group(row: Step) -> str:
    return str(row.group)


def _drawn(level: int | None, scale: Scale) -> SafeString:
    """The cells of a row: full up to the place reached, which is higher; a line stands where enough begins."""
    cells = [_cell(n, level or 0) for n in range(1, scale.highest + 1)]
    if scale.enough:
        x = (scale.enough - 1) * CELL
        cells.append(f'<path class="steps__enough" d="M{x} 0V{HEIGHT}"/>')
    return mark_safe("".join(cells))


def _cell(n: int, level: int) -> str:
    look = "is-reached" if n == level else "is-full" if n < level else "is-empty"
    top = GAP if n == level else 2 * GAP
    box = f'x="{(n - 1) * CELL + GAP}" y="{top}" width="{CELL - 2 * GAP}" height="{HEIGHT - 2 * top}"'
    return f'<rect class="{look}" {box}/>'
