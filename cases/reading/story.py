"""Story and pictures: rich text expanded with the rest, renditions read in one go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.rich_text import RichText

from core.models import Picture, PictureRendition


def rich_texts(story: Any) -> dict[str, str]:
    """The stored rich texts of a story's paragraphs by their place."""
    return {f"story:{place}": block.value.source for place, block in enumerate(story) if _is_rich(block)}


def put_back(story: Any, expanded: dict[str, str]) -> None:
    """Replace the paragraphs' stored texts by the expanded ones, which no template then expands again."""
    for place, block in enumerate(story):
        if _is_rich(block):
            block.value = RichText(str(expanded[f"story:{place}"]))


def pictures(story: Any) -> list[Picture]:
    """The pictures of a story."""
    shown = [block.value["picture"] for block in story if block.block_type == "picture"]
    return [picture for picture in shown if picture]


def load_renditions(shown: Iterable[Picture]) -> None:
    """Read the renditions of all pictures: one SQL, none without pictures."""
    by_key: dict[int, list[Picture]] = {}
    for picture in shown:
        picture.prefetched_renditions = []
        by_key.setdefault(picture.pk, []).append(picture)
    if not by_key:
        return
    for rendition in PictureRendition.objects.filter(image__in=by_key):
        for picture in by_key[rendition.image_id]:
            rendition.image = picture
            picture.prefetched_renditions.append(rendition)


def _is_rich(block: Any) -> bool:
    return isinstance(block.value, RichText)
