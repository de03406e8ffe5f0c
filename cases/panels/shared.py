"""Tabs and panels that cases and methods share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
)

from cases.authoring.comments import EntryCommentPanel
from cases.forms.choosers import FileChooser
from cases.panels.fields import EntryTitlePanel, RowsPanel, TermKeyPanel, TermsPanel
from cases.panels.schedule import SchedulePanel
from cases.panels.status import DerivedPanel, tell_reference


def files_and_sources() -> ObjectList:
    """Attachments and the documents on which an entry rests."""
    file = [
        FieldPanel("file", widget=FileChooser),
        FieldPanel("title"),
        FieldPanel("description"),
        FieldRowPanel([TermKeyPanel("kind"), TermKeyPanel("access_level")]),
        FieldRowPanel([TermKeyPanel("licence"), FieldPanel("public_from")]),
    ]
    source = [FieldPanel("title"), FieldPanel("publisher"), FieldRowPanel([FieldPanel("year"), FieldPanel("link")])]
    return ObjectList(
        [
            RowsPanel(
                "attachments",
                file,
                heading=_("Files"),
                label=_("file"),
                help_text=_("Questionnaires, reports, data. Each file has its own access level, which is enforced."),
                explain="sensitivity_levels",
            ),
            RowsPanel(
                "sources",
                source,
                heading=_("Sources"),
                label=_("source"),
                help_text=_("Public documents that show what the text says."),
            ),
            FieldPanel("doi"),
        ],
        heading=_("Files"),
        help_text=_("What readers can download, and what you rely on."),
    )


def publishing(*names: str) -> ObjectList:
    """Licence, address and schedule; `names` are further plain fields."""
    return ObjectList(
        [
            DerivedPanel(tell_reference, heading=_("Reference")),
            TermsPanel("licence"),
            *(FieldPanel(name) for name in names),
            MultiFieldPanel(
                [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
                heading=_("Address and search engines"),
            ),
            SchedulePanel(),
            EntryCommentPanel(),
        ],
        heading=_("Publishing"),
        help_text=_("The reference stays for ever; the address may change. Editors publish."),
    )


def title_panel() -> EntryTitlePanel:
    """The title, from which the address is made."""
    return EntryTitlePanel("title", help_text=_("What it is, where and for whom, in one line."))
