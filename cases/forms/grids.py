"""Fixed grids: level of participation by stage, and score with evidence by quality dimension."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.terms import TermRow, current_terms

STAGES = "value_chain_stages"
DIMENSIONS = "quality_dimensions"
LEVELS = ("1", "2", "3", "4", "5")
SCORES = ("0", "1", "2", "3", "4")
EVIDENCE_LENGTH = 500


class RawScore(TypedDict):
    """One row of the quality grid as it stands in the form: both texts, empty when nothing is given."""

    score: str
    evidence: str


class _GridWidget(forms.Widget):
    use_fieldset = True
    template_name: str

    class Media:
        css = {"all": ["cases/admin.css"]}
        js = ["cases/admin.js"]

    def id_for_label(self, id_: str) -> str:
        """None: the table is named by its caption."""
        return ""

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: a row without a choice means none."""
        return False

    def draw(self, name: str, attrs: dict[str, Any] | None, **context: Any) -> SafeString:
        """Fill the grid's template."""
        given = attrs or {}
        described, invalid = given.get("aria-describedby"), given.get("aria-invalid")
        common = {"name": name, "id": given.get("id"), "described_by": described, "invalid": invalid}
        return render_to_string(self.template_name, {**common, **context})


class LevelGrid(_GridWidget):
    """Eleven stages by none and five levels; the value is a level's digit by stage code."""

    template_name = "cases/admin/level_grid.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        stages = current_terms().of(STAGES, retired=True)
        return {stage.code: data.get(f"{name}-{stage.code}", "") for stage in stages}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen: Mapping[str, str] = value or {}
        terms = current_terms()
        levels = [(str(level.facts.get("level")), level) for level in terms.of("participation_levels")]
        stages = [stage for stage in terms.of(STAGES, retired=True) if not stage.retired or chosen.get(stage.code)]
        rows = [(stage, chosen.get(stage.code) or "") for stage in stages]
        return self.draw(name, attrs, levels=levels, rows=rows)


class LevelsField(forms.Field):
    """Level of participation by stage; `clean` returns the level 1-5 by stage code, stages without one left out."""

    widget = LevelGrid

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=gettext_lazy("Participation by stage"), **kwargs)

    def clean(self, value: Any) -> dict[str, int]:
        given = {code: level for code, level in (value or {}).items() if level}
        errors = [_bad_level(code, level) for code, level in given.items() if level not in LEVELS]
        if errors:
            raise ValidationError(errors)
        return {code: int(level) for code, level in given.items()}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _given(initial) != _given(data)


def _given(levels: Mapping[str, Any] | None) -> dict[str, str]:
    return {code: str(level) for code, level in (levels or {}).items() if level}


def _bad_level(code: str, level: str) -> ValidationError:
    values = {"stage": _label(STAGES, code), "value": level}
    return ValidationError(_("%(stage)s: “%(value)s” is no level; choose 1 to 5 or none."), params=values)


def _label(vocabulary: str, code: str) -> str:
    term = current_terms().find(vocabulary, code)
    return str(term.label()) if term else code


class ScoreGrid(_GridWidget):
    """Quality dimensions, grouped, by score 0-4 or “does not apply”, with evidence; the value is `RawScore` by code."""

    template_name = "cases/admin/score_grid.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, RawScore]:
        dimensions = current_terms().of(DIMENSIONS, retired=True)
        return {term.code: _raw(data, f"{name}-{term.code}") for term in dimensions}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        given: Mapping[str, RawScore] = value or {}
        groups: dict[str, list[tuple[TermRow, RawScore]]] = {}
        for term in current_terms().of(DIMENSIONS, retired=True):
            raw = given.get(term.code) or RawScore(score="", evidence="")
            if not term.retired or raw["score"]:
                groups.setdefault(str(_GROUPS.get(term.facts.get("level", ""), "")), []).append((term, raw))
        scores = [(str(score.facts.get("score")), score) for score in current_terms().of("quality_scores")]
        return self.draw(name, attrs, groups=groups, scores=scores, evidence_length=EVIDENCE_LENGTH)


_GROUPS = {
    "output": gettext_lazy("The data themselves"),
    "process": gettext_lazy("How they are made"),
    "institution": gettext_lazy("Who makes them"),
    "system": gettext_lazy("The wider system"),
    "citizen-data": gettext_lazy("Particular to citizen data"),
}


def _raw(data: Any, name: str) -> RawScore:
    return RawScore(score=data.get(name, ""), evidence=(data.get(f"{name}-evidence") or "").strip())


class ScoresField(forms.Field):
    """Quality by dimension; `clean` returns (score 0-4, evidence) by dimension code, what does not apply left out."""

    widget = ScoreGrid

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=gettext_lazy("Quality"), **kwargs)

    def clean(self, value: Any) -> dict[str, tuple[int, str]]:
        given = {code: raw for code, raw in (value or {}).items() if any(raw.values())}
        errors = [error for code, raw in given.items() if (error := _score_error(code, raw))]
        if errors:
            raise ValidationError(errors)
        return {code: (int(raw["score"]), raw["evidence"]) for code, raw in given.items()}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _filled(initial) != _filled(data)


def _filled(scores: Mapping[str, RawScore] | None) -> dict[str, RawScore]:
    return {code: raw for code, raw in (scores or {}).items() if any(raw.values())}


def _score_error(code: str, raw: RawScore) -> ValidationError | None:
    values = {"dimension": _label(DIMENSIONS, code), "value": raw["score"], "maximum": EVIDENCE_LENGTH}
    if raw["score"] and raw["score"] not in SCORES:
        message = _("%(dimension)s: “%(value)s” is no score; choose 0 to 4 or “does not apply”.")
    elif not raw["score"]:
        message = _("%(dimension)s has evidence but no score: choose 0 to 4, or empty the evidence.")
    elif len(raw["evidence"]) > EVIDENCE_LENGTH:
        message = _("%(dimension)s: keep the evidence to %(maximum)s characters.")
    else:
        return None
    return ValidationError(message, params=values)
