"""Addresses without a language."""

from django.urls import path

from cases import views
from cases.concerns import views as concerns
from cases.versions.views import permanent_version

urlpatterns = [
    path("r/<str:reference>/", views.permanent, name="permanent"),
    path("r/<str:reference>/concern/", concerns.permanent, name="permanent_concern"),
    path("r/<str:reference>/<str:language>/versions/<int:number>/", permanent_version, name="permanent_version"),
]
