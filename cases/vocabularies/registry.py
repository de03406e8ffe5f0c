"""Which vocabularies there are, what they are called, and which facts their terms carry besides the labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FactKind = Literal["number", "flag", "choice", "text"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One extra fact: its key, and which values it may have."""

    name: str
    label: str | Promise
    kind: FactKind
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    example: str = ""
    optional: bool = False

    @property
    def allowed(self) -> str:
        """The values that may stand here, in words."""
        values = {
            "number": f"a whole number {self._limits()}",
            "flag": "true or false",
            "choice": ", ".join(self.choices),
            "text": f"text such as {self.example}" if self.example else "text",
        }[self.kind]
        return f"{values}, or null" if self.optional else values

    def accepts(self, value: object) -> bool:
        """Whether `value` may stand here."""
        if value is None:
            return self.optional
        if self.kind == "flag":
            return isinstance(value, bool)
        if self.kind == "number":
            return isinstance(value, int) and not isinstance(value, bool) and self._within(value)
        if self.kind == "choice":
            return value in self.choices
        return isinstance(value, str) and bool(re.fullmatch(self.pattern or r".+", value))

    def _within(self, value: int) -> bool:
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)

    def _limits(self) -> str:
        low = "" if self.minimum is None else f"from {self.minimum}"
        high = "" if self.maximum is None else f"to {self.maximum}"
        return f"{low} {high}".strip()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One controlled list. `parents` names the vocabulary in which a term's parent stands, if terms have one.

    `file_only` are keys that stay in the file: other parts of the site read them there.
    """

    name: str
    title: str | Promise
    facts: tuple[Fact, ...] = ()
    parents: str = ""
    file_only: frozenset[str] = frozenset()


_M49 = Fact("m49", _("M49 code"), "text", pattern=r"\d{3}", example="404")
_REGION_LEVELS = ("world", "region", "subregion", "intermediate")
_QUALITY_LEVELS = ("output", "process", "institution", "system", "citizen-data")
_INSTRUMENT_KINDS = ("treaty", "declaration", "expert-principles", "political-commitment", "standard")
_FRAMEWORK_KEYS = frozenset(
    {"owner", "unit", "shape", "instruments", "comparison_groups", "domains", "waves"},
)

_COUNTRY_FACTS = (
    Fact("iso3", _("ISO code, three letters"), "text", pattern=r"[A-Z]{3}", example="KEN"),
    Fact("iso2", _("ISO code, two letters"), "text", pattern=r"[A-Z]{2}", example="KE"),
    _M49,
    Fact("un_member", _("member state of the United Nations"), "flag"),
    Fact("lldc", _("landlocked developing country"), "flag"),
    Fact("sids", _("small island developing state"), "flag"),
)
_SDG_FACTS = (
    Fact("number", _("number"), "number", 1, 17),
    Fact("targets", _("number of targets"), "number", 1),
    Fact("colour", _("colour"), "text", pattern=r"#[0-9A-Fa-f]{6}", example="#E5243B"),
)
_INSTRUMENT_FACTS = (
    Fact("kind", _("kind"), "choice", choices=_INSTRUMENT_KINDS),
    Fact("year", _("year of adoption"), "number", 1900, 2100),
    Fact("scope", _("scope"), "choice", choices=("global", "africa", "americas", "asia", "europe", "oceania")),
    Fact("provisions", _("number of articles or paragraphs"), "number", 1, optional=True),
)

_ALL = (
    Vocabulary("attachment_kinds", _("Kinds of attachments")),
    Vocabulary("care_principles", _("CARE principles")),
    Vocabulary("collection_methods", _("Collection methods")),
    Vocabulary(
        "concern_reasons", _("Reasons of a concern"), (Fact("urgent", _("a moderator is told at once"), "flag"),)
    ),
    Vocabulary("consent_bases", _("Consent bases")),
    Vocabulary("content_kinds", _("Kinds of content")),
    Vocabulary("cost_bands", _("Cost bands")),
    Vocabulary("countries", _("Countries"), _COUNTRY_FACTS, parents="m49_regions"),
    Vocabulary("data_types", _("Types of data")),
    Vocabulary("geographic_scopes", _("Geographic scopes")),
    Vocabulary("hrbad_principles", _("Principles of a human rights-based approach to data")),
    Vocabulary("indicator_contributions", _("Contributions to indicators")),
    Vocabulary("indicator_types", _("Types of indicators")),
    Vocabulary("initiative_types", _("Types of initiatives")),
    Vocabulary("languages", _("Languages")),
    Vocabulary("licences", _("Licences")),
    Vocabulary(
        "m49_regions",
        _("Regions"),
        (_M49, Fact("level", _("level"), "choice", choices=_REGION_LEVELS)),
        parents="m49_regions",
        file_only=frozenset({"members"}),
    ),
    Vocabulary("method_maturity", _("Maturity of methods")),
    Vocabulary("monitoring_frameworks", _("Monitoring frameworks"), file_only=_FRAMEWORK_KEYS),
    Vocabulary("official_use", _("Official use"), (Fact("rank", _("rank"), "number", 0, 6),)),
    Vocabulary("organisation_types", _("Types of organisations")),
    Vocabulary(
        "participation_levels",
        _("Levels of participation"),
        (
            Fact("level", _("level"), "number", 1, 5),
            Fact("sufficient_for_citizen_data", _("enough for citizen data"), "flag"),
        ),
    ),
    Vocabulary("partner_roles", _("Roles of partners")),
    Vocabulary("periodicities", _("Periodicities")),
    Vocabulary("population_groups", _("Population groups")),
    Vocabulary("project_status", _("Status of initiatives")),
    Vocabulary(
        "quality_dimensions",
        _("Quality dimensions"),
        (
            Fact("level", _("level"), "choice", choices=_QUALITY_LEVELS),
            Fact("nqaf_principle", _("principle of the UN quality framework"), "number", 1, 19, optional=True),
        ),
    ),
    Vocabulary("quality_scores", _("Quality scores"), (Fact("score", _("score"), "number", 0, 4),)),
    Vocabulary("rights_instruments", _("Human rights instruments"), _INSTRUMENT_FACTS),
    Vocabulary("sdgs", _("Sustainable Development Goals"), _SDG_FACTS),
    Vocabulary("sensitivity_levels", _("Access to data")),
    Vocabulary("themes", _("Themes")),
    Vocabulary("time_bands", _("Time bands")),
    Vocabulary(
        "value_chain_stages",
        _("Stages of the data value chain"),
        (Fact("gsbpm_phase", _("GSBPM phase"), "text"), Fact("odw_stage", _("stage of Open Data Watch"), "text")),
    ),
    Vocabulary("withdrawal_reasons", _("Reasons of a withdrawal")),
)

VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType({vocabulary.name: vocabulary for vocabulary in _ALL})


def titles() -> list[tuple[str, Any]]:
    """Name and title of each vocabulary, by title in the active language: the choices of a form field."""
    return sorted(((v.name, v.title) for v in _ALL), key=lambda pair: str(pair[1]).casefold())
