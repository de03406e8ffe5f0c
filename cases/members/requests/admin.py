"""Requests for an account on the desk: the list, and one request with its answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

import django_filters

from accounts.models import User
from cases import people
from cases.desk.lists import DeskList, list_url, under_desk
from cases.desk.registry import Figure, Place, register
from cases.members.admin.base import GuardedFormView, done
from cases.members.admin.forms import ROLES, TeamChoiceForm
from cases.members.memberships import EXPERT, MembershipError
from cases.members.requests.answers import AnswerError, accept, refuse
from cases.models import AccountRequest

State = AccountRequest.State


class RequestFilterSet(WagtailFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=State.choices, widget=forms.RadioSelect)

    class Meta:
        model = AccountRequest
        fields: ClassVar[list[str]] = []


def answer_url(request: AccountRequest) -> str:
    """Where the request is read and answered."""
    return reverse("account_request", args=[request.pk])


class RequestList(DeskList):
    """What waits first, oldest first."""

    name = "account-requests"
    model = AccountRequest
    page_title = gettext_lazy("Requests for an account")
    header_icon = "user"
    explanation = gettext_lazy("Answered requests are deleted after 90 days.")
    nothing = gettext_lazy("Nobody has asked for an account.")
    filterset_class = RequestFilterSet
    columns = [
        TitleColumn("name", label=gettext_lazy("Name"), get_url=answer_url),
        Column("organisation", label=gettext_lazy("Organisation")),
        Column("team", label=gettext_lazy("Team")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("created_at", label=gettext_lazy("Received")),
    ]
    list_export = ["name", "email", "organisation", "team", "message", "language", "state", "created_at"]

    @classmethod
    def is_for(cls, user: Any) -> bool:
        """Editors alone."""
        return people.is_editor(user)

    def get_base_queryset(self) -> QuerySet[AccountRequest]:
        return AccountRequest.objects.select_related("team")

    def order_queryset(self, queryset: QuerySet[AccountRequest]) -> QuerySet[AccountRequest]:
        """Waiting ones before answered ones, whatever the database thinks of empty dates."""
        return queryset.order_by(F("decided_at").desc(nulls_first=True), "created_at", "pk")


class AnswerForm(TeamChoiceForm):
    """An invitation into a team, or the reason for none."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[("accept", gettext_lazy("Accept: send an invitation")), ("refuse", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES, initial=EXPERT, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Only when you refuse: the person reads it, word by word."),
    )
    field_order = ["answer", "team", "role", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].required = False

    def clean(self) -> dict[str, Any]:
        """An invitation needs a team, a refusal a reason."""
        values = super().clean() or {}
        needed = {"accept": "team", "refuse": "reason"}.get(values.get("answer", ""))
        if needed and needed not in self.errors and not values.get(needed):
            text = _("Choose the team.") if needed == "team" else _("Say why.")
            self.add_error(needed, text)
        return values


class RequestView(GuardedFormView):
    """One request."""

    template_name = "cases/members/request.html"
    header_icon = "user"
    form_class = AnswerForm
    submit_label = gettext_lazy("Send the answer")

    def may_enter(self) -> bool:
        return people.is_editor(self.request.user)

    @cached_property
    def asked(self) -> AccountRequest:
        """The request of the address, or 404."""
        return get_object_or_404(AccountRequest.objects.select_related("team", "decided_by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Request of %(name)s") % {"name": self.asked.name}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, own = under_desk(self.get_page_title())
        return [*above, {"url": list_url(RequestList), "label": RequestList.page_title}, own]

    def get_initial(self) -> dict[str, Any]:
        return {"team": self.asked.team_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_account = User.objects.filter(email__iexact=self.asked.email).exists()
        return super().get_context_data(**{"asked": self.asked, "has_account": has_account, **kwargs})

    def form_valid(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        try:
            if values["answer"] == "accept":
                accept(self.asked, values["team"], values["role"] or EXPERT, self.request.user)
                text = _("The invitation to %(email)s is on its way.")
            else:
                refuse(self.asked, values["reason"], self.request.user)
                text = _("%(email)s is told why not.")
        except (AnswerError, MembershipError) as error:
            return self.refuse(form, error)
        return done(self.request, text % {"email": self.asked.email}, list_url(RequestList))


def figures(_user: Any) -> Iterator[Figure]:
    """Requests that wait."""
    number = AccountRequest.objects.filter(state=State.WAITING).count()
    url = list_url(RequestList, f"?state={State.WAITING}")
    yield Figure(number, gettext_lazy("requests for an account"), url, pressing=True)


def put_on_desk() -> None:
    """Add the list to the desk."""
    register(Place(RequestList, gettext_lazy("Requests for an account"), "user", 70, figures))


def addresses() -> list[Any]:
    """Where one request is; the list has its place on the desk."""
    return [path("account-requests/<int:pk>/", RequestView.as_view(), name="account_request")]
