"""The forms with which one enters: each sender has so many attempts at an account, and so many at all accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import auth

from core import mailing
from core.guarding import allowed, forget

SIGN_IN, RESET = "sign-in", "password reset"
MOST_SIGN_INS: Final = 10
"""Wrong passwords for one account, from one place, in `PER`."""
MOST_RESETS: Final = 5
"""Mails with a new password for one account, asked for from one place, in `PER`."""
TIMES_ALL: Final = 10
"""How many times as many for all accounts together: an office shares its address."""
PER: Final = timedelta(hours=1)
LIMITED: Final = "limited"
MANY_SIGN_INS: Final = _(
    "Too many attempts to sign in came from where you are. Try again in an hour, or choose a new password."
)
MANY_REQUESTS: Final = _("Too many requests came from where you are. Try again in an hour.")


class SignInForm(auth.LoginForm):
    """Wagtail's, which lets nobody try passwords without end; whether there is such an account makes no difference."""

    def clean(self) -> dict[str, Any]:
        """Look at the limits before the password. Whoever comes in begins anew."""
        account = str(self.cleaned_data.get("username", ""))
        _count(self.request, SIGN_IN, MOST_SIGN_INS, account, MANY_SIGN_INS)
        cleaned: dict[str, Any] = super().clean()
        begin_anew(self.request, account)
        return cleaned


class PasswordResetForm(auth.PasswordResetForm):
    """Wagtail's, whose mail goes through the outbox in the language of the person; nobody floods a mailbox with it."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any] | None:
        """Look at the limits, alike for addresses that have an account and for others."""
        _count(self.request, RESET, MOST_RESETS, str(self.cleaned_data.get("email", "")), MANY_REQUESTS)
        return super().clean()

    def send_mail(self, _subject: str, _text: str, context: dict[str, Any], *_args: Any, **_kwargs: Any) -> None:
        """Called by `save` for each account with the address."""
        parts = {"uidb64": context["uid"], "token": context["token"]}
        link = mailing.absolute(reverse("wagtailadmin_password_reset_confirm", kwargs=parts))
        mailing.send("password-reset", [context["user"]], {"link": link})


def begin_anew(request: HttpRequest, account: str) -> None:
    """Forget wrong passwords: the person came in, or chose a new one."""
    forget(request, SIGN_IN, _folded(account))


def _count(request: HttpRequest, what: str, most: int, account: str, message: Any) -> None:
    """Note the attempt. Raises `ValidationError` when it is one too many, for the account or for all of them."""
    within = allowed(request, what, most * TIMES_ALL, PER)
    if not within or not allowed(request, what, most, PER, _folded(account)):
        raise forms.ValidationError(message, code=LIMITED)


def _folded(account: str) -> str:
    return f"of {account.strip().casefold()}"
