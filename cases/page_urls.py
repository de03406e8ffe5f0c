"""Addresses of entries in a language; everything else below a team belongs to Wagtail."""

from django.urls import path

from cases import views

urlpatterns = [path("teams/<str:team>/<str:slug>/", views.entry, name="entry")]
