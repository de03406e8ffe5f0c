"""Places so precise that they tell a house: coordinates, links to a point on a map, codes of places.

How precise is too precise: a degree of latitude is 111 km, so one decimal of decimal degrees tells 11 km, two 1.1 km,
three 111 m, four 11 m. Reported are three decimals and more; minutes (1.85 km) are not, seconds (31 m) and hundredths
of minutes (18 m) are. Open Location Codes (plus codes): ten digits tell 14 m, eight 275 m: those with a digit after
the `+` are reported. MGRS: four digits and more for each direction (10 m). Addresses of three words: squares of 3 m.
Sources: ISO 6709, RFC 5870 (geo:), RFC 7946 (GeoJSON, longitude first), Open Location Code 1.0, NGA.STND.0037 (MGRS).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from cases.checks.detect.spans import Match, before
from cases.checks.kinds import Kind

DECIMALS: Final = 3
"""Decimals of a degree from which on a place is precise: 111 m."""
MAX_LATITUDE, MAX_LONGITUDE = 90.0, 180.0
SMALLEST_VALUE: Final = 1.5
"""Pairs of numbers below this are shares, ratios or p-values more often than places in the Gulf of Guinea."""
_DEGREE: Final = r"[-+]?\d{1,3}[.,]\d+"
_SIDE: Final = r"\s?°?\s?[NSEWOnsewo]?"
PAIR: Final = re.compile(
    rf"(?<![\w.,-])({_DEGREE})({_SIDE})\s?([,;/ ]\s?)(and |et |y )?(?:lon(?:g(?:itude)?)?[:=]?\s?)?"
    rf"({_DEGREE})({_SIDE})(?!\w|[.,]\d)"
)
LABELLED: Final = re.compile(
    r"\b(?:lat(?:itude)?|latitud|широта|خط العرض|纬度)\W{0,4}([-+]?\d{1,2}[.,]\d{3,})\D{0,25}?"
    r"(?:lon(?:g(?:itude)?)?|lng|longitud|долгота|خط الطول|经度)\W{0,4}([-+]?\d{1,3}[.,]\d{3,})",
    re.IGNORECASE,
)
_SECONDS: Final = r"\d{1,3}\s?°\s?\d{1,2}\s?'\s?\d{1,2}(?:[.,]\d+)?\s?(?:\"|'')"
_MINUTES: Final = r"\d{1,3}\s?°\s?\d{1,2}[.,]\d{2,}\s?'"
DMS: Final = re.compile(
    rf"(?:[NSEWO]\s?)?(?:{_SECONDS}|{_MINUTES})\s?[NSEWO]?(?:[\s,;/]*(?:[NSEWO]\s?)?(?:{_SECONDS}|{_MINUTES})\s?[NSEWO]?)?"
)
GEO_URI: Final = re.compile(r"\bgeo:(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)")
MAP_LINK: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:google\.[a-z.]+/maps|maps\.google\.[a-z.]+|openstreetmap\.org|osm\.org|bing\.com/maps"
    r"|maps\.apple\.com|yandex\.[a-z]+/maps|waze\.com|mapy\.cz|here\.com|kobo\S*|ona\.io)\S*",
    re.IGNORECASE,
)
LINKED_POINT: Final = re.compile(
    r"(?:@|[?&](?:q|ll|query|center|cp|daddr|saddr|destination|mlat|lat|sll|pt)=|#map=\d+/|!3d)(?:loc:)?"
    r"(-?\d{1,3}\.\d+)(?:[,/~]|%2C|&m?lon=|!4d)(-?\d{1,3}\.\d+)",
    re.IGNORECASE,
)
SHORT_MAP_LINK: Final = re.compile(r"\b(?:maps\.app\.goo\.gl|goo\.gl/maps)/\w{6,}", re.IGNORECASE)
PLUS_CODE: Final = re.compile(r"(?<![\w+])[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?![\w+])")
MGRS: Final = re.compile(r"\b(?:[1-9]|[1-5]\d|60)[C-HJ-NP-X] ?[A-HJ-NP-Z][A-HJ-NP-V] ?(?:\d{4} ?\d{4}|\d{5} ?\d{5})\b")
THREE_WORDS: Final = re.compile(
    r"(?:(?<![\w/:])///|what3words\.com/|\bw3w\.co/)[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20}\b", re.IGNORECASE
)
POINT: Final = re.compile(r'"type"\s*:\s*"(?:Multi)?Point"')
GEOJSON: Final = re.compile(r'"coordinates"\s*:\s*(\[[-\d.,eE\s\[\]]+\])')
WKT: Final = re.compile(r"\bPOINT\s?Z?\s?\(\s?(-?\d{1,3}\.\d+) (-?\d{1,3}\.\d+)", re.IGNORECASE)
PLACE_WORDS: Final = re.compile(
    r"coord|gps|lat|lon|lng|location|position|situated|point|site|house|home|geo|ubicaci|emplacement|localis|localiz"
    r"|местополож|координат|إحداثيات|الموقع|坐标|位置"
)
FIGURE_WORDS: Final = re.compile(
    r"\b(?:ci|ic|or|rr|hr|sd|se|p|r|r2|mean|median|ratio|odds|score|index|range|interval|coefficient|average|moyenne"
    r"|media|values?|between|from|rose|fell|respectively)\b[^\w]*[\w\s:=(\[<]*$"
)


def find(text: str) -> Iterator[Match]:
    """Every precise place of a text."""
    yield from _links(text)
    for pattern, rule in ((PLUS_CODE, "plus code"), (MGRS, "MGRS"), (THREE_WORDS, "address of three words")):
        yield from (_match(found, rule) for found in pattern.finditer(text) if rule != "MGRS" or " " in found[0])
    for found in (*GEO_URI.finditer(text), *WKT.finditer(text), *LABELLED.finditer(text)):
        if is_precise(found[1], found[2]):
            yield _match(found, "labelled coordinates")
    if '"coordinates"' in text:
        yield from _geojson(text)
    yield from (_match(found, "degrees, minutes, seconds") for found in DMS.finditer(text))
    yield from (_match(found, "decimal degrees") for found in PAIR.finditer(text) if _is_place(text, found))


def is_precise(first: str, second: str) -> bool:
    """Whether two decimal numbers are a place in either order, told to `DECIMALS` or more."""
    if min(decimals(first), decimals(second)) < DECIMALS:
        return False
    one, other = (abs(float(value.replace(",", "."))) for value in (first, second))
    return min(one, other) <= MAX_LATITUDE and max(one, other) <= MAX_LONGITUDE


def decimals(number: str) -> int:
    """How many digits stand after the point, final zeros left out: they are not known, only written."""
    return len(number.replace(",", ".").partition(".")[2].rstrip("0"))


def _match(found: re.Match[str], rule: str) -> Match:
    return Match(Kind.COORDINATES, found.start(), found.end(), found.group(), rule)


def _links(text: str) -> Iterator[Match]:
    for found in MAP_LINK.finditer(text):
        point = LINKED_POINT.search(found.group())
        if point and is_precise(point[1], point[2]):
            yield _match(found, "link to a point on a map")
    yield from (_match(found, "short link to a place on a map") for found in SHORT_MAP_LINK.finditer(text))


def _is_place(text: str, found: re.Match[str]) -> bool:
    first, side, _separator, joined, second, other_side = found.groups()
    if not is_precise(first, second):
        return False
    if ("," in first) != ("," in second):
        return False
    if side.strip(" ") or other_side.strip(" "):
        return True
    words = before(text, found.start())
    if PLACE_WORDS.search(words):
        return True
    values = [abs(float(value.replace(",", "."))) for value in (first, second)]
    return not joined and max(values) > SMALLEST_VALUE and not FIGURE_WORDS.search(words) and "," not in first


def _geojson(text: str) -> Iterator[Match]:
    """Points, and shapes so small that they are one."""
    for found in GEOJSON.finditer(text):
        nearby = text[max(0, found.start() - 60) : found.start()] + text[found.end() : found.end() + 60]
        numbers = re.findall(r"-?\d+\.\d+", found[1])
        precise = bool(numbers[1:]) and is_precise(*numbers[:2])
        if precise and (POINT.search(nearby) or _is_small(found[1])):
            yield _match(found, "GeoJSON")


SMALL: Final = 0.01
"""Degrees, about a kilometre: a shape that fits into this is a plot, not an area."""


def _is_small(written: str) -> bool:
    try:
        values = json.loads(re.sub(r"[\[\]]+", " ", written).strip().join("[]"))
    except ValueError:
        return False
    x, y = values[0::2], values[1::2]
    return bool(x and y) and max(x) - min(x) < SMALL and max(y) - min(y) < SMALL
