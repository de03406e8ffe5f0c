"""The admin's views of entries, where they are not Wagtail's own."""

from __future__ import annotations

from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.viewsets.pages import PageViewSet

from cases.forms.broken import RefusesBrokenForms
from cases.models import EntryPage
from cases.workflow.views.editing import EntryEditView, EntryRevertView, EntryUnscheduleView
from cases.workflow.views.refusing import GoesToMyCases, TellsObstacles
from cases.workflow.views.review import ActionView


class EntryAddView(RefusesBrokenForms, TellsObstacles, GoesToMyCases, CreateView):
    """The form of a new entry."""


class EntryAddPreview(RefusesBrokenForms, PreviewOnCreateView):
    """The preview beside it."""


class EntryEditPreview(RefusesBrokenForms, PreviewOnEditView):
    """The preview beside the editor."""


class EntryViewSet(PageViewSet):
    """For cases and methods alike; addresses are those of all pages."""

    model = EntryPage
    icon = "doc-empty-inverse"
    add_view_class = EntryAddView
    edit_view_class = EntryEditView
    preview_on_add_view_class = EntryAddPreview
    preview_on_edit_view_class = EntryEditPreview
    revisions_revert_view_class = EntryRevertView
    revisions_unschedule_view_class = EntryUnscheduleView
    workflow_action_view_class = ActionView
    collect_workflow_action_data_view_class = ActionView


entry_viewset = EntryViewSet("entries")
