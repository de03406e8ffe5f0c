"""The editor asks once where an entry is in the workflow: Wagtail's menus and panels ask a dozen times."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cases.models import EntryPage


def know_workflow(request: HttpRequest, page: Any) -> None:
    """Remember the workflow on the page that a GET draws, as Wagtail does for its lists; a save asks afresh."""
    if request.method == "GET" and isinstance(page, EntryPage):
        states = page.workflow_states.active().select_related("current_task_state__task")
        page._current_workflow_states = list(states)
