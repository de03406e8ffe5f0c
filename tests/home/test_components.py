"""The page of all parts: complete, and for those alone who build or look after the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

import pytest

from accounts.models import User
from tests.home.reading import read

pytestmark = pytest.mark.usefixtures("repository")


def test_every_part_is_shown_in_the_language_of_the_address(client: Client) -> None:
    names = {path.stem for path in (Path(settings.PROJECT) / "templates" / "components").glob("*.html")}
    reading = read(client.get("/ar/components/"))
    assert {found["id"] for found in reading.all("h2", lang="en")} >= {f"part-{name}" for name in names}
    assert reading.all("html") == [{"lang": "ar", "dir": "rtl"}]


def test_visitors_of_a_real_site_do_not_meet_it(client: Client, settings: Any) -> None:
    settings.SHOW_COMPONENTS = False
    assert client.get("/en/components/").status_code == 404
    client.force_login(User.objects.create_user("chief@example.org", is_superuser=True))
    assert client.get("/en/components/").status_code == 200
