"""The tabs of a case study, in the order in which an author thinks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from cases.forms.choosers import MethodChooser
from cases.forms.entry_form import CaseForm
from cases.organisation_admin.chooser import OrganisationChooser
from cases.panels.fields import EntryFieldPanel, GridPanel, RowsPanel, TermKeyPanel, TermsPanel
from cases.panels.shared import files_and_sources, publishing, title_panel
from cases.panels.status import DerivedPanel, EntryTabs, OriginalPanel, tell_regions, tell_verdict


def case_tabs() -> EntryTabs:
    """The whole editor of a case study."""
    tabs = [_story(), _who(), _what(), _how(), _participation(), _ethics(), _quality(), files_and_sources()]
    return EntryTabs([*tabs, publishing("owner_reviewed")], base_form_class=CaseForm)


def _story() -> ObjectList:
    sections = ("problem", "approach", "results", "lessons", "limits", "challenges", "sustainability", "advice")
    return ObjectList(
        [
            OriginalPanel(heading=_("Translation")),
            title_panel(),
            EntryFieldPanel("summary"),
            *(EntryFieldPanel(name) for name in sections),
            FieldPanel("cover"),
            FieldPanel("story"),
            FieldPanel("tags", help_text=_("Free keywords, parted by commas.")),
        ],
        heading=_("Story"),
        help_text=_("The article that visitors read. Write it for somebody who has never heard of the initiative."),
    )


def _who() -> ObjectList:
    return ObjectList(
        [
            EntryFieldPanel("lead_organisation", widget=OrganisationChooser),
            RowsPanel(
                "partnerships",
                [FieldPanel("organisation", widget=OrganisationChooser), TermKeyPanel("role"), FieldPanel("note")],
                heading=_("Partners"),
                label=_("partner"),
                help_text=_("One organisation in one role a row."),
                explain="partner_roles",
            ),
            MultiFieldPanel(
                [FieldPanel("contact"), FieldPanel("community_name"), FieldPanel("community_agreed")],
                heading=_("Contact and community"),
            ),
            TermsPanel("countries"),
            DerivedPanel(tell_regions, heading=_("Regions")),
            TermsPanel("geographic_scope"),
            FieldPanel("places"),
            FieldRowPanel([FieldPanel("start_year"), FieldPanel("end_year")], heading=_("Years")),
            TermsPanel("status"),
            TermsPanel("periodicity"),
        ],
        heading=_("Who, where, when"),
        help_text=_("Who leads and who takes part, in which countries, since when."),
    )


def _what() -> ObjectList:
    return ObjectList(
        [
            TermsPanel("initiative_type"),
            TermsPanel("themes"),
            TermsPanel("population_groups"),
            FieldPanel("comparison_group"),
            FieldPanel("disaggregation"),
            TermsPanel("sdgs"),
            *(FieldPanel(name) for name in ("targets", "indicators", "possible_indicators", "provisions")),
        ],
        heading=_("About what"),
        help_text=_("Subjects, groups, goals and rights. Visitors find the case by these."),
    )


def _how() -> ObjectList:
    return ObjectList(
        [
            TermsPanel("collection_methods"),
            TermsPanel("data_types"),
            RowsPanel(
                "method_links",
                [FieldPanel("method", widget=MethodChooser)],
                heading=_("Methods used"),
                label=_("method"),
                help_text=_("Methods that are described in this repository."),
            ),
            *(FieldPanel(name) for name in ("sample_design", "sample_size", "coverage", "tools", "training")),
            TermsPanel("working_languages"),
            FieldPanel("other_languages"),
            TermsPanel("cost_band"),
        ],
        heading=_("How"),
        help_text=_("How the data are gathered, with which means and skills."),
    )


def _participation() -> ObjectList:
    return ObjectList(
        [
            GridPanel(
                "participation",
                heading=_("Participation by stage"),
                help_text=_("How far people take part at each stage. Design and collection are needed to publish."),
            ),
            DerivedPanel(tell_verdict, heading=_("Citizen-data test")),
            *(FieldPanel(name) for name in ("community_decisions", "recognition", "feedback")),
        ],
        heading=_("Participation"),
        help_text=_("Say what really happens, not what was planned: a low level is no shame."),
    )


def _ethics() -> ObjectList:
    texts = ("risk_assessment", "ethics_review", "safeguards", "data_holder", "grievance_contact")
    return ObjectList(
        [
            TermsPanel("consent_basis"),
            FieldPanel("consent_record"),
            MultiFieldPanel(
                [FieldPanel("sensitive"), EntryFieldPanel("sensitive_reason")], heading=_("Sensitive case")
            ),
            TermsPanel("access_level"),
            TermsPanel("data_licence"),
            *(FieldPanel(name) for name in (*texts, "withdrawal_procedure")),
            TermsPanel("hrbad_principles"),
            TermsPanel("care_principles"),
        ],
        heading=_("Ethics"),
        help_text=_("What protects the people in the data, and who may see them."),
    )


def _quality() -> ObjectList:
    use = [TermKeyPanel("use"), FieldPanel("evidence"), FieldRowPanel([FieldPanel("year"), FieldPanel("link")])]
    texts = ("policy_change", "community_benefit", "review_use", "unintended_effects")
    return ObjectList(
        [
            RowsPanel(
                "official_uses",
                use,
                heading=_("Official uses"),
                label=_("use"),
                help_text=_("Each use that the data reached, with what shows it. If there is none yet, say so."),
                explain="official_use",
            ),
            *(FieldPanel(name) for name in texts),
            GridPanel(
                "quality",
                heading=_("Quality"),
                help_text=_("Your own assessment. Leave out what does not apply; 0 says that nothing was done."),
            ),
            FieldPanel("validation"),
            FieldPanel("assessment_confirmed"),
        ],
        heading=_("Use and quality"),
        help_text=_("What the data changed, and how good they are."),
    )
