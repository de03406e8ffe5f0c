"""What makes a case easy to read: its years in order, and what each term means where it stands and in the glossary."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from cases.addresses import EXPLAINED
from cases.models import OfficialUse, Source
from cases.terms import current_terms
from tests.factories.entries import make_case, publish, term, translate

pytestmark = pytest.mark.django_db


def get(page: Any) -> str:
    return Client().get(page.get_url()).content.decode()


def part(html: str, name: str) -> str:
    return html.split(f'id="{name}"')[1].split("</section>", maxsplit=1)[0]


def test_the_timeline_tells_the_years_in_order(repository: None) -> None:
    case = make_case(live=False, start_year=2003, end_year=2019)
    case.official_uses = [
        OfficialUse(use_id=term("official_use", "advocacy").id, evidence="Hearing", year=2015),
        OfficialUse(use_id=term("official_use", "sdg-global").id),
    ]
    case.sources = [Source(title="Final report", publisher="The Union", year=2015, link="https://example.org/r")]
    html = part(get(publish(case)), "timeline")
    own = ["2003", "2015", "2019"]
    assert re.findall(r'timeline__year">(\d+)<', html)[:3] == own
    year = html.split(">2015<")[1].split(">2019<", maxsplit=1)[0]
    assert all(text in year for text in ("Used in advocacy", "Hearing", "Final report", "https://example.org/r"))
    assert "Global SDG reporting" not in html
    assert "First publication here" in html


def test_one_year_makes_no_timeline(repository: None) -> None:
    assert 'id="timeline"' not in get(make_case(start_year=2003))


def test_terms_are_explained_under_their_label_in_the_language_of_the_words(repository: None) -> None:
    case = make_case()
    about = term("themes", "health").description("en")
    label = get(case).split("<summary>Themes<")[1].split("</details>", maxsplit=1)[0]
    assert f"<dd>{about}</dd>" in label
    assert '"/en/glossary/#themes-health"' in label
    french = get(translate(case, "fr"))
    assert f'<dd lang="en" dir="ltr">{about}</dd>' in french


def test_the_glossary_explains_every_term_in_one_query(repository: None) -> None:
    Client().get("/en/leaving/")  # fills the caches of the frame
    with CaptureQueriesContext(connection) as queries:
        html = Client().get("/en/glossary/").content.decode()
    assert len(queries) <= 1
    ids = re.findall(r'<div id="([^"]+)"><dt', html)
    terms = [row for name in EXPLAINED for row in current_terms().of(name)]
    assert len(ids) == len(set(ids)) == len(terms) > 300
    assert "withdrawal" not in " ".join(ids)
