"""The list “Audit log”: what was done to pages and to everything else, by whom and when, in one order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import IntegerField, Q, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.coreutils import get_content_type_label
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

import django_filters

from accounts.models import User
from cases.desk.lists import DeskList

OWN = "cases."
"""Actions of this site itself: moderators may read of each, whatever model it was done to."""


def log_models() -> list[Any]:
    """The tables of log entries, in an order that does not change."""
    return sorted(registry.get_log_entry_models(), key=lambda model: model._meta.label)


def visible(log_model: Any, user: Any) -> QuerySet[Any]:
    """What a moderator may read: everything on pages; of the rest, what they may see the model of, and own actions."""
    if issubclass(log_model, PageLogEntry):
        return log_model.objects.all()
    kinds = log_model.objects.viewable_by_user(user).order_by().values("content_type").distinct()
    return log_model.objects.filter(Q(content_type__in=kinds) | Q(action__startswith=OWN))


def _actions() -> list[tuple[str, str]]:
    used = {name for model in log_models() for name in model.objects.all().get_actions()}
    return sorted(((name, str(label)) for name, label in registry.get_choices() if name in used), key=_by_label)


def _by_label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def _people(_request: Any) -> QuerySet[User]:
    ids = {key for model in log_models() for key in model.objects.all().get_user_ids()}
    return User.objects.filter(pk__in=ids).order_by("first_name", "last_name", "email")


class AuditFilterSet(WagtailFilterSet):
    """By person, action, object, day, and by what belongs to one bulk action."""

    label = django_filters.CharFilter(label=_("Object"), lookup_expr="icontains")
    user = django_filters.ModelChoiceFilter(label=_("Person"), queryset=_people)
    action = django_filters.MultipleChoiceFilter(
        label=_("Action"), choices=_actions, widget=forms.CheckboxSelectMultiple
    )
    timestamp = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    group = django_filters.UUIDFilter(label=_("Done together (key)"), field_name="uuid")

    class Meta:
        model = PageLogEntry
        fields: ClassVar[list[str]] = []


def _edit_url(entry: Any, instance: Any, finder: AdminURLFinder) -> str | None:
    """Where the object is edited; a page's own door asks for permissions, one by one, when it is opened."""
    if instance is None:
        return None
    if isinstance(entry, PageLogEntry):
        return reverse("wagtailadmin_pages:edit", args=[entry.page_id])
    return finder.get_edit_url(instance)


def kind_of(entry: Any) -> str:
    """What kind of thing the object is, in words."""
    return capfirst(get_content_type_label(entry.content_type)) if entry.content_type else ""


class AuditList(DeskList):
    """Entries of all logs together, newest first."""

    name = "audit"
    page_title = _("Audit log")
    header_icon = "history"
    nothing = _("Nothing has been done yet.")
    explanation = _("Who did what to pages, terms, teams and everything else. Nothing is ever taken out of it.")
    filterset_class = AuditFilterSet
    columns = [
        DateColumn("timestamp", label=_("When")),
        Column("user_display_name", label=_("Person")),
        Column("what", label=_("Action"), accessor=lambda entry: entry.message or entry.action),
        TitleColumn("label", label=_("Object"), get_url=lambda entry: entry.edit_url),
        Column("kind", label=_("Type"), accessor=kind_of),
    ]
    list_export = ["timestamp", "person", "action", "message", "comment", "object", "type", "key", "group"]
    export_headings: ClassVar[dict[str, str | Promise]] = {
        "timestamp": _("When"),
        "person": _("Person"),
        "action": _("Action"),
        "message": _("Details"),
        "comment": _("Comment"),
        "object": _("Object"),
        "type": _("Type"),
        "key": _("Key of the object"),
        "group": _("Done together (key)"),
    }

    @cached_property
    def log_models(self) -> list[Any]:
        return log_models()

    def visible(self, log_model: Any) -> QuerySet[Any]:
        """The entries of one log that this list may show."""
        return visible(log_model, self.request.user)

    def get_filtered_queryset(self) -> Any:
        """Keys of all entries that the filters leave: tables differ, so that only these can be put together."""
        first, *others = [
            self.filter_queryset(self.visible(model))
            .order_by()
            .annotate(table=Value(number, output_field=IntegerField()))
            .values("pk", "timestamp", "table")
            for number, model in enumerate(self.log_models)
        ]
        return first.union(*others, all=True).order_by("-timestamp", "-table", "-pk")

    def decorate(self, rows: list[Any]) -> Iterable[Any]:
        """The entries themselves with their objects' addresses; a few SQL a table and kind of object."""
        keys: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            keys[row["table"]].append(row["pk"])
        found = {(table, entry.pk): entry for table, pks in keys.items() for entry in self._entries(table, pks)}
        return [found[row["table"], row["pk"]] for row in rows]

    def _entries(self, table: int, pks: list[Any]) -> Iterable[Any]:
        entries = self.log_models[table].objects.filter(pk__in=pks).select_related("user", "content_type")
        finder = AdminURLFinder(self.request.user)
        for entry, instance in entries.with_instances():
            entry.edit_url = _edit_url(entry, instance, finder)
            yield entry

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {
            "timestamp": item.timestamp,
            "person": str(item.user_display_name),
            "action": item.action,
            "message": str(item.message or ""),
            "comment": str(item.comment or ""),
            "object": item.label,
            "type": kind_of(item),
            "key": str(item.object_id),
            "group": str(item.uuid or ""),
        }
