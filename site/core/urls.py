"""Addresses without a language: files and operations."""

from django.urls import path

from core import views
from core.files import serve
from core.mailing.views import unsubscribe

urlpatterns = [
    path("files/<path:name>", serve, name="file"),
    path("mail/stop/<str:token>/", unsubscribe, name="mail_unsubscribe"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
