"""New e-mail addresses that people asked for and have not proved to be theirs yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User

LINK_LIFETIME = timedelta(days=1)


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    """Those whose link still works."""

    def usable(self) -> AddressChangeQuerySet:
        """Not out of date."""
        return self.filter(asked_at__gt=timezone.now() - LINK_LIFETIME)


class AddressChange(models.Model):
    """The address an account is to get: one an account, so that the newest link alone works; gone once it was used."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="address_change")
    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.email

    @property
    def expires_at(self) -> datetime:
        """Until when the link works."""
        return self.asked_at + LINK_LIFETIME
