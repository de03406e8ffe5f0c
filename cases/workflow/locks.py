"""Why the editor is locked while an entry is under review."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """Says what the team can do meanwhile; “reviewers” are somebody else here than in Wagtail's words."""

    def get_message(self, user: Any) -> Any:
        if not self.for_user(user):
            text = _("This entry is under review. If you change it, somebody else has to approve it.")
        else:
            text = _("This entry is under review: your team cannot change it. To do so, take the submission back.")
        return format_html(
            '{} <a href="{}">{}</a>', text, reverse("review", args=[self.object.pk]), _("Open the review")
        )

    def get_description(self, user: Any, can_lock: bool = False) -> Any:
        return _("Under review: moderators may correct the text")
