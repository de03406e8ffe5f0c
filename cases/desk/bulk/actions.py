"""What a bulk action is: what it does to one entry, what it depends on, and how that is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wagtail.models import Page

from cases.desk.access import may_moderate
from cases.models import EntryPage
from cases.people import is_editor

State = dict[str, Any]
"""Plain values that JSON keeps: what an item looked like."""
Values = Mapping[str, Any]
"""What the form of an action said."""


class BulkRefusedError(PermissionDenied):
    """The action cannot be done to this one; the text says why."""


class Work:
    """One kind of bulk action, on entries unless `model` says otherwise.

    `state` has to hold everything that the action changes, and by which a later change by somebody else shows:
    undoing is refused unless it is what it was right after the action.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    question: ClassVar[str | Promise]
    warning: ClassVar[str | Promise] = ""
    undo_hint: ClassVar[str | Promise] = ""
    serious: ClassVar[bool] = False
    order: ClassVar[int] = 50
    model: ClassVar[type[models.Model]] = EntryPage
    form_class: ClassVar[type[forms.Form]] = forms.Form
    log_action: ClassVar[str] = ""
    """The line that each item gets in the log; empty where the thing done writes its own."""

    def may(self, user: Any) -> bool:
        """Whether this person may do it at all."""
        return may_moderate(user)

    def lock(self, keys: Sequence[int]) -> list[Any]:
        """The items with these keys, their entries' rows locked until the transaction ends, in one order for all."""
        list(Page.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        return list(self.read(keys))

    def read(self, keys: Sequence[int]) -> Iterable[Any]:
        """The items with these keys, without a lock."""
        entries = EntryPage.objects.filter(pk__in=keys).order_by("pk").select_related("latest_revision", "team")
        return entries.specific(defer=True)

    def entry_of(self, item: Any) -> EntryPage:
        """The entry that an item is about."""
        entry: EntryPage = item
        return entry

    def refusal(self, user: Any, item: Any) -> str:
        """Why this person cannot do it to this item; empty when they can. Asked before, and again under the lock."""
        return ""

    def state(self, item: Any) -> State:
        """What undoing depends on."""
        raise NotImplementedError

    def compared(self, state: State) -> State:
        """The part of a state by which a later change shows."""
        return state

    def apply(self, user: Any, item: Any, values: Values) -> None:
        """Do it; raises `PermissionDenied`, `ValidationError` or `ValueError` with the reason why it cannot be done."""
        raise NotImplementedError

    def restore(self, user: Any, item: Any, before: State) -> None:
        """Bring the item back to what it was; called only while it is as the action left it."""
        raise NotImplementedError

    def details(self, values: Values) -> str:
        """What the form said, in words, for the report."""
        return ""

    def may_undo(self, user: Any, done_by: Any) -> bool:
        """Who did it, and every editor."""
        return self.may(user) and (user == done_by or is_editor(user))


_works: Final[dict[str, Work]] = {}


def register(work: Work) -> None:
    """Offer a bulk action on the lists of its model."""
    _works[work.name] = work


def works() -> list[Work]:
    """All bulk actions in order."""
    return sorted(_works.values(), key=lambda work: (work.order, work.name))


def work_named(name: str) -> Work:
    """The action with this name. Raises `BulkRefusedError` for one that is no longer offered."""
    try:
        return _works[name]
    except KeyError:
        raise BulkRefusedError(_("This kind of action is no longer offered.")) from None
