"""Organisations and tags that an import brings: keys and addresses before the transaction, rows within it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from cases.exchange.batches import chunked
from cases.exchange.drafts.keys import reserve
from cases.exchange.drafts.matching import Newcomers
from cases.exchange.drafts.targets import ChangedMeanwhile
from cases.models import Organisation, Tag


@dataclass(frozen=True, slots=True)
class Made:
    """Rows to be written, and what stands in the place of the keys below zero."""

    organisations: list[Organisation]
    tags: list[Tag]
    organisation_keys: dict[int, int]
    tags_by_key: dict[int, Any]

    def write(self) -> None:
        """Write the rows. Raises `ChangedMeanwhile` when somebody made one of the organisations."""
        if any(True for _row in _organisations_named(row.search_name for row in self.organisations)):
            raise ChangedMeanwhile
        Organisation.objects.bulk_create(self.organisations)
        Tag.objects.bulk_create(self.tags)


def make(newcomers: Newcomers) -> Made:
    """Give what is new its keys and addresses; nothing is written."""
    organisations, keys = _organisations(newcomers)
    tags = _tags(newcomers)
    return Made(organisations, list(tags.values()), keys, tags)


def _organisations(newcomers: Newcomers) -> tuple[list[Organisation], dict[int, int]]:
    """The organisations that are still missing, and the keys of all by those below zero."""
    names = newcomers.organisations
    found = dict(_organisations_named(names))
    missing = {name[:512]: newcomer for name, newcomer in names.items() if name[:512] not in found}
    taken = set(Organisation.objects.values_list("slug", flat=True)) if missing else set()
    made = []
    for pk, (name, newcomer) in zip(reserve(Organisation, len(missing)), missing.items(), strict=True):
        slug = _free(slugify(newcomer.name)[:80] or "organisation", taken)
        values = {"name": newcomer.name, "type_id": newcomer.type_id, "url": newcomer.url}
        made.append(Organisation(pk=pk, slug=slug, search_name=name, **values))
        found[name] = pk
    return made, {newcomer.pk: found[name[:512]] for name, newcomer in names.items()}


def _organisations_named(names: Iterable[str]) -> Iterable[tuple[str, int]]:
    for batch in chunked(names, 500):
        wanted = [name[:512] for name in batch]
        yield from Organisation.objects.filter(search_name__in=wanted).values_list("search_name", "pk")


def _tags(newcomers: Newcomers) -> dict[int, Tag]:
    wanted = list(newcomers.tags.values())
    taken = set(Tag.objects.values_list("slug", flat=True)) if wanted else set()
    return {
        tag.pk: Tag(pk=pk, name=tag.name, slug=_free(tag.slugify(tag.name)[:90] or "tag", taken))
        for pk, tag in zip(reserve(Tag, len(wanted)), wanted, strict=True)
    }


def _free(wanted: str, taken: set[str]) -> str:
    """An address that is not taken yet; it is from now on."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    taken.add(slug)
    return slug
