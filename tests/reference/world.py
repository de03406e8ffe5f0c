"""A small world in which every state of an entry occurs, with texts from few words so that searches meet."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

from cases.models import EntryPage, Term
from cases.vocabularies.merge import merge_terms
from core.models import Withdrawal
from tests.factories.entries import (
    make_case,
    make_method,
    make_organisation,
    make_team,
    publish,
    team_page,
    translate,
)

WORDS = [
    "survey", "water", "École", "l’école", "données", "well-being", "مِياه", "المياه", "公民数据", "数据", "Ёлка",
    "2015", "women's", "naïve", "100%", "under_score", "Øre", "health",
]  # fmt: skip
COUNTRIES = ["ken", "uga", "fra", "per", "nru", "dnk"]
THEMES = ["health", "education", "water-sanitation", "energy", "youth"]
GROUPS = ["women", "youth", "students", "migrants"]
METHODS = ["household-survey", "interviews", "citizen-sensing"]
SDGS = ["sdg-01", "sdg-04", "sdg-06", "sdg-17"]
USES = ["none", "advocacy", "official-statistics"]
KINDS = ["civic-action", "citizen-science", "barometer"]
TYPES = ["academia", "national-statistical-office", "media"]
STAGES = ["design", "collect", "use", "evaluate"]
LANGUAGES = ["fr", "ar", "zh-hans", "da"]
TAGS = ["Open Data", "open data", "Wasser", "مياه"]
TEAMS = ["ken", "uga", "fra"]


class World:
    """Entries made from one seed: the same seed gives the same world."""

    def __init__(self, seed: int, entries: int = 30, words: list[str] = WORDS) -> None:
        self.random = random.Random(seed)
        self.words = words
        self.teams = [make_team(code) for code in TEAMS]
        self.hidden_team = make_team("per")
        self.organisations = [make_organisation(f"{self.some_text(2)} {code}", code) for code in TYPES]
        pages = [self.case() if self.random.random() < 0.8 else self.method() for _ in range(entries)]
        for page in pages[: entries // 2]:
            for language in self.random.sample(LANGUAGES, self.random.randint(1, 2)):
                live = self.random.random() < 0.8
                translate(page, language, live=live, title=self.some_text(3), summary=self.some_text(4))
        for state, page in zip(STATES, self.random.sample(pages, len(STATES)), strict=True):
            state(self, page)
        restricted = team_page(self.hidden_team)
        PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
        merge_terms(
            Term.objects.get(vocabulary="themes", code="energy"), Term.objects.get(vocabulary="themes", code="health")
        )

    def some_text(self, most: int) -> str:
        return " ".join(self.random.choices(self.words, k=self.random.randint(1, most)))

    def some(self, values: list[str], most: int = 2) -> list[str]:
        return self.random.sample(values, self.random.randint(1, most))

    def case(self) -> EntryPage:
        start = self.random.choice([None, 1920, 2001, 2014, 2019])
        end = start and self.random.choice([None, start, start + 2, start + 70])
        return make_case(
            self.random.choice([*self.teams, self.hidden_team]),
            title=self.some_text(4),
            summary=self.some_text(6),
            problem=f"<p>{self.some_text(8)}</p><p>{self.some_text(3)} &amp; more</p>",
            places=self.some(["Kisumu", "survey hall"]),
            start_year=start,
            end_year=end,
            terms={
                "countries": self.some(COUNTRIES, 3),
                "themes": self.some(THEMES, 3),
                "population_groups": self.some(GROUPS),
                "collection_methods": self.some(METHODS),
                "sdgs": self.some(SDGS),
                "initiative_type": self.some(KINDS, 1),
                "status": self.some(["ongoing", "completed"], 1),
            },
            levels={"design": 1, "collect": 1} | {stage: self.random.randint(1, 5) for stage in self.some(STAGES, 3)},
            uses=self.some(USES),
            lead=self.random.choice(self.organisations),
            partners=[(self.random.choice(self.organisations), "funder")],
            tags=self.some(TAGS),
        )

    def method(self) -> EntryPage:
        return make_method(
            self.random.choice(self.teams),
            title=self.some_text(3),
            summary=self.some_text(5),
            terms={"themes": self.some(THEMES), "collection_methods": self.some(METHODS)},
            stages=self.some(STAGES, 3),
            owner_organisation=self.random.choice([None, *self.organisations]),
        )


def _unpublish(_world: World, page: Any) -> None:
    page.unpublish()


def _embargo(_world: World, page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(go_live_at=timezone.now() + timedelta(days=2))


def _expire(_world: World, page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))


def _restrict(_world: World, page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def _withdraw(_world: World, page: Any) -> None:
    Withdrawal.objects.create(reference=page.reference, translation_key=page.translation_key, reason="risk")


def _restore(_world: World, page: Any) -> None:
    Withdrawal.objects.create(
        reference=page.reference, translation_key=page.translation_key, reason="error", restored_at=timezone.now()
    )


def _move_away(world: World, page: Any) -> None:
    Page.objects.get(pk=page.pk).move(team_page(world.hidden_team), pos="last-child")


def _move(world: World, page: Any) -> None:
    Page.objects.get(pk=page.pk).move(team_page(world.teams[0]), pos="last-child")


def _edit_in_secret(_world: World, page: Any) -> None:
    page.title = "survey water draft"
    page.save_revision()


def _rewrite(world: World, page: Any) -> None:
    page.title = world.some_text(4)
    publish(page)


STATES = (_unpublish, _embargo, _expire, _restrict, _withdraw, _restore, _move_away, _move, _edit_in_secret, _rewrite)
