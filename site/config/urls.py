"""All addresses of the site: what has no language first, then `/{lang}/...`, pages of the tree last."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include("accounts.urls")),
    path("admin/", include("core.access.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("core.urls")),
    path("", include("cases.urls")),
    path("", include("api.urls")),
    *i18n_patterns(
        path("", include("accounts.page_urls")),
        path("", include("search.urls")),
        path("", include("api.page_urls")),
        path("", include("cases.page_urls")),
        path("", include("home.urls")),
        path("", include(wagtail_urls)),
    ),
]
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"
