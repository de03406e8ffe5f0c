"""HTML as a test reads it."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse


class Reading(HTMLParser):
    """All start tags with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, name: str, /, **wanted: str) -> list[dict[str, str]]:
        """Attributes of the tags of this name that have all the wanted ones."""
        return [found for tag, found in self.tags if tag == name and wanted.items() <= found.items()]

    def addresses(self) -> set[str]:
        """Every address that a browser follows, or fetches by itself."""
        names = ("src", "href", "srcset", "action", "poster", "data", "formaction")
        return {found[name] for _tag, found in self.tags for name in names if name in found}


def read(response: HttpResponse) -> Reading:
    return Reading(response.content.decode())
