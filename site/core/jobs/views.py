"""Pages of the admin on jobs: one's own list, and one job with its progress, its result and its file."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.jobs.models import Job
from core.jobs.registry import kind_of
from core.jobs.running import cancel, wake_unless_worker

PER_PAGE: Final = 50


def jobs_of(request: HttpRequest) -> QuerySet[Job]:
    """The jobs that the person may see, newest first."""
    return Job.objects.of(request.user).select_related("owner")


def label_of(job: Job) -> str:
    """What the job does, in words."""
    kind = kind_of(job.kind)
    return str(kind.label) if kind else job.kind


class JobListView(WagtailAdminTemplateMixin, TemplateView):
    """One's own jobs."""

    template_name = "core/jobs/list.html"
    page_title = gettext_lazy("Background jobs")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(jobs_of(self.request), PER_PAGE).get_page(self.request.GET.get("p"))
        rows = [(job, label_of(job)) for job in page]
        return super().get_context_data(page=page, rows=rows, **kwargs)


class JobView(WagtailAdminTemplateMixin, TemplateView):
    """One job. Others' jobs are not there."""

    template_name = "core/jobs/job.html"
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = {"url": reverse("jobs"), "label": _("Background jobs")}
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, listed, {"url": "", "label": self.label}]

    def get_page_title(self) -> str:
        return self.label

    def get_page_subtitle(self) -> str:
        return self.job.input_name

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.job = get_object_or_404(jobs_of(request), pk=kwargs["pk"])
        self.label = label_of(self.job)
        if self.job.state == Job.State.WAITING:
            wake_unless_worker()  # whoever was to take it may have died
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = kind_of(self.job.kind)
        found = {"job": self.job, "label": self.label, "before": _before(self.job), "text": progress_text(self.job)}
        return super().get_context_data(result_template=kind.template if kind else "", **found, **kwargs)


@require_safe
def state(request: HttpRequest, pk: Any) -> HttpResponse:
    """How far a job is, for the page's script."""
    job = get_object_or_404(jobs_of(request), pk=pk)
    if job.state == Job.State.WAITING:
        wake_unless_worker()
    found = {"state": job.state, "ended": job.ended, "done": job.done, "total": job.total, "text": progress_text(job)}
    return JsonResponse(found)


def progress_text(job: Job) -> str:
    """State and figures in words."""
    if job.state != Job.State.RUNNING or not job.note:
        return str(job.get_state_display())
    text = _("%(done)s of %(total)s") % {"done": job.done, "total": job.total} if job.total else str(job.done)
    return f"{job.note}: {text}"


@require_POST
def stop(request: HttpRequest, pk: Any) -> HttpResponse:
    """Cancel a job."""
    job = get_object_or_404(jobs_of(request), pk=pk)
    if cancel(job):
        messages.success(request, _("The job is being stopped. Nothing of it is kept."))
    else:
        messages.error(request, _("The job has ended already."))
    return HttpResponseRedirect(reverse("job", args=[job.pk]))


@require_safe
def download(request: HttpRequest, pk: Any) -> HttpResponse | FileResponse:
    """The file that a job made, to its owner only."""
    job = get_object_or_404(jobs_of(request), pk=pk)
    if not job.output.name or not job.output.storage.exists(job.output.name):
        raise Http404
    response = FileResponse(job.output.open("rb"), as_attachment=True, filename=job.output_name or "result")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def job_address(job: Job) -> str:
    """The page of a job."""
    return reverse("job", args=[quote(str(job.pk))])


def _before(job: Job) -> int:
    if job.state != Job.State.WAITING:
        return 0
    return Job.objects.unfinished().filter(created_at__lt=job.created_at).count()


class JobsItem(MenuItem):
    """Shown to those who have jobs."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(jobs_of(request).exists())


def menu_item() -> MenuItem:
    """The entry in the menu of reports."""
    return JobsItem(
        gettext_lazy("Background jobs"), reverse("jobs"), name="background-jobs", icon_name="tasks", order=1300
    )


def addresses() -> list[Any]:
    """Where the pages are, below the admin."""
    return [
        path("jobs/", JobListView.as_view(), name="jobs"),
        path("jobs/<uuid:pk>/", JobView.as_view(), name="job"),
        path("jobs/<uuid:pk>/state/", state, name="job_state"),
        path("jobs/<uuid:pk>/stop/", stop, name="job_stop"),
        path("jobs/<uuid:pk>/file/", download, name="job_file"),
    ]
