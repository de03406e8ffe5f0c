"""The forms about teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail.admin.localization import get_available_admin_languages

from cases.forms.terms import TermsField
from cases.members.memberships import EXPERT, LEAD
from cases.models import CountryTeam

ROLES = [
    (EXPERT, _("Expert: writes and edits the team's entries")),
    (LEAD, _("Lead: the same, and invites and removes members")),
]


def _languages() -> list[tuple[str, str]]:
    return list(get_available_admin_languages())


class TeamForm(forms.Form):
    """Name, countries and contact of a team."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("In the language of the team. A country's page bears its name.")
    )
    countries = TermsField("countries", label=_("Countries"))
    contact = forms.EmailField(
        label=_("Contact"),
        required=False,
        help_text=_("A role mailbox, shown in public. Never a person's own address."),
    )


class NewTeamForm(TeamForm):
    """A new team, and whom to invite as its first lead."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "The country's three letters (ISO 3166-1 alpha-3) in small letters, such as ken. It stands in "
            "addresses and references and does not change. A team of several countries takes a word of more letters."
        ),
    )
    lead_email = forms.EmailField(
        label=_("Invite a lead"), required=False, help_text=_("Optional: this address gets an invitation at once.")
    )
    lead_language = forms.ChoiceField(label=_("Language of the invitation"), choices=_languages, required=False)
    field_order = ["code", "name", "countries", "contact", "lead_email", "lead_language"]

    def clean_code(self) -> str:
        """Small letters, as it is kept."""
        return str(self.cleaned_data["code"]).strip().lower()


class InviteForm(forms.Form):
    """Whom to invite, as what, and in which language the mail is."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=EXPERT, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=_languages)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


class TeamChoiceForm(forms.Form):
    """One of the teams that are not archived."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=CountryTeam.objects.none(), empty_label=_("Choose…"))

    def __init__(self, *args: Any, without: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = CountryTeam.objects.filter(archived_at=None).exclude(pk__in=without).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class TransferForm(TeamChoiceForm):
    """To whom an entry goes, and whether the old team goes on editing it."""

    keep = forms.BooleanField(label=_("The team of now stays on as a co-author"), required=False)
