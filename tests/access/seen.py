"""Who has to see something of the team's at an address, where that is not every insider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EVERYBODY: Final = "members leads co-authors editors ethics"
_MODERATORS: Final = "editors ethics"
_NOT_ETHICS: Final = "members leads co-authors editors"


def _each(names: str, groups: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), groups)


SEEN: Final[Mapping[str, str]] = {
    "wagtailadmin_home": "editors",  # the home page names what waits for the person
    **_each("wagtailadmin_explore_root wagtailadmin_tag_autocomplete", "members leads editors ethics"),
    # Who judges ethics reads entries and changes nothing: files are listed to those who may choose them.
    **_each(
        """wagtailadmin_pages:delete wagtailadmin_pages:move wagtailimages:index wagtailimages:index_results
        wagtailimages:edit wagtailimages:delete wagtailimages:image_usage wagtaildocs:index wagtaildocs:index_results
        wagtaildocs:edit wagtaildocs:delete wagtaildocs:document_usage wagtail_bulk_action""",
        _NOT_ETHICS,
    ),
    # Reports of what all teams do are for those who moderate.
    **_each(
        """wagtailadmin_reports:site_history wagtailadmin_reports:site_history_results
        wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results desk_queue
        desk_queue_results desk_entries desk_entries_results desk_audit desk_audit_results""",
        _MODERATORS,
    ),
    **_each(
        """wagtailadmin_reports:locked_pages wagtailadmin_reports:locked_pages_results
        wagtailadmin_reports:aging_pages organisations:usage""",
        "editors",
    ),
    **_each("wagtailadmin_workflows:usage wagtailadmin_workflows:usage_results", "admins"),
    **_each("cases_authoring:mine cases_authoring:mine_results", "members leads co-authors"),
    "teams:team": "members leads editors",
    **_each("teams:activity teams:activity_results", "leads editors"),
}
"""By the name of the route."""
