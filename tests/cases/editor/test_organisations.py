"""Organisations: found, added from the editor, edited, and kept while something uses them."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from cases.models import Organisation
from tests.cases.editor.conftest import sign_in
from tests.cases.editor.forms import messages_of
from tests.factories.entries import make_case, make_organisation, make_team, term

pytestmark = pytest.mark.django_db


def test_the_list_finds_by_folded_name_and_by_type(editor: Client) -> None:
    make_organisation("Défenseur des droits", "ombuds-equality-body")
    make_organisation("Water for All")
    listed = editor.get(reverse("organisations:index"), {"q": "defenseur"}).content.decode()
    assert "Défenseur" in listed
    assert "Water for All" not in listed
    type_id = term("organisation_types", "ombuds-equality-body").id
    listed = editor.get(reverse("organisations:index"), {"type": type_id}).content.decode()
    assert "Défenseur" in listed
    assert "Water for All" not in listed


def test_the_list_costs_the_same_for_one_and_for_forty(editor: Client) -> None:
    def cost() -> int:
        editor.get(reverse("organisations:index"))
        with CaptureQueriesContext(connection) as captured:
            editor.get(reverse("organisations:index"))
        return len(captured)

    make_case(lead=make_organisation("One"))
    few = cost()
    for number in range(40):
        make_organisation(f"Body {number}")
    assert cost() == few


@pytest.mark.parametrize(("who", "uses"), [("team:ken", 2), ("team:uga", 1), ("Editors", 2)])
def test_uses_count_no_draft_of_which_one_may_not_know(repository: None, who: str, uses: int) -> None:
    body = make_organisation("Water for All")
    make_case(make_team("ken"), lead=body)
    make_case(make_team("ken"), live=False, lead=make_organisation("Other"), partners=[(body, "funder")])
    listed = sign_in("someone@example.org", who).get(reverse("organisations:index"), {"q": "water"})
    assert [found.uses for found in listed.context["object_list"]] == [uses]


def test_an_organisation_in_use_is_not_deleted(editor: Client) -> None:
    case = make_case(partners=[(make_organisation("Partner"), "funder")])
    for used in (case.lead_organisation, Organisation.objects.get(name="Partner")):
        response = editor.post(reverse("organisations:delete", args=[used.pk]), follow=True)
        assert "1 place" in messages_of(response)
        assert Organisation.objects.filter(pk=used.pk).exists()


def test_an_unused_organisation_is_deleted(editor: Client) -> None:
    unused = make_organisation("Unused")
    assert editor.post(reverse("organisations:delete", args=[unused.pk])).status_code == 302
    assert not Organisation.objects.filter(pk=unused.pk).exists()


def test_an_organisation_is_edited_and_twins_are_refused(editor: Client) -> None:
    first, second = make_organisation("First"), make_organisation("Second")
    url = reverse("organisations:edit", args=[second.pk])
    data = {"name": "Second body", "type": "think-tank", "url": "https://example.org"}
    assert editor.post(url, data).status_code == 302
    second.refresh_from_db()
    assert (second.name, second.type.code) == ("Second body", "think-tank")
    response = editor.post(url, {**data, "name": first.name.upper()})
    assert "exists already" in response.content.decode()
    assert "type" in editor.post(url, {**data, "type": "circus"}).context["form"].errors


def test_an_expert_searches_and_adds_one_from_the_editor(expert: Client) -> None:
    make_organisation("Red Cross")
    results = expert.get(reverse("organisation_chooser:choose_results"), {"q": "cross"}).content.decode()
    assert "Red Cross" in results
    results = expert.get(reverse("organisation_chooser:choose_results"), {"q": "lion"}).content.decode()
    assert "Red Cross" not in results
    window = expert.get(reverse("organisation_chooser:choose")).json()["html"]
    assert "Red Cross" in window
    assert "Add a new one" in window
    data = {"name": "Brand new", "type": "academia"}
    answer = expert.post(reverse("organisation_chooser:create"), data)
    assert answer.json()["step"] == "chosen", answer.content
    assert Organisation.objects.get(name="Brand new").type.code == "academia"
    added = Organisation.objects.get(name="Brand new")
    assert expert.post(reverse("organisations:edit", args=[added.pk]), {**data, "name": "Mine"}).status_code == 302
    added.refresh_from_db()
    assert added.name == "Brand new"
