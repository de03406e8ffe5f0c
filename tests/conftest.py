"""What every test may use: servers, and a Chromium with and without JavaScript."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.utils import translation

import pytest
from hypothesis import settings as hypothesis_settings

from cases.terms import refresh
from tests.migrated import filled_ahead, keep
from tests.needs import lacks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Rooms that ask the database by the same code as the others, and mostly draw forms and pages or read files.
ONCE = (
    "access/", "api/", "cases/authoring/", "cases/checks/", "cases/citing/", "cases/concerns/", "cases/editor/",
    "cases/pages/", "cases/sheets/", "cases/vocabularies/", "cases/withdrawing/", "home/",
)  # fmt: skip
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# With a heap as large as Wagtail's, looking for garbage every 700 objects takes a tenth of the time.
gc.set_threshold(100_000, 50, 100)

# No test is judged by the clock: the machine may be busy. A failure prints what repeats it.
hypothesis_settings.register_profile("suite", deadline=None, print_blob=True)
hypothesis_settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as `once` what asks no database, and the rooms of `ONCE`."""
    for item in items:
        room = item.path.relative_to(Path(__file__).parent).as_posix()
        if room.startswith(ONCE) or not _asks_the_database(item):
            item.add_marker(pytest.mark.once)


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(DATABASE_FIXTURES)


@pytest.fixture(autouse=True)
def _needed_servers(request: pytest.FixtureRequest) -> None:
    """Skip, or fail in CI, what is marked for a server that is not there."""
    on_postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if request.node.get_closest_marker("postgresql") and not on_postgresql:
        lacks("needs PostgreSQL: set DATABASE_URL=postgres://...")
    if request.node.get_closest_marker("sqlite") and on_postgresql:
        pytest.skip("is of SQLite alone; the run on PostgreSQL leaves it out by its mark")
    if request.node.get_closest_marker("elasticsearch") and not os.environ.get("ELASTICSEARCH_URL"):
        lacks("needs Elasticsearch: tests/elasticsearch/serve start, ELASTICSEARCH_URL=http://127.0.0.1:9200")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Keys come again after each test's rollback: what a cache or the terms' snapshot kept would be somebody else's.

    A request leaves its language behind.
    """
    translation.activate(settings.LANGUAGE_CODE)
    for cache in caches.all(initialized_only=True):
        cache.clear()
    refresh()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser: `CHROMIUM`, else the first known name on PATH."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        lacks(f"needs Chromium: on PATH, or its path in CHROMIUM (now {named!r})")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for the session; pages of different tests share no cookies."""
    from playwright.sync_api import sync_playwright

    # Playwright's sync API keeps an event loop in this thread; Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page, English preferred, 1280 x 800."""
    yield from _page(browser, javascript=True)


@pytest.fixture
def page_without_javascript(browser: Browser) -> Iterator[Page]:
    """The same where scripts do not run."""
    yield from _page(browser, javascript=False)


def _page(browser: Browser, *, javascript: bool) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=javascript, locale="en-GB", viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
    _wait_for_what_the_page_asked_last()


def _wait_for_what_the_page_asked_last() -> None:
    """The live server shares the test's connection: nothing may be read when the database is emptied."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """A function that returns axe's complaints on a page, one readable text per rule; empty when there are none."""
    from axe_playwright_python.sync_playwright import Axe

    def complaints(page: Page) -> list[str]:
        violations = Axe().run(page).response["violations"]
        return [_complaint(violation) for violation in violations]

    return complaints


def _complaint(violation: dict[str, list[dict[str, list[str]]]]) -> str:
    places = [f"    {' '.join(map(str, node['target']))}: {node['html']}" for node in violation["nodes"]]
    return "\n".join([f"{violation['id']} ({violation['impact']}): {violation['help']}", *places])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Migrations that an earlier run applied need not be applied again."""
    with filled_ahead():
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Vocabularies and the site's own pages are loaded once; each test's transaction leaves them as they are."""
    with django_db_blocker.unblock():
        keep()
        load_base()


@pytest.fixture
def cluster(settings: Any) -> Iterator[str]:
    """The Elasticsearch node of the tests with names for this test's indices alone; they go with it."""
    from elasticsearch import Elasticsearch

    index = f"test-{uuid4().hex[:12]}"
    url = os.environ["ELASTICSEARCH_URL"]
    settings.ELASTICSEARCH = replace(
        settings.ELASTICSEARCH, urls=(url,), index=index, shards=1, replicas=0, timeout=30.0
    )
    yield url
    indices = Elasticsearch(url).indices
    for name in indices.get_alias(index=f"{index}-*").body:
        indices.delete(index=name)


@pytest.fixture
def repository(db: None) -> None:
    """A site without entries: vocabularies, languages, home pages, plain pages, teams ken, uga, international."""
    load_base()


def load_base() -> None:
    """Load what every site has, unless it is there (tests that commit leave an empty database behind)."""
    from accounts.roles import ensure_roles
    from cases.models import Term
    from cases.vocabularies.loader import load_vocabularies
    from home.models import HomePage
    from home.site_tree import ensure_site_tree
    from tests.factories.entries import make_team

    if not Term.objects.exists():
        load_vocabularies()
    if not HomePage.objects.exists():
        ensure_site_tree()
        ensure_roles(apps.get_app_config("core"))  # their rights hang on the root page, which a flush takes away
    for code in ("ken", "uga", "international"):
        make_team(code)
