"""The kinds of pages that visitors meet, for axe, budgets and screenshots. A new one joins by one line.

`address` is the page with content; keywords name its other states: the part of the address that differs, or a whole
address. `{lang}` is the language of the page. `tests.factories.pages` makes what the addresses lead to; in Arabic, most
of it is not translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

LONG: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@dataclass(frozen=True)
class PageType:
    """One kind of page.

    `kb` bounds what travels without pictures (page, style sheets, scripts; compressed, in thousands of bytes),
    `requests` how many files that is, `sql` the queries of one visit; each has a little room.
    `empty`: it can be asked for without any entry.
    """

    name: str
    address: str
    kb: float
    requests: int
    sql: int
    empty: bool = False
    status: int = 200
    states: dict[str, str] = field(default_factory=dict)

    def at(self, state: str, lang: str) -> str:
        """Where the page shows a state."""
        other = self.states.get(state, "")
        return (other if other.startswith("/") else self.address + other).replace("{lang}", lang)

    def shown(self, *, everything: bool) -> Iterator[tuple[str, str]]:
        """States with languages: all of both, or for a short run each state once and the plain page in both."""
        yield from (("many", lang) for lang in ("en", "ar"))
        for state in self.states:
            yield from ((state, lang) for lang in (("en", "ar") if everything else ("en",)))


def page(name: str, address: str, *, kb: float, requests: int = 5, sql: int, **states: str | bool | int) -> PageType:
    """One line of the list below."""
    empty, status = bool(states.pop("empty", False)), int(states.pop("status", 200))
    return PageType(name, address, kb, requests, sql, empty, status, {key: str(path) for key, path in states.items()})


ENTRY: Final = {"one": "/{lang}/teams/uga/lake/", "long": "/{lang}/teams/ken/long/"}
PAGE_TYPES: Final[tuple[PageType, ...]] = (
    page("home", "/{lang}/", kb=15, sql=18, empty=True),
    page("search", "/{lang}/search/", kb=21, sql=12, empty=True, one="?q=lake", none="?q=nothingatall",
         error="?country=zzz&page=9&sort=odd&q=%22", long=f"?q={LONG}&q=b"),
    page("cases", "/{lang}/cases/", kb=21, sql=12, empty=True, last="?page=2"),
    page("methods", "/{lang}/methods/", kb=17, sql=12, empty=True),
    page("suggestions", "/{lang}/search/suggest/?q=we", kb=14, sql=9, empty=True),
    page("case", "/{lang}/teams/ken/wells/", kb=26, sql=22, **ENTRY),
    page("method", "/{lang}/teams/international/walks/", kb=18, sql=17),
    page("versions", "/{lang}/teams/ken/wells/versions/", kb=12, sql=9),
    page("version", "/{lang}/teams/ken/wells/versions/1/", kb=26, sql=25),
    page("team", "/{lang}/teams/ken/", kb=22, sql=27, empty=True),
    page("teams", "/{lang}/teams/", kb=11, sql=14, empty=True),
    page("countries", "/{lang}/countries/", kb=18, sql=12, empty=True),
    page("country", "/{lang}/countries/ken/", kb=20, sql=14, empty=True, region="/{lang}/countries/africa/"),
    page("themes", "/{lang}/themes/", kb=14, sql=12, empty=True),
    page("theme", "/{lang}/themes/water-sanitation/", kb=21, sql=12, none="/{lang}/themes/youth/"),
    page("groups", "/{lang}/groups/", kb=14, sql=12, empty=True),
    page("group", "/{lang}/groups/women/", kb=21, sql=12),
    page("goals", "/{lang}/sdgs/", kb=13, sql=12, empty=True),
    page("goal", "/{lang}/sdgs/sdg-06/", kb=21, sql=12),
    page("organisations", "/{lang}/organisations/", kb=14, sql=10, empty=True),
    page("organisation", "/{lang}/organisations/water-network/", kb=21, sql=16),
    page("plain page", "/en/about/", kb=12, sql=12, empty=True),
    page("glossary", "/{lang}/glossary/", kb=36, sql=5, empty=True),
    page("leaving", "/{lang}/leaving/", kb=12, sql=4, empty=True),
    page("account request", "/{lang}/join/", kb=12, sql=5, empty=True),
    page("concern", "/{lang}/concern/TEST-1/", kb=12, sql=6),
    page("components", "/{lang}/components/", kb=19, sql=4, empty=True),
    page("not found", "/{lang}/nothing-here/", kb=11, sql=10, empty=True, status=404),
    page("withdrawn", "/{lang}/teams/ken/gone/", kb=11, sql=7, status=410),
)  # fmt: skip
