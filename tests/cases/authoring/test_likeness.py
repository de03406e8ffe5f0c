"""Likely duplicates are named while one writes, and never what another team has not published."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from cases.authoring.likeness import likely_duplicates
from cases.models import CaseStudyPage
from tests.cases.authoring.conftest import account
from tests.cases.editor.forms import edit_url, read_form
from tests.factories.entries import make_case, make_method, make_organisation, make_team, translate

pytestmark = pytest.mark.django_db

TITLE = "Women count wells in Turkana"


def names(case: CaseStudyPage, email: str = "expert@example.org") -> list[str]:
    return [like.title for like in likely_duplicates(case, account(email))]


def writing(title: str = TITLE, **fields: object) -> CaseStudyPage:
    return make_case(make_team("ken"), live=False, title=title, **fields)


def test_a_published_case_with_nearly_the_same_title(expert: Client) -> None:
    make_case(make_team("uga"), title="Wells in Turkana, counted by women", terms={"countries": ["ken"]})
    make_case(make_team("uga"), title="Air in the city")
    assert names(writing()) == ["Wells in Turkana, counted by women"]


def test_country_and_lead_organisation_decide_where_titles_are_only_alike(expert: Client) -> None:
    lead = make_organisation("Well Watch")
    title = "Counting wells with women"
    make_case(make_team("uga"), title=title, terms={"countries": ["uga"]})
    assert names(writing(title="Women count wells, Turkana")) == []
    make_case(make_team("uga"), title=title + " of Turkana", terms={"countries": ["ken"]}, lead=lead)
    assert title + " of Turkana" in names(writing(title="Turkana: women and wells", lead_organisation=lead))


def test_drafts_of_the_own_team_and_never_of_others(expert: Client) -> None:
    make_case(make_team("uga"), live=False, title=TITLE, terms={"countries": ["ken"]})
    assert names(writing()) == []
    make_case(make_team("ken"), live=False, title=TITLE + " again")
    assert TITLE + " again" in names(writing())


def test_the_new_title_in_anothers_draft_is_not_told(expert: Client) -> None:
    other = make_case(make_team("uga"), title="Women count wells", terms={"countries": ["ken"]})
    other.title = "Women count wells in Turkana in secret"
    other.save_revision()
    assert names(writing()) == ["Women count wells"]


def test_editors_are_told_of_all_drafts(editor: Client) -> None:
    make_case(make_team("uga"), live=False, title=TITLE, terms={"countries": ["ken"]})
    assert names(writing(), "editor@example.org") == [TITLE]


def test_of_one_entry_in_several_languages_the_likest_is_named_once(expert: Client) -> None:
    case = make_case(make_team("uga"), title="Les femmes comptent les puits", terms={"countries": ["ken"]})
    translate(case, "es", title=TITLE)
    assert names(writing()) == [TITLE]


def test_neither_itself_nor_another_kind(expert: Client) -> None:
    make_method(title=TITLE)
    case = writing()
    translate(case, "fr", title=TITLE)
    assert names(case) == []
    assert names(make_case(make_team("ken"), live=False, title="Data")) == []


def test_the_checklist_links_them_and_autosave_brings_them(expert: Client) -> None:
    like = make_case(make_team("uga"), title=TITLE, terms={"countries": ["ken"]})
    case = writing("Something else altogether")
    data = read_form(expert, edit_url(case))
    assert "Is it one of these already?" not in expert.get(edit_url(case)).content.decode()
    sent = {name: data.getlist(name) for name in data} | {"title": TITLE + " today"}
    answer = expert.post(edit_url(case), sent, headers={"accept": "application/json"}).json()
    assert "Is it one of these already?" in answer["html"]
    assert f"/r/{like.reference}/" in answer["html"]


def test_one_question_to_the_database_however_many_entries(expert: Client) -> None:
    case, user = writing(), account("expert@example.org")
    likely_duplicates(case, user)
    for number in range(8):
        make_case(make_team("uga"), title=f"{TITLE} {number}", terms={"countries": ["ken"]})
    with CaptureQueriesContext(connection) as captured:
        assert len(likely_duplicates(case, user)) == 3
    assert len(captured) == 1
