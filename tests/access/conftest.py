"""The world, for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction

import pytest

from tests.access.world import World, make_world
from tests.conftest import load_base

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once a module; every question is taken back, and in the end the world itself.

    Not once a package: a folder without `__init__.py` is none, and the world would stay for all tests that follow.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_base()
        yield make_world()
        transaction.set_rollback(True)
