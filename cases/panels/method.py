"""The tabs of a method."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from cases.forms.entry_form import MethodForm
from cases.organisation_admin.chooser import OrganisationChooser
from cases.panels.fields import EntryFieldPanel, GridPanel, RowsPanel, TermKeyPanel, TermsPanel
from cases.panels.shared import files_and_sources, publishing, title_panel
from cases.panels.status import EntryTabs, OriginalPanel


def method_tabs() -> EntryTabs:
    """The whole editor of a method."""
    tabs = [_purpose(), _steps(), _scope(), _ethics(), files_and_sources()]
    return EntryTabs([*tabs, publishing("method_version", "owner_reviewed")], base_form_class=MethodForm)


def _purpose() -> ObjectList:
    return ObjectList(
        [
            OriginalPanel(heading=_("Translation")),
            title_panel(),
            EntryFieldPanel("summary"),
            *(EntryFieldPanel(name) for name in ("purpose", "when_to_use", "when_not", "limits", "adaptation_notes")),
            FieldPanel("cover"),
            FieldPanel("story"),
            FieldPanel("tags", help_text=_("Free keywords, parted by commas.")),
        ],
        heading=_("Purpose"),
        help_text=_("What the method is for, and when to choose another one."),
    )


def _steps() -> ObjectList:
    step = [FieldPanel("title"), FieldPanel("text"), FieldRowPanel([FieldPanel("who"), FieldPanel("time")])]
    return ObjectList(
        [
            RowsPanel(
                "steps",
                step,
                heading=_("Steps"),
                label=_("step"),
                help_text=_("In order. Somebody who was not there must be able to follow them."),
            ),
            *(FieldPanel(name) for name in ("staff", "skills", "materials", "tools", "standards")),
            FieldPanel("offline_able"),
            TermsPanel("cost_band"),
            TermsPanel("time_band"),
        ],
        heading=_("Steps and means"),
        help_text=_("What is done, by whom, and what it takes."),
    )


def _scope() -> ObjectList:
    return ObjectList(
        [
            TermsPanel("collection_methods"),
            TermsPanel("data_types"),
            TermsPanel("themes"),
            TermsPanel("population_groups"),
            GridPanel("participation", heading=_("Stages covered")),
            TermsPanel("participation_level"),
            TermsPanel("maturity"),
            FieldPanel("owner_organisation", widget=OrganisationChooser),
        ],
        heading=_("What it suits"),
        help_text=_("Kinds of data, subjects and groups. Visitors find the method by these."),
    )


def _ethics() -> ObjectList:
    return ObjectList(
        [
            EntryFieldPanel("ethics"),
            EntryFieldPanel("sampling"),
            FieldPanel("accessibility_needs"),
            RowsPanel(
                "quality_checks",
                [TermKeyPanel("dimension"), FieldPanel("check_text")],
                heading=_("Quality checks"),
                label=_("check"),
                help_text=_("Questions to ask of the result."),
                explain="quality_dimensions",
            ),
        ],
        heading=_("Ethics and quality"),
        help_text=_("What protects people, who is reached, and how to see whether it worked."),
    )
