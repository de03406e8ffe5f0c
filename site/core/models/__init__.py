"""What every page shares."""

from core.jobs.models import Job, WorkerBeat
from core.mailing.models import QueuedMail
from core.models.attempts import Attempt
from core.models.chores import ChoreRun
from core.models.files import File
from core.models.pages import BasePage
from core.models.pictures import Picture, PictureRendition
from core.models.withdrawals import Withdrawal, WithdrawnAddress

__all__ = [
    "Attempt",
    "BasePage",
    "ChoreRun",
    "File",
    "Job",
    "Picture",
    "PictureRendition",
    "QueuedMail",
    "Withdrawal",
    "WithdrawnAddress",
    "WorkerBeat",
]
