"""What the team says of a version: one or two sentences on what changed, shown in the public list of versions."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogActionRegistry, log

from cases import people
from cases.models import EntryPage, PublishedVersion

NOTE: Final = "cases.version.note"
LONGEST: Final = 500


def may_note(user: Any, entry: EntryPage) -> bool:
    """The team, co-author teams, and editors."""
    return people.is_of_team(user, entry) or people.is_editor(user)


class NoteForm(forms.Form):
    """The note."""

    change_note = forms.CharField(
        label=gettext_lazy("What changed"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In a sentence or two, in the language of the page. Shown in public with the version."),
    )


class NoteView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Write the note; an empty one takes it away."""

    form_class = NoteForm
    template_name = "cases/versions/admin/note.html"
    page_title = gettext_lazy("What changed")
    header_icon = "edit"
    _show_breadcrumbs = True

    @cached_property
    def version(self) -> PublishedVersion:
        """The one in the address."""
        return get_object_or_404(
            PublishedVersion.objects.select_related("entry").defer("snapshot"), pk=self.kwargs["pk"]
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_note(request.user, self.version.entry):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"change_note": self.version.change_note}

    def get_page_subtitle(self) -> str:
        return str(self.version)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": self._back, "label": _("Published versions")},
            {"url": "", "label": self.page_title, "sublabel": str(self.version)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(version=self.version, back=self._back, **kwargs)

    def form_valid(self, form: NoteForm) -> HttpResponse:
        version = self.version
        version.change_note = form.cleaned_data["change_note"].strip()
        version.save(update_fields=["change_note"])
        data = {"version": version.number, "note": version.change_note}
        log(instance=version.entry.specific, action=NOTE, user=self.request.user, data=data)
        messages.success(self.request, _("The note is saved; visitors see it in the list of versions."))
        return redirect(self._back)

    @property
    def _back(self) -> str:
        return reverse("entry_versions", args=[self.version.entry_id])


def register_log_actions(actions: LogActionRegistry) -> None:
    """Name the action in the history; a `register_log_actions` hook."""
    actions.register_action(NOTE, gettext_lazy("Note what changed"), gettext_lazy("Wrote what changed in a version"))
