"""The page “Spreadsheets” of the admin: a template, an import in two steps, an export."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cases.models import CountryTeam
from cases.people import is_editor, teams_of
from cases.sheets.access import team_for, teams_for
from cases.sheets.forms import ExportForm, ImportForm, TemplateForm
from cases.sheets.work import CHECK, EXPORT, IMPORT
from cases.sheets.workbook import SHEETS, write_template
from core import jobs
from core.jobs.models import Job
from core.jobs.views import job_address


def own_teams(request: HttpRequest) -> list[CountryTeam]:
    """The teams of the person. Raises `PermissionDenied` for those without any."""
    teams = teams_for(request.user)
    if not teams:
        raise PermissionDenied
    return teams


class SheetsView(WagtailAdminTemplateMixin, TemplateView):
    """Everything on one page; a posted file goes to its check."""

    template_name = "cases/sheets/sheets.html"
    page_title = gettext_lazy("Spreadsheets")
    header_icon = "table"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.teams = own_teams(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = {
            "import_form": ImportForm(teams=self.teams),
            "export_form": ExportForm(teams=self.teams, prefix="export"),
            "template_form": TemplateForm(prefix="template"),
        }
        return super().get_context_data(**{**forms, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a file and have it checked."""
        form = ImportForm(request.POST, request.FILES, teams=self.teams)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(import_form=form))
        chosen = form.cleaned_data
        job = jobs.start(CHECK, request.user, file=chosen["file"], team=chosen["team"], entries=chosen["kind"])
        return HttpResponseRedirect(job_address(job))


@require_POST
def confirm(request: HttpRequest, pk: Any) -> HttpResponse:
    """Import the file that a check found good."""
    checked = get_object_or_404(Job, pk=pk, owner_id=request.user.pk, kind=CHECK)
    if team_for(request.user, checked.params["team"]) is None:
        raise PermissionDenied
    good = checked.state == Job.State.DONE and not checked.result.get("problems_in_all")
    if not good or not checked.input:
        messages.error(request, _("Only a file without faults can be imported: mend it, and check it again."))
        return HttpResponseRedirect(job_address(checked))
    params = {**checked.params, "records": checked.result.get("records", 0)}
    with checked.input.open("rb") as stream:
        job = jobs.start(IMPORT, request.user, file=File(stream, name=checked.input_name), **params)
    return HttpResponseRedirect(job_address(job))


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Have a file written."""
    form = ExportForm(request.POST, teams=own_teams(request), prefix="export")
    if not form.is_valid():
        messages.error(request, _("Choose a team, a kind of entries and a format."))
        return HttpResponseRedirect(reverse("sheets"))
    chosen = dict(form.cleaned_data)
    job = jobs.start(EXPORT, request.user, entries=chosen.pop("kind"), **chosen)
    return HttpResponseRedirect(job_address(job))


@require_safe
def template(request: HttpRequest) -> HttpResponse | FileResponse:
    """The workbook to fill in."""
    own_teams(request)
    form = TemplateForm(request.GET, prefix="template")
    if not form.is_valid():
        messages.error(request, _("Choose a kind of entries and a language."))
        return HttpResponseRedirect(reverse("sheets"))
    kind, language = form.cleaned_data["kind"], form.cleaned_data["language"]
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "template.xlsx"
        write_template(written, kind, language)
        return FileResponse(written.open("rb"), as_attachment=True, filename=f"{SHEETS[kind]}-{language}.xlsx")


class SheetsItem(MenuItem):
    """Shown to people of teams and to editors."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_editor(request.user) or bool(teams_of(request.user))


def menu_item() -> MenuItem:
    """The entry in the main menu."""
    return SheetsItem(
        gettext_lazy("Spreadsheets"), reverse("sheets"), name="spreadsheets", icon_name="table", order=240
    )


def addresses() -> list[Any]:
    """Where the pages are, below the admin."""
    return [
        path("sheets/", SheetsView.as_view(), name="sheets"),
        path("sheets/template/", template, name="sheets_template"),
        path("sheets/export/", export, name="sheets_export"),
        path("sheets/import/<uuid:pk>/", confirm, name="sheets_import"),
    ]
