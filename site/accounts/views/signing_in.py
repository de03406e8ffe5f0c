"""Wagtail's pages to sign in and to ask for a new password, which say “too many” also to programs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from wagtail.admin.views import account

from accounts.signing_in import LIMITED, begin_anew

TOO_MANY = 429


class _Limited:
    request: HttpRequest

    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if form.has_error(NON_FIELD_ERRORS, LIMITED):
            response.status_code = TOO_MANY
        return response


class SignInView(_Limited, account.LoginView):
    """Signs in; the only door, also for restricted pages."""


class PasswordResetView(_Limited, account.PasswordResetView):
    """Mails a link."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}


class NewPasswordView(account.PasswordResetConfirmView):
    """Sets the new password; the old ones that were tried count no more."""

    def form_valid(self, form: Any) -> HttpResponse:
        begin_anew(self.request, form.user.email)
        response: HttpResponse = super().form_valid(form)
        return response
