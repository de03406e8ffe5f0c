"""Changes of single terms: under another parent, retired, brought back, in another order."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.terms import Term
from cases.signals import term_moved
from cases.vocabularies.errors import TermChangeError
from cases.vocabularies.registry import VOCABULARIES


def move_term(term: Term, parent: Term | None) -> None:
    """Put `term` under `parent` and tell the listeners of `term_moved`, in one transaction.

    Raises `TermChangeError` for a parent of another tree, and for one that is the term itself or stands below it.
    """
    if parent is not None:
        _check_parent(term, parent)
    old_parent_id = term.parent_id
    if old_parent_id == (parent.pk if parent else None):
        return
    with transaction.atomic():
        term.parent = parent
        term.save(update_fields=["parent"])
        term_moved.send(sender=Term, term=term, old_parent_id=old_parent_id)


def _check_parent(term: Term, parent: Term) -> None:
    allowed = VOCABULARIES[term.vocabulary].parents if term.vocabulary in VOCABULARIES else ""
    if parent.vocabulary != allowed:
        message = _("“%(term)s” cannot stand under “%(parent)s”: its parent must be in the vocabulary %(allowed)s.")
        raise TermChangeError(message % {"term": term, "parent": parent, "allowed": allowed or _("(none)")})
    parents = dict(Term.objects.exclude(parent=None).values_list("pk", "parent_id"))
    above: int | None = parent.pk
    for _step in range(len(parents) + 1):
        if above == term.pk:
            message = _("“%(term)s” cannot stand under “%(parent)s”, which is the same or stands below it.")
            raise TermChangeError(message % {"term": term, "parent": parent})
        above = parents.get(above) if above is not None else None


def retire_term(term: Term) -> None:
    """Take the term out of every choice; what has chosen it keeps it. Retiring twice changes nothing."""
    if term.retired_at is None:
        term.retired_at = timezone.now()
        term.save(update_fields=["retired_at"])


def unretire_term(term: Term) -> None:
    """Bring the term back, without its successor if it had one. Rows that a merge rewrote stay with the successor."""
    if term.retired_at is not None:
        term.retired_at, term.successor = None, None
        term.save(update_fields=["retired_at", "successor"])


def reorder(vocabulary: str, codes: Sequence[str]) -> int:
    """Put the terms of a vocabulary in the order of `codes`; return how many changed their position.

    Terms that `codes` leaves out follow in the order they had. Raises `TermChangeError` for an unknown or a repeated
    code.
    """
    with transaction.atomic():
        terms = {term.code: term for term in Term.objects.select_for_update().filter(vocabulary=vocabulary)}
        unknown = [code for code in codes if code not in terms]
        if unknown or len(set(codes)) != len(codes):
            message = _("Unknown or repeated codes: %(codes)s. Allowed, once each: %(allowed)s.")
            wrong = unknown or sorted({code for code in codes if list(codes).count(code) > 1})
            raise TermChangeError(message % {"codes": ", ".join(wrong), "allowed": ", ".join(terms)})
        named = set(codes)
        wanted = [*codes, *(code for code in terms if code not in named)]
        return _write_order([terms[code] for code in wanted])


def _write_order(terms: list[Term]) -> int:
    changed = []
    for order, term in enumerate(terms, start=1):
        if term.order != order:
            term.order = order
            term.edited_fields = sorted({*term.edited_fields, "order"})
            changed.append(term)
    if changed:
        Term.objects.bulk_update(changed, ["order", "edited_fields"], batch_size=200)
    return len(changed)
