"""The admin's views of entries, where they are not Wagtail's own."""

from __future__ import annotations

from wagtail.admin.viewsets.pages import PageViewSet

from cases.models import EntryPage
from cases.workflow.views.editing import EntryEditView, EntryRevertView, EntryUnscheduleView
from cases.workflow.views.review import ActionView


class EntryViewSet(PageViewSet):
    """For cases and methods alike; addresses are those of all pages."""

    model = EntryPage
    icon = "doc-empty-inverse"
    edit_view_class = EntryEditView
    revisions_revert_view_class = EntryRevertView
    revisions_unschedule_view_class = EntryUnscheduleView
    workflow_action_view_class = ActionView
    collect_workflow_action_data_view_class = ActionView


entry_viewset = EntryViewSet("entries")
