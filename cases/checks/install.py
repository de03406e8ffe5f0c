"""Connects the checks: rules of the gates, looks at drafts and submissions, the chore for links."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from wagtail.models import Revision

from cases.checks import rules
from cases.checks.links.chore import EVERY, check_links
from cases.checks.looking import record
from cases.models import EntryPage
from cases.models.entries import revision_saved
from cases.workflow.signals import submitted
from core.chores import register_chore


def install() -> None:
    """Called when the app is ready."""
    rules.install()
    register_chore("check links", check_links, EVERY)
    revision_saved.connect(_look_at_draft, dispatch_uid="cases.checks.draft")
    submitted.connect(_look_at_submission, dispatch_uid="cases.checks.submission")


def _look_at_draft(entry: EntryPage, **_more: Any) -> None:
    """Texts at once; files wait until the entry is submitted."""
    record(entry)


def _look_at_submission(revision: Any, **_more: Any) -> None:
    """Read the files once the submission is written: nobody waits for that with a lock. Approval looks again."""
    transaction.on_commit(partial(_read_files, revision.pk), robust=True)


def _read_files(revision_id: int) -> None:
    revision = Revision.page_revisions.filter(pk=revision_id).first()
    if revision is not None:
        record(revision.as_object(), read_files=True)
