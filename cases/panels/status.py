"""What the editor says about the entry: gaps with links to the fields, completeness, what follows from the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.forms import Media
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wagtail.admin.panels import Panel, TabbedInterface

from cases import derived, gates
from cases.authoring.likeness import likely_duplicates
from cases.authoring.translations import is_older, standings
from cases.term_fields import fields_of
from cases.workflow.models import Submission
from cases.workflow.state import Step

STATUS_HEADING: Final = "entry-status-heading"
BETWEEN_TAGS: Final = re.compile(r">\s+<")


class StatusPanel(Panel):
    """What still blocks publication, and how complete the entry is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cases/admin/status.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Gaps and missing fields of the draft in the form, each with the place where it is mended."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            entry, places = self.instance, places_of(self.instance)
            found = gates.gaps(entry, gates.Moment.SHOWING)
            blocking = {gap.field for gap in found}
            complete = None if entry.is_translation else derived.completeness(entry)
            missing = [item for item in complete.missing if item[0] not in blocking] if complete else []
            return {
                **context,
                **self._of_others(entry),
                "entry": entry,
                "request_for_changes": _request_for_changes(entry),
                "places": places,
                "gaps": [(gap.message, places.get(gap.field)) for gap in found],
                "complete": complete,
                "missing": [(label, places.get(name)) for name, label in missing],
                "notices": list(_notices(entry)),
            }

        def _of_others(self, entry: Any) -> dict[str, Any]:
            """What other entries have to do with this one: likely duplicates of a draft, and its other languages."""
            user = self.request.user
            likes = likely_duplicates(entry, user) if entry.first_published_at is None else []
            if entry.pk is None:
                return {"likes": likes}
            if entry.is_translation:
                return {"is_older": is_older(entry)}
            return {"likes": likes, "standings": standings([entry])[entry.pk]}


def places_of(entry: Any) -> dict[str, str]:
    """The anchor of each field in the editor of an entry."""
    return dict(_places(entry.get_edit_handler(), "panel"))


def _places(panel: Any, prefix: str) -> Iterator[tuple[str, str]]:
    """The anchor of every field and every list of rows of an edit handler."""
    for child, identifier in zip(panel.children, panel.child_identifiers, strict=True):
        if name := getattr(child, "field_name", ""):
            yield name, f"{prefix}-child-{identifier}-wrapper"
        elif name := getattr(child, "relation_name", ""):
            yield name, f"id_{name}-FORMS"
        elif hasattr(child, "children"):
            yield from _places(child, f"{prefix}-child-{identifier}")


def _request_for_changes(entry: Any) -> str:
    """What a moderator asked the team to change, as long as it is the team's turn."""
    asked = (
        Submission.objects.filter(entry=entry.pk, step=Step.CHANGES_ASKED) if entry.pk else Submission.objects.none()
    )
    return asked.values_list("workflow_state__current_task_state__comment", flat=True).order_by("-pk").first() or ""


def _notices(entry: Any) -> Iterator[str | Promise]:
    if entry.kind != "case" or entry.is_translation:
        return
    basis = entry.chosen_one("consent_basis")
    if basis is not None and basis.code == "not-documented":
        yield _("Consent is not documented: the case may be described, but no data file may be attached.")
    if derived.proposes_sensitive(entry) and not entry.sensitive:
        yield _("Groups or consent basis suggest that this case is sensitive. Consider the mark under “Ethics”.")
    if derived.violence(entry):
        yield _("Its themes tell of violence: the page will warn its readers and let them leave quickly.")


class EntryTabs(TabbedInterface):
    """The tabs of an entry below its status."""

    def __init__(self, children: Any = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(children, *args, **kwargs)
        self.status = StatusPanel()

    def on_model_bound(self) -> None:
        """Bind the status as well."""
        super().on_model_bound()
        self.status = self.status.bind_to_model(self.model)

    class BoundPanel(TabbedInterface.BoundPanel):
        template_name = "cases/admin/entry_tabs.html"

        def render_html(self, parent_context: Any = None) -> SafeString:
            """Draw the tabs without the indentation between tags, a sixth of the page."""
            return mark_safe(BETWEEN_TAGS.sub("> <", super().render_html(parent_context)))

        @property
        def media(self) -> Media:
            """Style and script of the editor, also where a translation has no lists of terms."""
            scripts = [f"cases/{name}.js" for name in ("admin", "status", "unsaved")]
            return super().media + Media(css={"all": ["cases/admin.css"]}, js=scripts)

        @property
        def status(self) -> Any:
            """The status of the entry in the form."""
            return self.panel.status.get_bound_panel(self.instance, self.request, self.form, prefix="status")


class DerivedPanel(Panel):
    """One thing that follows from the data and cannot be typed in; `tell` gives its text, empty to hide it."""

    def __init__(self, tell: Callable[[Any], str] = lambda entry: "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tell = tell

    def clone_kwargs(self) -> dict[str, Any]:
        """Keep what this class adds."""
        return {**super().clone_kwargs(), "tell": self.tell}

    class BoundPanel(Panel.BoundPanel):
        template_name = "cases/admin/derived.html"

        def is_shown(self) -> bool:
            """Not on a translation, whose original tells it."""
            return self.instance is not None and not self.instance.is_translation

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the text."""
            return {**super().get_context_data(parent_context), "text": self.panel.tell(self.instance)}


def tell_regions(entry: Any) -> str:
    """Regions of the chosen countries."""
    return ", ".join(region.label() for region in derived.regions(entry)) or _("They follow from the countries.")


def tell_verdict(entry: Any) -> str:
    """Result of the citizen-data test with its reason."""
    verdict = derived.citizen_data_test(entry)
    if verdict is None:
        return _("It follows from the levels for design and collection.")
    return format_html("<b>{}</b> {}", verdict.label, verdict.reason)


def tell_reference(entry: Any) -> str:
    """The permanent reference."""
    return entry.reference or _("It is given when the entry is first saved.")


class OriginalPanel(Panel):
    """On a translation: where the structured fields are edited, and what they say."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cases/admin/original.html"

        def is_shown(self) -> bool:
            """Only on a translation."""
            return self.instance is not None and self.instance.is_translation

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The original with its terms."""
            source = self.instance.source
            chosen = [(field.label, source.chosen(field.name)) for field in fields_of(source.kind)]
            return {
                **super().get_context_data(parent_context),
                "source": source,
                "edit_url": reverse("wagtailadmin_pages:edit", args=[source.pk]),
                "chosen": [(label, ", ".join(term.label() for term in terms)) for label, terms in chosen if terms],
            }
