"""The review of one entry: what was submitted, what is said about it, and the decision.

Reading and writing are apart: whoever decides here has no form in which to change the text.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from cases import people
from cases.gates import Moment, gaps
from cases.models import EntryPage
from cases.workflow import comments, decisions, history, rules
from cases.workflow.changes import changed_labels
from cases.workflow.forms import CommentForm, form_for
from cases.workflow.models import Submission
from cases.workflow.standing import ask
from cases.workflow.state import Step
from cases.workflow.views.telling import tell_refusal

DONE: Final = {
    rules.APPROVE: gettext_lazy("“%(title)s” was approved."),
    rules.ASK: gettext_lazy("“%(title)s” went back to its team."),
    rules.REFUSE: gettext_lazy("“%(title)s” was rejected."),
    rules.CLAIM: gettext_lazy("You claimed “%(title)s”."),
    rules.RELEASE: gettext_lazy("You released “%(title)s”."),
}
TIMES: Final = ("go_live_at", "expire_at")


class ReviewMixin:
    """The entry, its last submission and what the person may do with it; 404 for whoever may not read it."""

    request: Any
    kwargs: Any

    @cached_property
    def submission(self) -> Submission:
        """The newest submission, which the person may read."""
        rows = Submission.objects.filter(entry=self.kwargs["page_id"]).order_by("-pk")
        related = ("entry__locale", "entry__team", "entry__latest_revision__user", "claimed_by", "submitted_by")
        found = rows.select_related(*related, "workflow_state__current_task_state__revision").first()
        if found is None or not rules.may_read(self.request.user, found):
            raise Http404
        return found

    @cached_property
    def entry(self) -> Any:
        """The draft."""
        return self.submission.entry.specific.get_latest_revision_as_object()


class ReviewView(ReviewMixin, WagtailAdminTemplateMixin, TemplateView):
    """The page."""

    template_name = "cases/workflow/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "clipboard-list"
    bound: forms.Form | None = None
    bound_action = ""

    def get_page_subtitle(self) -> str:
        return str(self.submission.entry.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        user = self.request.user
        sits_there = people.is_moderator(user) or people.is_reviewer(user)
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            *([{"url": reverse("desk_queue"), "label": _("Queue")}] if sits_there else []),
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything in a number of queries that does not grow with comments or history."""
        submission, entry, user = self.submission, self.entry, self.request.user
        revision = submission.entry.latest_revision
        submitted = self._submitted()
        changed = changed_labels(submitted, revision) if submitted and submitted.pk != revision.pk else None
        allowed = {name: label for name, label, _form in rules.actions(submission.entry, user)}
        may_edit = entry.permissions_for_user(user).can_edit()
        decides = people.is_moderator(user) and submission.is_under_review
        return super().get_context_data(
            submission=submission,
            entry=entry,
            state=ask([submission.entry])[submission.entry_id],
            revision=revision,
            changed=changed,
            gaps=gaps(entry, Moment.PUBLISHING),
            times=self._proposed_times() if submission.is_running else {},
            holder=rules.claim_holder(submission),
            obstacle=rules.obstacle(user, submission) if decides else "",
            may_claim=rules.CLAIM in allowed,
            may_release=self._may_release(),
            decisions=[(name, allowed[name], self._form(name)) for name in rules.DECISIONS if name in allowed],
            comment_form=self._comment_form() if rules.may_comment(user, submission) else None,
            comments=comments.threads(submission.entry),
            may_take_back=rules.may_take_back(user, submission),
            may_edit=may_edit,
            compare_with=self._compare_with() if may_edit else None,
            steps=history.lines(submission.entry),
            **kwargs,
        )

    def _may_release(self) -> bool:
        held = self.submission.claimed_by_id
        return held is not None and (held == self.request.user.pk or self.request.user.is_superuser)

    def _submitted(self) -> Any:
        task_state = self.submission.workflow_state.current_task_state
        return task_state.revision if task_state is not None else None

    def _compare_with(self) -> str:
        live = self.submission.entry.live_revision_id
        return "live" if live and live != self.submission.entry.latest_revision_id else ""

    def _form(self, action: str) -> forms.Form:
        """The form with the version that is shown now; what was typed into a refused one stays."""
        revision = self.submission.entry.latest_revision
        initial: dict[str, Any] = {"revision": revision.pk, "stamp": decisions.stamp(revision)}
        if self.bound is not None and self.bound_action == action:
            if self.bound.errors:
                return self.bound
            initial |= {name: self.bound.data.get(name) for name in ("comment", *TIMES) if name in self.bound.data}
        for name, time in self._proposed_times().items():
            initial.setdefault(name, time)
        form = form_for(action)(initial=initial, auto_id=f"id_{action}_%s")
        if self.submission.step != Step.SUBMITTED:
            for name in TIMES:  # an editor decided on them
                form.fields.pop(name, None)
        return form

    def _proposed_times(self) -> dict[str, datetime | None]:
        """What the team proposed, unless it is over; after an editor approved, what was decided."""
        source = self.entry if self.submission.step in {Step.SUBMITTED, Step.CHANGES_ASKED} else self.submission
        times = {name: getattr(source, name) for name in TIMES}
        return {name: time if time is not None and time > timezone.now() else None for name, time in times.items()}

    def _comment_form(self) -> forms.Form:
        if isinstance(self.bound, CommentForm):
            return self.bound
        return CommentForm(entry=self.entry, auto_id="id_comment_%s")


