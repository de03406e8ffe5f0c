"""Checks of templates and style sheets: `python tools/templates.py`.

Every template compiles. What visitors get has no inline script or style and nothing from another host, and style
sheets name sides by the direction of the text (`margin-inline-start`), never by left and right.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

PROJECT = Path(__file__).resolve().parents[1]
SITE = PROJECT / "site"
ADMIN_FOLDERS = {"admin", "wagtailadmin", "wagtailusers", "wagtailimages", "wagtaildocs", "wagtailsnippets"}
PUBLIC_RULES = {
    "inline script": re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle=[\"']", re.IGNORECASE),
    "inline event handler": re.compile(r"<[^>{%]*\son[a-z]+=[\"']", re.IGNORECASE),
    "something from another host": re.compile(
        r"<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE
    ),
}
STYLE_RULES = {
    "a physical side; use the logical property": re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-\w+)?"
        r"|left|right|top|bottom|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    ),
    "a physical alignment; use start or end": re.compile(r"(?:text-align|float|clear)\s*:\s*(?:left|right)\b"),
    "something from another host": re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//"),
}


def main() -> int:
    """Print every fault with its file and line; the exit status is 1 when there is one."""
    sys.path[:0] = [str(PROJECT), str(SITE)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    django.setup()
    templates = sorted({*files("templates", ".html"), *files("templates", ".txt")})
    styles = [path for path in files("static", ".css") if "vendor" not in path.parts]
    faults = [fault for path in templates for fault in template_faults(path)]
    faults += [fault for path in styles for fault in rule_faults(path, STYLE_RULES)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(templates)} templates, {len(styles)} style sheets: {len(faults)} faults")
    return 1 if faults else 0


def files(folder: str, suffix: str) -> Iterator[Path]:
    """The project's files below a folder of that name: at its root, or inside an app."""
    for root in (PROJECT / folder, PROJECT / "api", PROJECT / "cases", PROJECT / "search", SITE):
        yield from (path for path in sorted(root.rglob(f"*{suffix}")) if folder in path.parts)


def template_faults(path: Path) -> Iterator[str]:
    """Yield why a template does not compile, and what a public one may not hold."""
    try:
        engines["django"].from_string(path.read_text(encoding="utf-8"))
    except TemplateSyntaxError as error:
        yield f"{path.relative_to(PROJECT)}: {error}"
    if not ADMIN_FOLDERS.intersection(path.parts):
        yield from rule_faults(path, PUBLIC_RULES)


def rule_faults(path: Path, rules: dict[str, re.Pattern[str]]) -> Iterator[str]:
    """Yield file, line and name of each rule that matches."""
    text = path.read_text(encoding="utf-8")
    for name, pattern in rules.items():
        for match in pattern.finditer(text):
            yield f"{path.relative_to(PROJECT)}:{text.count(chr(10), 0, match.start()) + 1}: {name}: {match[0].strip()}"


if __name__ == "__main__":
    sys.exit(main())
