"""A cluster that is away, slow, full or another one: pages answer all the same, changes wait, nothing is made up."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client

import pytest
from bs4 import BeautifulSoup
from elasticsearch import Elasticsearch

from search.engines import _engine, engine
from search.engines.elasticsearch import ElasticsearchEngine, breaker, schema
from search.engines.elasticsearch.indices import NO_INDEX
from search.engines.elasticsearch.writing import DocumentRefusedError
from search.engines.port import SearchUnavailable
from search.query import Query
from search.upkeep.delivery import deliver
from search.upkeep.models import IndexChange
from tests.factories.entries import make_case
from tests.needs import lacks
from tests.search.elasticsearch.conftest import DOCUMENTS, at, fill, nobody, standing_in

pytestmark = pytest.mark.django_db
BLOCK = "index.blocks.read_only_allow_delete"


@pytest.fixture(autouse=True)
def _new_breaker() -> None:
    _engine.cache_clear()


def look(client: Client, address: str = "/en/search/?q=zorq&theme=health") -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def is_answered_by_the_database(page: BeautifulSoup) -> bool:
    assert [title.get_text() for title in page.select(".result__title")] == ["Zorq"]
    assert page.select_one('input[name="theme"][value="health"]').has_attr("checked")
    assert page.select_one("#search-words")["value"] == "zorq"
    return bool(page.select(".notice"))


def test_a_cluster_that_is_away_is_stood_in_for_and_not_asked_again_at_once(
    client: Client, settings: Any, repository: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "FIRST_PAUSE", 3600.0)
    monkeypatch.setattr(breaker, "LONGEST_PAUSE", 3600.0)
    make_case(title="Zorq", terms={"themes": ["health"]})
    with standing_in(lambda: (503, {"error": "no master"})) as stand_in:
        at(settings, stand_in.url)
        assert is_answered_by_the_database(look(client))
        asked = stand_in.asked
        assert asked
        assert is_answered_by_the_database(look(client))
        assert stand_in.asked == asked
    at(settings, nobody())
    assert is_answered_by_the_database(look(client))


def test_a_slow_cluster_is_not_waited_for(client: Client, settings: Any, repository: None) -> None:
    make_case(title="Zorq", terms={"themes": ["health"]})
    go_on = threading.Event()

    def hang() -> tuple[int, Any]:
        go_on.wait(60)
        return 200, {}

    with standing_in(hang) as stand_in:
        at(settings, stand_in.url, timeout=0.2)
        assert is_answered_by_the_database(look(client))
        assert stand_in.asked
        go_on.set()


@pytest.mark.parametrize("body", [{}, {"took": 1}, {"hits": {}, "timed_out": True, "_shards": {"failed": 0}}])
def test_an_answer_that_is_none_is_trouble_and_no_error_of_the_page(
    client: Client, settings: Any, repository: None, body: dict[str, Any]
) -> None:
    make_case(title="Zorq", terms={"themes": ["health"]})
    with standing_in(lambda: (200, body)) as stand_in:
        at(settings, stand_in.url)
        assert is_answered_by_the_database(look(client))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    if not shutil.which("openssl"):
        lacks("needs the program openssl, to make a certificate for one test")
    key, pem = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(["openssl", "req", *made, *names, "-keyout", key, "-out", pem], check=True, capture_output=True)
    return key, pem


def test_the_key_is_sent_over_tls_to_whom_the_certificate_names_and_to_nobody_else(
    settings: Any, certificate: tuple[Path, Path]
) -> None:
    key, pem = certificate
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem, key)
    with standing_in(lambda: (404, {"error": {"reason": "no such index"}}), tls) as stand_in:
        at(settings, stand_in.url, api_key="c2VjcmV0", ca=str(pem))
        with pytest.raises(SearchUnavailable, match=r"run `manage.py rebuild_index`"):
            ElasticsearchEngine().search(Query())
        assert stand_in.headers["Authorization"] == "ApiKey c2VjcmV0"
        # What lets a server of the next version answer as one of this.
        assert "compatible-with=8" in stand_in.headers["Accept"]
        asked = stand_in.asked
        settings.ELASTICSEARCH = replace(settings.ELASTICSEARCH, ca="")
        with pytest.raises(SearchUnavailable, match=r"TLS|certificate"):
            ElasticsearchEngine().search(Query())
        assert stand_in.asked == asked


@pytest.mark.elasticsearch
def test_without_an_index_nothing_is_written_and_it_is_said_what_to_do(
    empty: ElasticsearchEngine, cluster: str, settings: Any
) -> None:
    for act in (lambda: empty.put(DOCUMENTS[:1]), lambda: empty.search(Query()), empty.version):
        with pytest.raises(SearchUnavailable):
            act()
    assert empty.health().detail == NO_INDEX
    assert not Elasticsearch(cluster).indices.get_alias(index=f"{settings.ELASTICSEARCH.index}*").body


@pytest.mark.elasticsearch
def test_a_template_of_somebody_else_that_changes_the_mapping_is_named(
    empty: ElasticsearchEngine, cluster: str, settings: Any
) -> None:
    name, client = settings.ELASTICSEARCH.index, Elasticsearch(cluster)
    template = {"mappings": {"properties": {"foreign": {"type": "keyword"}}}}
    client.indices.put_index_template(name=name, index_patterns=[f"{name}-*"], template=template)
    try:
        with pytest.raises(SearchUnavailable, match=r"foreign.*Remove index templates"):
            empty.begin_rebuild()
    finally:
        client.indices.delete_index_template(name=name)
    fill(empty, DOCUMENTS[:3])
    client.indices.put_mapping(index=schema.alias(), properties={"later": {"type": "keyword"}})
    assert "later" in empty.health().detail


@pytest.mark.elasticsearch
def test_changes_wait_while_the_cluster_is_full(filled: ElasticsearchEngine, cluster: str) -> None:
    indices = Elasticsearch(cluster).indices
    call_command("rebuild_index", verbosity=0)
    # What Elasticsearch does by itself when the disk reaches its flood stage.
    indices.put_settings(index=schema.alias(), settings={BLOCK: True})
    make_case(title="Zorq")
    with pytest.raises(SearchUnavailable):
        deliver()
    assert IndexChange.objects.waiting().exists()
    assert not IndexChange.objects.set_aside().exists()
    indices.put_settings(index=schema.alias(), settings={BLOCK: None})
    assert deliver().rows
    assert [hit.document.title for hit in engine().search(Query()).hits] == ["Zorq"]


@pytest.mark.elasticsearch
def test_a_document_that_is_never_taken_is_named_and_the_others_are_written(filled: ElasticsearchEngine) -> None:
    good, bad = DOCUMENTS[0], replace(DOCUMENTS[1], codes={**DOCUMENTS[1].codes, "year": ("99999999999",)})
    renamed = replace(good, texts={"en": replace(good.texts["en"], title="Renamed")})
    with pytest.raises(DocumentRefusedError, match=bad.key):
        filled.put([renamed, bad])
    filled.put([DOCUMENTS[2]])
    titles = {hit.document.title for page in (1, 2, 3) for hit in filled.search(Query(page=page)).hits}
    assert "Renamed" in titles
