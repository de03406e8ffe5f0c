"""Routes that are no surface, each with the reason. A route is a surface or stands here: see `test_routes`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NO_OBJECT: Final = "takes no key of an object and lists none"
_SETUP: Final = "of administrators alone: no other group has the permission, and Wagtail asks for it before it looks"
_SHARED: Final = "vocabularies, synonyms and organisations are shared by all teams"
_OWN: Final = "shows the person's own things, found by the person's key"
_MAILED: Final = "opened by a secret that was mailed"
_UPLOAD: Final = "an upload of the person's own: `core.access.demands` asks whose it is"
_ADD: Final = "adds to a collection; the form offers the person's own"


def _named(space: str, names: str, reason: str) -> dict[str, str]:
    return {f"{space}{name}": reason for name in names.split()}


EXEMPT: Final[Mapping[str, str]] = {
    "/admin/account/": _OWN,
    "/admin/test404/": _NO_OBJECT,
    "/admin/^.*/$": "answers 404",
    **_named("wagtailadmin_", "error_test login logout sprite javascript_catalog", _NO_OBJECT),
    **_named("wagtailadmin_", "account dismissibles", _OWN),
    "wagtailadmin_block_preview": "previews a block from its definition",
    **_named("wagtailadmin_password_reset", " _done _complete", _NO_OBJECT),
    "wagtailadmin_password_reset": _NO_OBJECT,
    **_named("", "wagtailadmin_password_reset_confirm account_address", _MAILED),
    **_named("wagtailadmin_choose_page_", "email_link phone_link anchor_link", _NO_OBJECT),
    **_named("wagtailadmin_collections:", "index add edit delete set_privacy", _SETUP),
    **_named("wagtailadmin_workflows:", "index index_results add enable disable edit add_task edit_task", _SETUP),
    **_named("wagtailadmin_workflows:", "select_task_type task_index task_index_results disable_task", _SETUP),
    **_named("wagtailadmin_workflows:", "enable_task task_chooser task_chooser_results task_chooser_create", _SETUP),
    "wagtailadmin_workflows:task_chosen": _SETUP,
    **_named("wagtailusers_users:", "index index_results add edit delete history history_results usage copy", _SETUP),
    **_named("wagtailusers_groups:", "index index_results add edit delete history history_results usage", _SETUP),
    **_named("wagtailsites:", "index index_results add edit delete history history_results usage copy", _SETUP),
    "search_index_report": "tells about the index, not about entries",
    "wagtailsnippets:index": _NO_OBJECT,
    **_named("synonyms:", "index index_results add edit delete history history_results usage", _SHARED),
    **_named("terms:", "overview index_results add edit history history_results retire merge reorder", _SHARED),
    **_named("organisations:", "index_results add edit delete history history_results", _SHARED),
    **_named("organisation_chooser:", "choose choose_results chosen chosen_multiple create", _SHARED),
    **_named("wagtaildocs", ":add :add_multiple _chooser:create", _ADD),
    **_named("wagtailimages", ":add :add_multiple _chooser:create", _ADD),
    **_named("wagtaildocs:", "create_multiple_from_uploaded_document delete_upload_multiple", _UPLOAD),
    **_named("wagtailimages:", "create_multiple_from_uploaded_image delete_upload_multiple", _UPLOAD),
    **_named("", "healthz readyz robots style_sheet pictures wagtailcore_login components", _NO_OBJECT),
    "cases_authoring:propose": _NO_OBJECT,
    **_named("", "mail_unsubscribe accept_invitation", _MAILED),
    "desk_bulk_report": "of moderators alone, who are asked for before it looks",
    **_named("", "sheets_template ask_for_account account_request_thanks leaving", _NO_OBJECT),
    "concern_received": "opened by a signed token, and tells a number only",
    "glossary": _SHARED,
}
