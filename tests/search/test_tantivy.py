"""What only the embedded engine has: generations, locks, broken files, a window, ties over segments."""

from __future__ import annotations

import json
import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.documents import IndexDocument
from search.engines.port import RebuildRunning, SearchUnavailable
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy.store import locked
from search.query import PAGE_SIZE, WINDOW, Query
from search.words import parse_text
from tests.search.documents_corpus import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DOCUMENTS = list(corpus(300))


@pytest.fixture
def folder(settings: Any, tmp_path: Path, repository: None) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "index"


@pytest.fixture
def filled(folder: Path) -> TantivyEngine:
    return fill(TantivyEngine(), DOCUMENTS)


def fill(engine: TantivyEngine, documents: list[IndexDocument]) -> TantivyEngine:
    build = engine.begin_rebuild()
    build.put(documents)
    assert build.count() == len(documents)
    build.publish()
    return engine


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def keys(engine: TantivyEngine, query: Query) -> list[str]:
    return [hit.document.key for hit in engine.search(query).hits]


def test_similar_entries_are_found_while_replaced_documents_are_still_in_the_segments(folder: Path) -> None:
    documents = [with_title_word(document, "everywhere") for document in DOCUMENTS[:60]]
    engine = fill(TantivyEngine(), documents)
    engine.put(documents[:20])
    assert all(engine.similar(document.key, "en", 3) for document in documents)


def with_title_word(document: IndexDocument, word: str) -> IndexDocument:
    texts = {language: replace(text, title=f"{text.title} {word}") for language, text in document.texts.items()}
    return replace(document, texts=texts)


def test_without_an_index_there_is_no_answer_and_health_says_why(folder: Path) -> None:
    engine = TantivyEngine()
    for question in (
        lambda: engine.search(Query()),
        lambda: engine.similar("x", "en", 3),
        lambda: engine.vocabulary("en"),
        engine.version,
        lambda: engine.put(DOCUMENTS[:1]),
        lambda: engine.remove(["x"]),
        engine.compact,
    ):
        with pytest.raises(SearchUnavailable, match="no search index"):
            question()
    assert engine.health().ok is False
    assert "no search index" in engine.health().detail


def test_another_process_sees_changes_at_once(filled: TantivyEngine) -> None:
    other = TantivyEngine()
    assert other.search(Query()).total == len(DOCUMENTS)
    (new,) = corpus(1, seed=9)
    filled.put([new])
    assert other.search(Query()).total == len(DOCUMENTS) + 1
    filled.put([new])
    assert other.search(Query()).total == len(DOCUMENTS) + 1
    filled.remove([new.key, "nobody"])
    assert other.search(Query()).total == len(DOCUMENTS)
    assert other.health().documents == len(DOCUMENTS)


def test_a_rebuild_answers_only_when_it_is_published(filled: TantivyEngine, folder: Path) -> None:
    before = filled.version()
    build = filled.begin_rebuild()
    build.put(DOCUMENTS[:10])
    build.remove([DOCUMENTS[0].key, "nobody"])
    build.put(DOCUMENTS[1:2])
    assert build.count() == 9
    assert filled.search(Query()).total == len(DOCUMENTS)
    with pytest.raises(RebuildRunning):
        TantivyEngine().begin_rebuild()
    reader = TantivyEngine()
    reader.search(Query())
    build.publish()
    build.discard()
    assert filled.version() != before
    assert reader.search(Query()).total == 9
    assert generations(folder) == [filled.version()]


def test_a_discarded_rebuild_leaves_nothing(filled: TantivyEngine, folder: Path) -> None:
    before = generations(folder)
    build = filled.begin_rebuild()
    build.put(DOCUMENTS[:5])
    build.discard()
    build.discard()
    assert generations(folder) == before
    fill(filled, DOCUMENTS[:3])
    assert filled.search(Query()).total == 3


def test_what_killed_rebuilds_left_is_removed(filled: TantivyEngine, folder: Path) -> None:
    live = filled.version()
    child = os.fork()
    if child == 0:
        filled.begin_rebuild()
        os._exit(9)
    os.waitpid(child, 0)
    assert len(generations(folder)) == 2
    filled.begin_rebuild().discard()
    assert generations(folder) == [live]


