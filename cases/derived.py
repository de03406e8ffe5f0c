"""What follows from an entry's own data and is never typed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.gates import REQUIRED_STAGES, is_blank
from cases.term_fields import fields_of
from cases.terms import TermRow, current_terms

if TYPE_CHECKING:
    from cases.models.entries import EntryPage

SUFFICIENT_LEVEL: Final = 4
"""Copenhagen Framework: engagement at design or collection from partnership (4) on makes citizen data."""

RISKY_GROUPS: Final = frozenset(
    {
        "human-rights-defenders", "women-human-rights-defenders", "environmental-defenders", "journalists",
        "trade-unionists", "lgbt-plus", "lesbian-gay", "bisexual", "trans", "non-binary", "intersex",
        "people-living-with-hiv", "sex-workers", "people-in-detention", "refugees-asylum-seekers", "stateless",
        "indigenous-peoples", "indigenous-women",
    }
)  # fmt: skip
RISKY_CONSENT: Final = frozenset({"not-documented", "fpic-collective", "guardian-assent"})
VIOLENCE: Final = frozenset({"gender-based-violence", "violence-safety", "peace-conflict"})
"""Themes that tell of violence: their cases warn and offer a quick exit, whatever the mark “sensitive” says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of the citizen-data test: the label to show and the sentence that gives the reason."""

    is_citizen_data: bool
    label: str | Promise
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of the recommended fields is filled: two counts and the labels of what is missing."""

    filled: int
    total: int
    missing: tuple[tuple[str, str | Promise], ...]

    @property
    def percent(self) -> int:
        """Share filled, in whole per cent, rounded down."""
        return 100 * self.filled // self.total if self.total else 100


def regions(entry: EntryPage) -> tuple[TermRow, ...]:
    """M49 regions of the entry's countries, each once, nearest first, `world` left out."""
    terms = current_terms()
    found = [region for country in entry.chosen("countries") for region in terms.ancestors(country.id)]
    return tuple(dict.fromkeys(found))


def participation(entry: EntryPage) -> TermRow | None:
    """The highest level at design or collection; of a method, the level it makes possible."""
    if entry.kind == "method":
        return entry.chosen_one("participation_level")
    levels = [level for stage, level in entry.levels().items() if stage in REQUIRED_STAGES]
    return level_term(max(levels)) if levels else None


def level_term(level: int) -> TermRow | None:
    """The term of participation level 1-5."""
    scale = current_terms().of("participation_levels", retired=True)
    return next((term for term in scale if term.facts.get("level") == level), None)


def citizen_data_test(entry: EntryPage) -> Verdict | None:
    """Citizen data need level 4 or 5 at design or at collection; None while neither has a level."""
    levels = entry.levels()
    reached = {code: levels[code] for code in REQUIRED_STAGES if code in levels}
    if not reached:
        return None
    stage_code = max(reached, key=lambda code: reached[code])
    stage = current_terms().find("value_chain_stages", stage_code)
    level = level_term(reached[stage_code])
    values = {
        "level": level.label() if level else reached[stage_code],
        "number": reached[stage_code],
        "stage": stage.label() if stage else stage_code,
    }
    if reached[stage_code] >= SUFFICIENT_LEVEL:
        return Verdict(True, _("Citizen data"), _("Level %(number)s, “%(level)s”, is reached at “%(stage)s”.") % values)
    reason = _("Neither design nor collection reaches level 4; the highest is %(number)s, “%(level)s”, at “%(stage)s”.")
    return Verdict(False, _("Participatory data"), reason % values)


def proposes_sensitive(entry: EntryPage) -> bool:
    """Whether groups or consent basis suggest that the case is sensitive; people decide."""
    groups = {term.code for term in entry.chosen("population_groups")}
    basis = entry.chosen_one("consent_basis")
    return bool(groups & RISKY_GROUPS) or (basis is not None and basis.code in RISKY_CONSENT)


def violence(entry: EntryPage) -> tuple[TermRow, ...]:
    """The entry's themes that tell of violence."""
    return tuple(term for term in entry.chosen("themes") if term.code in VIOLENCE)


def completeness(entry: EntryPage) -> Completeness:
    """Count the fields of the entry that hold something, required and recommended alike."""
    checks = [*_text_checks(entry), *_term_checks(entry), *_row_checks(entry)]
    missing = tuple((name, label) for name, label, filled in checks if not filled)
    return Completeness(len(checks) - len(missing), len(checks), missing)


Check = tuple[str, "str | Promise", bool]
_NOT_COUNTED: Final = frozenset(
    {
        "doi", "end_year", "community_name", "comparison_group", "other_languages", "possible_indicators",
        "sensitive_reason", "method_version", "cover",
    }
)  # fmt: skip
"""Fields that may rightly stay empty for ever."""


def _text_checks(entry: EntryPage) -> list[Check]:
    entry_class: Any = type(entry)  # mypy takes the hash of its instances for that of the class
    fields = _content_fields(entry_class)
    return [(field.name, field.verbose_name, _is_filled(getattr(entry, field.attname))) for field in fields]


@lru_cache(maxsize=8)
def _content_fields(entry_class: Any) -> tuple[Any, ...]:
    """The columns of an entry that count; found out once, as exports ask for thousands of entries."""
    ancestors: list[Any] = [model for model in entry_class.__mro__ if _is_entry_model(model)]
    own_tables = {model._meta.concrete_model for model in ancestors}
    fields = (field for field in entry_class._meta.get_fields() if field.name not in _NOT_COUNTED)
    return tuple(field for field in fields if _is_content(field) and field.model in own_tables)


def _is_content(field: Any) -> bool:
    plain = field.concrete and field.editable and not field.many_to_many and field.get_internal_type() != "BooleanField"
    return plain and not getattr(field.remote_field, "parent_link", False)


def _is_entry_model(model: Any) -> bool:
    meta = getattr(model, "_meta", None)
    return meta is not None and not meta.abstract and meta.app_label == "cases"


def _is_filled(value: Any) -> bool:
    if isinstance(value, (int, bool)):
        return True
    return bool(value) and not is_blank(value)


def _term_checks(entry: EntryPage) -> list[Check]:
    return [(field.name, field.label, bool(entry.chosen(field.name))) for field in fields_of(entry.kind)]


_ROWS: Final = {
    "case": ("partnerships", "official_uses", "quality_scores", "sources", "method_links"),
    "method": ("steps", "quality_checks", "sources"),
}


def _row_checks(entry: EntryPage) -> list[Check]:
    checks: list[Check] = [("participation", _("Participation by stage"), bool(entry.stage_levels.get_object_list()))]
    for name in _ROWS[entry.kind]:
        manager = getattr(entry, name)
        checks.append((name, manager.model._meta.verbose_name_plural, bool(manager.get_object_list())))
    return checks
