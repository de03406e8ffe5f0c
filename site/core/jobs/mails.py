"""A mail to the owner when a long job has ended."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import mailing
from core.jobs.models import Job
from core.jobs.registry import kind_of
from core.jobs.signals import job_ended

KIND: Final = "job-ended"


def tell_owner(job: Job, **_kwargs: Any) -> None:
    """Write the mail, unless the owner stopped the job."""
    kind = kind_of(job.kind)
    if kind is None or not kind.mailed or job.state == Job.State.CANCELLED:
        return
    context = {
        "label": str(kind.label),
        "file": job.input_name or job.output_name,
        "good": job.state == Job.State.DONE,
        "link": mailing.absolute(reverse("job", args=[job.pk])),
    }
    with transaction.atomic():
        mailing.send(KIND, [job.owner], context)


def connect() -> None:
    """Make the kind of mail known, and listen."""
    mailing.register_kind(KIND, _("An import or export of mine has ended"), optional=True)
    job_ended.connect(tell_owner, sender=Job, dispatch_uid="core.jobs.tell_owner")
