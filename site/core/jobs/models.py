"""Jobs as rows, and when a worker was last seen."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _


def job_storage() -> FileSystemStorage:
    """Files of jobs lie apart from uploaded media: no web server knows the folder, no address leads to it."""
    folder = Path(settings.DATA_DIR) / "jobs"
    return FileSystemStorage(folder, base_url="", file_permissions_mode=0o600, directory_permissions_mode=0o700)


def name_of_input(job: Job, name: str) -> str:
    """Where what a job reads is kept; nothing of the person's name of the file but its ending."""
    return f"{job.pk}/in{Path(name).suffix[:8].lower()}"


def name_of_output(job: Job, name: str) -> str:
    """Where what a job makes is kept."""
    return f"{job.pk}/out{Path(name).suffix[:8].lower()}"


class JobQuerySet(models.QuerySet["Job"]):
    """The groups of jobs that the runner and the pages ask for."""

    def unfinished(self) -> JobQuerySet:
        """What is still to be done, or just being done; oldest first."""
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).order_by("created_at", "pk")

    def of(self, user: Any) -> JobQuerySet:
        """What a person may see: own jobs, an administrator all."""
        return self if user.is_superuser else self.filter(owner_id=user.pk)


class Job(models.Model):
    """One piece of background work of one person."""

    class State(models.TextChoices):
        """How far a job is."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("started by"), on_delete=models.CASCADE, related_name="jobs"
    )
    params = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    input = models.FileField(storage=job_storage, upload_to=name_of_input, blank=True, max_length=200)
    output = models.FileField(storage=job_storage, upload_to=name_of_output, blank=True, max_length=200)
    input_name = models.CharField(_("file"), max_length=200, blank=True)
    output_name = models.CharField(max_length=200, blank=True)
    asked_to_stop = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Whose run it is: a runner that lost its job to another one can no longer end it.
    run = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(_("started"), auto_now_add=True, db_index=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-created_at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in {self.State.WAITING, self.State.RUNNING}

    @property
    def percent(self) -> int | None:
        """How much is done, or None while that cannot be told."""
        return min(100, self.done * 100 // self.total) if self.total else None

    def delete_files(self) -> None:
        """Remove what the job read and wrote."""
        for file in (self.input, self.output):
            if file:
                file.delete(save=False)


class WorkerBeat(models.Model):
    """When a worker last began a round: while one is alive, requests leave the jobs to it."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.seen_at:%Y-%m-%d %H:%M:%S}"
