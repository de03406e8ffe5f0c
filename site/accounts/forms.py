"""Forms of people about their own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.admin.localization import get_available_admin_languages, get_available_admin_time_zones
from wagtail.users.models import UserProfile

from accounts import preferences
from accounts.models import MailRefusal, User
from core import mailing
from core.guarding import allowed

MOST_RESETS: Final = 5
"""Mails with a new password that one sender may ask for in an hour."""


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
        _choices(self.fields["time_zone"], [(zone, zone) for zone in get_available_admin_time_zones()])
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


def _choices(field: forms.Field, choices: Any) -> None:
    field.choices = choices  # type: ignore[attr-defined]


class PasswordResetForm(WagtailPasswordResetForm):
    """Wagtail's, whose mail goes through the outbox in the language of the person."""

    def save(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        """Mail the link; nothing, and no word of it, to somebody who asks over and over."""
        if request is None or allowed(request, "password reset", MOST_RESETS, timedelta(hours=1)):
            super().save(*args, request=request, **kwargs)

    def send_mail(self, _subject: str, _text: str, context: dict[str, Any], *_args: Any, **_kwargs: Any) -> None:
        """Called by `save` for each account with the address."""
        parts = {"uidb64": context["uid"], "token": context["token"]}
        link = mailing.absolute(reverse("wagtailadmin_password_reset_confirm", kwargs=parts))
        mailing.send("password-reset", [context["user"]], {"link": link})


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
