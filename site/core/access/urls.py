"""Addresses of the admin that stand before Wagtail's own: lists that keep to what the person may know."""

from django.urls import path

from wagtail.admin.auth import require_admin_access

from core.access import choosers, tags

_suggest = require_admin_access(tags.suggest)

urlpatterns = [
    path("choose-page/", require_admin_access(choosers.BrowseView.as_view()), name="wagtailadmin_choose_page"),
    path(
        "choose-page/<int:parent_page_id>/",
        require_admin_access(choosers.BrowseView.as_view()),
        name="wagtailadmin_choose_page_child",
    ),
    path(
        "choose-page/search/",
        require_admin_access(choosers.SearchView.as_view()),
        name="wagtailadmin_choose_page_search",
    ),
    path(
        "choose-page/chosen-multiple/",
        require_admin_access(choosers.ChosenMultipleView.as_view()),
        name="wagtailadmin_choose_page_chosen_multiple",
    ),
    path("tag-autocomplete/", _suggest, name="wagtailadmin_tag_autocomplete"),
    path(
        "tag-autocomplete/<slug:app_name>/<slug:model_name>/",
        _suggest,
        name="wagtailadmin_tag_model_autocomplete",
    ),
]
