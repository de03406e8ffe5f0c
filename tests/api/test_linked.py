"""Pages tell machines what they tell people: JSON-LD that a processor expands, Open Graph that matches the page."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest
from pyld import jsonld

from cases.models import Source
from tests.api.conftest import get
from tests.factories.entries import make_case, make_method, make_organisation, make_team, publish, team_page, translate
from tests.factories.files import make_picture

VOCABULARY = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "license": {"@type": "@id"}}
EVIL = "</script><script>alert(1)</script> & \"q\" 'a'"


def data(address: str) -> dict[str, Any]:
    """The page's data, which a JSON-LD processor also takes (with the vocabulary at hand, not from the network)."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', get(address).content.decode())
    found: dict[str, Any] = json.loads(text)
    assert found["@context"] == "https://schema.org"
    expanded = jsonld.expand({**found, "@context": VOCABULARY})
    assert expanded[0]["https://schema.org/name"]
    return found


def properties(address: str) -> dict[str, str]:
    found = re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', get(address).content.decode())
    return {name: unescape(value) for name, value in found}


def test_a_case_is_an_article_about_places_subjects_and_its_open_data() -> None:
    lead = make_organisation("Lead body")
    case = make_case(
        live=False, title="Water points", lead=lead, start_year=2015, tags=["taps"], doi="10.1/x",
        terms={"countries": ["ken", "uga"], "sdgs": ["sdg-06"]},
    )  # fmt: skip
    case.sources = [Source(title="Report", publisher="Office", link="https://example.org/r")]
    case = publish(case)
    french = translate(case, "fr", title="Points d’eau")
    found = data(case.get_url())
    permanent = f"http://testserver/r/{case.reference}/"
    assert (found["@type"], found["@id"], found["inLanguage"]) == ("Article", permanent, "en")
    assert found["author"] == [{"@type": "Organization", "name": "Country team Team ken"}]
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [place["identifier"] for place in found["spatialCoverage"]] == ["KEN", "UGA"]
    assert found["temporalCoverage"] == "2015/.."
    assert found["citation"][0]["url"] == "https://example.org/r"
    assert found["workTranslation"][0]["url"] == f"http://testserver{french.get_url()}"
    [dataset] = [thing for thing in found["about"] if thing["@type"] == "Dataset"]
    assert dataset["creator"]["name"] == "Lead body"
    assert {thing.get("termCode") for thing in found["about"]} >= {"health", "women", "sdg-06"}
    assert data(french.get_url())["headline"] == "Points d’eau"


@pytest.mark.parametrize("terms", [{"access_level": ["team"]}, {"consent_basis": ["not-documented"]}])
def test_data_that_nobody_may_have_are_no_dataset(terms: dict[str, list[str]]) -> None:
    found = data(make_case(terms=terms).get_url())
    assert "Dataset" not in {thing["@type"] for thing in found["about"]}


def test_a_method_is_instructions_a_version_has_its_own_address() -> None:
    method = make_method()
    assert data(method.get_url())["step"] == [{"@type": "HowToStep", "name": "Prepare", "text": "Ask first."}]
    case = make_case(title="First")
    case.title = "Second"
    publish(case)
    version = data(f"{case.get_url()}versions/1/")
    assert (version["headline"], version["version"]) == ("First", 1)
    assert version["@id"].endswith(f"/r/{case.reference}/en/versions/1/")


def test_teams_and_the_site_are_organisation_and_website() -> None:
    team = data(team_page(make_team("ken")).get_url())
    assert (team["@type"], team["areaServed"][0]["identifier"]) == ("Organization", "KEN")
    site = data("/fr/")
    assert site["potentialAction"]["target"]["urlTemplate"] == "http://testserver/fr/search/?q={search_term_string}"


def test_texts_of_authors_end_neither_block_nor_attribute() -> None:
    case = make_case(title=EVIL, summary=EVIL)
    assert data(case.get_url())["headline"] == EVIL
    assert properties(case.get_url())["og:title"] == EVIL
    assert "<script>alert" not in get(case.get_url()).content.decode()


def test_open_graph_says_what_the_page_says() -> None:
    case = make_case(title="Water points", summary="Who drew water.", cover=make_picture())
    translate(case, "fr")
    found = properties(case.get_url())
    assert (found["og:title"], found["og:description"]) == ("Water points", "Who drew water.")
    assert (found["og:type"], found["og:locale"]) == ("article", "en_GB")
    assert found["og:locale:alternate"] == "fr_FR"
    assert found["og:url"] == f"http://testserver{case.get_url()}"
    image = found["og:image"].removeprefix("http://testserver")
    assert get(image)["Content-Type"] == "image/jpeg"
    search = properties("/ar/search/?q=water")
    assert search["og:title"].startswith("water – ")
    assert search["og:locale"] == "ar_AR"
    assert "og:image" not in search


def test_the_head_asks_the_database_for_nothing_of_its_own() -> None:
    case = make_case(cover=make_picture(), tags=["one", "two"])
    get(case.get_url())
    with CaptureQueriesContext(connection) as captured:
        get(case.get_url())
    assert len(captured) <= 15
