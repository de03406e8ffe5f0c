"""The five leaks of access that Wagtail 8.0 closed (docs/access.md): here they stay closed."""

from __future__ import annotations

import hashlib

from django.urls import reverse

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from cases.models import EntryPage
from core.models import File, Picture
from tests.access.asking import ask
from tests.access.world import World

pytestmark = pytest.mark.django_db

MODELS = {"picture": Picture, "file": File}
SOMEBODY = ("expert-elsewhere", "moved-on", "reviewer")


@pytest.mark.parametrize("role", SOMEBODY)
def test_the_pages_api_gives_no_field_of_a_draft(world: World, role: str) -> None:
    page = world.things["draft"].ids["page"]
    fields = "?fields=*,title,slug,seo_title,search_description,summary"
    address = reverse("wagtailadmin_api:pages:detail", args=[page])
    assert ask(world.clients[role], "get", address + fields).status in {302, 404}
    listed = ask(world.clients[role], "get", reverse("wagtailadmin_api:pages:listing") + fields)
    assert "zqdraft" not in listed.text


@pytest.mark.parametrize("role", ["visitor", *SOMEBODY])
def test_no_header_asks_for_a_document_by_its_hash(world: World, role: str) -> None:
    file = File.objects.get(pk=world.things["loose"].ids["file"])
    digest = hashlib.sha1(file.file.open("rb").read()).hexdigest()  # noqa: S324 - what the advisory is about
    client = world.clients[role]
    for headers in ({"If-None-Match": f'"{digest}"'}, {"If-Match": f'"{digest}"'}, {"If-None-Match": "*"}):
        assert client.get(file.file.url, headers=headers).status_code == 404
    told = world.clients["expert"].get(file.file.url)
    assert told.status_code == 200
    assert digest not in str(told.headers)


@pytest.mark.parametrize(("endpoint", "kind"), [("images", "picture"), ("documents", "file")])
def test_collections_below_a_private_one_are_not_listed(world: World, endpoint: str, kind: str) -> None:
    team = Collection.objects.get(country_team__code="ken")
    CollectionViewRestriction.objects.create(collection=team, restriction_type="login")
    below = team.add_child(name="Below")
    MODELS[kind].objects.filter(pk=world.things["loose"].ids[kind]).update(collection=below)
    for role in SOMEBODY:
        listed = ask(world.clients[role], "get", reverse(f"wagtailadmin_api:{endpoint}:listing"))
        assert "zqloose" not in listed.text


@pytest.mark.parametrize("role", [*SOMEBODY, "expert", "lead"])
@pytest.mark.parametrize("name", ["wagtailusers_users:copy", "wagtailsites:copy"])
def test_nothing_is_copied_without_the_right_to_see_it(world: World, role: str, name: str) -> None:
    assert ask(world.clients[role], "get", reverse(name, args=[1])).status in {302, 403, 404}


@pytest.mark.parametrize("role", SOMEBODY)
def test_a_page_is_not_copied_for_translation_by_others(world: World, role: str) -> None:
    page = world.things["draft"].ids["page"]
    before = EntryPage.objects.count()
    address = reverse("wagtailadmin_api:pages:action", args=[page, "copy_for_translation"])
    answer = world.clients[role].post(address, {"locale": "fr"}, content_type="application/json")
    assert answer.status_code in {302, 404}
    assert EntryPage.objects.count() == before
