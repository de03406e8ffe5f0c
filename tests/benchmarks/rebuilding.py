"""A program: make a new index again and again, until it is ended, as a rebuild in another process does.

Arguments: the folder of data, the number of documents, and the name of the index on Elasticsearch, empty for tantivy.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings


def main(folder: Path, count: int, index: str) -> None:
    """Rebuild without end; nothing is ever published."""
    from search.engines import engine
    from search.upkeep.rebuild import give_way
    from tests.benchmarks.clusters import OnCluster
    from tests.benchmarks.corpus import Corpus
    from tests.benchmarks.filling import batches

    settings.DATA_DIR, settings.SEARCH_ENGINE = folder, "tantivy"
    if index:
        OnCluster(count, index).chosen().enable()
    give_way()
    while True:
        build = engine().begin_rebuild()
        sys.stdout.write("started\n")
        sys.stdout.flush()
        for batch in batches(Corpus().documents(count)):
            build.put(batch)
        build.discard()


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
