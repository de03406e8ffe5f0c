"""When an entry goes live and when it ends: the team proposes it, the editor who approves decides."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import PublishingPanel


class SchedulePanel(PublishingPanel):
    """Wagtail's dialog in words that hold here, where no button publishes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        go_live, expiry = self.children
        go_live.heading, expiry.heading = _("Not public before"), _("Public until")
        go_live.help_text = _("Empty: as soon as it is approved.")
        expiry.help_text = _("Empty: for good. After this time nobody but your team and moderators reads it.")

    class BoundPanel(PublishingPanel.BoundPanel):
        template_name = "cases/admin/schedule_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the time zone in which the person reads and writes times."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "time_zone": timezone.get_current_timezone_name()}
