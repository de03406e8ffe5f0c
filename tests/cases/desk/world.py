"""A small random world: cases and methods in every state, with terms, languages, drafts and merged terms."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from wagtail.models import PageViewRestriction

from cases.models import CaseStudyPage, EntryPage, Term
from cases.terms import TermRow, current_terms
from cases.vocabularies.merge import merge_terms
from core.models import Withdrawal
from tests.factories.entries import choose, make_case, make_method, make_team, set_levels, translate

FIELDS = {"countries": "countries", "themes": "themes", "sdgs": "sdgs", "population_groups": "population_groups"}
STATES = ("live", "live", "live", "draft", "restricted", "withdrawn", "embargo", "edited", "unpublished")


def some(rng: random.Random, vocabulary: str, least: int = 1) -> list[str]:
    """A few of the first terms, so that they meet."""
    rows = current_terms().of(vocabulary)[:9]
    return [row.code for row in rng.sample(rows, rng.randint(least, 4))]


def make_world(seed: int, size: int = 10) -> list[EntryPage]:
    """Originals in random states; what they have is random, too."""
    rng = random.Random(seed)
    entries = [_entry(rng) for _ in range(size)]
    _merge(rng)
    return entries


def _entry(rng: random.Random) -> EntryPage:
    state = rng.choice(STATES)
    team = make_team(rng.choice(["ken", "uga"]))
    page: EntryPage
    if rng.random() < 0.2:
        page = make_method(team, live=state != "draft", terms=_terms(rng, ["themes", "population_groups"]))
    else:
        page = make_case(team, live=state != "draft", terms=_terms(rng, FIELDS), levels=_levels(rng))
        if rng.random() < 0.3:
            translate(page, "fr", live=state != "draft")
    _bring_to(page, state, rng)
    return page


def _terms(rng: random.Random, fields: Any) -> dict[str, list[str]]:
    return {name: some(rng, name) for name in fields}


def _levels(rng: random.Random) -> dict[str, int]:
    return {"design": 3, "collect": 4, **dict.fromkeys(some(rng, "value_chain_stages"), 2)}


def _bring_to(page: EntryPage, state: str, rng: random.Random) -> None:
    if state == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif state == "withdrawn":
        Withdrawal.objects.create(translation_key=page.translation_key)
    elif state == "embargo":
        type(page).objects.filter(pk=page.pk).update(go_live_at=timezone.now() + dt.timedelta(days=3))
    elif state == "unpublished":
        page.unpublish()
    elif state in ("edited", "draft"):
        choose(page, {"themes": some(rng, "themes")})
        if isinstance(page, CaseStudyPage):
            set_levels(page, {"design": 3, "collect": 4})
        page.save_revision()


def _merge(rng: random.Random) -> None:
    """Two themes become one, and then that one another; one goal is retired."""
    first, second, third = (term_of(row) for row in rng.sample(current_terms().of("themes")[:9], 3))
    merge_terms(first, second)
    merge_terms(Term.objects.get(pk=second.pk), third)
    goal = term_of(current_terms().of("sdgs")[0])
    goal.retired_at = timezone.now()
    goal.save()


def term_of(row: TermRow) -> Term:
    return Term.objects.get(pk=row.id)
