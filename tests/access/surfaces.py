"""Every address at which somebody could learn of an object. A later one joins by one line in the tuple of its room:

    get("search:export", "csv", query=FOUND),         # a list: what is not for the asker must not be in it
    get("desk_mine", silent=True),                    # it never shows a word of any object
    get("notes:edit", "{page}"),                      # about one object: the answer must equal that for none
    get("/en/{path}versions/1/"),                     # pages of the tree by their path; then add the name of the
                                                      # route to `BY_PATH` in test_routes.py
    post("notes:edit", "{page}", text="Mine"),        # who acts there stands in `acting.py`

`get` and `post` name a route as `reverse` takes it, or a path, and its arguments. `{page}`, `{file}`, `{revision}` ...
stand for keys of the object in question (`Thing.ids`, see states.py and papers.py); an address without any is a list.
All others than `silent` ones must show a word to somebody: to every insider, or to those whom `seen.py` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from django.urls import reverse

from tests.access.secrets import COMMON

ABSENT: Final = 999_999_999
NOWHERE: Final = {
    "path": "teams/ken/zqnowhereqz/",
    "reference": "CCD-KEN-2026-99999",
    "job": "00000000-0000-4000-8000-000000000000",
}
SHARED: Final = frozenset({"mine", "mine_revision", "my_team", "other_team", "parent", "team", "author"})
"""Keys that are the same for every object: the asker's own draft and team page, teams, a page and author."""
KEY: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Surface:
    """One address, to be read or posted to."""

    route: str
    args: tuple[str | int, ...] = ()
    query: str = ""
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    silent: bool = False
    ajax: bool = False

    @property
    def name(self) -> str:
        """How a test names it."""
        return " ".join([self.method.upper(), self.route, *map(str, self.args), self.query]).strip()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of an object that the address and the data take."""
        texts = [self.route, *map(str, self.args), self.query, *map(str, self.data.values())]
        return tuple(dict.fromkeys(key for text in texts for key in KEY.findall(text)))

    @property
    def key(self) -> str:
        """The key that stands for the object; empty for a list."""
        return next((key for key in self.keys if key not in SHARED), "")

    def fits(self, ids: Mapping[str, Any]) -> bool:
        """Whether an object has all keys."""
        return all(key in ids for key in self.keys)

    def address(self, ids: Mapping[str, Any]) -> str:
        """The address for an object."""
        quoted = {key: quote(str(value)) for key, value in ids.items()}
        if self.route.startswith("/"):
            return self.route.format(**quoted) + self.query.format(**quoted)
        args = [str(arg).format(**ids) for arg in self.args]
        return reverse(self.route, args=args) + self.query.format(**quoted)

    def posted(self, ids: Mapping[str, Any]) -> dict[str, Any]:
        """The data for an object."""
        return {name: str(value).format(**ids) for name, value in self.data.items()}

    def absent(self, ids: Mapping[str, Any]) -> dict[str, Any]:
        """The same keys, but of an object that is not there."""
        return {**ids, self.key: NOWHERE.get(self.key, "zqnowhereqz") if isinstance(ids[self.key], str) else ABSENT}


def get(route: str, *args: str | int, query: str = "", **how: Any) -> Surface:
    """An address to read."""
    return Surface(route, args, query, **how)


def post(route: str, *args: str | int, query: str = "", ajax: bool = False, **data: Any) -> Surface:
    """An address to post to: whoever may not know the object changes nothing and learns nothing."""
    return Surface(route, args, query, "post", data, silent=True, ajax=ajax)


def _each(make: Any, routes: str, *args: str | int, **options: Any) -> Iterator[Surface]:
    return (make(route, *args, **options) for route in routes.split())


FOUND: Final = f"?q={COMMON}"
CASE: Final = ("cases", "casestudypage")
BULK: Final = ("wagtail_bulk_action", "wagtailcore", "page")
CLOSING: Final = {"reason": "other", "note": "Mine", "tell": "nothing"}
BODY: Final = {
    "title": "Taken over",
    "slug": "taken-over",
    "restriction_type": "login",
    "comment": "Mine",
    "text": "Mine",
}

PUBLIC: Final[tuple[Surface, ...]] = (
    get("/en/"),
    get("/en/teams/", silent=True),
    get("/en/teams/ken/"),
    get("/fr/teams/ken/", silent=True),
    get("search:search"),
    get("search:search", query=FOUND),
    get("search:search", query=f"{FOUND}&country=ken&theme=health&sort=newest"),
    get("search:search", query="?tag={tag}", silent=True),
    get("search:search", query="?q={title}", silent=True),
    get("search:suggest", query="?q=zqco"),
    get("search:counts", "country", query=FOUND, silent=True),
    get("search:suggest", query="?q={title}", silent=True),
    *_each(get, "api:csv api:json api:xlsx api:feed"),
    get("api:feed", query="?tag={tag}", silent=True),
    get("api:description", silent=True),
    get("sitemap"),
    get("search:cases"),
    get("search:methods", silent=True),
    get("search:organisations", silent=True),
    get("search:organisation", "{organisation}"),
    get("search:topics", "countries", silent=True),
    get("search:topic", "countries", "ken"),
    get("/en/{path}"),
    get("/fr/{path}"),
    get("/en/{path}versions/"),
    get("/en/{path}versions/1/"),
    get("/en/{path}versions/compare/", silent=True),
    get("/en/{path}figures/participation.csv", silent=True),
    *(get(f"/en/{{path}}{part}cite.{form}") for part in ("", "versions/1/") for form in ("bib", "json", "ris")),
    get("permanent_version", "{reference}", "en", 1),
    get("permanent", "{reference}"),
    get("wagtailcore_authenticate_with_password", "{restriction}", "{page}", silent=True),
    get("file", "{file_name}", silent=True),
    get("file", "{open_name}"),
    get("file", "{closed_name}"),
    get("file", "{picture_name}", silent=True),
    get("file", "{rendition_name}", silent=True),
)
EXPLORER: Final[tuple[Surface, ...]] = (
    get("wagtailadmin_home"),
    get("wagtailadmin_explore_root"),
    get("wagtailadmin_explore_root", query=f"{FOUND}&search_all=1"),
    get("wagtailadmin_explore_root", query="?has_child_pages=false"),
    *_each(get, "wagtailadmin_explore wagtailadmin_explore_results", "{parent}"),
    *_each(get, "wagtailadmin_explore wagtailadmin_explore_results", "{parent}", query=FOUND),
    *_each(get, "wagtailadmin_explore wagtailadmin_explore_results", "{page}"),
    *_each(get, "wagtailadmin_pages:search wagtailadmin_pages:search_results"),
    *_each(get, "wagtailadmin_pages:search wagtailadmin_pages:search_results", query=FOUND),
    *_each(get, "wagtailadmin_pages:type_use wagtailadmin_pages:type_use_results", *CASE),
    *_each(get, "wagtailadmin_pages:type_use wagtailadmin_pages:type_use_results", *CASE, query=FOUND),
    get("wagtailadmin_pages:choose_parent", *CASE, silent=True),
)
PAGES: Final[tuple[Surface, ...]] = (
    *_each(
        get,
        """wagtailadmin_pages:usage wagtailadmin_pages:edit wagtailadmin_pages:view_draft wagtailadmin_pages:delete
        wagtailadmin_pages:move wagtailadmin_pages:history
        wagtailadmin_pages:history_results wagtailadmin_pages:workflow_history wagtailadmin_api:pages:detail""",
        "{page}",
    ),
    *_each(
        get,
        """wagtailadmin_pages:add_subpage wagtailadmin_pages:convert_alias wagtailadmin_pages:set_privacy
        wagtailadmin_pages:unpublish wagtailadmin_pages:copy wagtailadmin_workflows:remove
        wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:revisions_index
        wagtailadmin_pages:preview_on_edit""",
        "{page}",
        silent=True,
    ),
    *_each(get, "wagtailadmin_pages:add wagtailadmin_pages:preview_on_add", *CASE, "{page}", silent=True),
    *_each(get, "wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert", "{page}", "{revision}"),
    *_each(
        get,
        "wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert",
        "{mine}",
        "{revision}",
        silent=True,
    ),
    get("wagtailadmin_pages:revisions_unschedule", "{page}", "{revision}", silent=True),
    get("wagtailadmin_pages:revisions_compare", "{page}", "{old_revision}", "{revision}"),
    get("wagtailadmin_pages:revisions_compare", "{mine}", "{revision}", "{mine_revision}", silent=True),
    get("wagtailadmin_pages:move_confirm", "{page}", "{my_team}", silent=True),
    get("wagtailadmin_pages:move_confirm", "{mine}", "{page}", silent=True),
    get("wagtailadmin_pages:workflow_history_detail", "{page}", "{workflow_state}"),
    get("wagtailadmin_pages:workflow_history_detail", "{mine}", "{workflow_state}", silent=True),
    get("wagtailadmin_pages:workflow_preview", "{page}", "{task}"),
    get("wagtailadmin_api:pages:listing"),
    get("wagtailadmin_api:pages:listing", query="?for_explorer=1", silent=True),
    get("wagtailadmin_api:pages:listing", query="?search=zqcommon"),
    get("wagtailadmin_api:pages:listing", query="?fields=ancestors,descendants,children,parent"),
    get("wagtailadmin_api:pages:listing", query="?child_of={parent}"),
    get("wagtailadmin_api:pages:listing", query="?child_of={page}", silent=True),
    get("wagtailadmin_api:pages:listing", query="?translation_of={page}", silent=True),
    get("wagtailadmin_api:pages:listing", query="?ancestor_of={page}", silent=True),
    get("wagtailadmin_api:pages:find", query="?html_path=/en/{path}", silent=True),
    get("wagtailadmin_api:pages:find", query="?id={page}", silent=True),
)  # fmt: skip
ACTIONS: Final[tuple[Surface, ...]] = (
    *_each(
        post,
        """wagtailadmin_pages:edit wagtailadmin_pages:delete wagtailadmin_pages:unpublish wagtailadmin_pages:lock
        wagtailadmin_pages:unlock wagtailadmin_pages:convert_alias wagtailadmin_pages:set_privacy
        wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:set_page_position
        wagtailadmin_pages:preview_on_edit wagtailadmin_workflows:remove""",
        "{page}",
        **BODY,
    ),
    *_each(post, "wagtailadmin_pages:add wagtailadmin_pages:preview_on_add", *CASE, "{page}", **BODY),
    post("wagtailadmin_pages:copy", "{page}", new_title="Copy", new_slug="copy", new_parent_page="{my_team}"),
    post("wagtailadmin_pages:move_confirm", "{page}", "{my_team}"),
    post("wagtailadmin_pages:move_confirm", "{mine}", "{page}"),
    post("wagtailadmin_pages:revisions_unschedule", "{page}", "{revision}"),
    post("wagtailadmin_pages:workflow_action", "{page}", "approve", "{task_state}"),
    post("wagtailadmin_pages:workflow_action", "{page}", "reject", "{task_state}", **BODY),
    post("wagtailadmin_pages:workflow_action", "{mine}", "approve", "{task_state}"),
    *_each(post, "wagtailadmin_pages:collect_workflow_action_data", "{page}", "reject", "{task_state}", **BODY),
    *(
        post("wagtailadmin_api:pages:action", "{page}", action, **data)
        for action, data in {
            "copy": {"destination_page_id": "{my_team}", "slug": "taken"},
            "convert_alias": {},
            "delete": {},
            "publish": {},
            "unpublish": {},
            "move": {"destination_page_id": "{my_team}"},
            "copy_for_translation": {"locale": "es"},
            "create_alias": {"destination_page_id": "{my_team}"},
            "revert_to_page_revision": {"revision_id": "{old_revision}"},
        }.items()
    ),
    *(
        surface
        for action in ("delete", "move", "publish", "unpublish")
        for surface in (
            get(*BULK, action, query="?id={page}&next=/admin/", silent=True),
            post(*BULK, action, query="?id={page}&next=/admin/"),
            get(*BULK, action, query="?id=all&childOf={parent}&next=/admin/", silent=True),
        )
    ),
    post("wagtailadmin_editing_sessions:ping", "wagtailcore", "page", "{page}", 1),
    post("wagtailadmin_editing_sessions:release", "{session}"),
)  # fmt: skip
CHOOSERS: Final[tuple[Surface, ...]] = (
    get("wagtailadmin_choose_page", silent=True),
    get("wagtailadmin_choose_page", query="?page_type=cases.casestudypage", silent=True),
    get("wagtailadmin_choose_page_child", "{parent}"),
    get("wagtailadmin_choose_page_child", "{page}"),
    get("wagtailadmin_choose_page_search", query=FOUND),
    get("wagtailadmin_choose_page_search", query=f"{FOUND}&page_type=cases.casestudypage"),
    get("wagtailadmin_choose_page_chosen_multiple", query="?id={page}"),
    post("wagtailadmin_choose_page_external_link", **{"external-link-chooser-url": "http://testserver/en/{path}"}),
    get("wagtailadmin_tag_autocomplete", query="?term=zq"),
    get("wagtailadmin_tag_model_autocomplete", "cases", "tag", query="?term=zq"),
    *_each(get, "wagtailimages_chooser:choose wagtailimages_chooser:choose_results"),
    *_each(get, "wagtailimages_chooser:choose wagtailimages_chooser:choose_results", query="?q=zq"),
    *_each(get, "wagtailimages_chooser:chosen wagtailimages_chooser:select_format", "{picture}"),
    get("wagtailimages_chooser:chosen_multiple", query="?id={picture}"),
    *_each(get, "wagtaildocs_chooser:choose wagtaildocs_chooser:choose_results"),
    *_each(get, "wagtaildocs_chooser:choose wagtaildocs_chooser:choose_results", query="?q=zq"),
    get("wagtaildocs_chooser:chosen", "{file}"),
    get("wagtaildocs_chooser:chosen_multiple", query="?id={file}"),
    post("wagtailimages_chooser:select_format", "{picture}", **{"image-chooser-insertion-format": "left"}),
)
FILES: Final[tuple[Surface, ...]] = (
    *_each(get, "wagtailimages:index wagtailimages:index_results"),
    *_each(get, "wagtailimages:index wagtailimages:index_results", query="?q=zq"),
    *_each(get, "wagtailimages:edit wagtailimages:delete wagtailimages:image_usage", "{picture}"),
    get("wagtailimages:url_generator", "{picture}", silent=True),
    get("wagtailimages:url_generator_output", "{picture}", silent=True),
    get("wagtailimages:preview", "{picture}", "width-10", silent=True),
    *_each(post, "wagtailimages:edit wagtailimages:delete", "{picture}", **BODY),
    *_each(post, "wagtailimages:edit_multiple wagtailimages:delete_multiple", "{picture}", ajax=True, **BODY),
    get("wagtailadmin_api:images:listing"),
    get("wagtailadmin_api:images:detail", "{picture}"),
    get("wagtailadmin_api:images:find", query="?id={picture}", silent=True),
    *_each(get, "wagtaildocs:index wagtaildocs:index_results"),
    *_each(get, "wagtaildocs:index wagtaildocs:index_results", query="?q=zq"),
    *_each(get, "wagtaildocs:edit wagtaildocs:delete wagtaildocs:document_usage", "{file}"),
    *_each(post, "wagtaildocs:edit wagtaildocs:delete", "{file}", **BODY),
    *_each(post, "wagtaildocs:edit_multiple wagtaildocs:delete_multiple", "{file}", ajax=True, **BODY),
    get("wagtailadmin_api:documents:listing"),
    get("wagtailadmin_api:documents:detail", "{file}"),
    get("wagtailadmin_api:documents:find", query="?id={file}", silent=True),
    *(
        surface
        for model, key, actions in (("picture", "{picture}", "delete add_tags add_to_collection"),
                                    ("file", "{file}", "delete add_tags add_to_collection"))
        for action in actions.split()
        for surface in (
            get("wagtail_bulk_action", "core", model, action, query=f"?id={key}&next=/admin/"),
            post("wagtail_bulk_action", "core", model, action, query=f"?id={key}&next=/admin/", tags="a", collection=1),
            get("wagtail_bulk_action", "core", model, action, query="?id=all&next=/admin/"),
        )
    ),
)  # fmt: skip
REPORTS: Final[tuple[Surface, ...]] = (
    *_each(get, "wagtailadmin_reports:locked_pages wagtailadmin_reports:locked_pages_results"),
    *_each(get, "wagtailadmin_reports:workflow wagtailadmin_reports:workflow_results"),
    *_each(get, "wagtailadmin_reports:workflow_tasks wagtailadmin_reports:workflow_tasks_results"),
    *_each(get, "wagtailadmin_reports:site_history wagtailadmin_reports:site_history_results"),
    *_each(get, "wagtailadmin_reports:aging_pages wagtailadmin_reports:aging_pages_results", silent=True),
    *_each(get, "wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results"),
    *(
        get(f"wagtailadmin_reports:{name}", query=f"?export={kind}")
        for name in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages")
        for kind in ("csv", "xlsx")
    ),
    *_each(get, "mail_report mail_report_results", silent=True),
    get("wagtailadmin_workflows:usage", "{workflow}"),
    get("wagtailadmin_workflows:usage_results", "{workflow}"),
    get("organisations:index", silent=True),
    get("organisations:index", query="?export=csv", silent=True),
    get("organisations:usage", "{organisation_id}"),
    get("terms:index", silent=True),
)
DESK: Final[tuple[Surface, ...]] = (
    get("desk", silent=True),
    *_each(get, "desk_queue desk_queue_results desk_entries desk_entries_results"),
    *_each(get, "desk_claims desk_claims_results", silent=True),
    *_each(
        get,
        """desk_coverage_countries desk_coverage_sdgs desk_coverage_groups desk_coverage_stages desk_coverage_themes
        desk_coverage_countries_results desk_coverage_sdgs_results desk_coverage_groups_results
        desk_coverage_stages_results desk_coverage_themes_results desk_vocabulary_use desk_vocabulary_use_results
        desk_failed_searches desk_failed_searches_results desk_bulk desk_bulk_results""",
        silent=True,
    ),
    *_each(get, "desk_audit desk_audit_results"),
    *_each(post, "desk_claim desk_release", "{submission}"),
    *_each(
        get,
        """desk_concerns desk_concerns_results desk_stale desk_stale_results desk_broken_links
        desk_broken_links_results desk_account_requests desk_account_requests_results desk_alt_texts
        desk_alt_texts_results desk_withdrawals desk_withdrawals_results""",
        silent=True,
    ),
)
AUTHORING: Final[tuple[Surface, ...]] = (
    *_each(
        get,
        """cases_authoring:mine cases_authoring:mine_results cases_authoring:translations
        cases_authoring:translations_results cases_authoring:bases cases_authoring:bases_results""",
    ),
    *_each(get, "cases_authoring:bases cases_authoring:bases_results", query=FOUND),
    get("cases_authoring:start_from", "{page}", silent=True),
    post("cases_authoring:start_from", "{page}"),
    get("cases_authoring:translate", "{page}", "es", silent=True),
    post("cases_authoring:translate", "{page}", "es"),
    post("cases_authoring:confirm", "{page}"),
    get("entry_findings", "{page}", silent=True),
    post("entry_findings", "{page}", action="read"),
)
REVIEW: Final[tuple[Surface, ...]] = (
    *_each(get, "review review_preview", "{page}"),
    *_each(post, "review review_comment review_take_back", "{page}", **BODY),
    *_each(get, "withdraw entry_versions", "{page}", silent=True),
    post("withdraw", "{page}", **CLOSING),
    post("confirm_review", "{page}"),
    *_each(get, "withdrawal restore_withdrawn republish_withdrawn", "{withdrawal}", silent=True),
    *_each(post, "restore_withdrawn republish_withdrawn", "{withdrawal}"),
    *_each(get, "close_version open_version note_version", "{version}", silent=True),
    *_each(post, "close_version open_version", "{version}", **CLOSING),
    post("note_version", "{version}", change_note="Mine"),
    get("permanent_concern", "{reference}", silent=True),
)
TEAMS: Final[tuple[Surface, ...]] = (
    *_each(get, "teams:index teams:index_results", silent=True),
    *_each(get, "teams:team teams:activity teams:activity_results", "{team}"),
    *_each(get, "teams:edit teams:archive teams:invite", "{team}", silent=True),
    post("teams:edit", "{team}", name="Mine", countries="ken"),
    post("teams:archive", "{team}"),
    post("teams:invite", "{team}", email="new@example.org", role="expert", language="en"),
    get("teams:new", silent=True),
    *_each(post, "teams:role teams:remove", "{team}", "{author}", role="lead"),
    post("teams:invitation", "{team}", 1),
    *_each(get, "teams:co_teams teams:transfer", "{page}", silent=True),
    *_each(post, "teams:co_teams teams:transfer", "{page}", team="{other_team}"),
    get("sheets", silent=True),
    get("sheets_export", silent=True),
)
PAPERS: Final[tuple[Surface, ...]] = (
    get("concern", "{reference}", silent=True),
    get("concern_detail", "{concern}"),
    post("concern_detail", "{concern}", action="claim"),
    get("account_request", "{request}"),
    post("account_request", "{request}", answer="refuse", reason="No"),
    *_each(get, "term_proposals:index term_proposals:index_results"),
    get("term_proposals:decide", "{proposal}"),
    post("term_proposals:decide", "{proposal}", decision="refuse", **{"refuse-reason": "No"}),
    get("jobs"),
    *_each(get, "job job_state job_file", "{job}", silent=True),
    *_each(post, "job_stop sheets_import", "{job}"),
)
SURFACES: Final[tuple[Surface, ...]] = (
    *PUBLIC, *EXPLORER, *PAGES, *ACTIONS, *CHOOSERS, *FILES, *REPORTS, *DESK, *AUTHORING, *REVIEW, *TEAMS, *PAPERS,
)  # fmt: skip
