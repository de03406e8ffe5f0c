"""Identity, tax, health, passport and account numbers of persons.

Three degrees of certainty, because digits alone prove little (one of ten random numbers passes Luhn's check):
- certain: the written form or a strong check speaks for itself (MRZ lines, IBAN, CURP, a card number with its check);
- named: a word such as “passport no.” or “cédula” stands before a number, whether its check is known or not;
- probable: digits that pass the national check, in an entry about that country.

Most checks are those of `python-stdnum`, whose modules cite the national sources; `identity_rules.RULES` names the
module of each.
Examples that forms show (all alike, counting up) pass no rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Final

from stdnum import iban, luhn

from cases.checks.detect.identity_rules import RULES, Rule
from cases.checks.detect.spans import BY_A_WORD, Match, before, digits_of, is_example
from cases.checks.kinds import Kind

Check = Callable[[str], bool]


BARE: Final = r"(?<![\w.,/+-]){}(?![\w/-]|[.,]\d)"

# GOV.UK, National Insurance Manual NIM39110: prefixes that are never given.
NINO: Final = re.compile(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)"
)
# ISO/IEC 7812 issuer ranges of the large card networks, with Luhn's check.
CARD: Final = re.compile(
    BARE.format(r"(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6011|65\d{2}|3[47]\d{2})[ -]?\d{4,6}[ -]?\d{4,5}[ -]?\d{0,4}")
)
IBAN: Final = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?!\w)")
# ICAO Doc 9303: lines of 30, 36 or 44 characters; the name line has `<<`, the other check digits.
MRZ: Final = re.compile(r"(?<![\w<])[A-Z\d<]{30,44}(?![\w<])")
MRZ_LENGTHS: Final = frozenset({30, 36, 44})
MRZ_NAME: Final = re.compile(r"(?:[PVACI][A-Z<][A-Z<]{3})?[A-Z]+(?:<[A-Z]+)*<<[A-Z]+[A-Z<]*")
NAMED: Final = re.compile(
    r"(?<!\w)(?:national id(?:entity)?(?: card)?|id(?:entity)?(?: card)?|identification|nin|nid|passport|"
    r"social security|"
    r"ssn|tax(?:payer)?(?: id)?|voter(?:'s)?(?: card| id)?|driv(?:er's|ing) licen[cs]e|birth certificate|patient|"
    r"hospital|c[ée]dula(?: de (?:identidad|ciudadan[íi]a))?|dni|documento(?: de identidad)?|pasaporte|curp|rut|"
    r"passeport|carte (?:nationale )?d'identit[ée]|cni|n[ée]e? le|numéro de sécurité sociale|cpr|cpf|rg|passaporte|"
    r"паспорт(?:а)?|снилс|инн|رقم الهوية|الرقم الوطني|جواز السفر|رقم الجواز|身份证|护照|kitambulisho|"
    r"aadhaar|"
    r"omang|ghana card|huduma|bank account|account|compte|cuenta|iban|m-?pesa)"
    r"(?: ?(?:card|number|numbers|no|nr|num|n[°ºo]|nº|№|#|号码?|номер|серия|número|numéro|code))*\.?\s*"
    r"(?:is|was|est|es|:|：|=|-|\()?\s*"
    r"((?=(?:[A-Z]{0,4}[ .-]?\d)|\d)[A-Z]{0,4}[ .-]?\d[\dA-Z .\-/]{4,22}[\dA-Z])(?!\w)",
    re.IGNORECASE,
)
OF_A_THING: Final = re.compile(
    r"(?:project|grant|award|study|trial|dataset|data set|document|file|record|survey|form|series|order|registry|user"
    r"|indicator|programme|program|object|session|version|video|meeting|zoom) $"
)
"""What has an “ID” without being a person."""
SHORTEST, SHORTEST_CARD = 6, 13
EMPTY_WORDS: Final = re.compile(r"\s(?:[A-Za-z]+\s)?[A-Za-z]{2,}.*$|[\s.,;/-]+$")


def certain(text: str) -> Iterator[Match]:
    """Numbers whose form or check speaks for itself."""
    for found in MRZ.finditer(text):
        if len(found[0]) in MRZ_LENGTHS and _is_mrz(found[0]):
            yield _match(found, "machine-readable line")
    yield from (_match(found, "IBAN") for found in IBAN.finditer(text) if iban.is_valid(found[0]))
    for found in NINO.finditer(text):
        if not is_example(digits_of(found[0])):
            yield _match(found, "National Insurance number")
    yield from (_match(found, "card number") for found in CARD.finditer(text) if _is_card(found[0]))
    for rule in RULES:
        if rule.certain:
            yield from _checked(text, rule)


def named(text: str) -> Iterator[Match]:
    """Numbers behind a word that says what they are."""
    for found in NAMED.finditer(text):
        number = EMPTY_WORDS.sub("", found[1])
        digits = digits_of(number)
        of_thing = OF_A_THING.search(before(text, found.start()))
        if len(digits) >= SHORTEST and not of_thing and not is_example(digits) and not _is_year_span(number):
            yield Match(Kind.IDENTITY, found.start(1), found.start(1) + len(number), number, BY_A_WORD)


def probable(text: str, regions: Iterable[str]) -> Iterator[Match]:
    """Numbers that pass a national check where its words, or the entry's country, speak for it."""
    countries = frozenset(regions)
    for rule in RULES:
        if rule.certain:
            continue
        in_country = bool(countries & set(rule.countries))
        for match in _checked(text, rule):
            if in_country or (
                rule.words and re.search(rf"(?<!\w)(?:{rule.words})(?!\w)", before(text, match.start), re.IGNORECASE)
            ):
                yield match


def _checked(text: str, rule: Rule) -> Iterator[Match]:
    check = _check(rule.module)
    for found in _pattern(rule.written).finditer(text):
        digits = digits_of(found[0])
        if not is_example(digits) and check(found[0]):
            yield _match(found, rule.name)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(BARE.format(f"(?:{written})"))


@cache
def _check(module: str) -> Check:
    check: Check = import_module(f"stdnum.{module}").is_valid
    return check


def _match(found: re.Match[str], rule: str) -> Match:
    return Match(Kind.IDENTITY, found.start(), found.end(), found.group(), rule)


def _is_card(written: str) -> bool:
    digits = digits_of(written)
    return len(digits) >= SHORTEST_CARD and luhn.is_valid(digits) and not is_example(digits)


def _is_year_span(written: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d\s?[-/]\s?(?:19|20)?\d\d", written))


def _is_mrz(line: str) -> bool:
    if MRZ_NAME.fullmatch(line):
        return True
    return len(line) == max(MRZ_LENGTHS) and all(
        _mrz_check(line[start:end]) == line[end] for start, end in ((0, 9), (13, 19), (21, 27))
    )


def _mrz_check(part: str) -> str:
    """ICAO Doc 9303-3, 4.9: weights 7, 3, 1 over 0-9, A=10 to Z=35, `<`=0."""
    values = (0 if letter == "<" else int(letter, 36) for letter in part)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)
