"""The world, for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction

import pytest

from tests.access.asking import forget
from tests.access.world import World, make_world
from tests.conftest import load_base

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once; every question is taken back, and in the end the world itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget()
        load_base()
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """One world for all: what one person's question left in a cache must not tell the next person anything either."""
