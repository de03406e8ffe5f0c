"""One account for each role, for demonstration only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import EDITORS, ETHICS, REVIEWERS

DEMO_PASSWORD: Final = "citizen-data-demo"  # noqa: S105 - printed by `make demo`, refused outside demo settings


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to try a role with; `groups` may name groups that come with a team."""

    email: str
    first_name: str
    last_name: str
    role: str | Promise
    groups: tuple[str, ...] = ()
    is_superuser: bool = False


DEMO_ACCOUNTS: Final = (
    DemoAccount("expert-ken@example.org", "Expert", "Kenya", _("Expert of the Kenya team"), ("team:ken",)),
    DemoAccount("lead-ken@example.org", "Lead", "Kenya", _("Lead of the Kenya team"), ("team:ken", "team-lead:ken")),
    DemoAccount("reviewer@example.org", "Demo", "Reviewer", _("Reviewer"), (REVIEWERS,)),
    DemoAccount("editor@example.org", "Demo", "Editor", _("Editor"), (EDITORS,)),
    DemoAccount("editor2@example.org", "Second", "Editor", _("Second editor"), (EDITORS,)),
    DemoAccount("ethics@example.org", "Ethics", "Moderator", _("Ethics moderator"), (ETHICS,)),
    DemoAccount("admin@example.org", "Demo", "Administrator", _("Administrator"), (), True),
)


def create_demo_accounts() -> list[User]:
    """Make the accounts that are missing, all with `DEMO_PASSWORD`, and put each into its groups.

    Raises `ImproperlyConfigured` unless the settings allow demo accounts, and `Group.DoesNotExist` before the
    teams of the accounts exist.
    """
    if not getattr(settings, "DEMO_ACCOUNTS", False):
        raise ImproperlyConfigured("Demo accounts have a known password; only the demo settings allow them.")
    return [_account(account) for account in DEMO_ACCOUNTS]


def _account(account: DemoAccount) -> User:
    user = User.objects.filter(email__iexact=account.email).first()
    if user is None:
        user = User.objects.create_user(
            account.email,
            DEMO_PASSWORD,
            first_name=account.first_name,
            last_name=account.last_name,
            is_superuser=account.is_superuser,
            is_staff=account.is_superuser,
        )
    user.groups.add(*[Group.objects.get(name=name) for name in account.groups])
    return user
