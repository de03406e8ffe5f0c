"""What lists cost that are narrowed to what a person may know: as much for few rows as for many."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from accounts.roles import EDITORS
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_case, make_organisation, make_team, team_page
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")

FEW, MANY = 2, 5
LISTS = (
    "wagtailimages_chooser:choose_results",
    "wagtaildocs_chooser:choose_results",
    "wagtailimages:index_results",
    "wagtaildocs:index_results",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:documents:listing",
    "organisations:index_results",
)


def fill(rows: int, start: int = 0) -> None:
    """Rows of two teams: those of one are hidden from the other."""
    for code in ("ken", "uga"):
        collection = make_team(code).collection
        for number in range(start, rows):
            name = f"{code}-{number}"
            picture = make_picture(name=f"{name}.png", collection=collection)
            picture.get_rendition("max-165x165")
            make_file(name=f"{name}.pdf", collection=collection)
            lead = make_organisation(f"Body {name}")
            make_case(make_team(code), live=number % 2 == 0, title=f"Common {name}", slug=name, lead=lead)


def cost(client: Client, address: str) -> tuple[int, int]:
    """Rows of the own team that are shown, and questions to the database."""
    client.get(address, {"q": "common"} if "search" in address else {})
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, {"q": "common"} if "search" in address else {})
    assert answer.status_code == 200
    text = answer.content.decode().lower()
    return sum(f"ken-{number}" in text for number in range(MANY)), len(captured)


def addresses() -> list[str]:
    """All lists."""
    team = team_page(make_team("ken")).pk
    inside = ("wagtailadmin_explore_results", "wagtailadmin_choose_page_child")
    return [*map(reverse, LISTS), *(reverse(name, args=[team]) for name in inside)]


@pytest.mark.once
def test_lists_cost_the_same_for_few_and_many(repository: None) -> None:
    people = {group: sign_in(f"{group.replace(':', '-')}@example.org", group) for group in ("team:ken", EDITORS)}
    asked = [(group, client, address) for group, client in people.items() for address in addresses()]
    fill(FEW)
    few = {(group, address): cost(client, address) for group, client, address in asked}
    fill(MANY, start=FEW)
    many = {(group, address): cost(client, address) for group, client, address in asked}
    assert not {one: (few[one], many[one]) for one in few if not _is_level(few[one], many[one])}


def _is_level(few: tuple[int, int], many: tuple[int, int]) -> bool:
    """Whether all rows were shown, and more of them asked no more."""
    return (few[0], many[0]) == (FEW, MANY) and many[1] <= few[1]
