"""Proposed terms: writing one down, and the three ways in which an editor decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import log

from cases import people
from cases.models import EntryPage, Term, TermProposal
from cases.term_fields import TERM_FIELDS, TermField
from cases.terms import current_terms
from core import mailing
from core.text import fold

if TYPE_CHECKING:
    from accounts.models import User

OPEN_VOCABULARIES: Final = frozenset(
    {"themes", "population_groups", "collection_methods", "data_types", "initiative_types", "languages"}
)
"""Lists that grow with what people do. Goals, countries, levels, licences and access are defined elsewhere."""
ACCEPT: Final = "cases.proposal.accept"
MAP: Final = "cases.proposal.map"
REFUSE: Final = "cases.proposal.refuse"
TOLD: Final = "term-decision"
ASKED: Final = "term-proposal"


class DecidedError(Exception):
    """Somebody else decided in the meantime."""


def may_propose(field: TermField) -> bool:
    """Whether a term may be proposed for this choice."""
    return field.vocabulary in OPEN_VOCABULARIES


def same_label(vocabulary: str, label: str) -> str:
    """The label of a term that is called so already, in any language; empty when there is none."""
    wanted = fold(label.strip())
    for term in current_terms().of(vocabulary):
        if wanted in {fold(text) for text in term.labels.values()}:
            return str(term.label())
    return ""


def waiting() -> int:
    """How many proposals wait for a decision."""
    return TermProposal.objects.filter(state=TermProposal.State.OPEN).count()


@transaction.atomic
def propose(proposal: TermProposal) -> None:
    """Write a proposal down and tell the editors."""
    proposal.save()
    context = {"term": proposal.label, "meaning": proposal.meaning, "person": str(proposal.proposed_by)}
    link = mailing.absolute(decision_path(proposal))
    mailing.send(ASKED, people.editors(), {**context, "link": link}, about=f"proposal:{proposal.pk}")


def decision_path(proposal: TermProposal) -> str:
    """Where an editor decides."""
    return reverse("term_proposals:decide", args=[proposal.pk])


@transaction.atomic
def accept(proposal: TermProposal, term: Term, user: User) -> bool:
    """Add `term`, still unsaved, to its vocabulary and choose it in the draft; returns whether it was chosen there.

    Raises `DecidedError`.
    """
    _take(proposal)
    last = Term.objects.filter(vocabulary=term.vocabulary).aggregate(last=models.Max("order"))["last"]
    term.order = (last or 0) + 1
    term.save()
    log(term, "wagtail.create", user=user)
    return _settle(proposal, TermProposal.State.ACCEPTED, user, term=term)


@transaction.atomic
def map_to(proposal: TermProposal, term: Term, user: User) -> bool:
    """Say that `term` serves, choose it in the draft; returns whether it was chosen there. Raises `DecidedError`."""
    _take(proposal)
    return _settle(proposal, TermProposal.State.MAPPED, user, term=term)


@transaction.atomic
def refuse(proposal: TermProposal, reason: str, user: User) -> bool:
    """Refuse, with a reason. Raises `DecidedError`."""
    _take(proposal)
    return _settle(proposal, TermProposal.State.REFUSED, user, reason=reason)


def _take(proposal: TermProposal) -> None:
    """Keep others from deciding at the same time."""
    fresh = TermProposal.objects.select_for_update().get(pk=proposal.pk)
    if fresh.state != TermProposal.State.OPEN:
        raise DecidedError


def _settle(proposal: TermProposal, state: str, user: User, term: Term | None = None, reason: str = "") -> bool:
    proposal.state, proposal.term, proposal.reason = state, term, reason
    proposal.decided_by, proposal.decided_at = user, timezone.now()
    proposal.save()
    action = {"accepted": ACCEPT, "mapped": MAP, "refused": REFUSE}[state]
    data = {"term": term.code if term else "", "reason": reason, "vocabulary": proposal.vocabulary}
    log(proposal, action, user=user, data=data)
    chosen = term is not None and _choose(proposal, term)
    _tell(proposal, chosen)
    return chosen


def _choose(proposal: TermProposal, term: Term) -> bool:
    """Choose the term in the draft for which it was proposed, as the author asked.

    Not while moderators have the draft: what they were shown stays. Nor where the field is full.
    """
    page = EntryPage.objects.filter(pk=proposal.entry_id).first()
    if page is None or proposal.proposed_by is None or page.workflow_in_progress:
        return False
    draft: Any = page.get_latest_revision_as_object()
    field = TERM_FIELDS[proposal.field]
    row = current_terms().get(term.pk)
    before = [] if field.single else [chosen for chosen in draft.chosen(field.name) if chosen != row]
    if field.maximum and len(before) >= field.maximum:
        return False
    draft.choose(field.name, [*before, row])
    if not draft.live:
        draft.save()
    draft.save_revision(user=proposal.proposed_by, log_action=True, clean=False)
    return True


def _tell(proposal: TermProposal, chosen: bool) -> None:
    """Tell the author, in words of their language."""
    if proposal.proposed_by is None:
        return
    entry = EntryPage.objects.filter(pk=proposal.entry_id).first()
    edit = mailing.absolute(f"/admin/pages/{entry.pk}/edit/") if entry else mailing.absolute("/admin/authoring/mine/")
    context = {
        "term": proposal.label,
        "state": proposal.state,
        "labels": dict(proposal.term.labels) if proposal.term else {},
        "reason": proposal.reason,
        "chosen": chosen,
        "entry": entry.draft_title if entry else "",
        "link": edit,
    }
    mailing.send(TOLD, [proposal.proposed_by], context, about=f"proposal:{proposal.pk}")


def register_mails() -> None:
    """Name the kinds of mail."""
    mailing.register_kind(ASKED, _("Proposed terms to decide on"), optional=True)
    mailing.register_kind(TOLD, _("Decisions on terms that I proposed"), optional=True)
