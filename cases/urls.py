"""Addresses without a language."""

from django.urls import path

from cases import views

urlpatterns = [path("r/<str:reference>/", views.permanent, name="permanent")]
