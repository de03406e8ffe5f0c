"""A search as data. Reading it from an address and writing it back happens here only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from core.text import fold
from search.facets import FACETS, canonical_years
from search.notices import Notice, Reason
from search.words import Text, parse_text

PAGE_SIZE = 20
WINDOW = 10_000
MAX_CHOICES = 100
MAX_ADDRESS = 16_384
MAX_FIELDS = 500
MAX_REDIRECT = 1500
SORTS = MappingProxyType(
    {"relevance": _("Best match first"), "newest": _("Newest first"), "title": _("By title")},
)
# Added by mail programs and advertisers; nobody chose them, so nobody needs to hear of them.
_IGNORED = re.compile(r"(?:utm_\w+|mtm_\w+|pk_\w+|fbclid|gclid|msclkid|mc_[ce]id|_ga|_gl)\Z")
_OWN = frozenset({"q", "sort", "page", "year_from", "year_to", *FACETS})
Chosen = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: text, chosen values by facet (canonical, sorted), order, page (from 1), reader's language.

    `keys` narrows to these entries (translation keys), `excluded` are treated as if they were not there; neither
    comes from an address.
    """

    text: Text = field(default_factory=Text)
    chosen: Chosen = field(default_factory=dict, hash=False)
    sort: str = ""
    page: int = 1
    language: str = "en"
    keys: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, given: QueryDict, language: str) -> tuple[Query, list[Notice]]:
        """Read any address; what cannot be used is left out and named in the notices."""
        notices = [
            Notice(Reason.UNKNOWN_PARAMETER, name) for name in given if name not in _OWN and not _IGNORED.match(name)
        ]
        text = _parse_words(given.get("q", ""), notices)
        chosen = _parse_choices(given, notices)
        sort = _parse_sort(given.get("sort", ""), notices)
        return cls(text, chosen, sort, _parse_page(given.get("page", ""), notices), language), notices

    @property
    def order(self) -> str:
        """The order that applies: the chosen one, but relevance only where there are words to be relevant to."""
        default = "relevance" if self.text.wanted else "newest"
        return default if self.sort in ("", "relevance") else self.sort

    @property
    def is_narrowed(self) -> bool:
        """Whether there is anything by which entries are left out."""
        return bool(self.text or self.chosen)

    def values(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        return self.chosen.get(facet, ())

    def with_page(self, page: int) -> Query:
        """The same search on another page."""
        return replace(self, page=page)

    def with_sort(self, sort: str) -> Query:
        """The same search, first page, in another order."""
        return replace(self, sort=sort, page=1)

    def with_value(self, facet: str, value: str) -> Query:
        """The same search, first page, with one more value chosen."""
        return self._choosing(facet, {*self.values(facet), value})

    def without_value(self, facet: str, value: str) -> Query:
        """The same search, first page, with one value fewer."""
        return self._choosing(facet, set(self.values(facet)) - {value})

    def without_facet(self, facet: str) -> Query:
        """The same search, first page, with nothing chosen in one facet."""
        return self._choosing(facet, set())

    def without_text(self) -> Query:
        """The same choices, first page, without words."""
        return replace(self, text=Text(), page=1)

    def without_entries(self, keys: frozenset[str]) -> Query:
        """The same search as if these entries were not there."""
        return replace(self, excluded=self.excluded | keys)

    def without_choices(self) -> Query:
        """The same words, first page, with nothing chosen."""
        return replace(self, chosen=MappingProxyType({}), page=1)

    def _choosing(self, facet: str, values: set[str]) -> Query:
        chosen = {**self.chosen, facet: tuple(sorted(values))}
        return replace(self, chosen=_in_order(chosen), page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the canonical address, in order."""
        pairs = [("q", self.text.raw)] if self.text.raw else []
        pairs += [(facet, value) for facet in FACETS for value in self.values(facet)]
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def url(self) -> str:
        """The address relative to a search page: `?` and the canonical query string."""
        return "?" + urlencode(self.pairs())

    def url_with(self, facet: str, value: str) -> str:
        """Address of `with_value`."""
        return self.with_value(facet, value).url()

    def url_without(self, facet: str, value: str) -> str:
        """Address of `without_value`."""
        return self.without_value(facet, value).url()


def last_page(total: int) -> int:
    """Number of the last page that can be opened with this many results; at least 1."""
    return max(1, -(-min(total, WINDOW) // PAGE_SIZE))


def understood(request: HttpRequest, query: Query) -> None:
    """Let all else that reads the address (links to other languages) find what was understood, not what was sent."""
    request.META["QUERY_STRING"] = query.url()[1:]
    request.GET = QueryDict(query.url()[1:])


def given_by(request: HttpRequest) -> QueryDict:
    """The request's parameters however many there are: what Django would refuse with 400 is cut off instead."""
    raw = str(request.META.get("QUERY_STRING", ""))[:MAX_ADDRESS]
    raw = "&".join(raw.split("&")[:MAX_FIELDS])
    # WSGI gives bytes as Latin-1 text.
    return QueryDict(raw.encode("latin-1", "replace").decode("utf-8", "replace"))


def canonical_address(given: QueryDict) -> str | None:
    """The query string with every value written the one right way, or None when it is so already.

    Only values are rewritten (`sdg=4`, `country=KEN`, merged codes): unknown ones stay, so that they can be named.
    """
    pairs, changed = [], False
    for name, value in ((name, value) for name, values in given.lists() for value in values):
        right = _canonical(name, value)
        changed = changed or right != value
        pairs.append((name, right))
    bounds = _year_bounds(given)
    if bounds:
        pairs = [(name, value) for name, value in pairs if name not in {"year_from", "year_to"}]
        pairs.append(("year", bounds))
    address = "?" + urlencode(list(dict.fromkeys(pairs)), errors="replace")
    # Longer ones no browser need follow; they are read as they are.
    return address if (changed or bounds) and len(address) <= MAX_REDIRECT else None


def _canonical(name: str, value: str) -> str:
    facet = FACETS.get(name)
    return (facet.canonical(value) or value) if facet else value


def _year_bounds(given: QueryDict) -> str | None:
    """The two number fields of the search form as one value of the year facet."""
    start, end = given.get("year_from", "").strip()[:10], given.get("year_to", "").strip()[:10]
    return canonical_years(f"{start}-{end}") if start or end else None


def _parse_words(raw: str, notices: list[Notice]) -> Text:
    text, cut = parse_text(raw)
    if cut:
        notices.append(Notice(Reason.TOO_LONG, "q", text.raw))
    if text.raw and not text:
        notices.append(Notice(Reason.NO_WORDS, "q", text.raw))
        return Text()
    return text


def _parse_choices(given: QueryDict, notices: list[Notice]) -> Chosen:
    chosen: dict[str, set[str]] = {}
    room = MAX_CHOICES
    for name in FACETS:
        for raw in _raw_values(given, name, notices):
            value = FACETS[name].canonical(raw)
            if value is None:
                notices.append(Notice(Reason.UNKNOWN_VALUE, name, raw))
            elif value not in chosen.setdefault(name, set()):
                if room == 0:
                    notices.append(Notice(Reason.TOO_MANY, name, max(chosen[name], default="")))
                    break
                room -= 1
                chosen[name].add(value)
    return _in_order({name: tuple(sorted(values)) for name, values in chosen.items()})


def _raw_values(given: QueryDict, name: str, notices: list[Notice]) -> Iterable[str]:
    values = [value for value in dict.fromkeys(given.getlist(name)) if value.strip()]
    if name == "year":
        bounds = _year_bounds(given)
        tried = "-".join(given.get(part, "").strip() for part in ("year_from", "year_to"))
        if bounds is None and tried != "-":
            notices.append(Notice(Reason.UNKNOWN_VALUE, "year", tried))
        return [*values, *([bounds] if bounds else [])]
    return values


def _in_order(chosen: Mapping[str, tuple[str, ...]]) -> Chosen:
    return MappingProxyType({name: chosen[name] for name in FACETS if chosen.get(name)})


def _parse_sort(raw: str, notices: list[Notice]) -> str:
    if raw and raw not in SORTS:
        notices.append(Notice(Reason.UNKNOWN_SORT, "sort", raw))
        return ""
    return raw


def _parse_page(raw: str, notices: list[Notice]) -> int:
    number = fold(raw[:20]).strip()
    if not number:
        return 1
    if not re.fullmatch(r"\d{1,9}", number) or int(number) < 1:
        notices.append(Notice(Reason.NOT_A_PAGE, "page", raw))
        return 1
    return int(number)
