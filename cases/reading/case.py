"""The page of a case study."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from cases import derived
from cases.reading import caution, evidence, items, organisations, participation, quality, timeline
from cases.reading.items import Fact, Item
from cases.reading.view import EntryView, Part, section_parts

GOES_ON = frozenset({"pilot", "ongoing", "scaled"})
"""States in which a missing last year means that the initiative goes on."""
UNDOCUMENTED = "not-documented"


class CaseView(EntryView):
    """What the page of a case shows."""

    aside = ("status", "initiative_type", "themes", "population_groups", "collection_methods", "access_level")
    record = (
        "places", "geographic_scope", "periodicity", "comparison_group", "data_types", "working_languages",
        "other_languages", "consent_basis", "data_licence",
    )  # fmt: skip
    body = {
        "conduct": (
            "sample_design", "sample_size", "coverage", "disaggregation", "tools", "training", "cost_band"
        ),
        "taking_part": ("community_decisions", "recognition", "feedback"),
        "validation": ("validation",),
        "effects": ("policy_change", "community_benefit", "review_use", "unintended_effects"),
        "ethics": (
            "consent_basis", "data_holder", "safeguards", "ethics_review", "grievance_contact", "withdrawal_procedure",
            "hrbad_principles", "care_principles",
        ),
    }  # fmt: skip

    def _parts(self) -> Iterator[tuple[Part, object]]:
        yield from section_parts(self.sections)
        yield Part("story", _("Story")), self.story
        yield Part("timeline", _("Timeline")), self.timeline
        yield Part("participation", _("Participation")), self.participation or self.taking_part
        yield Part("use", _("Use and effects")), self.uses or self.parts["effects"]
        yield Part("quality", _("Quality")), self.quality or self.parts["validation"]
        yield Part("partners", _("Who takes part")), self.lead or self.partners
        yield Part("conduct", _("How the data are made")), self.parts["conduct"]
        yield Part("protection", _("Consent and protection")), self.parts["ethics"]
        yield Part("goals", _("Sustainable Development Goals")), self.goals
        yield Part("norms", _("Human rights norms")), self.norms
        yield Part("linked", _("Methods used")), self.linked
        yield from super()._parts()

    @cached_property
    def column(self) -> tuple[Fact, ...]:
        """What stands first in the column beside the article: where, when and who."""
        return (items.term_fact(self.entry, "countries"), self.regions, self.period, self.lead, *self.facts)

    @property
    def taking_part(self) -> tuple[Fact, ...]:
        """How communities decide, are recognised and hear back."""
        return self.parts["taking_part"]

    @property
    def contact(self) -> str:
        """The role mailbox, shown in public."""
        contact: str = self.source.contact
        return contact

    @cached_property
    def caution(self) -> caution.Caution:
        """What a reader is told before reading on."""
        return caution.of_case(self.source)

    @cached_property
    def lead(self) -> Fact:
        """The lead organisation."""
        return self.organisation("lead_organisation")

    @cached_property
    def lead_name(self) -> str:
        """Name of the lead organisation, empty when there is none."""
        return self.lead.items[0].text if self.lead else ""

    @cached_property
    def regions(self) -> Fact:
        """The regions in which the countries lie."""
        return Fact("regions", _("Regions"), tuple(items.of_term(term) for term in derived.regions(self.source)))

    @cached_property
    def period(self) -> Fact:
        """First and last year."""
        start, end = self.source.start_year, self.source.end_year
        status = self.source.chosen_one("status")
        goes_on = end is None and status is not None and status.code in GOES_ON
        texts = {
            (True, True): _("%(start)s to %(end)s"),
            (True, False): _("since %(start)s") if goes_on else _("from %(start)s"),
            (False, True): _("until %(end)s"),
        }
        text = texts.get((start is not None, end is not None))
        found = (Item(str(text % {"start": start, "end": end})),) if text else ()
        return Fact("period", _("Period"), found, items.is_verified(self.entry, "start_year"))

    @cached_property
    def community(self) -> str:
        """The community's name, only when it agreed to be named."""
        return self.source.community_name if self.source.community_agreed else ""

    @cached_property
    def verdict(self) -> derived.Verdict | None:
        """The citizen-data test."""
        return derived.citizen_data_test(self.source)

    @cached_property
    def participation(self) -> participation.Figure:
        """Levels by stage."""
        return participation.figure(self.source)

    @cached_property
    def quality(self) -> tuple[quality.Group, ...]:
        """Scores by level of the quality framework."""
        return quality.scores(self.source)

    @property
    def quality_terms(self) -> tuple[Item, ...]:
        """The words of the quality profile with what they mean."""
        return quality.explained(self.quality)

    @cached_property
    def uses(self) -> tuple[evidence.Use, ...]:
        """Official uses."""
        return evidence.uses(self.source)

    @cached_property
    def timeline(self) -> tuple[timeline.Year, ...]:
        """What happened when."""
        return timeline.of_case(self)

    @property
    def use_terms(self) -> tuple[Item, ...]:
        """The kinds of use with what they mean."""
        return tuple(dict.fromkeys(use.use for use in self.uses))

    @property
    def uses_have_evidence(self) -> bool:
        """Whether any use names or links what shows it: else the table needs no column for it."""
        return any(use.evidence or use.link for use in self.uses)

    @property
    def uses_have_years(self) -> bool:
        """Whether any use has a year."""
        return any(use.year is not None for use in self.uses)

    @cached_property
    def partners(self) -> tuple[organisations.Role, ...]:
        """Partners by role."""
        return organisations.partners(self.source)

    @cached_property
    def goals(self) -> tuple[evidence.Goal, ...]:
        """Sustainable Development Goals with targets and indicators."""
        return evidence.goals(self.source)

    @cached_property
    def norms(self) -> tuple[evidence.Norm, ...]:
        """Human rights provisions by instrument."""
        return evidence.norms(self.source)

    @cached_property
    def consent_is_undocumented(self) -> bool:
        """Whether nobody recorded on what ground the data were taken."""
        basis = self.source.chosen_one("consent_basis")
        return basis is not None and basis.code == UNDOCUMENTED
