"""What Wagtail's admin gets from this room."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wagtail import hooks
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from core.access.choosers import choosable_pages
from core.access.dashboard import narrow_menu, narrow_panels, narrow_summary
from core.access.knowledge import USE
from core.jobs import views as job_views
from core.mailing import report as mail_report

AFTER_WAGTAIL = 100
hooks.register("register_admin_urls", job_views.addresses)
hooks.register("register_reports_menu_item", job_views.menu_item)
hooks.register("register_admin_urls", mail_report.addresses)
hooks.register("register_reports_menu_item", mail_report.menu_item)


class OwnFilesOnly:
    """Lists what the person may use: Wagtail's own lists name the files of every team to every other."""

    request: Any

    def get_queryset(self) -> QuerySet[Any]:
        files: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        policy = policy_registry.get_by_type(files.model)
        usable = policy.instances_user_has_any_permission_for(self.request.user, USE)
        return files.filter(pk__in=usable.values("pk"))


class PicturesAPI(OwnFilesOnly, ImagesAdminAPIViewSet):
    """Pictures, for Wagtail's own scripts."""


class FilesAPI(OwnFilesOnly, DocumentsAdminAPIViewSet):
    """Documents, for Wagtail's own scripts."""


@hooks.register("construct_admin_api", order=AFTER_WAGTAIL)
def narrow_admin_api(router: Any) -> None:
    """Put our lists in the place of Wagtail's."""
    router.register_endpoint("images", PicturesAPI)
    router.register_endpoint("documents", FilesAPI)


hooks.register("construct_page_chooser_queryset", choosable_pages)
hooks.register("construct_homepage_panels", narrow_panels, order=AFTER_WAGTAIL)
hooks.register("construct_homepage_summary_items", narrow_summary, order=AFTER_WAGTAIL)
hooks.register("construct_reports_menu", narrow_menu, order=AFTER_WAGTAIL)
