"""What the rows above the records say of each column: its label, what it takes, and an example."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from cases.exchange.schema import SCHEMAS, Field
from cases.exchange.values import options
from cases.gates import REQUIRED_STAGES, required_fields
from cases.models import CaseStudyPage, MethodPage
from cases.sheets.cells import PARTED
from cases.sheets.columns import Column, steps
from cases.term_fields import TERM_FIELDS, Kind
from cases.terms import TermRow, current_terms

SHORT: Final = 8
"""So many values are named in the help itself; of more, the sheet of codes tells."""


def label_of(column: Column) -> str:
    """What the column is called: `Partner 2: role`, `French: title`, `Participation by stage: Design`."""
    parts: list[str] = []
    path = steps(column.path)
    for field, step in zip(column.above, path, strict=False):
        parts.append(str(field.meaning))
        if field.shape == "translations":
            parts[-1] = str(get_language_info(str(path[1]))["name_translated"])
        elif field.shape in {"levels", "scores"}:
            parts.append(
                _term_label("value_chain_stages" if field.shape == "levels" else "quality_dimensions", path[1])
            )
        elif step == "basis":
            parts.append(str(path[1]))
    numbers = [step for step in path if isinstance(step, int)]
    if column.above and column.above[-1].shape not in {"levels", "basis"}:
        parts.append(str(column.leaf.meaning))
    text = ": ".join(parts) or str(column.leaf.meaning)
    text = f"{text[:1].upper()}{text[1:]}"
    return f"{text} ({numbers[0]})" if numbers else text


def help_of(column: Column, kind: Kind) -> str:
    """What is meant, whether it is needed, and what may stand there."""
    texts = [meaning(column, kind), _need(column, kind), allowed(column.leaf, kind)]
    return " ".join(text for text in texts if text)


def allowed(leaf: Field, kind: Kind) -> str:
    """In the reader's language, what a cell may hold."""
    if leaf.vocabulary:
        return _choice(leaf)
    texts = {
        "slug": _("Small letters a-z, digits and single hyphens."),
        "lines": _("Several values: one a line (Alt+Enter)."),
        "records": _("Several keys, parted by commas."),
        "flag": _("true or false."),
        "year": _("A whole number from %(low)s to %(high)s.") % {"low": leaf.minimum, "high": leaf.maximum},
        "score": _("A whole number from %(low)s to %(high)s.") % {"low": leaf.minimum, "high": leaf.maximum},
        "number": _("A whole number."),
        "date": _("A date as YYYY-MM-DD."),
        "line": _("At most %(number)s characters.") % {"number": leaf.maximum} if leaf.maximum else "",
        "text": "",
    }
    if leaf.shape == "text" and leaf.key in (CaseStudyPage if kind == "case" else MethodPage).text_fields:
        return _("An empty line parts paragraphs. **bold**, *italic*, [text](https://...), - before items of a list.")
    return texts.get(leaf.shape, "")


def example_of(column: Column, kind: Kind, language: str) -> Any:
    """A value as somebody might write it."""
    leaf = column.leaf
    if column.path in {"reference", "slug"} or column.top in {
        "translations",
        "attachments",
        "cover",
        "basis",
        "methods",
    }:
        return None
    if any(step != 1 for step in steps(column.path) if isinstance(step, int)):
        return None
    if leaf.vocabulary:
        rows = list(options(leaf).items())[: 2 if leaf.shape == "terms" else 1]
        return ", ".join(name for name, _row in rows) if leaf.shape == "terms" else choice(*rows[0], language)
    values = {
        "slug": "example-community-water-monitoring",
        "year": 2020,
        "score": 3,
        "number": 1200,
        "flag": "false",
        "lines": _LINES.get(leaf.key, _("First value") + "\n" + _("Second value")),
        "records": None,
        "date": None,
    }
    return values.get(leaf.shape, _text(leaf))


def choice(name: str, row: TermRow, language: str) -> str:
    """How a drop-down shows a term: its code, and its label for people."""
    return f"{name}{PARTED}{row.label(language)}"


def _text(leaf: Field) -> str:
    if leaf.key in {"url", "link"}:
        return "https://example.org/"
    return {
        "contact": "data@example.org",
        "doi": "",
        "title": _("Example: a community measures the quality of its water"),
        "name": _("Name of an organisation"),
    }.get(leaf.key, _("Text of the example."))


_LINES: Final = {
    "targets": "6.1\n6.b", "indicators": "6.1.1", "possible_indicators": "6.3.2", "rights_provisions": "icescr:11",
}  # fmt: skip


def meaning(column: Column, kind: Kind) -> str:
    """What the model says of the value; nothing where the label says it all."""
    if column.path == "id":
        return _("Your own key for the entry. Importing the same key again updates it.")
    if column.path == "reference":
        return _("Only to update an entry of this site: its reference, such as CCD-KEN-2026-1.")
    target = column.leaf.target if not column.above else ""
    if target in TERM_FIELDS:
        return str(TERM_FIELDS[target].help_text)
    model = CaseStudyPage if kind == "case" else MethodPage
    named = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(named.get(target), "help_text", "") or "")


def _need(column: Column, kind: Kind) -> str:
    needed = required_fields(kind)
    targets = {field.key: field.target for field in SCHEMAS[kind]}
    if column.path in {"id", "title"}:
        return _("Required.")
    stages = {f"stages.{code}" for code in REQUIRED_STAGES}
    numbers = [step for step in steps(column.path) if isinstance(step, int)]
    if column.path in stages and kind == "case":
        return _("Needed before publication.")
    if targets.get(column.top) in needed and column.leaf.required is not None and numbers in ([], [1]):
        inner = column.above and column.leaf.key not in {"name", "type", "use", "title"}
        return "" if inner else _("Needed before publication.")
    return ""


def _choice(leaf: Field) -> str:
    names = list(options(leaf))
    if leaf.shape == "terms":
        text = _("Several codes, parted by commas, from the sheet “codes”: %(vocabulary)s.")
        limit = _("At most %(number)s.") % {"number": leaf.maximum} if leaf.maximum else ""
        return f"{text % {'vocabulary': leaf.vocabulary}} {limit}".strip()
    if len(names) <= SHORT:
        return _("One of: %(values)s.") % {"values": ", ".join(names)}
    return _("One code from the sheet “codes”: %(vocabulary)s.") % {"vocabulary": leaf.vocabulary}


def _term_label(vocabulary: str, code: Any) -> str:
    term = current_terms().find(vocabulary, str(code))
    return str(term.label()) if term else str(code)


def sheet_languages() -> list[str]:
    """The languages in which a template can be had: those of the interface."""
    return [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
