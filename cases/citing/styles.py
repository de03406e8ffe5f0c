"""Three styles, each a line: APA 7, Chicago (author and date), Vancouver.

Words that belong to a style ("Available from", months) stay in English in every language, as the styles have them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.citing.work import Work

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENDED: Final = ("?", "!", "؟", "？", "！", "。", "…")


def citation(work: Work, style: str) -> SafeString:
    """The line of one of the `STYLES`, safe HTML. Raises `KeyError` for another one."""
    return _WRITERS[style](work)


def _apa(work: Work) -> SafeString:
    within = f"Version {work.version}; {work.reference}" if work.version else work.reference
    return format_html(
        "{} ({}). <i>{}</i> ({}) [{}]. {}. {}",
        _stopped(work.author), work.issued.year, work.heading, within, work.kind_name, work.publisher, work.address,
    )  # fmt: skip


def _chicago(work: Work) -> SafeString:
    title = work.heading if work.heading.endswith(_ENDED) else f"{work.heading}."
    version = f", version {work.version}" if work.version else ""
    return format_html(
        "{} {}. “{}” {} {}{}. {}. {}.",
        _stopped(work.author), work.issued.year, title, work.kind_name, work.reference, version, work.publisher,
        work.address,
    )  # fmt: skip


def _vancouver(work: Work) -> SafeString:
    version = f" Version {work.version}." if work.version else ""
    return format_html(
        "{} {} [Internet].{} {}; {} [cited {}]. {} {}. Available from: {}",
        _stopped(work.author), work.heading, version, work.publisher, _day(work.issued), _day(timezone.localdate()),
        work.kind_name, work.reference, work.address,
    )  # fmt: skip


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _day(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day}"


STYLES: Final[Mapping[str, str]] = MappingProxyType({"apa": "APA", "chicago": "Chicago", "vancouver": "Vancouver"})
"""Code and name of each style."""
_WRITERS: Final[Mapping[str, Callable[[Work], SafeString]]] = {
    "apa": _apa,
    "chicago": _chicago,
    "vancouver": _vancouver,
}
