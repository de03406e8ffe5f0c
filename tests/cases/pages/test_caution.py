"""Cases that tell of violence warn before their first text and offer a way out; so do those marked as sensitive."""

from __future__ import annotations

from typing import Any

from django.test import Client

import pytest

from tests.factories.entries import choose, make_case, make_method, publish

pytestmark = pytest.mark.django_db
VIOLENCE = {"themes": ["health", "gender-based-violence"]}
EXIT = 'class="button exit__link" href="https://en.wikipedia.org/" rel="noreferrer nofollow"'


def notice(html: str) -> str:
    assert html.index("content-notice") < html.index('id="problem"')
    return html.split('class="notice notice--warn content-notice"')[1].split("</aside>", maxsplit=1)[0]


def get(page: Any, more: str = "") -> str:
    response = Client().get(page.get_url() + more)
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer", "strict-origin"}
    return response.content.decode()


def test_a_case_of_violence_warns_without_any_mark(repository: None) -> None:
    html = get(make_case(terms=VIOLENCE))
    assert "This case tells of violence" in html
    assert "Gender-based violence" in notice(html)
    assert "Sensitive content" not in html
    assert EXIT in html


def test_a_sensitive_case_warns_with_its_reason(repository: None) -> None:
    html = get(make_case(sensitive=True, sensitive_reason="Names places of refuge."))
    assert "Names places of refuge." in notice(html)
    assert "tells of violence" not in html
    assert EXIT in html


def test_other_entries_have_no_exit(repository: None) -> None:
    for entry in (make_case(), make_method()):
        assert "data-exit" not in get(entry)


def test_the_setting_says_where_the_exit_leads(repository: None, settings: Any) -> None:
    settings.QUICK_EXIT_URL = "https://weather.example/"
    assert 'href="https://weather.example/" rel="noreferrer' in get(make_case(terms=VIOLENCE))


def test_versions_warn_by_what_they_said_and_by_what_the_page_says_today(repository: None) -> None:
    case = make_case(terms=VIOLENCE)
    assert "Gender-based violence" in notice(get(case, "versions/1/"))
    choose(case, {"themes": ["health"]})
    publish(case)
    assert "data-exit" not in get(case)
    assert "Gender-based violence" in notice(get(case, "versions/1/"))
    assert "data-exit" not in get(case, "versions/2/")
    choose(case, {"themes": ["health", "peace-conflict"]})
    publish(case)
    assert "Peace, conflict" in notice(get(case, "versions/2/"))
    for more in ("versions/", "versions/compare/?from=1&to=2"):
        assert EXIT in get(case, more)


def test_a_page_tells_what_the_exit_cannot_do(repository: None) -> None:
    assert 'href="/en/leaving/"' in notice(get(make_case(terms=VIOLENCE)))
    html = Client().get("/en/leaving/").content.decode()
    assert "history of your browser" in html
