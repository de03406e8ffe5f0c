"""Addresses in a language: entries, requests for an account. Everything else below a team belongs to Wagtail."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cases import views
from cases.citing import FORMATS
from cases.citing import views as citing
from cases.concerns import views as concerns
from cases.figures import views as figures
from cases.glossary import glossary
from cases.members.requests import page as account_requests
from cases.versions import views as versions

ENTRY = "teams/<str:team>/<str:slug>/"


class CitationForm(StringConverter):
    """The ending of a citation's address."""

    regex = "|".join(FORMATS)


register_converter(CitationForm, "citation")


urlpatterns = [
    *account_requests.urlpatterns,
    path("concern/received/<str:token>/", concerns.received, name="concern_received"),
    path("concern/<str:code>/", concerns.concern, name="concern"),
    path("glossary/", glossary, name="glossary"),
    path("leaving/", views.leaving, name="leaving"),
    path(ENTRY, views.entry, name="entry"),
    path(f"{ENTRY}cite.<citation:form>", citing.entry, name="cite"),
    path(f"{ENTRY}versions/<int:number>/cite.<citation:form>", citing.version, name="cite_version"),
    path(f"{ENTRY}figures/<slug:figure>.csv", figures.numbers, name="figure_numbers"),
    path(f"{ENTRY}versions/", versions.index, name="versions"),
    path(f"{ENTRY}versions/compare/", versions.compare, name="compare_versions"),
    path(f"{ENTRY}versions/<int:number>/", versions.version, name="version"),
]
