"""The list “Gaps in coverage”: terms with the number of published cases, all and by region; those without on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

import django_filters

from cases import addresses
from cases.desk.columns import NumberColumn, TermLinkColumn
from cases.desk.coverage import DIMENSIONS, Coverage, Dimension, coverage, regions
from cases.desk.lists import RowList, Tab, address_name
from cases.models import Term
from cases.terms import TermRow

FEW: Final = 3
NONE, SOME_FEW = "none", "few"


def _regions() -> list[tuple[str, str]]:
    return [(row.code, str(row.label())) for row in regions()]


class CoverageFilterSet(WagtailFilterSet):
    """Where one looks, and how thin coverage has to be to be shown."""

    region = django_filters.ChoiceFilter(label=_("Region"), choices=_regions, widget=forms.RadioSelect)
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[(NONE, _("Without any published case")), (SOME_FEW, _("With fewer than three"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Term
        fields: list[str] = []


class CoverageList(RowList):
    """Counts of cases that can be found, term by term."""

    dimension: ClassVar[Dimension]
    page_title = _("Gaps in coverage")
    header_icon = "globe"
    explanation = _(
        "Published case studies that visitors can find; each counts once, whatever its languages. Under “in "
        "preparation” stand cases that were never published or were taken back."
    )
    filterset_class = CoverageFilterSet
    orders = {
        "label": lambda row: str(row.term.label()).casefold(),
        "published": lambda row: row.published,
        "preparation": lambda row: row.in_preparation,
    }

    @cached_property
    def region(self) -> TermRow | None:
        """The region to which the list is narrowed."""
        return next((row for row in regions() if row.code == self.chosen("region")), None)

    @property
    def by_country(self) -> bool:
        """Countries lie in one region each; everything else is counted in all of them."""
        return self.dimension.vocabulary == "countries"

    def rows(self) -> Sequence[Coverage]:
        rows = coverage(self.dimension)
        if self.region and self.by_country:
            rows = [row for row in rows if row.region == self.region]
        most = {NONE: 0, SOME_FEW: FEW - 1}.get(self.chosen("show"))
        return rows if most is None else [row for row in rows if self.number(row) <= most]

    def number(self, row: Coverage) -> int:
        """The published cases that the filters ask about: of the chosen region, else all."""
        return row.by_region.get(self.region.id, 0) if self.region else row.published

    @property
    def tabs(self) -> list[Tab]:
        """The other ways of looking at coverage."""
        return [Tab(view.dimension.label, address_name(view.name), view.name == self.name) for view in COVERAGE_LISTS]

    def get_page_subtitle(self) -> str:
        return str(self.dimension.label)

    @cached_property
    def columns(self) -> list[Column]:
        where = [self.region] if self.region else regions()
        title = TermLinkColumn(
            "label", label=self.dimension.label, accessor="term", sort_key="label", get_url=_public_page
        )
        columns = [
            title,
            NumberColumn("published", label=_("Published"), sort_key="published", gap=True),
            NumberColumn("preparation", label=_("In preparation"), accessor="in_preparation", sort_key="preparation"),
        ]
        if self.by_country:
            return [*columns, Column("region", label=_("Region"), accessor=_region_label)]
        return columns + [
            NumberColumn(f"region-{place.code}", label=str(place.label()), accessor=_counted_in(place), gap=True)
            for place in where
        ]

    @cached_property
    def list_export(self) -> list[str]:
        places = [] if self.by_country else [place.code for place in regions()]
        return ["code", "label", "region", "published", "in_preparation", *places]

    @cached_property
    def export_headings(self) -> dict[str, Any]:
        return {
            "code": _("Code"),
            "label": self.dimension.label,
            "region": _("Region"),
            "published": _("Published"),
            "in_preparation": _("In preparation"),
            **{place.code: str(place.label()) for place in regions()},
        }

    def to_row_dict(self, item: Coverage) -> dict[str, Any]:
        known = {
            "code": item.term.code,
            "label": str(item.term.label()),
            "region": _region_label(item),
            "published": item.published,
            "in_preparation": item.in_preparation,
            **{place.code: item.by_region.get(place.id, 0) for place in regions()},
        }
        return {name: known[name] for name in self.list_export}

    def get_filename(self) -> str:
        return f"coverage-{self.dimension.name}"


def _public_page(row: Coverage) -> str:
    return addresses.of_term(row.term)


def _region_label(row: Coverage) -> str:
    return str(row.region.label()) if row.region else ""


def _counted_in(place: TermRow) -> Any:
    return lambda row: row.by_region.get(place.id, 0)


def _list_of(dimension: Dimension) -> type[CoverageList]:
    return type(
        f"Coverage{dimension.name.title()}",
        (CoverageList,),
        {"dimension": dimension, "name": f"coverage/{dimension.name}"},
    )


COVERAGE_LISTS: Final = tuple(_list_of(dimension) for dimension in DIMENSIONS.values())
"""One list for each way of looking, in the order of the tabs."""
