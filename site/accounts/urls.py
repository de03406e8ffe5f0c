"""Addresses of the admin that stand before Wagtail's own."""

from django.urls import path

from wagtail.admin.auth import require_admin_access

from accounts.views.account import AccountView

urlpatterns = [path("account/", require_admin_access(AccountView.as_view()))]
