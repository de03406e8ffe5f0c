"""One document per entry: a pure function of its original page, its findable translations and their rows.

A document holds codes, not labels: a card takes its labels from the terms as they are when it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cases.terms import Label, TermRow, current_terms
from search.facets import FACETS
from search.results import Cover, Document

FORMAT = 1
"""Number of this shape; an index that was written in another one has to be made anew."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What can be read on one page of an entry, as plain text, and where it stands."""

    title: str
    summary: str
    body: str
    url: str


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """An entry as an engine keeps it: what words find, what facets count and all that a card shows.

    `texts` are by language, the original's first. `labels` (by language) and `names` (tags, organisations) are what
    words find besides; they are not part of what is stored. `countries` and `themes` are codes as the card lists them.
    """

    key: str
    kind: str
    language: str
    reference: str
    team: str
    lead: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    years: tuple[int | None, int | None]
    published: datetime | None
    cover: Cover | None
    codes: Mapping[str, tuple[str, ...]] = field(hash=False)
    texts: Mapping[str, Texts] = field(hash=False)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    names: tuple[str, ...] = ()

    def texts_for(self, language: str) -> tuple[str, Texts]:
        """The texts a reader of this language is shown with their language: in that one, else the original's."""
        shown = language if language in self.texts else self.language
        return shown, self.texts[shown]

    def card(self, language: str) -> Document:
        """What a result card shows, labels in `language` as the terms have them now."""
        shown, texts = self.texts_for(language)
        levels = _labels("participation", self.codes["participation"], language)
        return Document(
            key=self.key,
            kind=self.kind,
            kind_label=next(iter(_labels("kind", (self.kind,), language)), Label(self.kind, "en")),
            url=texts.url,
            lang=shown,
            title=texts.title,
            summary=texts.summary or self.texts[self.language].summary,
            reference=self.reference,
            team=self.team,
            lead_organisation=self.lead,
            countries=_labels("country", self.countries, language),
            themes=_labels("theme", self.themes, language),
            years=self.years,
            participation=levels[0] if levels else None,
            published=self.published,
            cover=self.cover,
            codes={name: frozenset(values) for name, values in self.codes.items()},
        )

    def to_json(self, *, searched: bool = True) -> str:
        """One line of JSON; without what words find beyond the texts unless `searched`."""
        names = [name for name in self.__slots__ if searched or name not in ("labels", "names")]
        values = {name: getattr(self, name) for name in names}
        values["published"] = self.published.astimezone(UTC).isoformat() if self.published else None
        values["cover"] = asdict(self.cover) if self.cover else None
        values["texts"] = {language: asdict(texts) for language, texts in self.texts.items()}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str) -> IndexDocument:
        """Read what `to_json` wrote. Raises `ValueError` for anything else."""
        try:
            return cls(**_read(json.loads(line)))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"This is no document of format {FORMAT}: {error}") from error


def _read(values: dict[str, Any]) -> dict[str, Any]:
    lists = {name: tuple(values[name]) for name in ("countries", "themes", "years")}
    published = values["published"]
    return {
        **values,
        **lists,
        "published": datetime.fromisoformat(published) if published else None,
        "cover": Cover(**values["cover"]) if values["cover"] else None,
        "codes": {name: tuple(codes) for name, codes in values["codes"].items()},
        "texts": {language: Texts(**texts) for language, texts in values["texts"].items()},
        "labels": {language: tuple(labels) for language, labels in values.get("labels", {}).items()},
        "names": tuple(values.get("names", ())),
    }


def _labels(facet: str, codes: tuple[str, ...], language: str) -> tuple[Label, ...]:
    """Labels of codes that are still known, merged ones followed, each once."""
    version = current_terms().version
    rows = dict.fromkeys(row for code in codes if (row := _row(version, facet, code)))
    return tuple(row.label(language) for row in rows)


@lru_cache(maxsize=8192)
def _row(version: str, facet: str, code: str) -> TermRow | None:
    """The term that now stands for a code; the version names one state of the terms and keys the cache."""
    return FACETS[facet].find(code)
