"""Style sheets as they travel: the frame's as one, without comments, under an address that changes with their text.

The files in `static/css/` stay small and one for each purpose; sent one by one they would weigh twice as much. There is
nothing to build: the text is joined when it is first asked for, and again after a file changed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

SITE: Final = "site"
"""The sheet of every page, made of these; any other name is of one file, and `+` joins several."""
FRAME: Final = ("tokens", "base", "layout", "components", "blocks", "cards", "search_box")
PART: Final = re.compile(r"[a-z_-]+")
FOREVER: Final = "public, max-age=31536000, immutable"
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND: Final = re.compile(r"\s*([{};,])\s*")
"""Where white space says nothing; around `+`, `>` and before `:` it may."""


@require_safe
def style_sheet(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """One sheet; kept forever when `digest` is of its text, else asked for again each time."""
    try:
        text, current = _sheet(name, _changes(name))
    except OSError as error:
        raise Http404 from error
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOREVER if digest == current else "no-cache"
    return response


def address(*names: str) -> str:
    """Where the sheet of these names is; raises `FileNotFoundError` when there is none of a name."""
    name = "+".join(names)
    return reverse("style_sheet", args=[name, _sheet(name, _changes(name))[1]])


def _files(name: str) -> tuple[Path, ...]:
    folder = Path(settings.PROJECT) / "static" / "css"
    parts = FRAME if name == SITE else tuple(name.split("+"))
    if not all(PART.fullmatch(part) for part in parts):
        raise FileNotFoundError(name)
    return tuple(folder / f"{part}.css" for part in parts)


def _changes(name: str) -> tuple[int, ...]:
    return tuple(path.stat().st_mtime_ns for path in _files(name))


@lru_cache(maxsize=64)
def _sheet(name: str, _changed: tuple[int, ...]) -> tuple[str, str]:
    """Text and digest; `_changed` has what is kept read again."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in _files(name))
    short = AROUND.sub(r"\1", " ".join(COMMENT.sub("", text).split())).replace(": ", ":")
    return short, sha256(short.encode()).hexdigest()[:12]
