"""Failed searches help editors and give nobody away: no trace of a person, and nothing that few have typed."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chores import run_due
from search.failed import noting
from search.failed.models import FailedSearch
from search.failed.noting import ENOUGH_DAYS, ENOUGH_SEARCHES, KEPT, MOST_WAITING, forget, note, tidy, write
from search.failed.words import LITTLE, MOST_DIGITS, fit_words, kept_words
from search.query import Query
from search.synonyms.models import SynonymSet
from tests.cases.desk.conftest import read_csv
from tests.cases.editor.conftest import sign_in
from tests.factories.entries import make_case

pytestmark = pytest.mark.usefixtures("repository")
LIST = "/admin/desk/failed-searches/"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    forget()


def query(text: str, language: str = "en", **choices: str) -> Query:
    request = RequestFactory().get("/", {"q": text, **choices})
    return Query.parse(request.GET, language)[0]


def search(client: Client, text: str, times: int = 1, language: str = "en", **choices: str) -> None:
    for _ in range(times):
        assert client.get(f"/{language}/search/", {"q": text, **choices}).status_code == 200


def read() -> dict[tuple[str, str], int]:
    write()
    return {(row["language"], row["words"]): row["times"] for row in FailedSearch.objects.readable()}


def age(days: int) -> None:
    """As if everything that was written had been searched for so many days before."""
    for row in FailedSearch.objects.order_by("day"):
        FailedSearch.objects.filter(pk=row.pk).update(day=row.day - dt.timedelta(days=days))


def test_words_can_be_read_once_enough_searches_had_them(client: Client) -> None:
    search(client, "Zzyzx", ENOUGH_SEARCHES - 1)
    assert read() == {}
    assert not FailedSearch.objects.exclude(words="").exists()
    search(client, "zzyzx")
    assert read() == {("en", "zzyzx"): ENOUGH_SEARCHES}


def test_or_once_they_failed_on_enough_days(client: Client) -> None:
    for _ in range(ENOUGH_DAYS - 1):
        search(client, "zzyzx")
        assert read() == {}
        age(1)
    search(client, "zzyzx")
    assert read() == {("en", "zzyzx"): ENOUGH_DAYS}


def test_nothing_in_the_table_tells_who_or_what_before() -> None:
    columns = {field.name for field in FailedSearch._meta.concrete_fields}
    assert columns == {"id", "fingerprint", "language", "day", "words", "requests", "found"}
    note(query("Amina Wanjiku"), 0)
    write()
    row = FailedSearch.objects.get()
    assert "amina" not in str(vars(row))
    assert row.words == ""


def test_languages_are_counted_apart_and_accents_are_not(client: Client) -> None:
    for text in ("Recensément", "recensement", "“RECENSEMENT”", "recensement ", "récensement"):
        search(client, text, language="fr")
    search(client, "recensement", ENOUGH_SEARCHES - 1)
    assert read() == {("fr", "recensement"): 5}


def test_a_search_that_finds_enough_did_not_fail(client: Client) -> None:
    for number in range(LITTLE + 1):
        make_case(title=f"Wells {number}")
    make_case(title="Springs")
    search(client, "wells", ENOUGH_SEARCHES)
    search(client, "springs", ENOUGH_SEARCHES)
    assert read() == {("en", "springs"): ENOUGH_SEARCHES}
    assert FailedSearch.objects.get().found == 1


def test_choices_pages_and_exclusions_say_nothing_of_words(client: Client) -> None:
    search(client, "zzyzx", ENOUGH_SEARCHES, theme="health")
    search(client, "wells -dry", ENOUGH_SEARCHES)
    search(client, "", ENOUGH_SEARCHES)
    assert read() == {}
    assert not FailedSearch.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "amina@example.org", "amina＠example.org", "amina @ home", "https://example.org/x", "www example org",
        "example.org", "+254 712 345 678", "0712-345-678", "٠٧١٢٣٤٥٦", "id 12345", "１２３４５", "1 2 3 4 5", "a" * 200,
        "one two three four five six seven eight nine",
    ],
)  # fmt: skip
def test_addresses_numbers_and_long_texts_are_never_kept(client: Client, text: str) -> None:
    search(client, text, ENOUGH_SEARCHES)
    read()
    assert not FailedSearch.objects.exists()


@given(st.text(max_size=120))
def test_what_is_kept_is_short_and_holds_no_number(text: str) -> None:
    words = fit_words(text)
    assert len(words) <= 160
    assert "@" not in words
    assert sum(character.isdigit() for character in words) <= MOST_DIGITS
    assert kept_words(query(text), LITTLE + 1) == ""


def test_years_and_targets_are_words_like_others() -> None:
    assert fit_words("Census 2019") == "census 2019"
    assert fit_words("target 17.18") == "target 17 18"


def test_counting_costs_a_search_no_sql(client: Client) -> None:
    client.get("/en/search/?q=zzyzx")
    with CaptureQueriesContext(connection) as first:
        client.get("/en/search/?q=zzyzx&theme=health")
    with CaptureQueriesContext(connection) as counted:
        client.get("/en/search/?q=zzyzy&theme=health")
    assert len(first) == len(counted)
    assert not any("failedsearch" in entry["sql"] for entry in counted.captured_queries)


def test_memory_is_bounded() -> None:
    for number in range(MOST_WAITING + 50):
        note(query("word" + "abcdefghij"[number % 10] * (number // 10 + 1)), 0)
    assert write() <= MOST_WAITING


def test_the_table_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "MOST_ROWS", 20)
    for word in ("alpha", "beta", "gamma", "delta"):
        for suffix in "abcdefghij":
            note(query(word + suffix), 0)
        write()
        assert FailedSearch.objects.count() <= 20
    for _ in range(ENOUGH_SEARCHES):
        note(query("omega"), 0)
    assert read() == {("en", "omega"): ENOUGH_SEARCHES}


def test_old_rows_go(client: Client) -> None:
    search(client, "zzyzx", ENOUGH_SEARCHES)
    read()
    age(KEPT.days)
    assert tidy() == 0
    age(1)
    run_due()
    assert not FailedSearch.objects.exists()


def test_editors_read_them_and_add_synonyms(client: Client) -> None:
    search(client, "Zzyzx road", ENOUGH_SEARCHES)
    search(client, "matatu", ENOUGH_SEARCHES + 1, language="fr")
    read()
    editor = sign_in("editor@example.org", "Editors")
    page = editor.get(LIST).content.decode()
    assert page.index("matatu") < page.index("zzyzx road")
    assert "/admin/synonyms/new/?language=en&amp;terms=zzyzx+road" in page
    form = editor.get("/admin/synonyms/new/?language=en&terms=zzyzx+road").content.decode()
    assert "zzyzx road" in form
    SynonymSet.objects.create(language="en", terms=["zzyzx road", "desert road"])
    rows = {row["Words"]: row for row in read_csv(editor, LIST)}
    assert {words: row["Synonyms"] for words, row in rows.items()} == {"zzyzx road": "yes", "matatu": "no"}
    assert rows["matatu"]["Last"] == timezone.now().date().isoformat()
    assert "matatu" not in editor.get(f"{LIST}?language=en").content.decode()
    assert "matatu" in editor.get(f"{LIST}?words=Matatu&found=nothing").content.decode()


def test_an_ethics_moderator_reads_but_has_no_form(client: Client) -> None:
    search(client, "zzyzx", ENOUGH_SEARCHES)
    read()
    page = sign_in("ethics@example.org", "Ethics moderators").get(LIST).content.decode()
    assert "zzyzx" in page
    assert "/admin/synonyms/" not in page


def test_an_odd_address_of_the_form_does_no_harm() -> None:
    editor = sign_in("editor@example.org", "Editors")
    assert editor.get("/admin/synonyms/new/?language=xx&terms=&terms=%00").status_code == 200


def test_sql_of_the_list_does_not_grow(client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(LIST)
        return len(captured)

    day = timezone.now().date()

    def fill(start: int, end: int) -> None:
        FailedSearch.objects.bulk_create(
            FailedSearch(fingerprint=str(n), language="en", day=day, words=f"word {n}", requests=9)
            for n in range(start, end)
        )

    editor = sign_in("editor@example.org", "Editors")
    fill(0, 10)
    count()
    few = count()
    fill(10, 1000)
    assert count() == few
