"""Wagtail's editor of pages, for entries: it saves and submits; what moderators decide, they decide on the review."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView, RevisionsUnscheduleView

from cases.authoring.comments import CommentMails
from cases.forms.broken import RefusesBrokenForms
from cases.workflow import decisions, door, rules
from cases.workflow.models import Submission
from cases.workflow.views.refusing import GoesToMyCases, TellsObstacles
from cases.workflow.views.telling import tell_refusal


class ModeratedEditing(TellsObstacles, GoesToMyCases):
    """What the editor of an entry does otherwise than Wagtail's, also for an older revision."""

    request: Any
    page: Any
    workflow_state: Any
    form: Any

    def workflow_action_is_valid(self) -> bool:
        """Never: to edit and to approve in one click is to approve what nobody else has read."""
        return False

    @cached_property
    def is_cancelling_workflow(self) -> bool:
        """Whether the team takes its submission back."""
        return bool(self.request.POST.get("action-cancel-workflow")) and may_take_back(self.request.user, self.page)

    def submit_action(self) -> HttpResponse:
        """Save the draft, then submit it: when it may not be submitted, the draft is kept and the reason told."""
        view: Any = self
        view.page = view.form.save(commit=not view.page.live)
        view.subscription.save()
        revision = view.page.save_revision(
            user=self.request.user, log_action=True, previous_revision=view.previous_revision
        )
        if view.has_content_changes and "comments" in view.form.formsets:
            changes = view.get_commenting_changes()
            view.log_commenting_changes(changes, revision)
            view.send_commenting_notifications(changes)
        try:
            decisions.submit(view.page, self.request.user)
        except PermissionDenied as refusal:
            tell_refusal(self.request, refusal, _("The draft was saved, but not submitted."))
            answer: HttpResponse = view.redirect_and_remain()
            return answer
        text = _("“%(title)s” was submitted.") % {"title": view.page.get_admin_display_title()}
        messages.success(self.request, text, buttons=[view.get_view_draft_message_button()])
        return view.run_hook("after_edit_page", self.request, view.page) or view.redirect_away()

    def restart_workflow_action(self) -> HttpResponse:
        """Submitting again begins with the editors anyhow."""
        return self.submit_action()


class EntryEditView(RefusesBrokenForms, ModeratedEditing, CommentMails, EditView):
    """The editor."""


class EntryRevertView(RefusesBrokenForms, ModeratedEditing, CommentMails, RevisionsRevertView):
    """The editor, with an older revision in it."""


class EntryUnscheduleView(RevisionsUnscheduleView):
    """Calls a publication off: what was approved for then has to be approved again."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the clearance back as well."""
        if self.revision.approved_go_live_at is not None and self.revision.pk != self.object.live_revision_id:
            door.revoke(self.revision)
        return super().post(request, *args, **kwargs)


def may_take_back(user: Any, page: Any) -> bool:
    """Whether this person may end the submission of the page that runs."""
    running = Submission.objects.running().filter(entry=page.pk).select_related("entry").first()
    return running is not None and rules.may_take_back(user, running)
