"""A translation begins with one click; its status is told, also when the original went on without it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from wagtail.models import Locale

import pytest

from cases.authoring.translations import standings
from cases.models import CaseStudyPage, EntryPage
from tests.cases.editor.forms import edit_url, read_form, send
from tests.factories.entries import make_case, make_team, publish, team_page, translate

pytestmark = pytest.mark.django_db


def state(case: CaseStudyPage, language: str) -> tuple[str, bool]:
    """State of a translation, and whether it is older than its original."""
    original = CaseStudyPage.objects.select_related("locale").get(pk=case.pk)
    found = next(one for one in standings([original])[case.pk] if one.language == language)
    return found.state, found.is_older


def begin(client: Client, case: EntryPage, language: str) -> EntryPage:
    answer = client.post(reverse("cases_authoring:translate", args=[case.pk, language]))
    page = EntryPage.objects.get(translation_key=case.translation_key, locale__language_code=language)
    assert answer["Location"] == edit_url(page)
    return page


def test_one_step_makes_the_page_under_the_team_in_that_language(expert: Client) -> None:
    case = make_case(make_team("ken"), title="Wells")
    assert state(case, "fr") == ("missing", False)
    french = begin(expert, case, "fr").specific
    assert french.get_parent().pk == team_page(make_team("ken"), "fr").pk
    assert french.original_id == case.pk
    assert french.reference == case.reference
    assert not french.live
    assert (french.title, french.summary, french.problem) == ("Wells", "", "")
    assert state(case, "fr") == ("draft", False)


def test_the_second_click_opens_what_the_first_began(expert: Client) -> None:
    case = make_case(make_team("ken"))
    assert begin(expert, case, "fr") == begin(expert, case, "fr")
    assert EntryPage.objects.filter(original=case).count() == 1


def test_a_taken_address_gets_a_number(expert: Client) -> None:
    make_case(make_team("ken"), slug="wells", language="fr", title="Autre")
    case = make_case(make_team("ken"), slug="wells")
    assert begin(expert, case, "fr").slug == "wells-2"


def test_looking_begins_nothing(expert: Client) -> None:
    case = make_case(make_team("ken"))
    page = expert.get(reverse("cases_authoring:translate", args=[case.pk, "fr"]))
    assert page.status_code == 200
    assert state(case, "fr") == ("missing", False)


@pytest.mark.parametrize(("language", "status"), [("en", 404), ("xx", 404)])
def test_languages_that_cannot_be(expert: Client, language: str, status: int) -> None:
    case = make_case(make_team("ken"))
    assert expert.post(reverse("cases_authoring:translate", args=[case.pk, language])).status_code == status


def test_not_for_other_teams(expert: Client) -> None:
    case = make_case(make_team("uga"))
    answer = expert.post(reverse("cases_authoring:translate", args=[case.pk, "fr"]))
    assert answer.status_code in {302, 403}
    assert not EntryPage.objects.filter(original=case).exists()


def test_a_translation_is_older_once_visitors_read_other_texts(expert: Client) -> None:
    case = make_case(make_team("ken"))
    french = translate(case, "fr")
    assert state(case, "fr") == ("published", False)
    case.problem = "<p>Something else.</p>"
    case.save_revision()
    assert state(case, "fr") == ("published", False)
    publish(case)
    assert state(case, "fr") == ("published", True)
    assert "older than its original" in expert.get(edit_url(case)).content.decode()
    french.problem = "<p>Autre chose.</p>"
    french.save_revision()
    assert state(case, "fr") == ("published", False)


def test_new_facts_make_no_translation_older(repository: None) -> None:
    case = make_case(make_team("ken"))
    translate(case, "fr")
    case.start_year = 2011
    publish(case)
    assert state(case, "fr") == ("published", False)


def test_a_translator_may_say_that_it_is_still_right(expert: Client) -> None:
    case = make_case(make_team("ken"))
    french = translate(case, "fr")
    case.problem = "<p>A comma, only.</p>"
    publish(case)
    page = expert.get(edit_url(french)).content.decode()
    url = reverse("cases_authoring:confirm", args=[french.pk])
    assert url in page
    assert expert.post(url).status_code == 302
    assert state(case, "fr") == ("published", False)
    assert url not in expert.get(edit_url(french)).content.decode()


def test_saving_a_translation_without_a_change_does_not_make_it_new(expert: Client) -> None:
    case = make_case(make_team("ken"))
    french = translate(case, "fr")
    case.problem = "<p>Other words.</p>"
    publish(case)
    send(expert, edit_url(french), read_form(expert, edit_url(french)))
    assert state(case, "fr") == ("published", True)


def test_the_text_of_the_original_stands_beside_each_field(expert: Client) -> None:
    case = make_case(make_team("ken"), title="Wells", problem="<p>Nobody <b>knew</b>.</p>", advice="")
    french = begin(expert, case, "fr")
    page = expert.get(edit_url(french)).content.decode()
    assert '<div lang="en" dir="ltr"><p>Nobody <b>knew</b>.</p></div>' in page
    assert page.count('class="source-text"') == 7  # title, summary and the five sections that are written


def test_the_editor_of_an_original_lists_its_languages(expert: Client) -> None:
    case = make_case(make_team("ken"))
    translate(case, "fr", live=False)
    page = expert.get(edit_url(case)).content.decode()
    assert reverse("cases_authoring:translate", args=[case.pk, "es"]) in page
    assert Locale.objects.filter(language_code="es").exists()
