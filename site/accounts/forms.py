"""Forms of people about their own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin import messages
from wagtail.admin.localization import get_available_admin_languages, get_available_admin_time_zones
from wagtail.users.models import UserProfile

from accounts import addresses, preferences
from accounts.models import MailRefusal, User
from accounts.signing_in import MANY_REQUESTS
from core import mailing
from core.guarding import allowed

REGIONS: Final = frozenset(
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)
"""Under which places are found in the database of time zones."""
MOST_ADDRESSES: Final = 5
"""New addresses, or wrong passwords, that one account may send in an hour from one place."""


class NewAccountForm(SetPasswordMixin, forms.ModelForm[User]):  # type: ignore[type-arg]
    """What somebody who accepts an invitation says of themselves; the address is the invited one."""

    language = forms.ChoiceField(label=_("Language of the admin and of mails"))
    time_zone = forms.ChoiceField(label=_("Time zone"))
    password1, password2 = SetPasswordMixin.create_password_fields()

    class Meta:
        model = User
        fields = ["first_name", "last_name", "organisation"]
        help_texts = {
            "first_name": _(
                "Colleagues and editors see your name beside what you write; visitors never do. "
                "Where it is safer, use another name."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = get_available_admin_languages()
        _choices(self.fields["language"], languages)
        _choices(self.fields["time_zone"], _time_zones())
        if not self.is_bound:
            self.fields["time_zone"].widget.attrs["data-own-time-zone"] = True  # the browser's is proposed
        current = get_language()
        self.fields["language"].initial = current if current in dict(languages) else "en"
        self.fields["time_zone"].initial = "UTC"
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
        for name in ("password1", "password2"):
            self.fields[name].widget.attrs["autocomplete"] = "new-password"

    def clean(self) -> dict[str, Any] | None:
        self.validate_passwords()
        return super().clean()

    def _post_clean(self) -> None:
        """Compare the password with the names, which the instance has only now."""
        super()._post_clean()  # type: ignore[misc]
        self.validate_password_for_user(self.instance)

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Make the account, with its profile."""
        self.instance.set_password(self.cleaned_data["password1"])
        user = super().save(commit)
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = self.cleaned_data["language"]
        profile.current_time_zone = self.cleaned_data["time_zone"]
        profile.save()
        return user


def _time_zones() -> list[Any]:
    """UTC, then the places of each part of the world; old names without one are left out."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in get_available_admin_time_zones():
        region, _slash, place = zone.partition("/")
        if region in REGIONS:
            regions.setdefault(region, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *sorted(regions.items())]


def _choices(field: forms.Field, choices: Any) -> None:
    field.choices = choices  # type: ignore[attr-defined]


class MailsForm(forms.Form):
    """The optional kinds of mail that a person gets."""

    wanted = forms.MultipleChoiceField(
        label=_("Send me mails about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        self.kinds = mailing.choices_of(instance)
        names = [(kind.name, kind.label) for kind in self.kinds]
        _choices(self.fields["wanted"], names)
        refused = set(MailRefusal.objects.filter(user=instance).values_list("kind", flat=True))
        self.fields["wanted"].initial = [name for name, _label in names if name not in refused]

    def save(self) -> None:
        """Keep what is not wanted."""
        wanted = set(self.cleaned_data["wanted"])
        for kind in self.kinds:
            (preferences.accept if kind.name in wanted else preferences.refuse)(self.user.pk, kind.name)


class AddressForm(forms.Form):
    """A new e-mail address, with the password: a session that somebody left open does not give the account away."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        required=False,
        help_text=_("We mail a link there. Until you open it, your address stays as it is."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, request.user

    def clean(self) -> dict[str, Any] | None:
        """Look at the limit before the password."""
        if not allowed(self.request, "new address", MOST_ADDRESSES, timedelta(hours=1), f"of {self.user.pk}"):
            self.add_error("email", MANY_REQUESTS)
        elif not self.user.check_password(self.cleaned_data["password"]):
            self.add_error("password", _("This is not your password."))
        elif self.cleaned_data.get("email", "").casefold() == self.user.get_username().casefold():
            self.add_error("email", _("This is your address already."))
        return self.cleaned_data

    def save(self) -> None:
        """Mail the link, and say so: alike for an address that has an account."""
        address = self.cleaned_data["email"]
        addresses.ask(self.user, address)  # type: ignore[arg-type]
        text = gettext("If no other account has the address, a link is on its way to %(address)s.")
        messages.info(self.request, text % {"address": address})
