"""The same as data: BibTeX, RIS and CSL-JSON, by which reference managers take it over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from cases.citing.work import Work

_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name for people, its type, and how a work is written in it."""

    name: str
    content_type: str
    write: Callable[[Work], str]


def bibtex(work: Work) -> str:
    """One entry; the title in two braces keeps its capitals, the author in two is one name."""
    values = {
        "author": f"{{{_tex(' and '.join(work.authors))}}}",
        "title": f"{{{_tex(work.heading)}}}",
        "year": str(work.issued.year),
        "howpublished": _tex(work.publisher),
        "type": _tex(work.kind_name),
        "number": _tex(work.reference),
        "version": str(work.version or ""),
        "language": work.language,
        "keywords": _tex(", ".join(work.keywords)),
        "abstract": _tex(work.summary),
        "doi": work.doi,
        "url": work.address,
        "note": _tex(work.licence),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    lines.insert(3, f"  month = {_MONTHS[work.issued.month - 1]},")
    return "\n".join([f"@misc{{{work.reference},", *lines, "}", ""])


def ris(work: Work) -> str:
    """One record, its lines ended as the format asks."""
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _ris_lines(work) if value or tag == "ER")


def csl_json(work: Work) -> str:
    """A list of one item."""
    item: dict[str, Any] = {
        "id": work.reference,
        "type": "report",
        "title": work.heading,
        "author": [{"literal": name} for name in work.authors],
        "issued": {"date-parts": [[work.issued.year, work.issued.month, work.issued.day]]},
        "publisher": work.publisher,
        "genre": work.kind_name,
        "number": work.reference,
        "version": str(work.version or ""),
        "URL": work.address,
        "DOI": work.doi,
        "language": work.language,
        "keyword": ", ".join(work.keywords),
        "abstract": work.summary,
        "note": work.licence,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def _ris_lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT"
    for author in work.authors:
        yield "AU", author
    yield "TI", work.heading
    yield "PY", str(work.issued.year)
    yield "DA", work.issued.strftime("%Y/%m/%d")
    yield "PB", work.publisher
    yield "M3", work.kind_name
    yield "AN", work.reference
    yield "ET", f"Version {work.version}" if work.version else ""
    yield "LA", work.language
    for keyword in work.keywords:
        yield "KW", keyword
    yield "AB", work.summary
    yield "DO", work.doi
    yield "UR", work.address
    yield "N1", work.licence
    yield "ER", ""


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    return " ".join(text.split())


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
        "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", ris),
        "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    }
)
"""By the ending of the address."""
