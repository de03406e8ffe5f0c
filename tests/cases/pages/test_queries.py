"""A page of an entry asks the database a fixed number of times, whatever it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from cases.models import CaseStudyPage, EntryPage, MethodPage
from search.collecting import build_all
from search.engines import engine
from tests.factories.entries import make_case, make_method, publish, translate
from tests.factories.files import make_picture
from tests.factories.rows import fill_rows, link_methods, story

pytestmark = pytest.mark.django_db
MOST = 15


def full_case(number: int, languages: int) -> CaseStudyPage:
    methods = [make_method(live=False) for _ in range(number)]
    Page.objects.filter(pk__in=[method.pk for method in methods]).update(live=True)
    links = "".join(f'<a linktype="page" id="{method.pk}">m</a> ' for method in methods)
    case = make_case(
        live=False, problem=f"<p>{links}</p>", results=f"<p>{links}</p>", story=story(f"story {number}") * number,
        cover=make_picture(),
    )  # fmt: skip
    fill_rows(case, number)
    link_methods(case, methods)
    case = publish(case)
    for code, _name in settings.LANGUAGES[1 : languages + 1]:
        translate(case, code)
    return case


@pytest.fixture(autouse=True)
def embedded_engine(settings: Any, tmp_path: Path) -> None:
    """The default engine, whose similar entries come from its own documents."""
    settings.SEARCH_ENGINE = "tantivy"
    settings.DATA_DIR = tmp_path


def index() -> None:
    build = engine().begin_rebuild()
    for documents in build_all():
        build.put(documents)
    build.publish()


def count(page: EntryPage) -> list[str]:
    client = Client()
    index()
    assert client.get(page.get_url()).status_code == 200  # makes the renditions, fills the caches
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.get_url()).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.once
def test_case_page_asks_at_most_15_times_at_1_and_50_rows(repository: None) -> None:
    few, many = count(full_case(1, 1)), count(full_case(50, 7))
    assert len(few) <= MOST, "\n".join(few)
    assert len(many) == len(few), "\n".join(many)


def test_translation_asks_no_more(repository: None) -> None:
    case = full_case(2, 2)
    french = EntryPage.objects.get(original=case, locale__language_code="fr")
    assert len(count(french)) <= MOST


def test_method_page_asks_the_same_at_1_and_20_cases(repository: None) -> None:
    def method_with(number: int) -> MethodPage:
        method = make_method(live=False)
        fill_rows(method, number)
        method = publish(method)
        for _ in range(number):
            case = make_case(live=False)
            link_methods(case, [method])
            case.save()
            Page.objects.filter(pk=case.pk).update(live=True)
        return method

    few, many = count(method_with(1)), count(method_with(20))
    assert len(few) <= MOST, "\n".join(few)
    assert len(many) == len(few), "\n".join(many)
