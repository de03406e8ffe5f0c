"""What the processes of a drill do, on a site with its own folder: a real database and a real index.

Every function runs in a process of its own, forked from one that has only imported this module; it ends with an
error code where it raises.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import django
from django.apps import apps
from django.conf import settings

if not apps.ready:
    django.setup()

from django.core.management import call_command
from django.test import Client

from search.collecting import build_all
from search.engines import engine
from search.engines.port import SearchUnavailable
from search.query import PAGE_SIZE, Query
from search.service import ask
from search.upkeep import locks
from search.upkeep.delivery import deliver
from search.upkeep.models import IndexChange
from search.upkeep.rebuild import RebuildFailedError, rebuild
from search.upkeep.record import touched
from search.upkeep.worker import Worker
from tests.drill.places import Place

Begun = Callable[[], object]
ENTRIES = 24
SECONDS = 2.5
ADDRESSES = ("/en/search/?q=title&theme=health", "/fr/search/", "/readyz")


def settle(place: Place) -> None:
    """Let this process be one of the site at a place; nothing has been opened yet."""
    settings.DATA_DIR = place.folder
    settings.DATABASES["default"]["NAME"] = str(place.folder / "db.sqlite3")
    settings.SEARCH_ENGINE = "elasticsearch" if place.url else "tantivy"
    settings.ELASTICSEARCH = replace(settings.ELASTICSEARCH, urls=(place.url,), index="drill", replicas=0, timeout=30)


def set_up(seed: int, begun: Begun) -> None:
    """Make the site: vocabularies, teams, some cases of which some are published, and the index."""
    from tests.conftest import load_base
    from tests.factories.entries import make_case, make_team

    call_command("migrate", verbosity=0)
    load_base()
    for number in range(ENTRIES):
        page = make_case(make_team("ken" if number % 2 else "uga"))
        if not number % 3:
            page.unpublish()  # a draft that may be published again: it has no gaps
    rebuild()


def publish(seed: int, begun: Begun) -> None:
    """Change one entry after the other, each commit delivering by itself."""
    chance = random.Random(seed)
    until_killed(lambda: change(chance), begun)


def deliver_again_and_again(seed: int, begun: Begun) -> None:
    """Name every entry as changed and deliver."""

    def act() -> None:
        touched(IndexChange.Scope.ALL, [""])
        deliver()

    until_killed(act, begun)


def rebuild_again_and_again(seed: int, begun: Begun) -> None:
    """Rebuild."""
    until_killed(rebuild, begun)


def rebuild_once(seed: int, begun: Begun) -> None:
    """Make the index of another engine."""
    rebuild()


def answer_and_change(seed: int, begun: Begun) -> None:
    """What a process of the web server does: answer pages, and change entries, each commit delivering by itself."""
    chance, visitor = random.Random(seed), Client(SERVER_NAME="localhost")

    def act() -> None:
        for address in ADDRESSES:
            assert visitor.get(address).status_code == 200, address
        change(chance)

    until_killed(act, begun)


def work(seed: int, begun: Begun) -> None:
    """What the worker does, always with something to do."""
    worker = Worker()

    def act() -> None:
        touched(IndexChange.Scope.ALL, [""])
        with enduring():
            worker.once()

    until_killed(act, begun)


def rebuild_through_trouble(seed: int, begun: Begun) -> None:
    """Rebuild, again where the cluster was away."""

    def act() -> None:
        with enduring():
            rebuild()

    until_killed(act, begun)


@contextmanager
def enduring() -> Iterator[None]:
    """What the worker, and whoever rebuilds, tries again after a pause."""
    try:
        yield
    except (SearchUnavailable, RebuildFailedError):
        time.sleep(0.1)


def until_killed(act: Callable[[], object], begun: Begun) -> None:
    """Act for ever, and say when the first time is over: all that a process does only once is behind it then."""
    act()
    begun()
    while True:
        act()


def change(chance: random.Random) -> None:
    """Publish, take down, make or delete an entry."""
    from cases.models import CaseStudyPage
    from cases.versions.keeping import erase
    from tests.factories.entries import make_case, make_team
    from tests.factories.entries import publish as publish_page

    # Imported drafts have gaps that hold publication back; whatever was out once has none.
    pks = list(CaseStudyPage.objects.exclude(first_published_at=None).values_list("pk", flat=True))
    page = CaseStudyPage.objects.filter(pk=chance.choice(pks)).first()
    if page is None:
        return
    number = chance.random()
    if number < 0.2 and len(pks) > ENTRIES:
        erase(page)
    elif number < 0.3:
        make_case(make_team("ken"))
    elif number < 0.6:
        page.unpublish()
    else:
        page.title = f"Title {chance.random()}"
        publish_page(page)


def write(seed: int, begun: Begun) -> None:
    """Change entries for some seconds."""
    chance = random.Random(seed)
    for_a_while(lambda: change(chance))


def read(seed: int, begun: Begun) -> None:
    """Search for some seconds; never may the database have to stand in."""

    def search() -> None:
        results, reduced = ask(lambda adapter, absent: adapter.search(Query(excluded=absent)))
        assert not reduced
        kinds = sum(value.count for value in results.facet("kind").values)
        assert results.total == kinds

    for_a_while(search)


def for_a_while(act: Callable[[], None]) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        act()


def check_that_the_index_answers(seed: int, begun: Begun) -> None:
    """Right after a kill, before anything was made good: the live index is whole."""
    assert engine().health().ok, engine().health().detail
    assert engine().search(Query()).total > 0


def check_that_index_and_database_agree(seed: int, begun: Begun) -> None:
    """After one delivery every card in the index is the one that the database gives; no lock is left."""
    done = deliver()
    assert not done.busy
    assert not done.failed
    assert not IndexChange.objects.filter(delivered_at=None).exists()
    for name in (locks.DELIVERY, locks.REBUILD, locks.SCHEDULE):
        assert not locks.is_held(name), locks.holder(name)
    fresh = {document.key: document.card("en") for batch in build_all() for document in batch}
    pages = range(1, -(-len(fresh) // PAGE_SIZE) + 1)
    found = [hit.document for page in pages for hit in engine().search(Query(page=page)).hits]
    assert len(found) == engine().search(Query()).total == engine().health().documents
    assert {document.key: document for document in found} == fresh


def check_that_changes_wait(seed: int, begun: Begun) -> None:
    """A cluster that takes nothing answers searches all the same; changes stay in the outbox, none is blamed."""
    touched(IndexChange.Scope.ALL, [""])
    try:
        deliver()
    except SearchUnavailable:
        pass
    else:
        raise AssertionError("a full cluster took documents")
    assert IndexChange.objects.waiting().exists()
    assert not IndexChange.objects.set_aside().exists()
    assert engine().search(Query()).total > 0


IMPORTED = 1000


def import_many(seed: int, begun: Begun) -> None:
    """Import a thousand records, and say when the writing begins."""
    import json
    from pathlib import Path

    from django.conf import settings

    from cases.exchange.drafts import importing
    from cases.exchange.drafts.targets import Target
    from cases.sheets.reading import records_of
    from tests.factories.entries import make_team

    path = Path(settings.DATA_DIR) / f"import-{seed}.json"
    rows = [
        {
            "id": f"drill-{seed}-{n}",
            "title": f"Case {n}",
            "themes": ["health"],
            "tags": [f"tag {seed} {n % 9}"],
            "lead_organisation": {"name": f"Organisation {seed} {n}", "type": "academia"},
        }
        for n in range(IMPORTED)
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")
    write_all = importing._write

    def write_and_tell(*arguments: object) -> None:
        begun()
        write_all(*arguments)  # type: ignore[arg-type]

    importing._write = write_and_tell  # type: ignore[assignment]
    importing.run(records_of(path, path.name, "case"), Target.of(make_team("ken"), "case"), path.name)
    time.sleep(60)  # who comes too late to kill the writing kills what is after it


def check_that_an_import_is_whole(seed: int, begun: Begun) -> None:
    """All of a file or nothing of it, in every table; and the tree is sound."""
    from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

    from cases.models import EntryTerm, Organisation, Tag
    from cases.models.progress import Progress

    pages = set(Page.objects.filter(slug__startswith=f"drill-{seed}-").values_list("pk", flat=True))
    assert len(pages) in {0, IMPORTED}, len(pages)
    keys = {str(pk) for pk in pages}
    whole = len(pages)
    assert Revision.objects.filter(object_str__startswith="Case ", object_id__in=keys).count() == whole
    assert PageLogEntry.objects.filter(action="cases.import", data__file=f"import-{seed}.json").count() == whole
    assert Organisation.objects.filter(name__startswith=f"Organisation {seed} ").count() == whole
    assert Tag.objects.filter(name__startswith=f"tag {seed} ").count() == (9 if whole else 0)
    assert Progress.objects.filter(pk__in=pages).count() == whole
    assert EntryTerm.objects.filter(entry__in=pages, field="themes").count() == whole
    assert ReferenceIndex.objects.filter(object_id__in=keys).values("object_id").distinct().count() == whole
    assert Page.find_problems() == ([], [], [], [], [])
