"""Taking back what was published, at once and in all languages; and giving it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import unquote

from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from core.models import Withdrawal, WithdrawnAddress

Account = Any
"""A user; the model is of a room above."""

DEEPEST: Final = 12
"""Steps of a path that are looked up; no address of the site has as many."""


_labels: dict[str, Callable[[str], Any]] = {}


class NotWithdrawableError(ValueError):
    """Nothing of the page is public, or it is withdrawn already."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is told beside the reference: in public a code, a text or neither; to moderators a note."""

    public_code: str = ""
    public_reason: str = ""
    contact: str = ""
    note: str = ""


@transaction.atomic
def withdraw(page: Any, *, reason: str, by: Account | None = None, reference: str = "", **told: str) -> Withdrawal:
    """Unpublish `page` with all its translations and leave a tombstone at each of their addresses.

    `reason` is the code kept for moderators; `told` are values of `Tombstone`. Raises `NotWithdrawableError` when no
    language of the page is live.
    """
    # Whatever is being published of it has to wait, or is waited for.
    list(Page.objects.select_for_update().filter(translation_key=page.translation_key).order_by("pk").values_list("pk"))
    translations = [translation.specific for translation in page.get_translations(inclusive=True)]
    pages = [translation for translation in translations if translation.live]
    if not pages or active(page.translation_key):
        raise NotWithdrawableError("The page is not published, or withdrawn already.")
    withdrawal = Withdrawal.objects.create(
        reference=reference,
        translation_key=page.translation_key,
        reason=reason,
        withdrawn_by=by,
        pages=[translation.pk for translation in pages],
        **asdict(Tombstone(**told)),
    )
    WithdrawnAddress.objects.bulk_create(
        WithdrawnAddress(withdrawal=withdrawal, path=address) for address in _addresses(pages, reference)
    )
    for translation in translations:
        translation.revisions.update(approved_go_live_at=None)  # a language that was to follow does not
    for translation in pages:
        # Whether `by` may withdraw was decided by the caller: a team may, though it may not unpublish.
        UnpublishPageAction(translation, user=by).execute(skip_permission_checks=True)
    return withdrawal


@transaction.atomic
def restore(withdrawal: Withdrawal, by: Account | None = None) -> None:
    """Lift the tombstone. The pages stay unpublished drafts: whether they are published again is decided afresh."""
    withdrawal.restored_at = timezone.now()
    withdrawal.restored_by = by
    withdrawal.save(update_fields=["restored_at", "restored_by"])


def active(translation_key: Any) -> Withdrawal | None:
    """The withdrawal in force for a translation key, if there is one."""
    return Withdrawal.objects.filter(translation_key=translation_key, restored_at__isnull=True).first()


def at_address(path: str) -> Withdrawal | None:
    """The withdrawal in force at a path of the site, or at an address above it (versions of an entry); one SQL."""
    found = Withdrawal.objects.filter(addresses__path__in=_upwards(path), restored_at__isnull=True)
    return found.order_by(Length("addresses__path").desc(), "-pk").first()


def register_labels(labels: Callable[[str], Any]) -> None:
    """Let the room that knows the reasons name them: `labels` gives the text of a code in the active language."""
    _labels["reasons"] = labels


def told(withdrawal: Withdrawal) -> Any:
    """What visitors are told of the reason, in the active language where it is one of the vocabulary; may be empty."""
    if withdrawal.public_code and (labels := _labels.get("reasons")):
        return labels(withdrawal.public_code)
    return withdrawal.public_reason


def _addresses(pages: Iterable[Any], reference: str) -> list[str]:
    """Paths as a request has them: without the escapes that an address needs for letters beyond ASCII."""
    parts = (page.get_url_parts() for page in pages)
    paths = [unquote(part[2]) for part in parts if part and part[2]]
    return list(dict.fromkeys([*paths, *([f"/r/{reference}/"] if reference else [])]))


def _upwards(path: str) -> list[str]:
    steps = path.split("/")[:DEEPEST]
    return [path, *("/".join(steps[:end]) + "/" for end in range(2, len(steps)))]
