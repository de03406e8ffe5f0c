"""What a page costs does not grow with what it shows."""

from __future__ import annotations

from io import BytesIO

from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from PIL import Image

from core.models import Picture
from tests.factories.entries import make_case, make_method, make_organisation, make_team, translate

pytestmark = pytest.mark.django_db
MOST = 12
MOST_BYTES = 150_000


def queries(client: Client, path: str) -> list[str]:
    """The SQL of the second view of a page: the first makes renditions and fills caches."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def some_picture() -> Picture:
    data = BytesIO()
    Image.new("RGB", (64, 36), "navy").save(data, "PNG")
    return Picture.objects.create(
        title="Figure", description="A figure", credit="Us", people_consent="no-people",
        file=ImageFile(BytesIO(data.getvalue()), "figure.png"),
    )  # fmt: skip


def add_entries(count: int) -> None:
    ngo = make_organisation("Wide network")
    for number in range(count):
        case = make_case(
            make_team("ken"),
            title=f"Survey {number}",
            partners=[(make_organisation(f"Partner {number}"), "funder"), (ngo, "funder")],
            tags=[f"tag {number}"],
            cover=some_picture(),
            start_year=2010,
        )
        if number % 2:
            translate(case, "fr", title=f"Enquête {number}")
        if number % 5 == 0:
            make_method(title=f"Survey method {number}")


PATHS = [
    "/en/search/",
    "/fr/search/?q=survey+enqu%C3%AAte+-nothing&country=ken&theme=health&year=2010-2015",
    "/en/search/?q=nowhere&theme=health",
    "/en/cases/?sort=title",
    "/en/countries/",
    "/en/countries/ken/",
    "/en/themes/health/",
    "/en/organisations/",
    "/en/organisations/wide-network/",
]


@pytest.mark.once
def test_sql_is_the_same_at_3_and_50_rows(client: Client, repository: None) -> None:
    add_entries(3)  # below that, help is looked for
    at_three = {path: queries(client, path) for path in PATHS}
    add_entries(47)
    for path in PATHS:
        at_fifty = queries(client, path)
        assert len(at_fifty) == len(at_three[path]), (path, at_three[path], at_fifty)
        assert len(at_fifty) <= MOST, (path, at_fifty)
    assert len(client.get("/en/search/").content) < MOST_BYTES
