"""Addresses of the authors' own pages, below `/admin/authoring/`."""

from __future__ import annotations

from django.urls import include, path

from cases.authoring import mine, proposing, views

app_name = "cases_authoring"
urlpatterns = [
    path("mine/", mine.MineView.as_view(), name="mine"),
    path("mine/results/", mine.MineView.as_view(results_only=True), name="mine_results"),
    path("translations/", mine.TranslationsView.as_view(), name="translations"),
    path("translations/results/", mine.TranslationsView.as_view(results_only=True), name="translations_results"),
    path("start/", mine.BasesView.as_view(), name="bases"),
    path("start/results/", mine.BasesView.as_view(results_only=True), name="bases_results"),
    path("start/<int:pk>/", views.StartFromView.as_view(), name="start_from"),
    path("translate/<int:pk>/<str:language>/", views.TranslateView.as_view(), name="translate"),
    path("still-right/<int:pk>/", views.ConfirmView.as_view(), name="confirm"),
    path("propose/<slug:field>/", proposing.ProposeView.as_view(), name="propose"),
]


def addresses() -> list[object]:
    """What Wagtail's admin takes in."""
    return [path("authoring/", include("cases.authoring.urls"))]
