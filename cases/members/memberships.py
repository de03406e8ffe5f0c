"""Members of a team: inviting, removing, leading. Each call is one transaction, logged, and mailed with its commit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page

from accounts import invitations
from accounts.models import Invitation, User
from cases import people
from cases.members import mails
from cases.models import CountryTeam, EntryPage

EXPERT: Final = "expert"
LEAD: Final = "lead"
MOST_OPEN: Final = 100
"""Invitations that may wait at once: the site is no tool to mail strangers with."""
MOST_MAILED: Final = 60
"""Invitations, sent again or not, that a team may mail in an hour."""


class MembershipError(ValueError):
    """What cannot be done with a membership; the text says why, for the person who tried."""


def open_invitations(team: CountryTeam) -> QuerySet[Invitation]:
    """Invitations without an answer, newest first."""
    found = Invitation.objects.open().filter(groups__name__in=team.group_names)
    return found.select_related("invited_by").distinct().order_by("-sent_at", "-pk")


@transaction.atomic
def invite(team: CountryTeam, email: str, role: str, *, language: str, by: Any) -> Invitation:
    """Invite an address as expert or lead. Raises `MembershipError`."""
    team = _locked(team)
    _refuse_archived(team)
    _refuse_floods(team)
    if people.members(team).filter(email__iexact=email).exists():
        raise MembershipError(_("%(email)s belongs to the team already.") % {"email": email})
    waiting = open_invitations(team)
    if waiting.filter(email__iexact=email).exists():
        raise MembershipError(_("%(email)s is invited already; you can send the invitation again.") % {"email": email})
    if waiting.count() >= MOST_OPEN:
        text = _("%(count)d invitations wait for an answer. Cancel some first.")
        raise MembershipError(text % {"count": MOST_OPEN})
    invitation = invitations.invite(email, _groups(team, role), team.name, language=language, by=by)
    _log(team, "invite", by, who=email, role=role)
    return invitation


@transaction.atomic
def invite_again(team: CountryTeam, invitation: Invitation, by: Any) -> None:
    """Mail a new link; the old one is void. Raises `MembershipError` when it was answered meanwhile."""
    _refuse_archived(_locked(team))
    _refuse_floods(team)
    try:
        invitations.send_again(invitation)
    except invitations.InvitationUnusableError:
        raise MembershipError(_answered(invitation)) from None
    _log(team, "invite_again", by, who=invitation.email)


@transaction.atomic
def take_back(team: CountryTeam, invitation: Invitation, by: Any) -> None:
    """Make the link void. Raises `MembershipError` when it was answered meanwhile."""
    if not invitations.cancel(invitation):
        raise MembershipError(_answered(invitation))
    _log(team, "take_back", by, who=invitation.email)


@transaction.atomic
def remove(team: CountryTeam, user: User, by: Any) -> None:
    """Take a member's rights away at once, and their locks. Raises `MembershipError`.

    Rights are read with each request, so pages that are open in a browser can no longer be saved.
    """
    team = _locked(team)
    _refuse_strangers(team, user)
    _keep_a_lead(team, user, by)
    user.groups.remove(*team.groups())
    people.forget(user)
    _unlock(team, user)
    _log(team, "remove", by, who=str(user), user=user.pk)
    mails.left(team, user, by)


@transaction.atomic
def set_role(team: CountryTeam, user: User, role: str, by: Any) -> None:
    """Make a member a lead or an expert. Raises `MembershipError`."""
    team = _locked(team)
    _refuse_archived(team)
    _refuse_strangers(team, user)
    if role != LEAD:
        _keep_a_lead(team, user, by)
        user.groups.remove(*team.groups())
    user.groups.add(*_groups(team, role))
    people.forget(user)
    _log(team, "make_lead" if role == LEAD else "make_expert", by, who=str(user), user=user.pk)


def welcome(invitation: Invitation, user: User, **_kwargs: Any) -> None:
    """Note that somebody joined a team, and tell its leads; a receiver of `accounts.invitations.accepted`."""
    names = set(invitation.groups.values_list("name", flat=True))
    codes = {name.partition(":")[2] for name in names if name.startswith((people.EXPERTS_OF, people.LEADS_OF))}
    for team in CountryTeam.objects.filter(code__in=codes).order_by("pk"):
        _log(team, "join", user, who=str(user), user=user.pk)
        mails.joined(team, user)


def _groups(team: CountryTeam, role: str) -> QuerySet[Group]:
    """A lead is an expert too."""
    experts, leads = team.group_names
    return Group.objects.filter(name__in=[experts, leads] if role == LEAD else [experts])


def _locked(team: CountryTeam) -> CountryTeam:
    """The team as it is now, for this transaction alone: two leads cannot remove each other at once."""
    return CountryTeam.objects.select_for_update().get(pk=team.pk)


def _keep_a_lead(team: CountryTeam, user: User, by: Any) -> None:
    others = people.leads(team).exclude(pk=user.pk)
    if people.leads(team).filter(pk=user.pk).exists() and not others.exists() and not people.is_editor(by):
        raise MembershipError(
            _("%(name)s is the only lead. Make somebody else a lead first, or ask an editor.") % {"name": user}
        )


def _refuse_strangers(team: CountryTeam, user: User) -> None:
    if not user.groups.filter(name__in=team.group_names).exists():
        raise MembershipError(_("%(name)s does not belong to the team.") % {"name": user})


def _refuse_archived(team: CountryTeam) -> None:
    if team.archived_at is not None:
        raise MembershipError(_("%(team)s is archived. An editor can restore it.") % {"team": team})


def _refuse_floods(team: CountryTeam) -> None:
    mailed = ModelLogEntry.objects.for_instance(team).filter(
        action__in=["cases.team.invite", "cases.team.invite_again"],
        timestamp__gt=timezone.now() - timedelta(hours=1),
    )
    if mailed.count() >= MOST_MAILED:
        raise MembershipError(_("The team has mailed many invitations within an hour. Try again later."))


def _answered(invitation: Invitation) -> str:
    return _("The invitation of %(email)s was answered or taken back meanwhile.") % {"email": invitation.email}


def _unlock(team: CountryTeam, user: User) -> None:
    """Open what the member had locked: nobody else of the team could."""
    entries = EntryPage.objects.filter(Q(team=team) | Q(co_teams=team), locked_by=user).order_by()
    locked = Page.objects.filter(pk__in=list(entries.values_list("pk", flat=True)))
    locked.update(locked=False, locked_by=None, locked_at=None)


def _log(team: CountryTeam, action: str, by: Any, **data: Any) -> None:
    log(team, f"cases.team.{action}", user=by, data=data)
