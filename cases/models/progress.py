"""How far each entry is: kept beside it, so that lists can show, filter and sort by it without reading every draft."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.derived import completeness
from cases.gates import gaps

if TYPE_CHECKING:
    from cases.models.entries import EntryPage


KEYS_OF_THE_EDITOR: Final = re.compile(r' data-block-key=\\?"\w+\\?"|"id": "[\w-]+"')
"""The editor of rich text and stories gives every part a key, anew each time."""
_COLUMNS: Final = ["gaps", "percent", "texts_mark", "texts_changed_at"]


class Progress(models.Model):
    """Gaps and completeness of the newest draft, and when the texts last changed.

    `texts_changed_at` tells a translation that is older than its original. Of an original it follows what visitors
    read, or the draft while nothing was published; of a translation, its draft, or when somebody confirmed it.
    """

    entry = models.OneToOneField(
        "cases.EntryPage", on_delete=models.CASCADE, primary_key=True, related_name="progress", editable=False
    )
    gaps = models.PositiveSmallIntegerField(_("gaps"), default=0)
    percent = models.PositiveSmallIntegerField(_("completeness"), null=True)
    texts_mark = models.CharField(max_length=64)
    texts_changed_at = models.DateTimeField(_("texts changed"))

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.gaps}"


@dataclass(frozen=True, slots=True)
class Measure:
    """How far a draft is. `follows`: the mark of the texts follows the draft, not what visitors read."""

    gaps: int
    percent: int | None
    texts_mark: str
    follows: bool


def measure(draft: EntryPage, missing: int | None = None) -> Measure:
    """Measure `draft` as it stands in memory; nothing is written. `missing`: the number of gaps, if it is known."""
    percent = None if draft.is_translation else completeness(draft).percent
    follows = draft.is_translation or draft.first_published_at is None
    return Measure(len(gaps(draft)) if missing is None else missing, percent, texts_mark(draft), follows)


def store(measures: Mapping[int, Measure]) -> None:
    """Note how far entries are, by their keys, in two SQL; the caller holds the transaction in which they are saved."""
    rows = Progress.objects.in_bulk(measures)
    for pk, measured in measures.items():
        found = rows.get(pk)
        progress = rows.setdefault(pk, Progress(pk=pk))
        progress.gaps, progress.percent = measured.gaps, measured.percent
        if found is None or measured.follows:
            _mark_texts(progress, measured.texts_mark)
    Progress.objects.bulk_create(rows.values(), update_conflicts=True, unique_fields=["entry"], update_fields=_COLUMNS)


def record(draft: EntryPage) -> None:
    """Note how far `draft` is, as it stands in memory; the caller holds the transaction in which it is saved."""
    store({draft.pk: measure(draft)})


def created(instance: EntryPage, created: bool, raw: bool = False, **_kwargs: object) -> None:
    """Note how far a new entry is. Connected to `post_save`."""
    if created and not raw:
        record(instance)


def published(instance: Any, **_kwargs: object) -> None:
    """Note that visitors now read these texts. Connected to `page_published`."""
    found = Progress.objects.filter(pk=instance.pk).first()
    if found is not None and not instance.is_translation:
        _note_texts(found, instance)
        found.save()


def confirm(translation: EntryPage) -> None:
    """Note that a translation still says what its original says."""
    Progress.objects.filter(pk=translation.pk).update(texts_changed_at=timezone.now())


def _note_texts(progress: Progress, entry: EntryPage) -> None:
    _mark_texts(progress, texts_mark(entry))


def _mark_texts(progress: Progress, mark: str) -> None:
    if progress.texts_mark != mark:
        progress.texts_mark, progress.texts_changed_at = mark, timezone.now()


def texts_mark(entry: EntryPage) -> str:
    """A mark that differs when any text of the entry differs."""
    names = ("title", "summary", *entry.text_fields)
    steps = entry.steps.get_object_list() if hasattr(entry, "steps") else ()
    texts = [*(getattr(entry, name) for name in names), *(f"{step.title}\n{step.text}" for step in steps)]
    story = json.dumps(entry.story.get_prep_value(), cls=DjangoJSONEncoder)
    return sha256(KEYS_OF_THE_EDITOR.sub("", "\0".join([*texts, story])).encode()).hexdigest()
