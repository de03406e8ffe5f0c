"""The list of bulk actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from cases.desk.bulk.actions import BulkRefusedError, work_named
from cases.desk.bulk.models import BulkGroup
from cases.desk.columns import NumberColumn
from cases.desk.lists import DeskList

HEADINGS: Final[Mapping[str, str | Promise]] = {
    "key": _("Key"),
    "action": _("Action"),
    "details": _("Details"),
    "user": _("Person"),
    "done_at": _("When"),
    "number_done": _("Done"),
    "number_refused": _("Refused"),
    "undone_at": _("Undone"),
    "undone_by": _("Undone by"),
}


def label_of(name: str) -> str:
    """What an action is called; its name when it is no longer offered."""
    try:
        return str(work_named(name).label)
    except BulkRefusedError:
        return name


def action_label(group: BulkGroup) -> str:
    """What was done."""
    return label_of(group.action)


def report_url(group: BulkGroup) -> str:
    """Where a bulk action is reported."""
    return reverse("desk_bulk_report", args=[group.key])


class BulkList(DeskList):
    """Every bulk action with what became of it, newest first."""

    name = "bulk"
    page_title = _("Bulk actions")
    header_icon = "list-ol"
    nothing = _("Nothing was done to several entries at once yet.")
    explanation = _(
        "What was done to several entries at once. It can be undone as long as nobody has changed them since."
    )
    columns = [
        TitleColumn("action", label=_("Action"), accessor=action_label, get_url=report_url),
        Column("details", label=_("Details")),
        Column("user", label=_("Person")),
        DateColumn("done_at", label=_("When")),
        NumberColumn("number_done", label=_("Done")),
        NumberColumn("number_refused", label=_("Refused")),
        DateColumn("undone_at", label=_("Undone")),
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS

    def get_base_queryset(self) -> QuerySet[BulkGroup]:
        refused = ~Q(items__refused="")
        groups = BulkGroup.objects.select_related("user", "undone_by").annotate(
            number_done=Count("items", filter=Q(items__refused="")), number_refused=Count("items", filter=refused)
        )
        return groups.order_by("-done_at", "-pk")

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = {name: getattr(item, name) for name in self.list_export}
        people = {name: str(row[name] or "") for name in ("user", "undone_by")}
        return {**row, **people, "key": str(item.key), "action": label_of(item.action)}
