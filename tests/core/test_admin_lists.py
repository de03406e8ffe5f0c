"""Wagtail's own lists of files in the admin name to each team its own."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

import pytest

from accounts.roles import EDITORS, REVIEWERS
from core.models import File, Picture
from tests.core.test_files import member
from tests.factories.entries import make_team
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")


@pytest.mark.parametrize(("make", "endpoint"), [(make_picture, "images"), (make_file, "documents")])
@pytest.mark.parametrize(
    ("group", "sees"), [("team:ken", True), ("team:uga", False), (EDITORS, True), (REVIEWERS, False)]
)
def test_a_team_lists_its_own_files_only(
    make: Callable[..., Picture | File], endpoint: str, group: str, sees: bool
) -> None:
    file = make(collection=make_team("ken").collection)
    client = member(group)
    listed = client.get(f"/admin/api/main/{endpoint}/").json()["items"]
    assert [item["title"] for item in listed] == ([file.title] if sees else [])
    assert client.get(f"/admin/api/main/{endpoint}/{file.pk}/").status_code == (200 if sees else 404)


@pytest.mark.parametrize("endpoint", ["images", "documents"])
def test_visitors_get_no_list(client: Client, endpoint: str) -> None:
    assert client.get(f"/admin/api/main/{endpoint}/").status_code == 302
