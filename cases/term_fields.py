"""Which choices of terms an entry has: the one declaration that form, gaps, page, search, import and export read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["case", "method"]
BOTH: frozenset[Kind] = frozenset({"case", "method"})
CASE: frozenset[Kind] = frozenset({"case"})
METHOD: frozenset[Kind] = frozenset({"method"})


@dataclass(frozen=True, slots=True)
class TermField:
    """One choice: its name on the entry, where its values come from, and how many there may be (None: any number)."""

    name: str
    vocabulary: str
    label: str | Promise
    help_text: str | Promise
    kinds: frozenset[Kind]
    maximum: int | None = None

    @property
    def single(self) -> bool:
        """Whether at most one value may be chosen."""
        return self.maximum == 1


_FIELDS = (
    TermField(
        "countries", "countries", _("Countries"), _("Where the data are about. Regions follow by themselves."), CASE
    ),
    TermField(
        "geographic_scope",
        "geographic_scopes",
        _("Geographic scope"),
        _("The largest area that the data describe."),
        CASE,
        1,
    ),
    TermField("status", "project_status", _("Status"), _("Where the initiative stands today."), CASE, 1),
    TermField("periodicity", "periodicities", _("Periodicity"), _("How often data are gathered."), CASE, 1),
    TermField(
        "initiative_type",
        "initiative_types",
        _("Type of initiative"),
        _("What kind of undertaking this is, as a whole."),
        CASE,
        1,
    ),
    TermField("themes", "themes", _("Themes"), _("One to five subjects."), BOTH, 5),
    TermField(
        "sdgs",
        "sdgs",
        _("Sustainable Development Goals"),
        _("Goals to which the data speak; name targets below."),
        CASE,
    ),
    TermField(
        "population_groups",
        "population_groups",
        _("Population groups"),
        _("Whom the data are about. Choose only groups that are named or counted."),
        BOTH,
    ),
    TermField(
        "collection_methods",
        "collection_methods",
        _("Collection methods"),
        _("How the data are gathered."),
        BOTH,
    ),
    TermField("data_types", "data_types", _("Types of data"), _("Of what kind the data are."), BOTH),
    TermField(
        "consent_basis",
        "consent_bases",
        _("Consent basis"),
        _("The ground on which people's data were taken. With “not documented” no data file may be attached."),
        CASE,
        1,
    ),
    TermField(
        "access_level",
        "sensitivity_levels",
        _("Access to the data"),
        _("Who may see the data. This page itself stays public."),
        CASE,
        1,
    ),
    TermField("licence", "licences", _("Licence of this text"), _("Under which others may use this entry."), BOTH, 1),
    TermField(
        "data_licence",
        "licences",
        _("Licence of the data"),
        _("Under which the initiative gives its data, as far as they are open."),
        CASE,
        1,
    ),
    TermField(
        "working_languages",
        "languages",
        _("Working languages"),
        _("Languages in which the initiative works. Others go in the next field."),
        CASE,
    ),
    TermField(
        "hrbad_principles",
        "hrbad_principles",
        _("Human rights-based approach: self-check"),
        _("Tick what the initiative meets and can show."),
        CASE,
    ),
    TermField(
        "care_principles",
        "care_principles",
        _("CARE principles: self-check"),
        _("Tick what the initiative meets and can show."),
        CASE,
    ),
    TermField("cost_band", "cost_bands", _("Cost"), _("Relative to what is usual in the country."), BOTH, 1),
    TermField("time_band", "time_bands", _("Time"), _("From the first meeting to usable results."), METHOD, 1),
    TermField("maturity", "method_maturity", _("Maturity"), _("How well tried the method is."), METHOD, 1),
    TermField(
        "participation_level",
        "participation_levels",
        _("Level of participation made possible"),
        _("The highest level that the method supports when it is used as described."),
        METHOD,
        1,
    ),
)

TERM_FIELDS: Mapping[str, TermField] = MappingProxyType({field.name: field for field in _FIELDS})


def fields_of(kind: Kind) -> tuple[TermField, ...]:
    """The choices that an entry of this kind has, in the order of declaration."""
    return tuple(field for field in _FIELDS if kind in field.kinds)
