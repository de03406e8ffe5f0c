"""“Withdraw at once” where people look for it: the editor's actions, its header, and lists of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets.button import Button

from cases.models import EntryPage
from cases.withdrawing.rules import may_withdraw

LABEL = _("Withdraw at once")


class WithdrawMenuItem(ActionMenuItem):
    """Below “Save draft”; also on a page that somebody locked: taking back does not wait."""

    name = "action-withdraw"
    label = LABEL
    icon_name = "warning"

    def is_shown(self, context: Mapping[str, Any]) -> bool:
        page = context.get("page")
        return context["view"] == "edit" and _is_shown(page, context["request"].user)

    def get_url(self, context: Mapping[str, Any]) -> str:
        return reverse("withdraw", args=[context["page"].pk])


def menu_item() -> WithdrawMenuItem:
    """For the hook `register_page_action_menu_item`."""
    return WithdrawMenuItem(order=25)


def button(page: Any, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """For the hooks of the header and of lists, which give pages of any type."""
    entry = page if isinstance(page, EntryPage) else _entry(page)
    if entry is not None and _is_shown(entry, user):
        yield Button(LABEL, reverse("withdraw", args=[entry.pk]), icon_name="warning", priority=65)


def _entry(page: Any) -> EntryPage | None:
    """The entry of a row of a list; asked only of pages of a type that can be one."""
    if not issubclass(page.specific_class or object, EntryPage) or not page.live:
        return None
    found: EntryPage = page.specific_deferred
    return found


def _is_shown(entry: Any, user: Any) -> bool:
    return isinstance(entry, EntryPage) and bool(entry.live and not entry.alias_of_id) and may_withdraw(user, entry)
