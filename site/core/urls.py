"""Addresses without a language: files and operations."""

from django.urls import path

from core import views
from core.files import serve

urlpatterns = [
    path("files/<path:name>", serve, name="file"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
