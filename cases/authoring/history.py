"""What authors do, as the history of an entry names it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import LogActionRegistry, LogFormatter

from cases.authoring import starting, translations


class StartFormatter(LogFormatter):
    """Names the entry from which a draft was started."""

    label = _("Start from another entry")

    def format_message(self, log_entry: Any) -> str:
        """One line of the history."""
        base = log_entry.data.get("base", {})
        values = {"title": base.get("title", ""), "reference": base.get("reference", "")}
        return _("Started from “%(title)s” (%(reference)s)") % values


def register_log_actions(actions: LogActionRegistry) -> None:
    """Register the actions of this room."""
    actions.register_action(starting.START)(StartFormatter)
    actions.register_action(translations.START, _("Begin translation"), _("Began the translation"))
    actions.register_action(
        translations.CONFIRM, _("Confirm translation"), _("Confirmed that it says what its original says")
    )
