"""Participation: each stage of the data value chain with its level, for the figure, its numbers and versions."""

from __future__ import annotations

from dataclasses import dataclass

from cases.derived import level_term
from cases.gates import REQUIRED_STAGES
from cases.models import EntryPage
from cases.reading.items import Item, of_term
from cases.reading.texts import Text, of_label
from cases.terms import current_terms

LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage with the level reached (None: not assessed) and the level's name."""

    stage: Item
    level: int | None
    level_name: Text | None
    decides: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """All stages in the order of the value chain, and the names of the five levels."""

    rows: tuple[StageRow, ...]
    scale: tuple[tuple[int, Item], ...]

    def __bool__(self) -> bool:
        return any(row.level for row in self.rows)

    @property
    def explained(self) -> tuple[Item, ...]:
        """The levels and stages with what they mean."""
        return (*(level for _number, level in self.scale), *(row.stage for row in self.rows))


def figure(entry: EntryPage) -> Figure:
    """The figure of an entry's levels."""
    levels = entry.levels()
    every = current_terms().of("value_chain_stages", retired=True)
    stages = [stage for stage in every if not stage.retired or stage.code in levels]
    rows = [_row(of_term(stage), levels.get(stage.code)) for stage in stages]
    scale = [(n, of_term(term)) for n in LEVELS if (term := level_term(n))]
    return Figure(tuple(rows), tuple(scale))


def _row(stage: Item, level: int | None) -> StageRow:
    term = level_term(level) if level else None
    name = of_label(term.label()) if term else None
    return StageRow(stage, level, name, decides=stage.code in REQUIRED_STAGES)


def covered_stages(entry: EntryPage) -> tuple[Item, ...]:
    """The stages that a method covers, in the order of the value chain."""
    chosen = {row.stage_id for row in entry.source.stage_levels.get_object_list()}
    terms = current_terms()
    resolved = {terms.resolve(pk).id for pk in chosen}
    return tuple(of_term(stage) for stage in terms.of("value_chain_stages", retired=True) if stage.id in resolved)
