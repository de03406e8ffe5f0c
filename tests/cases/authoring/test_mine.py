"""The lists of authors: own entries with their state, translations, and what one can start from."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from cases.models import CaseStudyPage
from cases.workflow import decisions
from tests.cases.authoring.conftest import account
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_case, make_method, make_team, translate

pytestmark = pytest.mark.django_db

LISTS = ["mine", "translations", "bases"]


def listed(client: Client, name: str = "mine", **query: Any) -> list[str]:
    """Titles in the order in which they are listed."""
    answer = client.get(reverse(f"cases_authoring:{name}"), query)
    assert answer.status_code == 200
    return [entry.draft_title for entry in answer.context["object_list"]]


def draft(title: str, **fields: Any) -> CaseStudyPage:
    case = make_case(fields.pop("team", None) or make_team("ken"), live=False, title=title, **fields)
    case.save_revision()
    return case


def test_own_entries_and_nobody_elses(expert: Client) -> None:
    draft("Ours")
    make_case(make_team("ken"), title="Ours, published")
    make_case(make_team("uga"), title="Theirs")
    together = draft("Theirs and ours", team=make_team("uga"))
    together.co_teams.add(make_team("ken"))
    translate(make_case(make_team("ken"), title="Ours, translated"), "fr", title="Le nôtre")
    assert set(listed(expert)) == {"Ours", "Ours, published", "Theirs and ours", "Ours, translated"}


def test_state_gaps_and_translations_are_told(expert: Client) -> None:
    case = draft("Half", problem="", terms={"themes": []})
    translate(case, "fr", live=False)
    page = expert.get(reverse("cases_authoring:mine")).content.decode()
    for text in (
        "2 things",
        "% complete",
        case.reference,
        "French",
        reverse("cases_authoring:translate", args=[case.pk, "es"]),
    ):
        assert text in page, text


def test_steps_can_be_filtered(expert: Client) -> None:
    draft("Draft")
    make_case(make_team("ken"), title="Public")
    sent = draft("Sent")
    decisions.submit(sent.get_latest_revision_as_object(), account("expert@example.org"))
    assert listed(expert, step="submitted") == ["Sent"]
    assert listed(expert, step="draft") == ["Draft"]
    assert listed(expert, step="published") == ["Public"]


def test_other_filters_searching_and_sorting(expert: Client) -> None:
    draft("Beta, all there")
    draft("Alpha, with gaps", problem="")
    make_method(make_team("ken"), live=False, title="Gamma way")
    assert listed(expert, gaps="some") == ["Alpha, with gaps"]
    assert listed(expert, kind="method") == ["Gamma way"]
    assert listed(expert, q="beta") == ["Beta, all there"]
    assert listed(expert, ordering="draft_title") == ["Alpha, with gaps", "Beta, all there", "Gamma way"]
    assert listed(expert, ordering="-draft_title")[0] == "Gamma way"
    assert listed(expert, ordering="-progress__gaps")[0] == "Alpha, with gaps"
    assert listed(expert, ordering="nonsense", step="nonsense", p="999")


def test_an_empty_list_leads_to_a_new_case(expert: Client) -> None:
    page = expert.get(reverse("cases_authoring:mine")).content.decode()
    assert "Your team has no cases yet." in page
    assert "/admin/pages/add/cases/casestudypage/" in page


def test_those_without_a_team_are_told_so(repository: None) -> None:
    reviewer = sign_in("reviewer@example.org", "Reviewers")
    make_case(make_team("ken"), live=False, title="Secret")
    page = reviewer.get(reverse("cases_authoring:mine")).content.decode()
    assert "You belong to no country team" in page
    for name in LISTS:
        assert "Secret" not in reviewer.get(reverse(f"cases_authoring:{name}")).content.decode()


def test_pages_hold_twentyfive(expert: Client) -> None:
    for number in range(27):
        make_case(make_team("ken"), live=False, title=f"Case {number:02}")
    first, second = listed(expert, ordering="draft_title"), listed(expert, ordering="draft_title", p=2)
    assert (len(first), len(second)) == (25, 2)
    assert not set(first) & set(second)


def test_the_same_sql_for_few_and_many(expert: Client) -> None:
    def ask(name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert expert.get(reverse(f"cases_authoring:{name}")).status_code == 200
        return len(captured)

    translate(make_case(make_team("ken")), "fr")
    for name in LISTS:
        ask(name)
    few = {name: ask(name) for name in LISTS}
    for _ in range(8):
        case = make_case(make_team("ken"))
        translate(case, "fr")
        translate(case, "es", live=False)
    assert {name: ask(name) for name in LISTS} == few
    assert max(few.values()) <= 30


def test_translations_for_editors_are_those_of_all_teams(expert: Client, editor: Client) -> None:
    make_case(make_team("ken"), title="Kenyan")
    french = translate(make_case(make_team("uga"), title="Ugandan"), "fr")
    assert listed(expert, "translations") == ["Kenyan"]
    assert set(listed(editor, "translations")) == {"Kenyan", "Ugandan"}
    locale = french.locale_id
    assert listed(editor, "translations", language=locale, state="missing") == ["Kenyan"]
    assert listed(editor, "translations", language=locale, state="published") == ["Ugandan"]
    assert listed(editor, "translations", language=locale, state="older") == []


def test_one_starts_from_what_is_public_or_own(expert: Client) -> None:
    make_case(make_team("uga"), title="Public of Uganda")
    draft("Own draft")
    draft("Draft of Uganda", team=make_team("uga"))
    assert set(listed(expert, "bases")) == {"Public of Uganda", "Own draft"}
