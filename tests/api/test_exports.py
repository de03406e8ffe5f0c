"""A result set can be taken away whole, with what it is; nothing leaves that its pages do not show."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page, PageViewRestriction

import openpyxl
import pytest

from api.exports import views
from api.exports.columns import columns
from api.exports.declared import WITHHELD
from cases.exchange.schema import SCHEMAS
from cases.models import CaseStudyPage, EntryPage, Partnership
from core.withdrawals import withdraw
from tests.api.conftest import body, get
from tests.factories.entries import make_case, make_method, make_organisation, make_team, publish, term, translate
from tests.factories.files import make_file
from tests.factories.rows import link_methods

FORMULA = '=HYPERLINK("http://evil.example")'


def table(address: str = "/en/search/export.csv") -> list[dict[str, str]]:
    text = body(address).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def book(address: str = "/en/search/export.xlsx") -> Any:
    return openpyxl.load_workbook(io.BytesIO(body(address)))


def test_three_formats_hold_the_same_entries_under_the_parameters_of_the_search() -> None:
    case = make_case(title="Water points", terms={"countries": ["uga", "ken"], "themes": ["health", "energy"]})
    make_case(title="Forest", terms={"themes": ["energy"]})
    method = make_method(title="Water walk")
    address = "/en/search/export.{}?q=water&sort=title&page=3"
    [first, second] = table(address.format("csv"))
    assert (first["reference"], second["reference"]) == (case.reference, method.reference)
    assert first["country"] == "UGA; KEN"
    assert first["themes"] == "health; energy"
    assert first["stages.design"] == "partnership"
    assert first["citizen_data"] == "true"
    assert first["assessment"].startswith("Editors' assessment, not confirmed by ")
    assert second["steps.title"] == "Prepare"
    assert first["steps.title"] == second["stages.design"] == ""
    found = json.loads(body(address.format("json")))
    assert [record["reference"] for record in found["records"]] == [case.reference, method.reference]
    assert found["records"][0]["stages"] == {"design": "partnership", "collect": "partnership"}
    assert found["count"] == found["query"]["total"] == 2
    assert found["query"]["address"] == "http://testserver/en/search/?q=water&sort=title"
    rows = list(book(address.format("xlsx"))["results"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["reference", case.reference, method.reference]


def test_codebook_and_query_are_in_the_file_or_beside_it_in_the_readers_language() -> None:
    make_case()
    answer = get("/fr/search/export.csv?theme=health")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    names = next(csv.reader(io.StringIO(text, newline="")))
    beside = get(answer["Link"].split(">")[0].removeprefix("<http://testserver")).json()
    assert [column["titles"][0] for column in beside["tableSchema"]["columns"]] == names
    assert beside["url"] == "http://testserver/fr/search/export.csv?theme=health"
    assert beside["dc:source"] == "http://testserver/fr/search/?theme=health"
    assert "CC BY 4.0" in beside["dc:rights"]
    inside = json.loads(body("/fr/search/export.json?theme=health"))
    themes = {value["code"]: value["label"] for value in inside["codebook"]["vocabularies"]["themes"]}
    assert themes["health"] == term("themes", "health").labels["fr"]
    assert inside["query"]["choices"] == {"theme": ["health"]}
    countries = {value["code"] for value in inside["codebook"]["vocabularies"]["countries"]}
    assert "KEN" in countries
    workbook = book("/fr/search/export.xlsx?theme=health")
    assert workbook.sheetnames == ["results", "query", "codebook", "codes"]
    assert ("total", 1) in workbook["query"].iter_rows(values_only=True)
    assert [row[0] for row in workbook["codebook"].iter_rows(min_row=2, values_only=True)] == names


def test_no_cell_becomes_a_formula() -> None:
    case = make_case(live=False, title=FORMULA, places=["@SUM(1)", " =1"], tags=["-2+3"], summary="\t=1")
    case.partnerships = [
        Partnership(organisation=make_organisation("+cmd|' /C calc'!A0"), role_id=term("partner_roles", "funder").id)
    ]
    publish(case)
    [row] = table()
    assert row["title"] == f"'{FORMULA}"
    assert row["partners.name"].startswith("'+cmd")
    sheets = book()
    texts = [cell for sheet in sheets for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert all(cell.data_type in "sn" for cell in texts)
    for text in [*row.values(), *(str(cell.value) for cell in texts)]:
        assert all(not line.lstrip().startswith(tuple("=+@-|")) for line in text.split("\n")), text


def test_every_key_of_a_record_is_exported_or_withheld_for_a_reason() -> None:
    make_case()
    make_method()
    exported = {record["kind"]: set(record) for record in json.loads(body("/en/search/export.json"))["records"]}
    for kind, declared in SCHEMAS.items():
        keys = {field.key for field in declared}
        assert keys - exported[kind] == keys & set(WITHHELD)
    assert not {"risk_assessment", "consent_record"} & exported["case"]
    assert len({column.name for column in columns()}) == len(columns())


def test_what_pages_do_not_show_never_leaves() -> None:
    team = make_team("ken")
    hidden = make_method(live=False, title="Hidden method", external_id="zq-hidden-method")
    open_method = make_method(title="Open method")
    case = make_case(
        team, live=False, risk_assessment="zq-risk", external_id="zq-key",
        consent_record=make_file(name="zq-consent.pdf", collection=team.collection), title="Shown",
        problem=f'<p>See <a linktype="page" id="{hidden.pk}">that</a>.</p>',
    )  # fmt: skip
    link_methods(case, [hidden, open_method])
    case = publish(case)
    CaseStudyPage.objects.filter(pk=case.pk).update(community_name="zq-community")
    Page.objects.filter(pk=hidden.pk).update(live=False)
    draft = make_case(live=False, title="zq-draft")
    link_methods(draft, [open_method])
    draft.save()
    case.title = "zq-next-title"
    case.save_revision()
    translate(case, "fr", title="zq-brouillon", live=False)
    closed, gone = make_case(title="zq-closed"), make_case(title="zq-gone")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="open")
    withdraw(gone, reason="other", public_reason="Asked for.", reference=gone.reference)
    for address in ("export.csv", "export.json"):
        text = body(f"/en/search/{address}").decode()
        assert "zq-" not in text, text[text.find("zq-") - 80 :][:160]
        assert "page:" not in text
    sheets = book()
    assert not any("zq-" in str(row) for sheet in sheets for row in sheet.iter_rows(values_only=True))
    records = {record["reference"]: record for record in json.loads(body("/en/search/export.json"))["records"]}
    assert set(records) == {case.reference, open_method.reference}
    assert records[case.reference]["methods"] == [open_method.reference]
    assert records[open_method.reference]["related_cases"] == [case.reference]


def test_tables_give_the_readers_language_json_all_of_them() -> None:
    case = make_case(title="Water points")
    translate(case, "fr", title="Points d’eau", problem="<p>Le problème.</p>")
    [row] = table("/fr/search/export.csv")
    assert (row["title"], row["problem"], row["text_language"]) == ("Points d’eau", "Le problème.", "fr")
    assert table("/es/search/export.csv")[0]["title"] == "Water points"
    [record] = json.loads(body("/es/search/export.json"))["records"]
    assert record["translations"]["fr"]["title"] == "Points d’eau"


def test_sql_is_the_same_for_few_and_many() -> None:
    counts = {}
    for number in (2, 12):
        while EntryPage.objects.filter(live=True).count() < number:
            method = make_method()
            case = make_case(live=False, partners=[(make_organisation(), "funder")], tags=["one"])
            link_methods(case, [method])
            translate(publish(case), "fr")
        body("/en/search/export.json")
        with CaptureQueriesContext(connection) as captured:
            body("/en/search/export.json")
        counts[number] = len(captured)
    assert counts[12] == counts[2], counts


def test_machines_are_told_what_is_allowed() -> None:
    refused = get("/en/search/export.json?theme=nonsense&sort=best&foo=1&year=12", 422).json()["errors"]
    by_name = {fault["parameter"]: fault for fault in refused}
    assert set(by_name) == {"theme", "sort", "foo", "year"}
    assert "health" in by_name["theme"]["allowed"]
    assert by_name["sort"]["allowed"] == ["relevance", "newest", "title"]
    assert "country" in by_name["foo"]["allowed"]
    for address in ("export.csv", "export.xlsx", "export.csv-metadata.json", "feed.atom"):
        assert get(f"/en/search/{address}?country=xx", 422)["Content-Type"] == "application/json"


def test_a_sender_takes_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 2)
    client, address = Client(), "/en/search/export.csv"
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(address)["Retry-After"] == "3600"
    assert client.get("/en/search/").status_code == 200
