"""The sets that come with the software. What editors wrote, changed or deleted is left as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from search.synonyms.models import LoadedSynonyms, SynonymSet

FILE: Path = settings.PROJECT / "fixtures" / "synonyms.json"


@dataclass(slots=True)
class Loaded:
    """What a load did: codes of new sets, and those that were not taken with the reason."""

    created: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def load_synonyms(file: Path = FILE) -> Loaded:
    """Add the sets of a file that were never loaded here; running it again changes nothing.

    A set with words that editors already use is refused and tried again at the next run. Raises `ValueError` for a
    file of another shape, before anything is written.
    """
    records = _read(file)
    known = set(LoadedSynonyms.objects.values_list("code", flat=True))
    loaded = Loaded()
    for record in records:
        if record["code"] not in known:
            _load(record, loaded)
    return loaded


def _load(record: dict[str, Any], loaded: Loaded) -> None:
    synonyms = SynonymSet(language=record["language"], terms=record["terms"])
    try:
        synonyms.full_clean()
    except ValidationError as error:
        loaded.refused[record["code"]] = " ".join(error.messages)
        return
    synonyms.save()
    LoadedSynonyms.objects.create(code=record["code"])
    loaded.created.append(record["code"])


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from error
    if not isinstance(records, list):
        raise ValueError(f"{file}: a list of sets is needed.")
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict) or record.keys() != {"code", "language", "terms"}:
            raise ValueError(f"{file}, set {number}: exactly “code”, “language” and “terms” are needed.")
    return records
