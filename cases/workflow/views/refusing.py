"""A form of an entry that was not taken: what holds it back, and the way to each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from wagtail.admin import messages

from cases.panels.status import STATUS_HEADING, places_of

SHOWN: Final = 6
"""Lines of the message: the checklist below it has them all."""
SUBMITTING: Final = ("action-submit", "action-restart-workflow")
Obstacle = tuple[str, str | None]
"""What is the matter, and the anchor of the place where it is mended."""


class TellsObstacles:
    """A view that says of a refused form how much holds it back, and links to the fields."""

    request: Any

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say it where Wagtail would list errors under labels that their texts name already."""
        view: Any = self
        answer: HttpResponse
        if view.expects_json_response or self._is_about_else():
            view = super()
            answer = view.form_invalid(form)
            return answer
        submitting = any(self.request.POST.get(name) for name in SUBMITTING)
        messages.error(self.request, _message(list(obstacles(form)), submitting=submitting))
        view.has_unsaved_changes = True
        answer = view.render_to_response(view.get_context_data())
        return answer

    def _is_about_else(self) -> bool:
        """Whether a submission is taken back, or somebody locked the entry: the form does not matter then."""
        return any(getattr(self, name, False) for name in ("is_cancelling_workflow", "locked_for_user"))


def obstacles(form: Any) -> Iterator[Obstacle]:
    """Bad values first, as the checklist does not know them; then gaps."""
    places = places_of(form.instance)
    yield from _bad_values(form, places)
    yield from _bad_rows(form)
    yield from ((str(gap), places.get(gap.field)) for gap in form.gaps_found)


def _bad_values(form: Any, places: Mapping[str, str]) -> Iterator[Obstacle]:
    for name, errors in form.errors.as_data().items():
        label = "" if name == NON_FIELD_ERRORS or name not in form.fields else form[name].label
        for error in errors:
            if error.code != "gap":
                yield from ((_named(label, text), places.get(name)) for text in error.messages)


def _bad_rows(form: Any) -> Iterator[Obstacle]:
    for name, formset in form.formsets.items():
        for row in formset.forms:
            for field, errors in row.errors.items():
                label = "" if field == NON_FIELD_ERRORS else row[field].label
                yield from ((_named(label, text), f"id_{name}-FORMS") for text in errors)


def _named(label: str, text: str) -> str:
    return f"{label}: {text}" if label else text


def _message(found: list[Obstacle], *, submitting: bool) -> SafeString:
    number = len(found)
    if submitting:
        text = ngettext(
            "Not submitted: one thing holds it back.", "Not submitted: %(number)s things hold it back.", number
        )
    else:
        text = ngettext(
            "Not saved: one value has to be mended.", "Not saved: %(number)s values have to be mended.", number
        )
    lines = [_line(*obstacle) for obstacle in found[:SHOWN]]
    if more := number - SHOWN if number > SHOWN else 0:
        lines.append(_line(ngettext("And %(more)s more.", "And %(more)s more.", more) % {"more": more}, STATUS_HEADING))
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("{}<ul>{}</ul>", text % {"number": number}, items)


def _line(text: str, place: str | None) -> SafeString:
    return format_html('<a href="#{}">{}</a>', place, text) if place else format_html("{}", text)


class GoesToMyCases:
    """A view that ends in the list of the person's cases; Wagtail would end in its tree of pages."""

    def redirect_away(self) -> HttpResponse:
        """Go where one came from, else to the list."""
        view: Any = self
        if not view.next_url:
            view.next_url = reverse("cases_authoring:mine")
        view = super()
        answer: HttpResponse = view.redirect_away()
        return answer
