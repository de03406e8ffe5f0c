"""The gaps that this package adds: alternative texts, rules of files, documented consent, unsettled findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cases.checks.looking import Found, look
from cases.gates import Gap, Moment, is_blank, register_rule, rows
from cases.models.findings import Finding
from cases.terms import current_terms
from core.models import Picture

DATA_SUFFIXES: Final = frozenset({".csv", ".json", ".ods", ".xlsx", ".zip"})
"""Files that hold data whatever the story calls them."""
OPEN_LEVELS: Final = frozenset({"public", "public-aggregate"})
UNDOCUMENTED: Final = "not-documented"
FILE_NAME: Final = re.compile(
    r"(?:img|dsc[nf]?|pict?|image|photo|picture|screenshot|untitled|whatsapp image|foto)?[\s_\-\d.]*"
    r"(?:\.?(?:jpe?g|png|gif|webp|heic))?",
    re.IGNORECASE,
)
"""What cameras and programs call their files: nobody learns from it what a picture shows."""


def install() -> None:
    """Add the rules to the gates; called when the app is ready."""
    register_rule("alternative texts", alternative_texts, translations=True)
    register_rule("rules of attachments", attachment_rules)
    register_rule("files of the story", story_files, kinds=("case",))
    register_rule("refused personal data", refused_findings, translations=True)
    register_rule("unsettled personal data", unsettled_findings, since=Moment.PUBLISHING, translations=True)


def alternative_texts(entry: Any) -> Iterator[Gap]:
    """Each picture says what it shows; one in the story may be said to be decoration instead.

    A cover is never decoration: it stands for the entry in lists and on other sites.
    """
    if entry.cover_id and entry.cover and lacks_words(entry.cover):
        values = {"picture": entry.cover.title}
        yield Gap("cover", _("“%(picture)s”: write its alternative text; the cover stands for the entry.") % values)
    for block in entry.story:
        picture = block.value["picture"] if block.block_type == "picture" else None
        if picture and not block.value["decorative"] and lacks_words(picture):
            values = {"picture": picture.title}
            yield Gap("story", _("“%(picture)s”: write its alternative text, or say that it is decoration.") % values)


def lacks_words(picture: Picture) -> bool:
    """Whether the alternative text says nothing: it is empty, or a file's name."""
    text = " ".join(str(picture.description or "").split())
    name = PurePath(str(picture.file.name)).name
    return is_blank(text) or bool(FILE_NAME.fullmatch(text)) or text.casefold() in {name.casefold(), _stem(name)}


def _stem(name: str) -> str:
    return PurePath(name).stem.casefold()


def attachment_rules(entry: Any) -> Iterator[Gap]:
    """Each attachment says who may read it and under which licence; an embargo has an end."""
    for row in rows(entry, "attachments"):
        values = {"title": row.title}
        if row.access_level_id is None:
            yield Gap("attachments", _("“%(title)s”: say who may read the file.") % values)
        elif current_terms().resolve(row.access_level_id).code == "embargoed" and row.public_from is None:
            yield Gap("attachments", _("“%(title)s”: give the first public day of the embargoed file.") % values)
        if row.licence_id is None:
            yield Gap("attachments", _("“%(title)s”: say under which licence the file may be used.") % values)


def story_files(entry: Any) -> Iterator[Gap]:
    """Data do not leave through the story what could not leave as an attachment.

    A file in the story has no access level of its own: data may stand there only where those of the case are public
    and their consent is documented. Others belong among the attachments.
    """
    level, basis = entry.chosen_one("access_level"), entry.chosen_one("consent_basis")
    is_open = level is not None and level.code in OPEN_LEVELS
    is_documented = basis is not None and basis.code != UNDOCUMENTED
    attached = {row.file_id for row in rows(entry, "attachments")}
    for block in entry.story:
        file = block.value["file"] if block.block_type == "file" else None
        if file and PurePath(file.filename).suffix.lower() in DATA_SUFFIXES:
            values = {"title": block.value["title"]}
            if not is_documented:
                yield Gap("story", _("Consent is not documented: remove the data file “%(title)s”.") % values)
            elif not is_open and file.pk not in attached:
                text = _("“%(title)s”: the data are not public. List the file under “Attachments” with its own access.")
                yield Gap("story", text % values)


def refused_findings(entry: Any) -> Iterator[Gap]:
    """What a moderator refused stays a gap until it is gone."""
    for found in look(entry):
        if found.state == Finding.State.REFUSED:
            values = {**_words(found), "reason": found.reason}
            yield Gap(found.field, _("%(place)s: remove the %(kind)s %(text)s. A moderator wrote: %(reason)s") % values)


def unsettled_findings(entry: Any) -> Iterator[Gap]:
    """What nobody has accepted or removed keeps the entry from the public; files are read now if nobody has yet."""
    for found in look(entry, read_files=True):
        if found.state == Finding.State.OPEN:
            text = _("%(place)s: %(kind)s %(text)s. Remove it, or let a moderator accept it with a reason.")
            yield Gap(found.field, text % _words(found))


def _words(found: Found) -> dict[str, Any]:
    return {"place": found.place, "kind": found.kind.label, "text": f"({found.said})" if found.said else ""}
