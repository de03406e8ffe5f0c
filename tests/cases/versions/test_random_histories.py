"""Whatever happens to an entry, each version goes on saying what was published then."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from django.test import Client

import pytest

from accounts.models import User
from cases.models import CaseStudyPage, Organisation, PublishedVersion, Term
from cases.terms import current_terms
from cases.vocabularies.errors import TermChangeError
from cases.vocabularies.merge import merge_terms
from cases.withdrawing import actions
from tests.factories.entries import choose, make_case, make_organisation, publish, set_levels, translate

SEEDS = range(4)
STEPS = 18
THEMES = ["health", "education", "youth", "energy", "air-quality", "land-territories"]
MAIN = re.compile(r'<div class="entry-main">.*?<section class="entry-section" id="cite"', re.DOTALL)
TITLE = re.compile(r"<h1.*?</h1>", re.DOTALL)
GLANCE = re.compile(r'<aside class="entry-glance".*?</aside>', re.DOTALL)
FACTS = re.compile(r'<aside class="entry-record".*?<a class="reference"', re.DOTALL)
LINKS = re.compile(r'href="[^"]*"|<p class="chart__numbers">.*?</p>', re.DOTALL)
"""Where links lead, and the ways to the numbers of today, which a version does not offer."""
SPACE = re.compile(r"\s+")


def shown(path: str) -> tuple[str, ...] | None:
    """What a page says: title, article and facts, without where its links lead; None while it cannot be read."""
    response = Client().get(path)
    if response.status_code != 200:
        return None
    page = response.content.decode()
    parts = [pattern.search(page) for pattern in (TITLE, MAIN, GLANCE, FACTS)]
    assert all(parts), path
    return tuple(SPACE.sub(" ", LINKS.sub("", part[0])) for part in parts if part)


class History:
    """One entry with a translation, random changes, and what its live pages said at each publication."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.user = User.objects.create_superuser(f"admin-{seed}@example.org")
        self.other = User.objects.create_superuser(f"other-{seed}@example.org")
        self.case = make_case(title="Title 0", terms={"themes": ["health"]})
        self.french = translate(self.case, "fr", title="Titre 0")
        self.said: dict[tuple[int, int], Any] = {}
        self.note()

    def note(self) -> None:
        """Remember what the newest versions said when they were new: only the page just published is new."""
        for page in (self.case, self.french):
            last = PublishedVersion.objects.filter(entry=page.pk).order_by("-number").first()
            if last and (page.pk, last.number) not in self.said:
                self.said[page.pk, last.number] = shown(page.get_url())

    def fresh(self) -> CaseStudyPage:
        return CaseStudyPage.objects.get(pk=self.case.pk).get_latest_revision_as_object()

    def then_edit(self) -> None:
        page, number = self.fresh(), self.random.randrange(1000)
        page.title, page.results = f"Title {number}", f"<p>Results {number}</p>"
        codes = self.random.sample(THEMES, self.random.randint(1, 3))
        known = [code for code in codes if (t := current_terms().find("themes", code)) and not t.retired]
        if known:
            choose(page, {"themes": known})
        set_levels(page, {"design": self.random.randint(1, 5), "collect": self.random.randint(1, 5)})
        if self.random.random() < 0.5:
            page.lead_organisation = make_organisation()
        page.save_revision()

    def then_publish(self) -> None:
        if CaseStudyPage.objects.filter(pk=self.case.pk).exists() and not self.withdrawn():
            publish(self.fresh())

    def then_publish_the_translation(self) -> None:
        if not self.withdrawn():
            page = CaseStudyPage.objects.get(pk=self.french.pk).get_latest_revision_as_object()
            page.title = f"Titre {self.random.randrange(1000)}"
            publish(page)

    def withdrawn(self) -> Any:
        from core.withdrawals import active

        return active(self.case.translation_key)

    def then_withdraw_or_restore(self) -> None:
        if withdrawal := self.withdrawn():
            lift = self.random.choice([actions.restore, actions.republish])
            lift(withdrawal, self.other)
        elif CaseStudyPage.objects.filter(pk=self.case.pk, live=True).exists():
            actions.withdraw(self.case, self.user, "other", note="x")

    def then_relabel_or_merge(self) -> None:
        rows = [t for code in THEMES if (t := current_terms().find("themes", code)) and not t.retired]
        term = Term.objects.get(pk=self.random.choice(rows).id)
        if self.random.random() < 0.5 and len(rows) > 2:
            into = Term.objects.get(pk=self.random.choice([row.id for row in rows if row.id != term.pk]))
            try:
                merge_terms(term, into)
            except TermChangeError:
                return
        else:
            term.labels = {**term.labels, "en": f"Label {self.random.randrange(1000)}"}
            term.save()

    def then_rename_an_organisation(self) -> None:
        organisation = Organisation.objects.order_by("?").first()
        if organisation:
            organisation.name = f"Renamed {self.random.randrange(100000)}"
            organisation.save()

    def step(self) -> None:
        names = sorted(name for name in dir(self) if name.startswith("then_"))
        getattr(self, self.random.choice(names))()


@pytest.mark.parametrize("seed", SEEDS)
def test_each_version_says_what_was_published_then(repository: None, seed: int) -> None:
    history = History(seed)
    for _number in range(STEPS):
        history.step()
        history.note()
    if withdrawal := history.withdrawn():
        actions.restore(withdrawal, history.other)
    for page in (history.case, history.french):
        if not CaseStudyPage.objects.get(pk=page.pk).live:
            publish(CaseStudyPage.objects.get(pk=page.pk).get_latest_revision_as_object())
    history.note()
    for page in (history.case, history.french):
        numbers = [number for key, number in history.said if key == page.pk]
        assert numbers == list(range(1, len(numbers) + 1))
        for number in numbers:
            then = history.said[page.pk, number]
            if then is not None:
                assert shown(f"{page.get_url()}versions/{number}/") == then, (seed, page.locale, number)
    assert sum(value is not None for value in history.said.values()) >= 2
