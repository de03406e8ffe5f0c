"""Addresses of the admin that stand before Wagtail's own."""

from django.urls import path

from wagtail.admin.auth import require_admin_access

from accounts.views.account import AccountView
from accounts.views.addresses import NewAddressView
from accounts.views.signing_in import NewPasswordView, PasswordResetView, SignInView

urlpatterns = [
    path("login/", SignInView.as_view(), name="wagtailadmin_login"),
    path("password_reset/", PasswordResetView.as_view(), name="wagtailadmin_password_reset"),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        NewPasswordView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
    path("account/", require_admin_access(AccountView.as_view())),
    path("account/address/<str:token>/", require_admin_access(NewAddressView.as_view()), name="account_address"),
]
