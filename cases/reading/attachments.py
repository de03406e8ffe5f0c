"""Files of an entry as they are listed: those that the reader may not open without a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.file_rules import Reader
from cases.models import Attachment, EntryPage
from cases.reading.items import Item, of_licence, of_term
from cases.reading.texts import Text
from cases.terms import TermRow, current_terms

CLOSED = {
    "members": _("Not public: members of the Collaborative can open it after signing in."),
    "team": _("Not public: only the country team can open it. Ask the team for it."),
    "private": _("Not public: the community keeps it."),
}
"""What to tell a reader who may not open a file, by access level."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file; `href` is empty when the reader may not open it, and `closed` says why."""

    title: Text
    description: Text
    kind: Item
    format: str
    size: int | None
    access: Item
    licence: Item | None
    public_from: date | None
    href: str
    closed: str | Promise


def attachments(entry: EntryPage, reader: Reader) -> tuple[Download, ...]:
    """The files of an entry in their order."""
    source = entry.source
    language = source.locale.language_code
    return tuple(_download(row, source, reader, language) for row in source.attachments.get_object_list())


def _download(row: Attachment, source: EntryPage, reader: Reader, language: str) -> Download:
    terms = current_terms()
    access = terms.resolve(row.access_level_id)
    is_open = reader.may_read(access.code, row.public_from, source)
    return Download(
        title=Text(row.title, language),
        description=Text(row.description, language),
        kind=of_term(terms.resolve(row.kind_id)),
        format=row.file.file_extension.upper(),
        size=row.file.file_size,
        access=of_term(access),
        licence=of_licence(terms.resolve(row.licence_id)) if row.licence_id else None,
        public_from=row.public_from,
        href=row.file.url if is_open else "",
        closed="" if is_open else _closed(access, row.public_from),
    )


def _closed(access: TermRow, public_from: date | None) -> str | Promise:
    if access.code == "embargoed" and public_from:
        return _("Not public before %(day)s.") % {"day": public_from.isoformat()}
    return CLOSED.get(access.code, _("Not public: ask the country team for it."))
