"""Every system over the demo content on the judged list, as figures and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cases.models import EntryPage
from search.collecting import build_all
from search.documents import IndexDocument
from search.engines import engine
from search.engines.database import DatabaseEngine
from tests.relevance.ndcg import Judged, judged, mean, ndcg
from tests.relevance.systems import Ranking, full_text, named, plain_match, site_engine

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh-hans")


@dataclass(frozen=True, slots=True)
class Answered:
    """A judged query with the ranking that a system gave."""

    judged: Judged
    ranking: Sequence[str]

    @property
    def ndcg(self) -> float:
        """How good the ranking is."""
        return ndcg(self.ranking, self.judged.grades)

    @property
    def is_first(self) -> bool:
        """Whether the best entry stands first."""
        return list(self.ranking[:1]) == [self.judged.best]


@dataclass(frozen=True, slots=True)
class Report:
    """One system's answers to all judged queries."""

    name: str
    answers: Sequence[Answered]

    def ndcg(self, half: str = "", language: str = "") -> float:
        """Mean nDCG@10 over a half and a language, or over all."""
        return mean([answer.ndcg for answer in self._some(half) if language in ("", answer.judged.language)])

    def titles_first(self) -> float:
        """The share of exact titles whose entry stands first, of both halves."""
        return mean([float(answer.is_first) for answer in self._some() if answer.judged.kind == "title"])

    def _some(self, half: str = "") -> Iterable[Answered]:
        return (answer for answer in self.answers if half in ("", answer.judged.half))


def compare() -> dict[str, Report]:
    """Ask every system all queries; the index of the site's engine is made anew from the database."""
    documents = _fill()
    systems: Mapping[str, Ranking] = {
        engine().name: site_engine(engine()),
        "database": site_engine(DatabaseEngine()),
        "plain match": plain_match(documents),
        "SQLite FTS5": full_text(documents),
    }
    return {name: _asked(name, named(ranking, _names())) for name, ranking in systems.items()}


def own_engine() -> Report:
    """Ask the site's engine alone, with its index made anew."""
    _fill()
    return _asked(engine().name, named(site_engine(engine()), _names()))


def _fill() -> list[IndexDocument]:
    build = engine().begin_rebuild()
    documents = [document for batch in build_all() for document in batch]
    build.put(documents)
    build.publish()
    return documents


def _names() -> dict[str, str]:
    rows = EntryPage.objects.filter(original=None).values_list("translation_key", "external_id")
    return {str(key): name for key, name in rows}


def _asked(name: str, ranking: Ranking) -> Report:
    return Report(name, [Answered(each, ranking(each)) for each in judged()])


def table(reports: Iterable[Report]) -> str:
    """The figures as lines to print: each system's nDCG@10 by half and, for the reported half, by language."""
    head = ["nDCG@10", "report", "tune", *LANGUAGES, "exact title first"]
    lines = [head] + [_line(report) for report in reports]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _line(report: Report) -> list[str]:
    numbers = [report.ndcg("report"), report.ndcg("tune"), *(report.ndcg("report", each) for each in LANGUAGES)]
    return [report.name, *(f"{number:.3f}" for number in numbers), f"{report.titles_first():.0%}"]
