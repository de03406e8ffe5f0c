"""What people do not want to be mailed."""

from __future__ import annotations

from django.db import models

from accounts.models.users import User


class MailRefusal(models.Model):
    """An optional kind of mail that a person does not want; without a row they get it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_refusals")
    kind = models.CharField(max_length=60)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_refused_once")]

    def __str__(self) -> str:
        return self.kind
