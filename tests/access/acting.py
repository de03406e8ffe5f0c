"""Who acts at an address that is posted to: they change something there, for one object at least; nobody else does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.access.surfaces import Surface

WHO: Final = frozenset({"expert", "lead", "co-author", "reviewer", "editor", "ethics", "admin", "expert-elsewhere"})
"""Those who are asked; strangers are sent to sign in wherever they knock."""

_BY_ROLES: Final[Mapping[str, str]] = {
    "editor admin": """
        wagtailadmin_pages:lock {page}
        wagtailadmin_pages:unlock {page}
        wagtailadmin_pages:set_privacy {page}
        wagtailadmin_pages:set_page_position {page}
        wagtailadmin_pages:move_confirm {page} {my_team}
        wagtail_bulk_action core picture add_to_collection ?id={picture}&next=/admin/
        wagtail_bulk_action core file add_to_collection ?id={file}&next=/admin/
        desk_claim {submission}
        restore_withdrawn {withdrawal}
        republish_withdrawn {withdrawal}
        close_version {version}
        open_version {version}
        teams:edit {team}
        teams:archive {team}
        teams:transfer {page}
        account_request {request}
        term_proposals:decide {proposal}""",
    "lead editor admin": """
        teams:invite {team}
        teams:role {team} {author}
        teams:remove {team} {author}
        teams:co_teams {page}""",
    "expert lead editor admin": """
        wagtailadmin_pages:delete {page}
        wagtail_bulk_action wagtailcore page delete ?id={page}&next=/admin/
        wagtailimages:edit {picture}
        wagtailimages:delete {picture}
        wagtailimages:delete_multiple {picture}
        wagtaildocs:delete {file}
        wagtaildocs:delete_multiple {file}
        wagtail_bulk_action core picture delete ?id={picture}&next=/admin/
        wagtail_bulk_action core file delete ?id={file}&next=/admin/
        cases_authoring:translate {page} es
        withdraw {page}""",
    # Co-authors edit the entry and its files (decision 0014); they neither delete it nor take it off.
    "expert lead co-author editor admin": """
        wagtailadmin_pages:revisions_unschedule {page} {revision}
        wagtaildocs:edit {file}
        wagtail_bulk_action core picture add_tags ?id={picture}&next=/admin/
        wagtail_bulk_action core file add_tags ?id={file}&next=/admin/
        confirm_review {page}
        note_version {version}""",
    # Moderators ask for changes instead.
    "expert lead co-author admin": "review_take_back {page}",
    "editor ethics admin": "concern_detail {concern}",
    "expert lead co-author editor ethics admin": """
        wagtailadmin_pages:edit {page}
        wagtailadmin_editing_sessions:ping wagtailcore page {page} 1""",
    "expert lead co-author reviewer editor ethics admin": "review_comment {page}",
}
_IDLE: Final[Mapping[str, str]] = {
    "closed to everybody: entries are made, moved, copied and published at doors of their own": """
        wagtailadmin_pages:unpublish {page}
        wagtailadmin_pages:convert_alias {page}
        wagtailadmin_pages:copy {page}
        wagtailadmin_pages:add cases casestudypage {page}
        wagtailadmin_pages:preview_on_add cases casestudypage {page}
        wagtailadmin_pages:move_confirm {mine} {page}
        wagtailadmin_workflows:remove {page}
        wagtailadmin_pages:workflow_action {mine} approve {task_state}
        wagtail_bulk_action wagtailcore page publish ?id={page}&next=/admin/
        wagtail_bulk_action wagtailcore page unpublish ?id={page}&next=/admin/
        wagtailadmin_api:pages:action {page} copy
        wagtailadmin_api:pages:action {page} convert_alias
        wagtailadmin_api:pages:action {page} delete
        wagtailadmin_api:pages:action {page} publish
        wagtailadmin_api:pages:action {page} unpublish
        wagtailadmin_api:pages:action {page} move
        wagtailadmin_api:pages:action {page} copy_for_translation
        wagtailadmin_api:pages:action {page} create_alias
        wagtailadmin_api:pages:action {page} revert_to_page_revision
        review {page}""",
    "takes a whole form, or what the page before it showed: the tests of its room send it": """
        wagtailadmin_pages:workflow_action {page} approve {task_state}
        wagtailadmin_pages:workflow_action {page} reject {task_state}
        wagtail_bulk_action wagtailcore page move ?id={page}&next=/admin/
        wagtailimages:edit_multiple {picture}
        wagtaildocs:edit_multiple {file}
        cases_authoring:start_from {page}
        entry_findings {page}""",
    "shows something, and writes nothing": """
        wagtailadmin_pages:confirm_workflow_cancellation {page}
        wagtailadmin_pages:collect_workflow_action_data {page} reject {task_state}
        wagtailadmin_pages:preview_on_edit {page}
        wagtailadmin_choose_page_external_link
        wagtailimages_chooser:select_format {picture}""",
    "is of the person who began it, or no object is that far": """
        wagtailadmin_editing_sessions:release {session}
        cases_authoring:confirm {page}
        desk_release {submission}
        teams:invitation {team} 1
        job_stop {job}
        sheets_import {job}""",
}


def _by_name(groups: Mapping[str, str]) -> dict[str, str]:
    return {f"POST {name.strip()}": word for word, names in groups.items() for name in names.strip().split("\n")}


ACTORS: Final = _by_name(_BY_ROLES)
"""The roles that act, by the name of the surface."""
IDLE: Final = _by_name(_IDLE)
"""Why nobody acts here, or not with what the matrix sends."""


def actors(surface: Surface) -> frozenset[str]:
    """The roles that act there."""
    return frozenset(ACTORS.get(surface.name, "").split())
