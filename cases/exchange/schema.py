"""Every key of a record, as data: what it means, where it goes, which values it takes.

Reading, writing, templates and exports follow these declarations; no other place knows the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.provisions import validate_indicators, validate_provisions, validate_targets
from cases.term_fields import Kind

Shape = Literal[
    "slug",  # kebab-case key of the record
    "line",  # text without line breaks
    "text",  # text; an empty line parts paragraphs
    "year",
    "flag",
    "score",  # 0-4
    "term",  # one value of a vocabulary
    "terms",  # a list of them
    "lines",  # a list of short texts
    "object",  # an object with `parts`
    "objects",  # a list of such objects
    "levels",  # stage of the value chain: level of participation
    "scores",  # quality dimension: object with `parts`
    "records",  # a list of keys of other records
    "basis",  # verified | general: list of keys of this record
    "translations",  # language: object with `parts`
]


@dataclass(frozen=True, slots=True)
class Field:
    """One key. `to` names the attribute or the term field of the page (empty: the key's own name).

    `named_by` is the fact of a term by which records name it; `minimum` and `maximum` limit characters of a text and
    items of a list, or a year.
    """

    key: str
    shape: Shape
    meaning: str | Promise
    to: str = ""
    vocabulary: str = ""
    named_by: Literal["code", "iso3", "number"] = "code"
    required: bool = True
    nullable: bool = False
    minimum: int = 0
    maximum: int | None = None
    validator: Callable[[Iterable[str]], None] | None = None
    parts: tuple[Field, ...] = ()

    @property
    def target(self) -> str:
        """Where the value goes: an attribute of the page or a name of `TERM_FIELDS`."""
        return self.to or self.key


_FIRST_SOURCE: Final = 1800

_ORGANISATION: Final = (
    Field("name", "line", _("name"), minimum=1, maximum=255),
    Field("type", "term", _("type"), vocabulary="organisation_types"),
)
_PARTNER: Final = (
    *_ORGANISATION,
    Field("role", "term", _("role"), vocabulary="partner_roles"),
    Field("role_note", "line", _("note"), to="note", required=False, maximum=255),
)
_SOURCE: Final = (
    Field("title", "line", _("title"), minimum=1, maximum=300),
    Field("publisher", "line", _("publisher"), required=False, maximum=200),
    Field("year", "year", _("year"), required=False, nullable=True, minimum=_FIRST_SOURCE, maximum=2100),
)
_SCORE: Final = (
    Field("score", "score", _("score"), minimum=0, maximum=4),
    Field("note", "line", _("evidence"), to="evidence", required=False, maximum=500),
)
_STEP: Final = (
    Field("title", "line", _("title"), minimum=1, maximum=200),
    Field("text", "text", _("what to do"), required=False),
    Field("who", "line", _("who"), required=False, maximum=200),
    Field("time", "line", _("time"), required=False, maximum=120),
)
_CHECK: Final = (
    Field("dimension", "term", _("dimension"), vocabulary="quality_dimensions"),
    Field("check", "line", _("check"), to="check_text", minimum=1, maximum=300),
)
_TOOL: Final = (
    Field("name", "line", _("name"), minimum=1, maximum=120),
    Field("licence", "line", _("licence"), required=False, maximum=120),
)

_NAMES: Final = (
    Field("title", "line", _("title"), minimum=1, maximum=255),
    Field("summary", "line", _("summary"), minimum=1, maximum=300),
)


def _section(key: str, meaning: str | Promise, *, required: bool = True) -> Field:
    return Field(key, "text", meaning, required=required, minimum=1)


_CASE_SECTIONS: Final = (
    _section("problem", _("Problem")),
    _section("approach", _("Approach")),
    _section("results", _("Results")),
    _section("lessons", _("Lessons")),
)
_SUBJECT: Final = (
    Field("themes", "terms", _("Themes"), vocabulary="themes", minimum=1, maximum=5),
    Field("population_groups", "terms", _("Population groups"), vocabulary="population_groups", minimum=1),
    Field("collection_methods", "terms", _("Collection methods"), vocabulary="collection_methods", minimum=1),
    Field("data_types", "terms", _("Types of data"), vocabulary="data_types"),
)


def _optional(fields: Iterable[Field], *required: str) -> tuple[Field, ...]:
    """The same fields for a translation, which may lack all but the named ones."""
    return tuple(
        Field(f.key, f.shape, f.meaning, required=f.key in required, minimum=f.minimum, maximum=f.maximum)
        for f in fields
    )


_STEP_TITLES: Final = Field("steps", "objects", _("steps"), required=False, parts=_STEP[:1])
_METHOD_SECTIONS: Final = (
    _section("purpose", _("Purpose")),
    _section("when_to_use", _("When to use")),
    _section("when_not", _("When not to use")),
    _section("ethics", _("Ethics and safety")),
    _section("limits", _("Limits")),
    _section("adaptation_notes", _("Adaptation"), required=False),
)

CASE_FIELDS: Final = (
    Field("id", "slug", _("external key"), to="external_id", maximum=120),
    *_NAMES,
    *_CASE_SECTIONS,
    _section("limits", _("Limits of the data")),
    Field("country", "terms", _("Countries"), "countries", "countries", "iso3", minimum=1),
    Field("region_scope", "term", _("Geographic scope"), "geographic_scope", "geographic_scopes"),
    Field("places", "lines", _("places"), maximum=120),
    Field("start_year", "year", _("first year"), nullable=True, minimum=1900, maximum=2100),
    Field("end_year", "year", _("last year"), nullable=True, minimum=1900, maximum=2100),
    Field("status", "term", _("Status"), vocabulary="project_status"),
    Field("lead_organisation", "object", _("lead organisation"), parts=_ORGANISATION),
    Field("partners", "objects", _("partners"), "partnerships", parts=_PARTNER),
    Field("initiative_type", "term", _("Type of initiative"), vocabulary="initiative_types"),
    *_SUBJECT,
    Field("sdgs", "terms", _("Sustainable Development Goals"), vocabulary="sdgs", named_by="number"),
    Field("targets", "lines", _("SDG targets"), required=False, maximum=8, validator=validate_targets),
    Field("indicators", "lines", _("SDG indicators to which the data contribute"), required=False, maximum=12,
          validator=validate_indicators),
    Field("stages", "levels", _("Participation by stage"), "stage_levels", minimum=1),
    Field("official_use", "terms", _("official uses"), "official_uses", "official_use", minimum=1),
    Field("quality", "scores", _("Quality"), "quality_scores", parts=_SCORE),
    Field("rights_provisions", "lines", _("human rights provisions"), "provisions", maximum=80,
          validator=validate_provisions),
    Field("consent_basis", "term", _("Consent basis"), vocabulary="consent_bases"),
    Field("access_level", "term", _("Access to the data"), vocabulary="sensitivity_levels"),
    Field("sensitive", "flag", _("sensitive")),
    Field("sensitive_reason", "line", _("reason of the mark"), nullable=True, minimum=1, maximum=500),
    Field("data_licence", "term", _("Licence of the data"), vocabulary="licences"),
    Field("licence", "term", _("Licence of this text"), vocabulary="licences"),
    Field("working_languages", "terms", _("Working languages"), vocabulary="languages"),
    Field("other_languages", "lines", _("other working languages"), required=False, maximum=80),
    Field("tags", "lines", _("tags"), maximum=100),
    Field("sources", "objects", _("sources"), parts=_SOURCE),
    Field("basis", "basis", _("basis of each field")),
    Field("translations", "translations", _("translations"), required=False,
          parts=_optional((*_NAMES, *_CASE_SECTIONS), "title", "summary")),
)  # fmt: skip

METHOD_FIELDS: Final = (
    Field("id", "slug", _("external key"), to="external_id", maximum=120),
    *_NAMES,
    *_METHOD_SECTIONS,
    Field("steps", "objects", _("steps"), minimum=1, parts=_STEP),
    Field("materials", "lines", _("materials"), maximum=200),
    Field("skills", "lines", _("skills"), maximum=200),
    Field("standards", "lines", _("standards used"), required=False, maximum=200),
    Field("tools", "objects", _("tools"), required=False, parts=_TOOL),
    Field("cost_band", "term", _("Cost"), vocabulary="cost_bands"),
    Field("time_band", "term", _("Time"), vocabulary="time_bands"),
    Field("maturity", "term", _("Maturity"), vocabulary="method_maturity"),
    Field("stages", "terms", _("Participation by stage"), "stage_levels", "value_chain_stages", minimum=1),
    Field("participation_level", "term", _("Level of participation made possible"),
          vocabulary="participation_levels"),
    *_SUBJECT,
    Field("quality_checks", "objects", _("quality checks"), parts=_CHECK),
    Field("related_cases", "records", _("cases that use the method"), "case_links"),
    Field("offline_able", "flag", _("works without a network")),
    Field("licence", "term", _("Licence of this text"), vocabulary="licences", required=False),
    Field("translations", "translations", _("translations"), required=False,
          parts=(*_optional((*_NAMES, *_METHOD_SECTIONS), "title", "summary"), _STEP_TITLES)),
)  # fmt: skip

SCHEMAS: Final[Mapping[Kind, tuple[Field, ...]]] = MappingProxyType({"case": CASE_FIELDS, "method": METHOD_FIELDS})
