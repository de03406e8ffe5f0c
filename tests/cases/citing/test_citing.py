"""An entry and its versions can be cited in three styles and taken over by reference managers."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from wagtail.models import PageViewRestriction

import bibtexparser
import pytest
import rispy
from bibtexparser import middlewares
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from core.withdrawals import withdraw
from tests.factories.entries import make_case, make_method, publish, translate

pytestmark = pytest.mark.usefixtures("repository")
HOSTILE = r"50 % of {women} & $girls_ say \no~ #1 ^ ‘O’Brien’: 公民数据 مياه <b>"


def get(address: str, status: int = 200) -> Any:
    answer = Client().get(address)
    assert answer.status_code == status, answer.content[:300]
    return answer


def lines(address: str) -> list[str]:
    """The citations of a page as one would copy them."""
    found = re.findall(r'class="citation" dir="auto">(.*?)</p>', get(address).content.decode())
    return [unescape(re.sub(r"</?i>", "", line)) for line in found]


def bib(text: str) -> Any:
    decode = [middlewares.LatexDecodingMiddleware()]
    library = bibtexparser.parse_string(text, append_middleware=decode)
    assert not library.failed_blocks
    [entry] = library.entries
    return entry


def test_three_styles_name_the_team_not_the_lead() -> None:
    case = make_case(title="Who decides?.")
    year, today = case.first_published_at.year, timezone.localdate()
    address = f"http://testserver/r/{case.reference}/"
    apa, chicago, vancouver = lines(case.get_url())
    site = "Citizen data case repository"
    assert apa == f"Country team Team ken. ({year}). Who decides? ({case.reference}) [Case study]. {site}. {address}"
    assert chicago == f"Country team Team ken. {year}. “Who decides?” Case study {case.reference}. {site}. {address}."
    assert vancouver.startswith(f"Country team Team ken. Who decides? [Internet]. {site}; {year} ")
    assert f"[cited {today.year} " in vancouver
    assert vancouver.endswith(f"]. Case study {case.reference}. Available from: {address}")


def test_a_method_of_all_is_cited_by_the_name_of_its_team() -> None:
    assert "Team international. (" in lines(make_method().get_url())[0]


def test_reference_managers_read_every_format_whatever_the_title_holds() -> None:
    case = make_case(title=HOSTILE, summary=f"Summary: {HOSTILE}", doi="10.5281/zenodo.1")
    page = case.get_url()
    entry = bib(get(f"{page}cite.bib").content.decode())
    assert entry.key == case.reference
    fields = {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}
    assert HOSTILE.replace(" ", "") == fields["title"].replace(" ", "").replace("ˆ", "^")  # as TeX sets it
    assert fields["doi"] == "10.5281/zenodo.1"
    [record] = rispy.loads(get(f"{page}cite.ris").content.decode())
    assert record["title"] == HOSTILE
    assert record["authors"] == ["Country team Team ken"]
    assert record["urls"] == [f"http://testserver/r/{case.reference}/"]
    [item] = get(f"{page}cite.json").json()
    assert item["title"] == HOSTILE
    assert item["id"] == item["number"] == case.reference
    assert item["issued"] == {"date-parts": [[*case.first_published_at.timetuple()[:3]]]}


def test_a_citation_processor_takes_the_item() -> None:
    case = make_case(title="Water points")
    source = CiteProcJSON(json.loads(get(f"{case.get_url()}cite.json").content))
    bibliography = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
    )
    bibliography.register(Citation([CitationItem(case.reference)]))
    [line] = map(str, bibliography.bibliography())
    assert "Country team Team ken" in line
    assert "Water points" in line
    assert str(case.first_published_at.year) in line


def test_a_version_is_cited_as_it_was_and_at_its_own_address() -> None:
    case = make_case(title="First title")
    case.title = "Second title"
    publish(case)
    old = f"{case.get_url()}versions/1/"
    permanent = f"http://testserver/r/{case.reference}/en/versions/1/"
    apa, chicago, vancouver = lines(old)
    assert f"First title (Version 1; {case.reference})" in apa
    assert f"{case.reference}, version 1." in chicago
    assert "First title [Internet]. Version 1. " in vancouver
    assert all(permanent in line for line in (apa, chicago, vancouver))
    assert get(f"{old}cite.json").json()[0]["title"] == "First title"
    fields = bib(get(f"{old}cite.bib").content.decode()).fields_dict
    assert (fields["version"].value, fields["url"].value) == ("1", permanent)
    assert get(f"{case.get_url()}cite.json").json()[0]["title"] == "Second title"
    get(f"{case.get_url()}versions/9/cite.ris", 404)


def test_a_translation_is_cited_in_its_language() -> None:
    case = make_case()
    page = translate(case, "zh-hans", title="公民数据")
    [item] = get(f"{page.get_url()}cite.json").json()
    assert (item["title"], item["language"]) == ("公民数据", "zh-Hans")


def test_what_cannot_be_read_cannot_be_cited() -> None:
    draft, closed, gone = make_case(live=False), make_case(), make_case()
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="open")
    withdraw(gone, reason="other", public_reason="Asked for.", reference=gone.reference)
    for page, status in ((draft, 404), (gone, 410)):
        for address in ("cite.bib", "versions/1/cite.json"):
            get(f"{page.get_url()}{address}", status)
    answer = get(f"{closed.get_url()}cite.json")
    assert closed.title not in answer.content.decode()
    get(f"{make_case().get_url()}cite.docx", 404)


def test_an_unchanged_citation_is_not_sent_twice() -> None:
    address = f"{make_case().get_url()}cite.ris"
    answer = get(address)
    assert 'filename="CCD-KEN-' in answer["Content-Disposition"]
    assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
