"""The admin's pages of versions: all of an entry with who answered for them, and closing one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from cases import people
from cases.models import EntryPage, PublishedVersion
from cases.versions import changes, closing, notes
from cases.withdrawing.actions import reason_label
from cases.withdrawing.forms import ReasonForm


def may_see(user: Any, entry: EntryPage) -> bool:
    """The team, co-author teams, moderators and reviewers."""
    return people.is_of_team(user, entry) or people.is_moderator(user) or people.is_reviewer(user)


class NoteColumn(Column):
    """What changed, found and told."""

    cell_template_name = "cases/versions/admin/note_cell.html"


class VersionsView(BaseListingView):
    """The versions of one page, newest first."""

    model = PublishedVersion
    paginate_by = 50
    page_title = gettext_lazy("Published versions")
    header_icon = "history"
    default_ordering = "-number"
    index_url_name = "entry_versions"

    @cached_property
    def entry(self) -> EntryPage:
        """The page of the address, or 404 for those who may not see it."""
        entry: EntryPage = get_object_or_404(EntryPage, pk=self.kwargs["pk"]).specific
        if not may_see(self.request.user, entry):
            raise Http404
        return entry

    def get_index_url(self) -> str:
        return reverse("entry_versions", args=[self.kwargs["pk"]])

    def get_page_subtitle(self) -> str:
        return str(self.entry.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs(self.entry, self.page_title)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Editors get links to close and open."""
        moderates = people.is_editor(self.request.user)
        number = TitleColumn("number", label=_("Version"), get_url=self._url if moderates else None)
        return [
            number,
            DateColumn("published_at", label=_("Published")),
            NoteColumn("changed", label=_("What changed"), accessor=self._changed),
            Column("submitted_by", label=_("Submitted by"), accessor=lambda row: row.submitted_by or ""),
            Column("approved_by", label=_("Approved by"), accessor=_approvers),
            Column("state", label=_("State"), accessor=_state),
        ]

    def get_base_queryset(self) -> Any:
        rows = PublishedVersion.objects.filter(entry=self.entry.pk).defer("snapshot", "source_version__snapshot")
        return rows.select_related("approved_by", "ethics_approved_by", "submitted_by", "source_version")

    def _changed(self, row: PublishedVersion) -> dict[str, str]:
        """The fields that differ, the team's note, and where that is written."""
        url = reverse("note_version", args=[row.pk]) if notes.may_note(self.request.user, self.entry) else ""
        changed = ", ".join(changes.labels(type(self.entry), row.changed_fields))
        return {"changed": changed, "note": row.change_note, "url": url}

    def _url(self, row: PublishedVersion) -> str:
        return reverse("close_version", args=[row.pk])


class CloseView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Close one version, or open it again."""

    form_class = ReasonForm
    template_name = "cases/versions/admin/close.html"
    page_title = gettext_lazy("Close a version")
    header_icon = "lock"
    _show_breadcrumbs = True

    @cached_property
    def version(self) -> PublishedVersion:
        """The one in the address."""
        rows = PublishedVersion.objects.select_related("entry", "source_version", "closed_by").defer("snapshot")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not people.is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.version)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs(self.version.entry, self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        resting = self.version.resting_versions.select_related("entry__locale").defer("snapshot").order_by("pk")
        return super().get_context_data(
            version=self.version,
            obstacle=closing.obstacle(self.request.user, self.version),
            resting=resting,
            reason=reason_label(self.version.closed_reason) if self.version.closed_reason else "",
            back=reverse("entry_versions", args=[self.version.entry_id]),
            **kwargs,
        )

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        told = form.told()
        note = told["public_reason"] or (str(reason_label(told["public_code"])) if told["public_code"] else "")
        try:
            closing.close(self.version, self.request.user, form.cleaned_data["reason"], note)  # type: ignore[arg-type]
        except closing.ClosingError as error:
            messages.error(self.request, str(error))
        else:
            text = _("Version %(number)s is closed: nobody can read it any more.")
            messages.success(self.request, text % {"number": self.version.number})
        return redirect("entry_versions", self.version.entry_id)


class ReopenView(View):
    """Open a closed version again, on POST."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        if not people.is_editor(request.user):
            raise PermissionDenied
        version = get_object_or_404(PublishedVersion.objects.select_related("entry"), pk=pk)
        closing.reopen(version, request.user)  # type: ignore[arg-type]
        messages.success(request, _("Version %(number)s can be read again.") % {"number": version.number})
        return redirect("entry_versions", version.entry_id)


def button(page: Any, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """In the header of an entry that was ever published."""
    if isinstance(page, EntryPage) and page.first_published_at and may_see(user, page):
        yield Button(
            _("Published versions"), reverse("entry_versions", args=[page.pk]), icon_name="history", priority=55
        )


def addresses() -> list[URLPattern]:
    """Addresses below `/admin/`."""
    return [
        path("entries/<int:pk>/versions/", VersionsView.as_view(), name="entry_versions"),
        path("versions/<int:pk>/", CloseView.as_view(), name="close_version"),
        path("versions/<int:pk>/note/", notes.NoteView.as_view(), name="note_version"),
        path("versions/<int:pk>/open/", ReopenView.as_view(), name="open_version"),
    ]


def _approvers(row: PublishedVersion) -> str:
    return ", ".join(str(person) for person in (row.approved_by, row.ethics_approved_by) if person)


def _state(row: PublishedVersion) -> str:
    if row.closed_at:
        return _("Closed: %(reason)s") % {"reason": reason_label(row.closed_reason)}
    return _("Closed with the original's version") if row.is_closed else _("Public")


def _crumbs(entry: EntryPage, title: Any) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("wagtailadmin_pages:edit", args=[entry.pk]), "label": entry.get_admin_display_title()},
        {"url": "", "label": title, "sublabel": entry.title},
    ]
