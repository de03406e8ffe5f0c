"""The two figures of a case as tables whose places are drawn."""

from __future__ import annotations

from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cases.derived import SUFFICIENT_LEVEL
from cases.reading import CaseView
from cases.reading.participation import LEVELS, StageRow
from cases.reading.quality import HIGHEST, Score
from core.charts import Scale, Step, steps

PARTICIPATION, QUALITY = "participation", "quality"
LEVELS_TITLE: Final = _(
    "Level of participation at each stage of the data value chain. From level 4 on at design or collection, data are"
    " citizen data."
)
SCORES_TITLE: Final = _("Score of each quality dimension, 0 to 4, with its evidence")


def participation_figure(entry: CaseView, csv_url: str = "") -> SafeString:
    """Levels by stage; a line stands where citizen data begin, and the stages that decide are set off."""
    scale = Scale(LEVELS[-1], enough=SUFFICIENT_LEVEL)
    rows = [_stage(row) for row in entry.participation.rows]
    heads = (_("Stage"), _("Level (1-5)"))
    return steps(rows, scale, title=LEVELS_TITLE, heads=heads, name="ladder", csv_url=csv_url, mark=entry.ui)


def quality_figure(entry: CaseView, csv_url: str = "") -> SafeString:
    """Scores by dimension with their evidence, grouped by level of the quality framework."""
    rows = [_score(str(group.name), row) for group in entry.quality for row in group.rows]
    heads = (_("Dimension"), _("Score"), _("Evidence"))
    return steps(rows, Scale(HIGHEST), title=SCORES_TITLE, heads=heads, name="scores", csv_url=csv_url, mark=entry.ui)


def _stage(row: StageRow) -> Step:
    name = row.level_name
    return Step(
        row.stage.text,
        row.level,
        word=str(name) if name else "",
        strong=row.decides,
        mark=row.stage.attributes,
        **({"word_mark": name.attributes} if name else {}),
    )


def _score(group: str, row: Score) -> Step:
    return Step(
        row.dimension.text,
        row.score,
        word=str(row.word),
        note=str(row.evidence),
        group=group,
        mark=row.dimension.attributes,
        word_mark=row.word.attributes,
        note_mark=row.evidence.attributes,
    )
