"""Who is who, and what co-author teams may do."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

import pytest

from accounts.models import User
from accounts.roles import EDITORS, ETHICS
from cases import people
from cases.models import CaseStudyPage, EntryPage
from tests.cases.members.conftest import account, fresh
from tests.factories.entries import make_case, make_team, translate

pytestmark = pytest.mark.usefixtures("repository")


def test_roles_and_teams_are_read_once(django_assert_max_num_queries) -> None:
    user = account("a@example.org", "team:ken", "team-lead:uga", EDITORS)
    ken, uga = make_team("ken"), make_team("uga")
    cases = [make_case(ken), make_case(uga), make_case(make_team("international"))]
    user = fresh(user)
    with django_assert_max_num_queries(3):
        for _ in range(5):
            assert people.teams_of(user) == {ken.pk, uga.pk}
            assert people.led_by(user) == {uga.pk}
            assert people.is_editor(user)
            assert not people.is_ethics(user)
            assert people.is_moderator(user)
            assert [people.is_of_team(user, case) for case in cases] == [True, True, False]


def test_strangers_and_closed_accounts_are_nobody() -> None:
    closed = account("a@example.org", "team:ken", EDITORS)
    closed.is_active = False
    for user in (AnonymousUser(), closed, None):
        assert not people.is_moderator(user)
        assert not people.teams_of(user)


def test_administrators_hold_every_role() -> None:
    user = User.objects.create_superuser("root@example.org")
    assert people.is_editor(user)
    assert people.is_ethics(user)
    assert people.is_reviewer(user)
    assert list(people.editors()) == []


def test_people_are_listed_once_and_without_closed_accounts() -> None:
    both = account("b@example.org", "team:ken", "team-lead:ken")
    expert = account("a@example.org", "team:ken")
    User.objects.filter(pk=account("c@example.org", "team:ken").pk).update(is_active=False)
    moderator = account("m@example.org", ETHICS)
    assert list(people.members(make_team("ken"))) == [expert, both]
    assert list(people.leads(make_team("ken"))) == [both]
    assert list(people.ethics_moderators()) == [moderator]


def test_a_co_author_team_edits_every_language_of_the_entry_until_it_is_removed() -> None:
    user = account("u@example.org", "team:uga")
    case, other = make_case(make_team("ken"), live=False), make_case(make_team("ken"), live=False)
    french = translate(case, "fr", live=False)
    assert not case.permissions_for_user(fresh(user)).can_edit()
    case.co_teams.add(make_team("uga"))
    spanish = translate(case, "es", live=False)
    for page in (case, french, spanish):
        assert page.permissions_for_user(fresh(user)).can_edit()
        assert people.is_of_team(fresh(user), page)
        assert not page.permissions_for_user(fresh(user)).can_publish()
    assert not other.permissions_for_user(fresh(user)).can_edit()
    case.co_teams.remove(make_team("uga"))
    for page in (case, french, spanish):
        assert not page.permissions_for_user(fresh(user)).can_edit()
        assert not people.is_of_team(fresh(user), page)


def test_co_authors_follow_from_the_team_s_side_too() -> None:
    user = account("u@example.org", "team-lead:uga")
    case = make_case(make_team("ken"), live=False)
    uga = make_team("uga")
    uga.coauthored.add(EntryPage.objects.get(pk=case.pk))
    assert case.permissions_for_user(fresh(user)).can_edit()
    uga.coauthored.clear()
    assert not case.permissions_for_user(fresh(user)).can_edit()


def test_co_author_teams_are_no_part_of_revisions_or_copies() -> None:
    case = make_case(make_team("ken"), live=False)
    case.co_teams.add(make_team("uga"))
    case.save_revision()
    assert CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object().co_teams.count() == 1
    copy = case.copy(keep_live=False, update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.co_teams.count() == 0