class ActionView(ReviewView):
    """What the buttons of the review send, at the address of Wagtail's workflow actions."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the review: there is no form on its own."""
        return redirect("review", self.submission.entry_id)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide; what may not be done is told above the review, with the text that was typed."""
        title, action = self.submission.entry.get_admin_display_title(), kwargs["action_name"]
        form_class = form_for(action)
        self.bound, self.bound_action = form_class(request.POST, auto_id=f"id_{action}_%s"), action
        if not self.bound.is_valid():
            messages.error(request, _("Nothing was decided: see the errors below."))
            return self._again()
        try:
            decisions.act(self._task_state(kwargs["task_state_id"]), request.user, action, **self.bound.cleaned_data)
        except PermissionDenied as refusal:
            tell_refusal(request, refusal)
            return self._again()
        messages.success(request, DONE[action] % {"title": title})
        return redirect("review", self.submission.entry_id)

    def _task_state(self, key: int) -> TaskState:
        found = TaskState.objects.filter(pk=key, workflow_state__object_id=str(self.submission.entry_id))
        task_state = found.select_related("revision", "workflow_state").first()
        if task_state is None:
            raise rules.Refused(_("There is no such step of this entry."))
        return task_state

    def _again(self) -> HttpResponse:
        """The review as it is now: somebody else may have changed it meanwhile."""
        for name in ("submission", "entry"):
            self.__dict__.pop(name, None)
        return self.render_to_response(self.get_context_data(**self.kwargs))


class TakeBackView(ReviewMixin, TemplateView):
    """The team ends its submission."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        entry = self.submission.entry
        try:
            decisions.take_back(entry, self.request.user)
        except PermissionDenied as refusal:
            tell_refusal(request, refusal)
        else:
            text = _("The submission of “%(title)s” was taken back: it is a draft again.")
            messages.success(request, text % {"title": entry.get_admin_display_title()})
        return redirect("review", entry.pk)


class CommentView(ReviewView):
    """Somebody says something about the entry, or about one of its fields."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the comment; it stands in the editor beside its field."""
        if not rules.may_comment(request.user, self.submission):
            raise PermissionDenied
        self.bound = form = CommentForm(request.POST, entry=self.entry, auto_id="id_comment_%s")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs))
        comments.add(self.submission, self.request.user, form.cleaned_data["field"], form.cleaned_data["text"])
        messages.success(request, _("Your comment was added."))
        return redirect("review", self.submission.entry_id)


class PreviewView(ReviewMixin, TemplateView):
    """The draft as visitors would see it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw it; it holds no form and no way into the editor."""
        entry: EntryPage = self.entry
        answer: HttpResponse = entry.make_preview_request(
            request, entry.default_preview_mode, {"revision_id": entry.latest_revision_id}
        )
        return answer
