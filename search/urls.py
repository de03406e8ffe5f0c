"""Addresses of search, lists and topic pages, each under a language."""

from django.urls import path, re_path

from search import views
from search.topics import TOPICS

app_name = "search"
_topics = "|".join(TOPICS)

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggestions, name="suggest"),
    path("search/counts/<slug:parameter>.csv", views.counts, name="counts"),
    path("cases/", views.cases, name="cases"),
    path("methods/", views.methods, name="methods"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    re_path(rf"^(?P<path>{_topics})/$", views.topics, name="topics"),
    re_path(rf"^(?P<path>{_topics})/(?P<code>[\w-]+)/$", views.topic, name="topic"),
]
