"""The page behind the link of an invitation. Looking changes nothing: programs that check mails open links too."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms import NewAccountForm
from accounts.invitations import InvitationUnusableError, accept, account_for, find
from accounts.models import Invitation, User

State = Invitation.State
BACKEND = "django.contrib.auth.backends.ModelBackend"
STATUS = {State.EXPIRED: 410, State.CANCELLED: 410, State.ACCEPTED: 410, None: 404}


@method_decorator([never_cache, sensitive_post_parameters("password1", "password2")], name="dispatch")
class AcceptInvitationView(View):
    """Accept with the account that the address has, or make one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say so when the link is of no use, with 404 for an unknown one and 410 for any other."""
        self.invitation = find(kwargs["token"])
        state = self.invitation.state if self.invitation else None
        if state != State.PENDING:
            return self._useless(state)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Ask."""
        assert self.invitation  # noqa: S101 - `dispatch` answered otherwise
        account = account_for(self.invitation)
        return self._page(account, None if account else NewAccountForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Join, and go on to the admin, or to the page where one signs in."""
        assert self.invitation  # noqa: S101
        account = account_for(self.invitation)
        try:
            return self._join(self.invitation, account) if account else self._make_account(self.invitation)
        except (InvitationUnusableError, IntegrityError):
            return redirect(request.path)  # somebody was quicker: the page says how things are now

    def _join(self, invitation: Invitation, account: User) -> HttpResponse:
        if not account.is_active:
            return self._page(account, None, status=403)
        accept(invitation, account)
        if self.request.user == account:
            return redirect("wagtailadmin_home")
        return self._page(account, None, joined=True)

    def _make_account(self, invitation: Invitation) -> HttpResponse:
        form = NewAccountForm(self.request.POST, instance=User(email=invitation.email))
        if not form.is_valid():
            return self._page(None, form, status=422)
        with transaction.atomic():
            user = form.save()
            accept(invitation, user)
        login(self.request, user, backend=BACKEND)
        return redirect("wagtailadmin_home")

    def _page(
        self, account: User | None, form: NewAccountForm | None, *, joined: bool = False, status: int = 200
    ) -> HttpResponse:
        other = self.request.user if self.request.user.is_authenticated and self.request.user != account else None
        context = {"invitation": self.invitation, "account": account, "form": form, "joined": joined, "other": other}
        return render(self.request, "accounts/invitation.html", context, status=status)

    def _useless(self, state: Invitation.State | None) -> HttpResponse:
        context = {"invitation": self.invitation, "state": state}
        return render(self.request, "accounts/invitation_useless.html", context, status=STATUS[state])
