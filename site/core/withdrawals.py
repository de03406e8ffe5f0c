"""Taking back what was published, at once and in all languages; and giving it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from wagtail.actions.unpublish_page import UnpublishPageAction

from core.models import Withdrawal, WithdrawnAddress

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class NotWithdrawable(ValueError):
    """Nothing of the page is public, or it is withdrawn already."""


@transaction.atomic
def withdraw(
    page: Any, *, reason: str, public_reason: str = "", by: AbstractBaseUser | None = None, reference: str = ""
) -> Withdrawal:
    """Unpublish `page` with all its translations and leave a tombstone at each of their addresses.

    `reason` is the code kept for moderators; `public_reason` is all that visitors are told. Raises
    `NotWithdrawable` when no language of the page is live.
    """
    pages = [translation.specific for translation in page.get_translations(inclusive=True) if translation.live]
    if not pages or active(page.translation_key):
        raise NotWithdrawable("The page is not published, or withdrawn already.")
    withdrawal = Withdrawal.objects.create(
        reference=reference,
        translation_key=page.translation_key,
        reason=reason,
        public_reason=public_reason,
        withdrawn_by=by,
    )
    addresses = [translation.get_url_parts()[2] for translation in pages]
    addresses += [f"/r/{reference}/"] if reference else []
    WithdrawnAddress.objects.bulk_create(
        WithdrawnAddress(withdrawal=withdrawal, path=address) for address in dict.fromkeys(addresses)
    )
    for translation in pages:
        # Whether `by` may withdraw was decided by the caller: a team may, though it may not unpublish.
        UnpublishPageAction(translation, user=by).execute(skip_permission_checks=True)
    return withdrawal


@transaction.atomic
def restore(withdrawal: Withdrawal, by: AbstractBaseUser | None = None) -> None:
    """Lift the tombstone. The pages stay unpublished drafts: whether they are published again is decided afresh."""
    withdrawal.restored_at = timezone.now()
    withdrawal.restored_by = by
    withdrawal.save(update_fields=["restored_at", "restored_by"])


def active(translation_key: Any) -> Withdrawal | None:
    """The withdrawal in force for a translation key, if there is one."""
    return Withdrawal.objects.filter(translation_key=translation_key, restored_at__isnull=True).first()


def at_address(path: str) -> Withdrawal | None:
    """The withdrawal in force at a path of the site; one SQL."""
    return Withdrawal.objects.filter(addresses__path=path, restored_at__isnull=True).order_by("-pk").first()
