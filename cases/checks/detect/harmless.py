"""Numbers that are no personal data: left out before telephone and identity numbers are looked for.

Sources: DOI syntax (DOI Handbook 2.2), ISBN (ISO 2108), ISSN (ISO 3297), dates (ISO 8601 and how people write them),
UN document symbols (UN Editorial Manual), SDG targets and indicators (A/RES/71/313), references of this site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cases.checks.detect.spans import digits_of, is_example

COUNTED: Final = (
    "percent|per cent|million|billion|km|hectares?|ha|people|households?|records?|observations?|responses?|reports?"
    "|users?|USD|EUR|euros?|dollars?"
)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


NAMES: Final = _compiled(
    r"\bhttps?://[^\s<>\"]+|\bwww\.[^\s<>\"]+",
    r"\b(?:doi:?\s*)?10\.\d{4,9}/\S+",
    r"\bISBN(?:-1[03])?:?\s*[\dX][\dX -]{8,16}[\dX]",
    r"\b97[89][- ]\d{1,5}[- ]\d{1,7}[- ]\d{1,7}[- ]\d\b",
    r"\bISSN:?\s*\d{4}-\d{3}[\dX]",
    r"\bORCID:?\s*(?:\d{4}-){3}\d{3}[\dX]",
    # Document symbols: A/HRC/31/59, E/CN.3/2024/1, CRPD/C/GC/7, ST/SGB/2003/13
    r"\b(?:A|E|S|ST|CRPD|CRC|CEDAW|CCPR|CERD|CAT|CMW|HRI|T|DP|LC|JIU|TD|UNEP|FCCC)/[\w.()]+(?:/[\w.()]+)*",
    r"\bCCD-[A-Z]{3}-\d{4}-\d+",
    # ISO dates and times; 3.11.2024, 03/11/24, 3 November 2024 has no long number
    r"\b(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?\b",
    r"[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?\b",
    r"(?<!\d[-/. ])\b(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)?\d\d\b(?![-/. ]?\d)",
    r"\b(?:19|20)\d\d(?:\s?[-/,;&]\s?(?:19|20)?\d\d)+\b",
    r"\(?\b(?:19|20)\d\d\)",
)
"""Addresses, names of documents, dates: never a number of a person, whatever word stands before."""
FIGURES: Final = _compiled(
    # Thousands with one kind of separator: 1,234,567; 1 234 567; 1.234.567,89; Indian 12,34,567
    r"(?<![\d+(-])[1-9]\d{0,2}(?:,\d{2,3})+(?:\.\d+)?(?![\d-])",
    r"(?<![\d+(.-])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?![\d.-])",
    r"(?<![\d+(-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?(?![\d-])(?! \d)",
    # Decimals, shares and money
    r"(?<![\d.])-?\d+\.\d+(?:e[-+]?\d+)?(?![\d.])",
    r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|KES|DKK|CHF|XOF|XAF|CAD|AUD|INR|BRL|ZAR|UGX|TZS|NGN|Kshs?|Rs)\.?)\s?\d[\d., ]{0,24}",
    rf"(?<![\d.,])\d[\d., ]{0, 24}?\s?(?:%|(?:{COUNTED})\b)",
    r"#[0-9a-f]{6}\b",
    r"(?<![\d.])v?\d{1,3}(?:\.\d{1,3}){2,3}\b(?!\.\d)",
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b",
)
"""Statistics, sums, versions. UUIDs of survey answers stand in columns (`columns`)."""
LONG: Final = re.compile(r"\d[\d ./-]{4,30}\d")


def spans(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """The parts of `text` that one of the patterns knows, and examples."""
    for pattern in patterns:
        yield from (found.span() for found in pattern.finditer(text))
    for found in LONG.finditer(text):
        if is_example(digits_of(found.group())):
            yield found.span()
