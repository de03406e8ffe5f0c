"""Versions of the index and the alias that names the live one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from search.engines.elasticsearch import schema
from search.engines.port import SearchUnavailable

NO_INDEX = "There is no search index of this version yet: run `manage.py rebuild_index`."


def live(client: Elasticsearch) -> str:
    """The index behind the alias. Raises `SearchUnavailable` when there is none of this shape."""
    try:
        found = list(client.indices.get_alias(name=schema.alias()))
    except NotFoundError as error:
        raise SearchUnavailable(NO_INDEX) from error
    if len(found) != 1:
        names = ", ".join(sorted(found))
        raise SearchUnavailable(f"{schema.alias()} names several indices ({names}): run `manage.py rebuild_index`.")
    return str(found[0])


def make(client: Elasticsearch) -> str:
    """A new, empty index, which is not searched yet and writes fast. Raises `SearchUnavailable` for a foreign shape."""
    number = max((_number(name) for name in _all(client)), default=0)
    while True:
        number += 1
        name = f"{schema.alias()}-{number}"
        try:
            # Copies are made when it is whole; nobody searches it until then.
            settings = {**schema.index_settings(), "number_of_replicas": 0, "refresh_interval": -1}
            client.indices.create(index=name, settings=settings, mappings=schema.mapping())
        except BadRequestError as error:
            if "resource_already_exists" not in str(error):
                raise
            continue
        check(client, name)
        return name


def check(client: Elasticsearch, name: str) -> None:
    """Raise `SearchUnavailable` when an index is not as this software makes it, with what to do."""
    mapping: dict[str, Any] = client.indices.get_mapping(index=name).body
    found = next(iter(mapping.values()))["mappings"]
    wanted = schema.mapping()
    others = sorted({*found.get("properties", {})} ^ {*wanted["properties"]})
    if found.get("_meta") != wanted["_meta"] or others:
        changed = f" (fields: {', '.join(others[:5])})" if others else ""
        raise SearchUnavailable(
            f"The index {name} has another mapping than this version of the software makes{changed}. Remove index "
            f"templates that match {schema.pattern()}, then run `manage.py rebuild_index`."
        )


def publish(client: Elasticsearch, name: str) -> None:
    """Let the alias name this index, at once, and remove all others."""
    replicas = schema.index_settings()["number_of_replicas"]
    client.indices.put_settings(index=name, settings={"refresh_interval": None, "number_of_replicas": replicas})
    client.indices.refresh(index=name)
    # One step: at no moment do both names answer, or neither.
    remove = [{"remove": {"index": schema.pattern(), "alias": schema.alias(), "must_exist": False}}]
    client.indices.update_aliases(actions=[*remove, {"add": {"index": name, "alias": schema.alias()}}])
    sweep(client, keep=name)


def sweep(client: Elasticsearch, keep: str = "") -> None:
    """Remove every index of the site but the live one and the one to `keep`."""
    for name, facts in _all(client).items():
        if name != keep and schema.alias() not in facts.get("aliases", {}):
            client.indices.delete(index=name, ignore_unavailable=True)


def made_at(client: Elasticsearch, name: str) -> datetime:
    """When an index was made."""
    facts = client.indices.get_settings(index=name, name="index.creation_date").body
    millis = int(next(iter(facts.values()))["settings"]["index"]["creation_date"])
    return datetime.fromtimestamp(millis / 1000, UTC)


def _all(client: Elasticsearch) -> dict[str, Any]:
    found: dict[str, Any] = client.indices.get_alias(index=schema.pattern(), allow_no_indices=True).body
    return found


def _number(name: str) -> int:
    last = name.rpartition("-")[2]
    return int(last) if last.isdecimal() else 0
