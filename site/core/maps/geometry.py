"""What the server knows of the drawing in `static/maps/world.svg`; `tools/world_map.py` makes both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DRAWING = "maps/world.svg"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a small state is, and where its mark stands, pushed away from its neighbours' marks."""

    place: tuple[int, int]
    stand: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Geometry:
    """Size of the drawing, the countries that have a shape, and the marks of those too small to point at."""

    width: int
    height: int
    codes: frozenset[str]
    marks: Mapping[str, Mark]


@lru_cache(maxsize=1)
def geometry() -> Geometry:
    """The geometry, read once."""
    known = json.loads(Path(__file__).with_name("geometry.json").read_text(encoding="utf-8"))
    marks = {code: Mark((x, y), (to_x, to_y)) for code, (x, y, to_x, to_y) in known["marks"].items()}
    return Geometry(known["width"], known["height"], frozenset(known["codes"].split()), marks)
