"""The page of a method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Step
from cases.reading import items, participation, quality
from cases.reading.items import Fact, Item
from cases.reading.rows import load_rows
from cases.reading.texts import Text, interface_language
from cases.reading.view import EntryView, Part, Section, section_parts

OPENING: Final = frozenset({"purpose", "when_to_use", "when_not"})


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step: each of its texts may be in another language than the others."""

    title: Text
    text: Text
    who: Text
    time: Text


class MethodView(EntryView):
    """What the page of a method shows."""

    aside = ("participation_level", "cost_band", "time_band", "maturity", "collection_methods", "themes")
    record = ("population_groups", "data_types", "staff", "method_version")
    body = {"needs": ("materials", "skills", "tools", "standards", "accessibility_needs")}

    def _parts(self) -> Iterator[tuple[Part, object]]:
        yield from section_parts(self.opening)
        yield Part("needs", _("What you need")), self.parts["needs"]
        yield Part("steps", _("Steps")), self.steps
        yield from section_parts(self.closing)
        yield Part("checks", _("Quality checks")), self.checks
        yield Part("story", _("Story")), self.story
        yield Part("linked", _("Cases that use this method")), self.linked
        yield from super()._parts()

    @property
    def opening(self) -> tuple[Section, ...]:
        """The sections that say whether to use the method: they stand before the steps."""
        return tuple(section for section in self.sections if section.name in OPENING)

    @property
    def closing(self) -> tuple[Section, ...]:
        """The sections that one reads once the method is chosen."""
        return tuple(section for section in self.sections if section.name not in OPENING)

    @cached_property
    def column(self) -> tuple[Fact, ...]:
        """All facts of the column beside the article."""
        stages = Fact("stage_levels", _("Stages covered"), self.stages, items.is_verified(self.entry, "stage_levels"))
        offline = (Item(gettext("Yes"), interface_language()),) if self.source.offline_able else ()
        label = self.source._meta.get_field("offline_able").verbose_name
        return (stages, *self.facts, Fact("offline_able", label, offline), self.owner)

    def _load(self) -> None:
        super()._load()
        if self.entry is not self.source:
            load_rows(self.entry)

    @cached_property
    def owner(self) -> Fact:
        """The organisation that owns the method."""
        return self.organisation("owner_organisation")

    @cached_property
    def stages(self) -> tuple[Item, ...]:
        """The stages that the method covers."""
        return participation.covered_stages(self.source)

    @cached_property
    def steps(self) -> tuple[Instruction, ...]:
        """The steps in order; a translation takes from the source what it lacks, text by text."""
        own = self.entry.steps.get_object_list() if self.entry is not self.source else []
        rows = self.source.steps.get_object_list()
        return tuple(self._step(row, own[place] if place < len(own) else None) for place, row in enumerate(rows))

    def _step(self, row: Step, own: Step | None) -> Instruction:
        texts = {name: self._step_text(name, row, own) for name in ("title", "text", "who", "time")}
        return Instruction(**texts)

    def _step_text(self, name: str, row: Step, own: Step | None) -> Text:
        if own is not None and (text := getattr(own, name)):
            return Text(text, self.entry.locale.language_code)
        return Text(getattr(row, name), self.source_language, borrowed=self.entry is not self.source)

    @cached_property
    def checks(self) -> tuple[quality.Check, ...]:
        """Questions to ask of the results."""
        return quality.checks(self.source, self.source_language)
