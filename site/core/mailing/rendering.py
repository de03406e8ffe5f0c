"""From a template to a subject and a well-formed plain text, in the recipient's language and time zone."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from core.mailing.kinds import Kind
from core.mailing.recipients import Recipient

SUBJECT_LENGTH: Final = 250
SIGNATURE: Final = "\n\n-- \n"  # the blank after the dashes is how mail programs know it
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Also the marks that turn the direction of text: with them an address could be shown backwards."""
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_SIMPLE: Final = (bool, int, float, date, type(None))


def absolute(path: str) -> str:
    """An address of the site as a mail needs it."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}/{path.lstrip('/')}"


def render(kind: Kind, recipient: Recipient, context: Mapping[str, Any], unsubscribe: str = "") -> tuple[str, str]:
    """Subject and body. Raises `TypeError` for a value that is not plain, `ValueError` for a text without subject."""
    with override(recipient.language), timezone.override(zoneinfo.ZoneInfo(recipient.time_zone)):
        values = {
            **{key: plain(value) for key, value in context.items()},
            "recipient_name": plain(recipient.name),
            "site_name": gettext(settings.WAGTAIL_SITE_NAME),
            "site_url": settings.SITE_URL,
            "unsubscribe_url": unsubscribe,
            "kind_label": str(kind.label),
        }
        text = _draw(f"mail/{kind.name}.txt", values)
        footer = _draw("mail/parts/footer.txt", values)
    subject, _, body = text.partition("\n")
    if not subject:
        raise ValueError(f"mail/{kind.name}.txt has no first line to be the subject.")
    return " ".join(subject.split())[:SUBJECT_LENGTH], f"{body.strip()}{SIGNATURE}{footer}\n"


def plain(value: Any) -> Any:
    """The value as a mail may show it. Raises `TypeError` unless it is text, number, date or a list of them."""
    if isinstance(value, str | Promise):
        return _CONTROL.sub("", str(value).replace("\r\n", "\n"))
    if isinstance(value, _SIMPLE):
        return value
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} cannot stand in a mail: give plain text, numbers, dates or lists of them.")


def _draw(template: str, values: Mapping[str, Any]) -> str:
    """The text without escapes for HTML, which a mail of plain text must not have."""
    drawn = get_template(template).template.render(Context(dict(values), autoescape=False))  # type: ignore[attr-defined]
    lines = "\n".join(line.rstrip() for line in drawn.splitlines())
    return _EMPTY_LINES.sub("\n\n", lines).strip()
