"""The engine that the settings name."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.engines.port import Engine

ENGINES = {
    "database": "search.engines.database.DatabaseEngine",
    "elasticsearch": "search.engines.elasticsearch.ElasticsearchEngine",
    "tantivy": "search.engines.tantivy.TantivyEngine",
}


def engine() -> Engine:
    """The adapter named by `SEARCH_ENGINE`. Raises `ImproperlyConfigured` naming those that exist."""
    return _engine(settings.SEARCH_ENGINE)


@lru_cache(maxsize=4)
def _engine(name: str) -> Engine:
    if name not in ENGINES:
        raise ImproperlyConfigured(f"SEARCH_ENGINE is “{name}”; available are: {', '.join(sorted(ENGINES))}.")
    adapter: Engine = import_string(ENGINES[name])()
    return adapter
