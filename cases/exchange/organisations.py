"""Organisations that records name: matched by folded name, made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cases.exchange.checks import folded, organisations
from cases.exchange.reading import Record
from cases.models import Organisation

Organisations = Mapping[str, Organisation]


def find_or_create(records: Iterable[Record]) -> Organisations:
    """Every organisation of the records by folded name. Those that exist keep their name and type."""
    named: dict[str, dict[str, Any]] = {}
    for record in records:
        for _path, value in organisations(record):
            named.setdefault(folded(value["name"]), value)
    found = {known.search_name: known for known in Organisation.objects.filter(search_name__in=named)}
    for key, value in named.items():
        if key not in found:
            found[key] = Organisation.objects.create(name=value["name"], type_id=value["type"].id)
    return found


def of(value: Mapping[str, Any], known: Organisations) -> Organisation:
    """The organisation that an object of a record names."""
    return known[folded(value["name"])]
