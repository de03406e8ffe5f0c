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
    # The home page names what waits for the person, and what they edited: nothing here was edited by a role.
    "wagtailadmin_home": "editors",
    # A co-author's way through the tree leads over the page of the other team, not over its entries; these keywords
    # are those of files, which belong to one team.
    **_each("wagtailadmin_explore_root wagtailadmin_tag_autocomplete", "members leads editors ethics"),
    # Who judges ethics reads entries and their files and changes neither: files are listed to those who may choose.
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
    # Locks are listed to who may take them off, old pages to who publishes, the use of an organisation to who edits it.
    **_each(
        """wagtailadmin_reports:locked_pages wagtailadmin_reports:locked_pages_results
        wagtailadmin_reports:aging_pages organisations:usage""",
        "editors",
    ),
    # Workflows are set up by administrators; what waits in them stands on the desk.
    **_each("wagtailadmin_workflows:usage wagtailadmin_workflows:usage_results", "admins"),
    # Moderators have no cases of their own.
    **_each("cases_authoring:mine cases_authoring:mine_results", "members leads co-authors"),
    # Who belongs to a team is for the team and for those who make teams; what was done there for its lead, too.
    "teams:team": "members leads editors",
    **_each("teams:activity teams:activity_results", "leads editors"),
    # What a reporter shares is for the team that it is about, not for co-authors.
    "concern_detail": "members leads editors ethics",
    # Accounts and terms are the editors'.
    **_each("account_request term_proposals:index term_proposals:index_results term_proposals:decide", "editors"),
    # Of jobs an administrator sees all; that one sees one's own, tests/core/jobs show.
    **_each("jobs", "admins"),
}
"""By the name of the route."""
