"""Covers: a half circle drawn from the entry's own levels of participation, like the benches of an assembly.

Each stage of the value chain is a sector, from identifying needs on the left to the last stage on the right. Its five
cells are filled up to the level reached; a stage without a level is a row of dots. The number is the highest level at
design and collection, on which the citizen-data test rests; an arc marks these two.
"""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext

from PIL import Image, ImageDraw, ImageFont

from cases.gates import REQUIRED_STAGES
from cases.models import EntryPage
from cases.models.entry_rows import LEVELS
from cases.terms import TermRow, current_terms
from core.models import Picture

Colour = tuple[int, int, int]

DRAWING: Final = 1
"""To be raised when the drawing changes, so that old covers are drawn again."""
SIZE: Final = (1600, 900)
SCALE: Final = 2  # drawn larger and reduced: smooth edges
SHADES: Final = 7  # from the paper to a colour, for smooth edges
PREFIX: Final = "levels-"
ALT_LENGTH: Final = 255

PAPER: Final[Colour] = (244, 242, 238)
EMPTY: Final[Colour] = (229, 226, 220)
DOT: Final[Colour] = (196, 193, 186)
RAMP: Final[tuple[Colour, ...]] = ((222, 205, 214), (196, 160, 181), (167, 112, 146), (136, 68, 112), (107, 33, 80))

CENTRE: Final = (SIZE[0] * SCALE / 2, 780 * SCALE)
INNER, RING, SEAM, DOT_RADIUS = 200 * SCALE, 92 * SCALE, 9 * SCALE, 5 * SCALE
RIM: Final = INNER + LEVELS[1] * RING + 8 * SCALE
NUMERAL: Final = 190 * SCALE
ARC_STEPS: Final = 12


def give_cover(entry: EntryPage) -> None:
    """Set the entry's cover to the figure of its levels, drawn only when they changed; the entry is not saved.

    A cover that somebody chose stays, and an entry without levels gets none.
    """
    levels = entry.levels()
    name = f"{PREFIX}{_digest(levels)}"
    old = entry.cover
    if not levels or (old is not None and not _is_outdated(old, name)):
        return
    entry.cover = _picture(entry, levels, f"{name}.png")
    if old is not None:
        old.delete()


def describe(levels: Mapping[str, int], language: str | None = None) -> str:
    """The figure in words, at most 255 characters: every stage with its level, as far as there is room."""
    stages = current_terms().of("value_chain_stages")
    with translation.override(language or translation.get_language()):
        candidates = (_all_stages(stages, levels), _levels_only(stages, levels), _required_only(stages, levels))
        return next((text for text in candidates if len(text) <= ALT_LENGTH), candidates[-1][:ALT_LENGTH])


def draw(levels: Mapping[str, int]) -> bytes:
    """The figure as a PNG file; equal levels give equal bytes."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    canvas = ImageDraw.Draw(image)
    stages = [stage.code for stage in current_terms().of("value_chain_stages")]
    for position, stage in enumerate(stages):
        start = math.pi * (1 - position / len(stages))
        end = math.pi * (1 - (position + 1) / len(stages))
        _sector(canvas, start, end, levels.get(stage))
        if stage in REQUIRED_STAGES:
            canvas.polygon(_cell(RIM, RIM + 6 * SCALE, start, end), fill=RAMP[-1])
    if reached := [levels[stage] for stage in REQUIRED_STAGES if stage in levels]:
        canvas.text(CENTRE, str(max(reached)), font=ImageFont.load_default(NUMERAL), fill=RAMP[-1], anchor="ms")
    file = io.BytesIO()
    image.reduce(SCALE).quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _palette() -> Image.Image:
    """The colours and their blends with the paper: a quarter of the size, and the same paper on every cover."""
    shades = [PAPER] + [
        tuple(round(paper + (full - paper) * step / SHADES) for paper, full in zip(PAPER, colour, strict=True))
        for colour in (EMPTY, DOT, *RAMP)
        for step in range(1, SHADES + 1)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for shade in shades for channel in shade])
    return palette


def _sector(canvas: ImageDraw.ImageDraw, start: float, end: float, level: int | None) -> None:
    for ring in range(LEVELS[1]):
        inner, outer = INNER + ring * RING, INNER + (ring + 1) * RING - SEAM
        if level is None:
            x, y = _point((inner + outer) / 2, (start + end) / 2)
            canvas.ellipse((x - DOT_RADIUS, y - DOT_RADIUS, x + DOT_RADIUS, y + DOT_RADIUS), fill=DOT)
        else:
            canvas.polygon(_cell(inner, outer, start, end), fill=RAMP[ring] if ring < level else EMPTY)


def _cell(inner: float, outer: float, start: float, end: float) -> list[tuple[float, float]]:
    """Corners of one cell; seams are equally wide near the centre and at the rim."""
    return _arc(outer, start, end) + _arc(inner, start, end)[::-1]


def _arc(radius: float, start: float, end: float) -> list[tuple[float, float]]:
    seam = math.asin(SEAM / 2 / radius)
    first, last = start - seam, end + seam
    return [_point(radius, first + (last - first) * step / ARC_STEPS) for step in range(ARC_STEPS + 1)]


def _point(radius: float, angle: float) -> tuple[float, float]:
    return CENTRE[0] + radius * math.cos(angle), CENTRE[1] - radius * math.sin(angle)


def _is_outdated(cover: Picture, name: str) -> bool:
    """Whether a cover is a figure of other levels; one that somebody chose never is."""
    file = PurePath(cover.file.name).name
    return file.startswith(PREFIX) and not file.startswith(name)


def _digest(levels: Mapping[str, int]) -> str:
    return hashlib.sha256(repr((DRAWING, sorted(levels.items()))).encode()).hexdigest()[:16]


def _picture(entry: EntryPage, levels: Mapping[str, int], name: str) -> Picture:
    language = entry.locale.language_code
    with translation.override(language):
        title = gettext("Levels of participation: %(title)s") % {"title": entry.title}
        credit = gettext("Figure drawn from this entry's data")
    picture = Picture(
        title=title[:255],
        description=describe(levels, language),
        credit=credit,
        people_consent=Picture.Consent.NO_PEOPLE,
        file=ContentFile(draw(levels), name=name),
    )
    if entry.team.collection_id:
        picture.collection_id = entry.team.collection_id
    picture.save()
    return picture


def _reached(stages: Sequence[TermRow], levels: Mapping[str, int]) -> str:
    return ", ".join(f"{stage.label()} {levels[stage.code]}" for stage in stages if stage.code in levels)


def _all_stages(stages: Sequence[TermRow], levels: Mapping[str, int]) -> str:
    others = ", ".join(stage.label() for stage in stages if stage.code not in levels)
    if not others:
        return _levels_only(stages, levels)
    text = gettext("Levels of participation by stage, out of 5: %(levels)s. Without a level: %(others)s.")
    return text % {"levels": _reached(stages, levels), "others": others}


def _levels_only(stages: Sequence[TermRow], levels: Mapping[str, int]) -> str:
    text = gettext("Levels of participation by stage, out of 5: %(levels)s.")
    return text % {"levels": _reached(stages, levels)}


def _required_only(stages: Sequence[TermRow], levels: Mapping[str, int]) -> str:
    text = gettext("Levels of participation at %(count)s stages, out of 5, among them: %(levels)s.")
    required = [stage for stage in stages if stage.code in REQUIRED_STAGES]
    return text % {"count": len(levels), "levels": _reached(required, levels)}
