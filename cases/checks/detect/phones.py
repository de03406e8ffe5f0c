"""Telephone numbers of persons.

Which numbers exist, and how each country writes them, is known by `phonenumbers` (Google's libphonenumber, numbering
plans of ITU-T E.164 and the national regulators). National ways of writing are tried for the countries of the entry.
Free and shared-cost numbers, short codes and company-wide numbers belong to services: they are not reported. Nor are
numbers that regulators keep for fiction: 555-0100 to 555-0199 (NANPA), Ofcom's numbers for TV and radio drama.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumber,
    PhoneNumberMatcher,
    PhoneNumberType,
    is_valid_number,
    number_type,
    parse,
)

from cases.checks.detect.spans import BY_A_WORD, Match, before, digits_of, is_example
from cases.checks.kinds import Kind

MAX_REGIONS: Final = 6
MAX_TRIES: Final = 5_000
SERVICES: Final = frozenset(
    {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN}
)
FICTION: Final = re.compile(
    r"1\d{3}55501\d\d|44(?:20794609|1134960|1144960|1154960|1164960|1174960|1184960|1214960|1314960|1414960"
    r"|1514960|1614960|1914980|28960180|2920180|1632960|7700900|8081570|9098790|3069990)\d{2,3}"
)
LINK: Final = re.compile(
    r"(?:\btel:|\bcallto:|\bsms:|wa\.me/|whatsapp\.com/send\?phone=)\s?(\+?[\d().\- ]{7,20}\d)", re.IGNORECASE
)
WORDS: Final = (
    r"tel|tél|teléfono|telefono|telefone|téléphone|telephone|telefon|phone|phone number|mobile|mob|cell|cellphone"
    r"|celular|móvil|movil|portable|tlf|mobil|whats ?app|signal|telegram|viber|sms|call|text|appelez|llame|ligue"
    r"|imo|reach(?: (?:me|him|her|them))? (?:at|on)|simu|هاتف|الهاتف|جوال|واتساب|موبايل|тел|телефон|моб|мобильный"
    r"|电话|手机|联系电话|微信"
)
NAMED: Final = re.compile(
    rf"(?<!\w)(?:{WORDS})[.\s]*(?:(?:no\.?|number|nr\.?|n°|№|numéro|número|al|au|at|on|me|us) ?)*"
    r"(?:is|est|es|:|：|=|-)?\s*"
    r"((?:\+|00)?\(?\d[\d().\- /]{5,18}\d)(?![\w-])",
    re.IGNORECASE,
)
DIALLED: Final = re.compile(r"(?<![\w+.,-])00 ?[1-9][\d \-]{7,18}\d(?![\w-])")
SHORTEST, LONGEST = 7, 15
COUNTERS: Final = re.compile(r"(?<!\w)(?:no|nr|number|ref|art|article|law|act|ley|loi|n[°º]|№|#|id|code)[.:\s]*$")
YEARS: Final = re.compile(r"(?:19|20)\d\d\D{1,3}(?:19|20)\d\d")


def linked(text: str) -> Iterator[Match]:
    """Numbers that say themselves what they are: in a link, after a word such as “tel”, with a country code."""
    for pattern, rule in ((LINK, "link to a number"), (NAMED, BY_A_WORD)):
        for found in pattern.finditer(text):
            digits = digits_of(found[1])
            if SHORTEST <= len(digits) <= LONGEST and not _is_harmless(found[1]) and not _is_service(digits):
                yield Match(Kind.PHONE, found.start(1), found.end(1), found[1], rule)
    if "+" in text:
        yield from _matched(text, None, Leniency.VALID, "international number")
    for found in DIALLED.finditer(text):
        if _exists(digits_of(found[0]).removeprefix("00")):
            yield Match(Kind.PHONE, found.start(), found.end(), found[0], "international number")


def find(text: str, regions: Iterable[str]) -> Iterator[Match]:
    """Numbers as they are written inside the countries `regions`."""
    for region in list(regions)[:MAX_REGIONS]:
        # People group digits as they like; without a leading zero only the official way tells numbers from figures.
        loose = _matched(text, region, Leniency.VALID, f"number of {region}")
        yield from (match for match in loose if match.text.lstrip("(").startswith("0"))
        yield from _matched(text, region, Leniency.STRICT_GROUPING, f"number of {region}")


def _matched(text: str, region: str | None, leniency: Any, rule: str) -> Iterator[Match]:
    for found in PhoneNumberMatcher(text, region, leniency=leniency, max_tries=MAX_TRIES):
        digits = digits_of(found.raw_string)
        plain_local = region is not None and not found.raw_string.startswith("+")
        if len(digits) < SHORTEST or _is_harmless(found.raw_string) or _kind(found.number) in SERVICES:
            continue
        if plain_local and (_is_bare(found.raw_string) or _is_counted(text, found.start)):
            continue
        yield Match(Kind.PHONE, found.start, found.end, found.raw_string, rule)


def _exists(digits: str) -> bool:
    """Whether these digits are a number with its country code."""
    try:
        number = parse(f"+{digits}")
    except NumberParseException:
        return False
    return bool(is_valid_number(number)) and _kind(number) not in SERVICES


def _kind(number: PhoneNumber) -> int:
    return int(number_type(number))


def _is_bare(written: str) -> bool:
    """Whether nothing but the digits speaks for a telephone number: no leading zero, no separators."""
    return written.isdigit() and not written.startswith("0")


def _is_counted(text: str, start: int) -> bool:
    """Whether a word before says that this numbers something else."""
    return bool(COUNTERS.search(before(text, start)))


def _is_harmless(written: str) -> bool:
    digits = digits_of(written)
    return (
        is_example(digits)
        or is_example(digits.lstrip("0")[-9:])
        or bool(YEARS.fullmatch(written.strip("() ")))
        or bool(FICTION.fullmatch(digits) or FICTION.fullmatch("1" + digits))
        or bool(FICTION.fullmatch("44" + digits.removeprefix("0")))
    )


def _is_service(digits: str) -> bool:
    return digits.removeprefix("00").removeprefix("1").startswith(("800", "0800", "888", "877", "866", "855", "844"))
