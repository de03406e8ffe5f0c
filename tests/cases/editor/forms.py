"""Reads the forms of the admin as a browser would: what a page shows is what it sends back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from wagtail.models import Page


class FormReader(HTMLParser):
    """Collects the successful controls of the form `page-edit-form`; what stands in a template is no control."""

    def __init__(self) -> None:
        super().__init__()
        self.data: list[tuple[str, str]] = []
        self.inside = False
        self.templates = 0
        self.select: str | None = None
        self.first: str | None = None
        self.chosen: str | None = None
        self.textarea: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "data-edit-form" in given
        if tag == "template":
            self.templates += 1
        if not self.inside or self.templates or "disabled" in given:
            return
        if tag == "input" and given.get("name"):
            self._input(given)
        elif tag == "select":
            self.select, self.first, self.chosen = given["name"], None, None
        elif tag == "option" and self.select:
            self.first = given["value"] if self.first is None else self.first
            self.chosen = given["value"] if "selected" in given else self.chosen
        elif tag == "textarea":
            self.textarea, self.text = given["name"], ""

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in given:
            return
        if kind not in {"submit", "button", "file"}:
            self.data.append((given["name"], given.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        elif tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            self.data.append((self.select, self.chosen if self.chosen is not None else self.first or ""))
            self.select = None
        elif tag == "textarea" and self.textarea:
            self.data.append((self.textarea, self.text.removeprefix("\n")))
            self.textarea = None


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def read_form(client: Client, url: str) -> QueryDict:
    """What a browser would send if nobody touched the form at `url`."""
    response = client.get(url)
    assert response.status_code == 200, (response.status_code, response.headers)
    reader = FormReader()
    reader.feed(response.content.decode())
    data = QueryDict(mutable=True)
    for name, value in reader.data:
        data.appendlist(name, value)
    assert data, "the page has no form"
    data["story-count"] = "0"  # drawn by script: the cases of these tests have no story
    return data


def send(client: Client, url: str, data: QueryDict, **more: Any) -> HttpResponse:
    """Send the form, with `more` values replaced; a list replaces all values of a name."""
    for name, value in more.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return client.post(url, {name: data.getlist(name) for name in data})


def add_row(data: QueryDict, relation: str, **values: Any) -> None:
    """Add a child row as the button “Add …” does."""
    index = int(data[f"{relation}-TOTAL_FORMS"])
    data[f"{relation}-TOTAL_FORMS"] = str(index + 1)
    for name, value in {"id": "", "ORDER": index + 1, "DELETE": "", **values}.items():
        data[f"{relation}-{index}-{name}"] = str(value)


def messages_of(response: HttpResponse) -> str:
    """The texts of the messages that the page shows."""
    return " ".join(str(message) for message in response.context["messages"])
