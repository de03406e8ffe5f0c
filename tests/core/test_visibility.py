"""What the public may find; queryset and single page agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest

from cases.models import CaseStudyPage, EntryPage
from core import withdrawals
from core.visibility import findable, is_findable
from tests.factories.entries import make_case, make_team, team_page, translate

pytestmark = pytest.mark.usefixtures("repository")


def later(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(go_live_at=timezone.now() + dt.timedelta(days=1))


def begun(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(go_live_at=timezone.now() - dt.timedelta(days=1))


def expired(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(days=1))


def unpublished(page: Page) -> None:
    page.unpublish()


def restricted(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def restricted_above(page: Page) -> None:
    PageViewRestriction.objects.create(page=page.get_parent().get_parent(), restriction_type="password", password="x")


def withdrawn(page: Page) -> None:
    withdrawals.withdraw(page, reason="risk-to-people")


def restored_only(page: Page) -> None:
    withdrawals.restore(withdrawals.withdraw(page, reason="risk-to-people"))


def untouched(page: Page) -> None:
    pass


STATES = [
    (untouched, True),
    (begun, True),
    (later, False),
    (expired, False),
    (unpublished, False),
    (restricted, False),
    (restricted_above, False),
    (withdrawn, False),
    (restored_only, False),
]


@pytest.mark.parametrize(("change", "expected"), STATES, ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.parametrize("model", [Page, EntryPage, CaseStudyPage])
def test_a_page_in_each_state(model: type[Page], change: Callable[[Page], None], expected: bool) -> None:
    case = make_case()
    change(case)
    assert findable(model.objects.filter(pk=case.pk)).exists() is expected
    assert is_findable(case) is expected


@pytest.mark.parametrize(("change", "expected"), STATES, ids=lambda value: getattr(value, "__name__", value))
def test_a_translation_goes_with_its_original(change: Callable[[Page], None], expected: bool) -> None:
    original = make_case()
    french = translate(original, "fr")
    change(original)
    assert is_findable(CaseStudyPage.objects.get(pk=french.pk)) is expected


def test_a_draft_translation_hides_itself_only() -> None:
    original = make_case()
    french = translate(original, "fr", live=False)
    assert not is_findable(french)
    assert is_findable(original)


def test_a_restriction_reaches_its_own_subtree_only() -> None:
    kenyan, ugandan = make_case(), make_case(make_team("uga"))
    restricted(team_page(make_team("ken")))
    assert not is_findable(kenyan)
    assert is_findable(ugandan)


def test_the_rule_costs_one_query_however_many_restrictions(django_assert_num_queries) -> None:
    cases = [make_case() for _ in range(12)]
    for case in cases[:10]:
        restricted(case)
    with django_assert_num_queries(1):
        assert set(findable(CaseStudyPage.objects.all())) == set(cases[10:])


def test_an_unsaved_page_is_not_findable() -> None:
    assert not is_findable(CaseStudyPage(title="Not yet"))