def test_what_a_writer_left_that_was_killed_while_it_committed_stops_no_later_one(
    filled: TantivyEngine, folder: Path
) -> None:
    files = folder / filled.version()
    meta = json.loads((files / "meta.json").read_text())
    # The next commit marks what it replaces in a file named by its number: one the killed writer had begun.
    segments = [segment["segment_id"].replace("-", "") for segment in meta["segments"]]
    left = [f"{segment}.{meta['opstamp'] + more}.del" for segment in segments for more in range(1, 6)]
    for name in left:
        (files / name).write_bytes(b"begun")
    managed = files / ".managed.json"
    managed.write_text(json.dumps([*json.loads(managed.read_text()), *left]))
    filled.put([with_title_word(DOCUMENTS[0], "afterwards")])
    assert keys(filled, Query(text=parse_text("afterwards")[0])) == [DOCUMENTS[0].key]


def test_a_forked_process_reads_and_writes(filled: TantivyEngine) -> None:
    filled.search(Query())
    child = os.fork()
    if child == 0:
        try:
            filled.remove([DOCUMENTS[0].key])
            os._exit(0 if filled.search(Query()).total == len(DOCUMENTS) - 1 else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert filled.search(Query()).total == len(DOCUMENTS) - 1


def test_an_index_of_another_shape_is_not_read(filled: TantivyEngine, folder: Path) -> None:
    old = "00000000-7"
    (folder / filled.version()).rename(folder / old)
    (folder / "CURRENT").write_text(old)
    with pytest.raises(SearchUnavailable, match="another version"):
        filled.search(Query())
    assert "another version" in filled.health().detail
    fill(filled, DOCUMENTS[:4])
    assert filled.search(Query()).total == 4
    assert old not in generations(folder)


def test_a_folder_that_vanishes_or_is_swapped_is_noticed(filled: TantivyEngine, folder: Path) -> None:
    assert filled.search(Query()).total == len(DOCUMENTS)
    shutil.rmtree(folder / filled.version())
    with pytest.raises(SearchUnavailable):
        filled.search(Query())
    with pytest.raises(SearchUnavailable):
        filled.put(DOCUMENTS[:1])
    assert not filled.health().ok
    fill(filled, DOCUMENTS[:2])
    assert filled.search(Query()).total == 2


@pytest.mark.parametrize("kind", [".fast", ".store", "meta.json"])
def test_garbled_files_are_trouble_and_no_crash(filled: TantivyEngine, folder: Path, kind: str) -> None:
    for path in (folder / filled.version()).iterdir():
        if path.name.endswith(kind):
            path.chmod(0o644)
            path.write_bytes(os.urandom(path.stat().st_size))
    engine = TantivyEngine()
    assert engine.health().ok is False
    with pytest.raises(SearchUnavailable):
        engine.search(Query())


def test_writers_wait_for_each_other_and_lose_nothing(filled: TantivyEngine) -> None:
    new = list(corpus(24, seed=5))
    threads = [
        threading.Thread(target=lambda part: [filled.put([one]) for one in part], args=(new[n::4],)) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert filled.search(Query()).total == len(DOCUMENTS) + len(new)


def test_a_writer_that_waits_in_vain_says_so(filled: TantivyEngine, folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("search.engines.tantivy.store.WAIT", 0.1)
    with locked(folder / "write.lock", 0) as mine:
        assert mine
        with pytest.raises(SearchUnavailable, match="Another process"):
            filled.put(DOCUMENTS[:1])
        assert filled.search(Query()).total == len(DOCUMENTS)


@pytest.mark.parametrize("sort", ["", "newest", "title"])
def test_pages_are_stable_while_files_merge(filled: TantivyEngine, sort: str) -> None:
    text, _ = parse_text("title")
    queries = [Query(text=text, sort=sort, page=page) for page in range(1, 16)]
    before = [keys(filled, query) for query in queries]
    assert len({key for page in before for key in page}) == len(DOCUMENTS)
    for one in DOCUMENTS[:120:10]:
        filled.put([one])
    filled.compact()
    assert [keys(filled, query) for query in queries] == before


def test_results_can_be_paged_up_to_the_window(folder: Path) -> None:
    engine = fill(TantivyEngine(), list(corpus(WINDOW + 15, words=2)))
    for sort in ("newest", "title", "relevance"):
        text, _ = parse_text("summary" if sort == "relevance" else "")
        last = engine.search(Query(text=text, sort=sort, page=10**9))
        assert (last.total, last.page, last.pages) == (WINDOW + 15, WINDOW // PAGE_SIZE, WINDOW // PAGE_SIZE)
        assert last.is_windowed
        assert len(last.hits) == PAGE_SIZE


def test_a_search_asks_the_database_for_the_terms_at_most(
    filled: TantivyEngine, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(1):
        assert filled.search(Query()).hits
