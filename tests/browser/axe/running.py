"""Axe and a few looks of our own on one page that is loaded once and shown in several ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from axe_playwright_python.base import AXE_SCRIPT

from tests.page_types import PAGE_TYPES, PageType

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAYS: Final = (("light", 1280), ("dark", 320), ("light", 320), ("dark", 1280))
"""Scheme and width; neighbours differ in both."""
RUN: Final = """async () => {
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html}`));
}"""
SHIFT: Final = """() => new Promise((resolve) => {
  const moved = [];
  const named = ({ value, sources }) => `${value.toFixed(4)} ${sources[0]?.node?.outerHTML?.slice(0, 120)}`;
  new PerformanceObserver((list) => moved.push(...list.getEntries().map(named)))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(moved), 20)));
})"""
HEIGHT: Final = "document.documentElement.scrollHeight"
TALLEST: Final = 12_000
TOO_WIDE: Final = """(width) => document.documentElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > width + 1)
    .slice(0, 3).map((e) => `wider than ${width}: ${e.outerHTML.slice(0, 200)}`)
    .concat(`wider than ${width}: ${document.documentElement.scrollWidth}`)"""


@dataclass(frozen=True)
class Visit:
    """One load of a page, and the ways in which it is looked at."""

    page_type: PageType
    state: str
    lang: str
    ways: tuple[tuple[str, int], ...]

    @property
    def address(self) -> str:
        """Where it is."""
        return self.page_type.at(self.state, self.lang)


def visits(*, everything: bool, empty: bool) -> Iterator[Visit]:
    """Every page type in its states; `empty` is the site without entries.

    Everything is each state in both directions, schemes and widths. The short run shows each page in either direction
    in another scheme and width, so that each is met with each over all pages, and every other state once.
    """
    for place, page_type in enumerate(kind for kind in PAGE_TYPES if kind.empty or not empty):
        for state, lang in page_type.shown(everything=everything):
            if empty and (state != "many" or ((lang == "ar") == bool(place % 2) and not everything)):
                continue
            yield Visit(page_type, state, lang, _ways(place, state, lang, everything=everything))


def _ways(place: int, state: str, lang: str, *, everything: bool) -> tuple[tuple[str, int], ...]:
    if everything:
        return WAYS
    return (WAYS[(place + len(state)) % len(WAYS) ^ (lang == "ar")],)


def looked_at(page: Page, base: str, visit: Visit) -> Iterator[str]:
    """What is wrong with a page, in each way in which it is shown; it is loaded once."""
    scheme, width = visit.ways[0]
    _show(page, scheme, width)
    answer = page.goto(f"{base}{visit.address}")
    assert answer is not None
    if answer.status != visit.page_type.status:
        yield f"status {answer.status}"
    yield from (f"moves while it loads: {moved}" for moved in page.evaluate(SHIFT))
    _unfold(page)
    page.evaluate(AXE_SCRIPT)
    for scheme, width in visit.ways:
        _show(page, scheme, width)
        # What sticks to the edge of the screen lies over nothing where the whole page is in sight.
        page.set_viewport_size({"width": width, "height": min(page.evaluate(HEIGHT), TALLEST)})
        complaints = [*page.evaluate(RUN), *page.evaluate(TOO_WIDE, width)]
        yield from (f"{scheme} {width}: {complaint}" for complaint in complaints)


def report(page: Page, base: str, visited: Iterable[Visit]) -> str:
    """What is wrong, a line each with its address; empty when nothing is."""
    return "\n".join(f"{visit.address}: {fault}" for visit in visited for fault in looked_at(page, base, visit))


def _show(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})


def _unfold(page: Page) -> None:
    """Open what is folded in the content; the list of languages would lie over it."""
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
