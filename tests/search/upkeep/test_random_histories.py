"""After any history of changes and a delivery, the index holds what a fresh reading of the database gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest

from cases.gates import GapsRemain
from cases.models import CaseStudyPage, EntryPage, Organisation, Tag, Term
from cases.versions.keeping import erase
from cases.versions.recording import WithdrawnError
from cases.vocabularies.errors import TermChangeError
from cases.vocabularies.merge import merge_terms
from core.models import Withdrawal
from core.withdrawals import NotWithdrawableError, restore, withdraw
from search.upkeep.delivery import deliver
from search.upkeep.models import IndexChange
from search.upkeep.rebuild import rebuild
from tests.factories.entries import make_case, make_method, make_organisation, make_team, publish, team_page, translate
from tests.search.memory_engine import MemoryEngine

TEAMS = ["ken", "uga"]
STEPS = 25


class History:
    """One step after another, each on something that a seed chose."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        for team in TEAMS:
            make_case(make_team(team), tags=["one", "two"], lead=make_organisation("Shared"))

    def step(self) -> None:
        steps = [getattr(self, name) for name in dir(self) if name.startswith("then_")]
        self.random.choice(steps)()

    def page(self) -> Any:
        pks = list(EntryPage.objects.order_by("pk").values_list("pk", flat=True))
        return EntryPage.objects.get(pk=self.random.choice(pks)).specific if pks else make_case()

    def original(self) -> Any:
        page = self.page()
        return page.original.specific if page.original else page

    def term(self, vocabulary: str) -> Term:
        codes = ["health", "education", "energy"] if vocabulary == "themes" else ["ken", "uga"]
        return Term.objects.get(vocabulary=vocabulary, code=self.random.choice(codes))

    def then_make(self) -> None:
        make = self.random.choice([make_case, make_method])
        make(make_team(self.random.choice(TEAMS)), live=self.random.random() < 0.7, tags=["one"])

    def then_publish(self) -> None:
        page = self.page()
        page.title = f"Title {self.random.random()}"
        with suppress(GapsRemain, WithdrawnError):  # what is withdrawn is not published
            publish(page)

    def then_unpublish(self) -> None:
        self.page().unpublish()

    def then_translate(self) -> None:
        original, language = self.original(), self.random.choice(["fr", "es"])
        if not original.translations.filter(locale__language_code=language).exists():
            with suppress(GapsRemain, WithdrawnError):
                translate(original, language, live=self.random.random() < 0.8)

    def then_move(self) -> None:
        original = self.original()
        target = team_page(make_team(self.random.choice(TEAMS)), original.locale.language_code)
        if original.get_parent().pk != target.pk:
            Page.objects.get(pk=original.pk).move(Page.objects.get(pk=target.pk), pos="last-child")

    def then_rename_a_team_page(self) -> None:
        page = team_page(make_team(self.random.choice(TEAMS)))
        page.slug = f"{page.team.code}-{self.random.randrange(1000)}"
        page.save()

    def then_restrict(self) -> None:
        pages = [self.page(), team_page(make_team(self.random.choice(TEAMS)))]
        page = Page.objects.get(pk=self.random.choice(pages).pk)
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def then_open(self) -> None:
        restriction = PageViewRestriction.objects.first()
        if restriction:
            restriction.delete()

    def then_withdraw(self) -> None:
        with suppress(NotWithdrawableError):
            withdraw(self.page(), reason="other")

    def then_restore(self) -> None:
        withdrawal = Withdrawal.objects.filter(restored_at=None).first()
        if withdrawal:
            restore(withdrawal)

    def then_relabel(self) -> None:
        term = self.term(self.random.choice(["themes", "countries"]))
        term.labels = {**term.labels, "fr": f"Étiquette {self.random.random()}"}
        term.save()

    def then_merge(self) -> None:
        with suppress(TermChangeError):
            merge_terms(self.term("themes"), self.term("themes"))

    def then_delete(self) -> None:
        page = self.page()
        if not page.translations.exists():
            erase(page)

    def then_tag(self) -> None:
        page = self.original()
        page.tags.add(f"tag {self.random.randrange(3)}")
        page.save()

    def then_rename_or_delete_a_tag(self) -> None:
        tag = Tag.objects.first()
        if tag and self.random.random() < 0.5:
            tag.delete()
        elif tag:
            tag.name = f"tag {self.random.random()}"
            tag.save()

    def then_rename_an_organisation(self) -> None:
        organisation = self.random.choice(list(Organisation.objects.order_by("pk")))
        organisation.name = f"Organisation {self.random.random()}"
        organisation.save()

    def then_set_dates(self) -> None:
        page, now = self.page(), timezone.now()
        page.go_live_at, page.expire_at = self.random.choice(
            [(now + timedelta(days=1), None), (None, now + timedelta(days=1)), (None, None)]
        )
        page.save(clean=False)

    def then_days_pass(self) -> None:
        days = timedelta(days=2)
        CaseStudyPage.objects.update(go_live_at=F("go_live_at") - days, expire_at=F("expire_at") - days)
        IndexChange.objects.update(due_at=F("due_at") - days)

    def then_something_is_rolled_back(self) -> None:
        with transaction.atomic():
            self.then_publish()
            transaction.set_rollback(True)

    def then_deliver(self) -> None:
        deliver(self.random.choice([1, None]))

    def then_rebuild(self) -> None:
        rebuild()


@pytest.mark.parametrize("seed", range(6))
def test_any_history(repository: None, engine: MemoryEngine, level: Callable[[], set[str]], seed: int) -> None:
    history = History(seed)
    for _step in range(STEPS):
        history.step()
    level()
