"""Message catalogues without a gettext binary: `python tools/messages.py update | check | compile`.

`update` writes the marked strings of code and templates into `locale/*/LC_MESSAGES/django.po`, `check` says where a
catalogue differs from the source, lacks a translation or breaks a placeholder, `compile` writes the `.mo` files that
Django reads.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = ("api", "cases", "search", "site", "templates")
TEMPLATE_SUFFIXES = {".html", ".txt"}
LANGUAGES = ("fr", "es", "ar", "ru", "zh_Hans")
KEYWORDS = DEFAULT_KEYWORDS | {
    f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")
}
# Babel numbers the last two Arabic forms the other way round than Django and other catalogues do.
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    )
}
# A date that changed on every run would make each update a change of every file.
FIXED_DATE = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def main(arguments: list[str]) -> int:
    """Run one command; the exit status is 1 when a check found something, 2 for an unknown command."""
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(f"usage: messages.py {' | '.join(commands)}", file=sys.stderr)
        return 2
    settings.configure()
    faults = commands[arguments[0]]()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def update() -> list[str]:
    """Bring every catalogue level with the source; strings that went stay at its end as comments."""
    template = source_catalogue()
    for language in LANGUAGES:
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = parse(language) if path.exists() else new_catalogue(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.creation_date = catalogue.revision_date = FIXED_DATE
        written = BytesIO()
        write_po(written, catalogue, width=120, include_lineno=False, sort_by_file=True)
        path.write_bytes(written.getvalue())
        print(f"{path.relative_to(PROJECT)}: {translated(catalogue)} of {len(catalogue)} translated")
    return []


def new_catalogue(language: str) -> Catalog:
    """Return an empty catalogue, with the plural forms translators know."""
    catalogue = Catalog(
        locale=language,
        domain="django",
        header_comment=f"# Messages of the Citizen Data Repository: {language}.",
        project="citizen-data-repository",
        version="0.1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
    )
    if language in PLURALS:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalogue


def check() -> list[str]:
    """Return one line for each difference between source and catalogues, and for each broken placeholder."""
    template = source_catalogue()
    return [fault for language in LANGUAGES for fault in faults(language, template)]


def compile_all() -> list[str]:
    """Write the `.mo` file of every catalogue; what is not translated falls back to English."""
    for language in LANGUAGES:
        catalogue = parse(language)
        for message in [message for message in catalogue if message.id and not is_translated(message)]:
            catalogue.delete(message.id, context=message.context)
        with catalogue_path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    return []


def source_catalogue() -> Catalog:
    """Every string marked for translation in the sources."""
    catalogue = Catalog(domain="django")
    for path in source_files():
        place = path.relative_to(PROJECT).as_posix()
        for line, text, comments, context in extract("python", BytesIO(source(path)), KEYWORDS, ("Translators:",)):
            catalogue.add(text, None, [(place, line)], auto_comments=comments, context=context)
    return catalogue


def source_files() -> Iterator[Path]:
    """Python files and templates of the project, in the order of their paths; migrations are history, not text."""
    for folder in SOURCES:
        for path in sorted((PROJECT / folder).rglob("*")):
            code = path.suffix == ".py" and "migrations" not in path.parts
            template = path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts
            if code or template:
                yield path


def source(path: Path) -> bytes:
    """Return what stands in a file as Python; of a template only its marked strings are left."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATE_SUFFIXES:
        # Indentation would count as Python's own.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return text.encode()


def catalogue_path(language: str) -> Path:
    """Where Django looks for a language's catalogue."""
    return PROJECT / "locale" / language / "LC_MESSAGES" / "django.po"


def parse(language: str) -> Catalog:
    """Read a catalogue; a file that cannot be read raises `PoFileError` or `OSError`."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language, domain="django", abort_invalid=True)


def faults(language: str, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with one catalogue, each fault with its file and message."""
    place = catalogue_path(language).relative_to(PROJECT)
    try:
        catalogue = parse(language)
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        yield f"{place}: cannot be read: {error}"
        return
    wanted, present = keys(template), keys(catalogue)
    yield from (f"{place}: missing, run `make messages`: {key}" for key in sorted(wanted - present, key=str))
    yield from (f"{place}: no longer used, run `make messages`: {key}" for key in sorted(present - wanted, key=str))
    for message in catalogue:
        if message.id:
            yield from (f"{place}: {message.id!r}: {fault}" for fault in message_faults(message))


def message_faults(message: Message) -> Iterator[str]:
    """Yield what is wrong with one message: a reader is never to meet English by neglect, or a guess."""
    if message.fuzzy:
        yield "is marked as uncertain (fuzzy)"
    elif not is_translated(message):
        yield "is not translated"
    else:
        yield from placeholder_faults(message)


def keys(catalogue: Catalog) -> set[tuple[object, str | None]]:
    """What tells two messages apart: text (with its plural) and context."""
    return {(message.id, message.context) for message in catalogue if message.id}


def placeholder_faults(message: Message) -> Iterator[str]:
    """Yield the placeholders a translation lost or made up; a plural form may leave the number out."""
    allowed = {placeholder for text in forms(message.id) for placeholder in PLACEHOLDER.findall(text)}
    for string in forms(message.string):
        found = set(PLACEHOLDER.findall(string))
        if found - allowed:
            yield f"unknown placeholder {', '.join(sorted(found - allowed))} in {string!r}"
        if allowed - found and not message.pluralizable:
            yield f"lost placeholder {', '.join(sorted(allowed - found))} in {string!r}"


def is_translated(message: Message) -> bool:
    """Whether every form of the message has a text that nobody marked as uncertain."""
    return all(forms(message.string)) and not message.fuzzy


def forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """Return the forms of a text: one, or each plural form."""
    return (text or "",) if isinstance(text, str | None) else text


def translated(catalogue: Catalog) -> int:
    """How many messages of a catalogue are translated."""
    return sum(1 for message in catalogue if message.id and is_translated(message))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
