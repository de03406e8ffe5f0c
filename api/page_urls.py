"""Addresses in a language, beside the search page and with its parameters."""

from django.urls import path

from api import feeds
from api.exports import views

app_name = "api"
urlpatterns = [
    path("search/export.csv", views.as_csv, name="csv"),
    path("search/export.csv-metadata.json", views.description, name="description"),
    path("search/export.json", views.as_json, name="json"),
    path("search/export.xlsx", views.as_xlsx, name="xlsx"),
    path("search/feed.atom", feeds.feed, name="feed"),
]
