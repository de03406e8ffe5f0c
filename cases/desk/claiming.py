"""Claiming and releasing from a row of the queue."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import TaskState

from cases.desk.access import may_moderate
from cases.desk.lists import PREFIX
from cases.workflow.decisions import claim, release
from cases.workflow.models import Submission
from cases.workflow.rules import Refused


class ClaimView(View):
    """Take the review upon oneself; only posted to."""

    http_method_names = ["post"]
    done: ClassVar[str | Promise] = _("You have claimed “%(title)s”.")

    def act(self, step: TaskState, user: Any) -> None:
        """What the button does."""
        claim(step, user)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_moderate(request.user):
            raise PermissionDenied
        rows = Submission.objects.select_related("entry", "workflow_state__current_task_state")
        submission = get_object_or_404(rows, pk=pk)
        try:
            self.act(current_step(submission), request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, self.done % {"title": submission.entry.draft_title})
        return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("desk_queue"))


class ReleaseView(ClaimView):
    """Give it back."""

    done = _("You have released “%(title)s”.")

    def act(self, step: TaskState, user: Any) -> None:
        release(step, user)


def current_step(submission: Submission) -> TaskState:
    """The step at which the submission is. Raises `Refused` when it is over."""
    state: TaskState | None = submission.workflow_state.current_task_state
    if state is None or not submission.is_under_review:
        raise Refused(gettext("Nothing is to be decided: the entry is not under review any more."))
    return state


def addresses() -> list[URLPattern]:
    """Where the buttons of the queue lead."""
    return [
        path(f"{PREFIX}queue/<int:pk>/claim/", ClaimView.as_view(), name="desk_claim"),
        path(f"{PREFIX}queue/<int:pk>/release/", ReleaseView.as_view(), name="desk_release"),
    ]
