"""A translation shows its own texts; what it lacks is shown in the original's language and says so."""

from __future__ import annotations

from django.test import Client

import pytest

from cases.models import Source, Step
from tests.factories.entries import make_case, make_method, publish, translate
from tests.factories.rows import link_methods

pytestmark = pytest.mark.django_db


def get(page: object) -> str:
    return Client().get(page.get_url()).content.decode()  # type: ignore[attr-defined]


def section(html: str, name: str) -> str:
    return html.split(f'<section class="entry-section" id="{name}"')[1].split("</section>", maxsplit=1)[0]


def test_own_texts_are_untagged_and_missing_ones_come_from_the_original(repository: None) -> None:
    case = make_case(limits="<p>Only three villages.</p>")
    arabic = translate(case, "ar", title="عنوان", summary="ملخص", problem="<p>المشكلة هنا</p>")
    html = get(arabic)
    own, borrowed = section(html, "problem"), section(html, "limits")
    assert "المشكلة هنا" in own
    assert 'class="borrowed"' not in own
    assert '<div class="prose">' in own
    assert 'class="borrowed"' in borrowed
    assert '<div class="prose" lang="en" dir="ltr">' in borrowed
    assert "Only three villages." in borrowed


def test_english_interface_words_mark_what_is_borrowed(repository: None) -> None:
    case = make_case()
    danish = get(translate(case, "da"))
    assert "Not translated yet; shown in English" in danish
    assert 'class="borrowed" lang="en" dir="ltr"' in danish
    assert "Not translated yet" not in get(case)


def test_structured_facts_come_from_the_original(repository: None) -> None:
    case = make_case(live=False, sample_design="Every tenth house")
    case.sources = [Source(title="A public report", publisher="The office", year=2021)]
    case = publish(case)
    html = get(translate(case, "fr"))
    assert "A public report" in section(html, "sources")
    assert '<li><span lang="en" dir="ltr">' in section(html, "sources")
    assert '<dd lang="en" dir="ltr">Every tenth house</dd>' in html
    assert case.reference in html


def test_labels_are_in_the_pages_language_else_in_english_and_tagged(repository: None) -> None:
    case = make_case()
    assert ">Santé et bien-être<" in get(translate(case, "fr"))
    danish = get(translate(case, "da"))
    assert '<dd lang="en" dir="ltr"><a href="/da/themes/health/">Health and well-being</a></dd>' in danish


def test_other_languages_are_offered_and_drafts_are_not(repository: None) -> None:
    case = make_case()
    french = translate(case, "fr")
    spanish = translate(case, "es", live=False)
    html = get(case)
    offered = html.split('class="entry-languages"')[1].split("</nav>")[0]
    assert french.get_url() in offered
    assert spanish.get_url() not in offered


def test_steps_of_a_method_fall_back_text_by_text(repository: None) -> None:
    method = make_method(live=False)
    method.steps = [Step(title="Prepare", text="Ask first.", who="Everybody"), Step(title="Count", text="Count twice.")]
    method = publish(method)
    french = translate(method, "fr", live=False)
    french.steps = [Step(title="Préparer")]
    steps = section(get(publish(french)), "steps").replace("\n", "")
    assert "<span>Préparer</span>" in steps
    assert '<span lang="en" dir="ltr">Count</span>' in steps
    assert '<div lang="en" dir="ltr"><p>Ask first.</p></div>' in steps


def test_linked_entries_are_named_in_the_readers_language(repository: None) -> None:
    method = make_method(title="Household survey")
    translate(method, "fr", title="Enquête auprès des ménages")
    case = make_case(live=False)
    link_methods(case, [method])
    case = publish(case)
    french, spanish = get(translate(case, "fr")), get(translate(case, "es"))
    assert "Enquête auprès des ménages" in section(french, "linked")
    assert '<h3 lang="en" dir="ltr"><a href="/en/teams/international/household-survey/">' in section(spanish, "linked")
