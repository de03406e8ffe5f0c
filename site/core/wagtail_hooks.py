"""What Wagtail's admin gets from this room."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from core.access.choosers import choosable_pages, choosable_with_collections
from core.access.dashboard import narrow_menu, narrow_panels, narrow_summary
from core.access.listings import FilesAPI, PagesAPI, PicturesAPI
from core.jobs import views as job_views
from core.mailing import report as mail_report

AFTER_WAGTAIL = 100
hooks.register("register_admin_urls", job_views.addresses)
hooks.register("register_reports_menu_item", job_views.menu_item)
hooks.register("register_admin_urls", mail_report.addresses)
hooks.register("register_reports_menu_item", mail_report.menu_item)


@hooks.register("construct_admin_api", order=AFTER_WAGTAIL)
def narrow_admin_api(router: Any) -> None:
    """Put our lists in the place of Wagtail's."""
    router.register_endpoint("pages", PagesAPI)
    router.register_endpoint("images", PicturesAPI)
    router.register_endpoint("documents", FilesAPI)


hooks.register("construct_page_chooser_queryset", choosable_pages)
hooks.register("construct_document_chooser_queryset", choosable_with_collections)
hooks.register("construct_homepage_panels", narrow_panels, order=AFTER_WAGTAIL)
hooks.register("construct_homepage_summary_items", narrow_summary, order=AFTER_WAGTAIL)
hooks.register("construct_reports_menu", narrow_menu, order=AFTER_WAGTAIL)
