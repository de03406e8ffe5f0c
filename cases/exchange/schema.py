"""Every key of a record, as data: what it means, where it goes, which values it takes.

Reading, writing, templates and exports follow these declarations; no other place knows the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
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
    "number",  # a whole number
    "date",  # YYYY-MM-DD
    "uses",  # a list of codes, or of objects with `parts` where there is more to say
    "story",  # a list of blocks: only JSON carries it
    "translations",  # language: object with `parts`
]


@dataclass(frozen=True, slots=True)
class Field:
    """One key. `to` names the attribute or the term field of the page (empty: the key's own name).

    `named_by` is the fact of a term by which records name it; `minimum` and `maximum` limit characters of a text and
    items of a list, or a year. With `retired`, terms that are no longer offered may stand: gaps tell of them.
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
    retired: bool = False

    @property
    def target(self) -> str:
        """Where the value goes: an attribute of the page or a name of `TERM_FIELDS`."""
        return self.to or self.key


_FIRST_SOURCE: Final = 1800

_ORGANISATION: Final = (
    Field("name", "line", _("name"), minimum=1, maximum=255),
    Field("type", "term", _("type"), vocabulary="organisation_types"),
    Field("url", "line", _("website"), required=False, maximum=200),
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
    Field("link", "line", _("link"), required=False, maximum=500),
)
_USE: Final = (
    Field("use", "term", _("use"), vocabulary="official_use"),
    Field("evidence", "line", _("evidence"), required=False, maximum=500),
    Field("year", "year", _("year"), required=False, nullable=True, minimum=1900, maximum=2100),
    Field("link", "line", _("link"), required=False, maximum=500),
)
FILE_PARTS: Final = (
    Field("file", "line", _("file"), minimum=1, maximum=255),
    Field("sha1", "line", _("checksum (SHA-1)"), minimum=40, maximum=40),
)
_ATTACHMENT: Final = (
    *FILE_PARTS,
    Field("title", "line", _("title"), minimum=1, maximum=200),
    Field("description", "text", _("description"), required=False),
    Field("kind", "term", _("kind"), vocabulary="attachment_kinds"),
    Field("access_level", "term", _("access"), vocabulary="sensitivity_levels"),
    Field("licence", "term", _("licence"), required=False, nullable=True, vocabulary="licences"),
    Field("public_from", "date", _("public from"), required=False, nullable=True),
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


_STEP_TEXTS: Final = Field("steps", "objects", _("steps"), required=False, parts=_STEP)
_METHOD_SECTIONS: Final = (
    _section("purpose", _("Purpose")),
    _section("when_to_use", _("When to use")),
    _section("when_not", _("When not to use")),
    _section("ethics", _("Ethics and safety")),
    _section("limits", _("Limits")),
    _section("adaptation_notes", _("Adaptation"), required=False),
)


def _more(key: str, meaning: str | Promise, shape: Shape = "text", maximum: int | None = None) -> Field:
    """A field beyond those that every record has."""
    return Field(key, shape, meaning, required=False, maximum=maximum)


_SEARCH_ENGINES: Final = (
    Field("slug", "slug", _("address"), required=False, maximum=255),
    _more("seo_title", _("title tag"), "line", 255),
    _more("search_description", _("meta description")),
)
_COVER: Final = Field("cover", "object", _("cover picture"), required=False, nullable=True, parts=FILE_PARTS)
_STORY: Final = Field("story", "story", _("story"), required=False)
_ATTACHMENTS: Final = Field("attachments", "objects", _("attachments"), required=False, parts=_ATTACHMENT)
_RECORD: Final = (
    _more("doi", _("DOI"), "line", 120),
    _more("owner_reviewed", _("reviewed by the owner"), "flag"),
)
_MORE_SECTIONS: Final = (
    _section("challenges", _("Challenges"), required=False),
    _section("sustainability", _("Sustainability"), required=False),
    _section("advice", _("Advice to others"), required=False),
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
    Field("official_use", "uses", _("official uses"), "official_uses", "official_use", minimum=1, parts=_USE),
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
    *_MORE_SECTIONS,
    Field("periodicity", "term", _("Periodicity"), required=False, vocabulary="periodicities"),
    _more("possible_indicators", _("SDG indicators to which the data could contribute"), "lines", 12),
    _more("comparison_group", _("comparison group"), "line", 255),
    _more("disaggregation", _("disaggregation"), "lines", 200),
    Field("methods", "records", _("methods used"), "method_links", required=False),
    _more("sample_design", _("sample design")),
    Field("sample_size", "number", _("sample size"), required=False, nullable=True, minimum=1, maximum=2_147_483_647),
    _more("coverage", _("coverage")),
    _more("tools", _("tools and software"), "lines", 200),
    _more("training", _("training")),
    Field("cost_band", "term", _("Cost"), required=False, vocabulary="cost_bands"),
    _more("community_decisions", _("how communities decide")),
    _more("recognition", _("payment and recognition")),
    _more("feedback", _("feedback to people")),
    _more("contact", _("contact"), "line", 254),
    _more("community_name", _("community"), "line", 255),
    _more("community_agreed", _("the community agreed to be named"), "flag"),
    _more("ethics_review", _("ethics review")),
    _more("data_holder", _("holder of the data"), "line", 255),
    _more("safeguards", _("measures against recognition")),
    _more("grievance_contact", _("grievance contact"), "line", 255),
    _more("withdrawal_procedure", _("how people withdraw")),
    Field("hrbad_principles", "terms", _("Human rights-based approach: self-check"), required=False,
          vocabulary="hrbad_principles"),
    Field("care_principles", "terms", _("CARE principles: self-check"), required=False, vocabulary="care_principles"),
    _more("validation", _("validation")),
    _more("policy_change", _("policy change")),
    _more("community_benefit", _("benefit for the community")),
    _more("review_use", _("use in reviews")),
    _more("unintended_effects", _("unintended effects")),
    _more("assessment_confirmed", _("assessment confirmed"), "flag"),
    *_RECORD,
    _COVER,
    _ATTACHMENTS,
    _STORY,
    *_SEARCH_ENGINES,
    Field("translations", "translations", _("translations"), required=False,
          parts=(*_optional((*_NAMES, *_CASE_SECTIONS, _section("limits", _("Limits of the data")), *_MORE_SECTIONS),
                            "title", "summary"), _STORY, *_SEARCH_ENGINES)),
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
    _section("sampling", _("Sampling and bias"), required=False),
    _more("accessibility_needs", _("literacy and accessibility")),
    _more("staff", _("staff"), "line", 255),
    _more("method_version", _("version"), "line", 40),
    Field("owner_organisation", "object", _("owner of the method"), required=False, nullable=True, parts=_ORGANISATION),
    _more("tags", _("tags"), "lines", 100),
    Field("sources", "objects", _("sources"), required=False, parts=_SOURCE),
    Field("basis", "basis", _("basis of each field"), required=False),
    *_RECORD,
    _COVER,
    _ATTACHMENTS,
    _STORY,
    *_SEARCH_ENGINES,
    Field("translations", "translations", _("translations"), required=False,
          parts=(*_optional((*_NAMES, *_METHOD_SECTIONS, _section("sampling", _("Sampling and bias"), required=False)),
                            "title", "summary"), _STEP_TEXTS, _STORY, *_SEARCH_ENGINES)),
)  # fmt: skip

REFERENCE: Final = Field("reference", "line", _("reference"), required=False, nullable=True, maximum=40)
"""Names an entry of this site; wins over `id`."""
LINE_LENGTH: Final = 200
"""The longest item of a list that a page can hold."""

SCHEMAS: Final[Mapping[Kind, tuple[Field, ...]]] = MappingProxyType({"case": CASE_FIELDS, "method": METHOD_FIELDS})


def _relaxed(field: Field) -> Field:
    """The same field of a draft: it may be missing or null; what is not enough yet is told by the gaps."""
    parts = field.parts
    if field.shape == "translations":
        parts = tuple(_relaxed(part) for part in parts)
    elif parts:
        parts = tuple(replace(part, retired=True) for part in parts)
    return replace(
        field,
        required=False,
        nullable=True,
        retired=True,
        parts=parts,
        minimum=field.minimum if field.shape in {"year", "number", "score"} else 0,
        maximum=LINE_LENGTH if field.shape == "lines" and field.key != "tags" else field.maximum,
    )


DRAFT_SCHEMAS: Final[Mapping[Kind, tuple[Field, ...]]] = MappingProxyType(
    {kind: (REFERENCE, *(_relaxed(field) for field in fields)) for kind, fields in SCHEMAS.items()}
)
"""What a record may hold that becomes a draft."""
