"""Addresses without a language: files and operations."""

from django.urls import path

from core import views
from core.files import serve
from core.mailing.views import unsubscribe
from core.styles import style_sheet
from core.text_only import pictures

urlpatterns = [
    path("files/<path:name>", serve, name="file"),
    path("mail/stop/<str:token>/", unsubscribe, name="mail_unsubscribe"),
    path("pictures/<slug:choice>/", pictures, name="pictures"),
    path("styles/<str:name>.<slug:digest>.css", style_sheet, name="style_sheet"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
