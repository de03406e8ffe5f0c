"""What each role may do with an entry in the admin, ruled one by one; nobody publishes past the workflow."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page, PageViewRestriction

import pytest

from cases.models import CaseStudyPage, EntryPage
from cases.workflow import door
from home.models import HomePage, PlainPage
from tests.cases.editor.forms import edit_url, read_form, send
from tests.cases.workflow.conftest import ROLES, People, is_live
from tests.factories.entries import make_case, make_team, team_page

pytestmark = pytest.mark.django_db

#            edit, unschedule, restrict, submit, delete draft, move, lock, see revisions
TABLE = {
    "expert": (True, True, False, True, True, False, False, True),
    "lead": (True, True, False, True, True, False, False, True),
    "stranger": (False, False, False, False, False, False, False, False),
    "reviewer": (False, False, False, False, False, False, False, False),
    "editor": (True, True, True, True, True, True, True, True),
    "ethics": (True, False, False, True, False, False, False, True),
    "admin": (True, True, True, True, True, True, True, True),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_each_role_may_do_with_a_draft(people: People, case: CaseStudyPage, name: str) -> None:
    may = case.permissions_for_user(people[name].user)
    found = (
        may.can_edit(), may.can_unschedule(), may.can_set_view_restrictions(), may.can_submit_for_moderation(),
        may.can_delete(), may.can_move(), may.can_lock(), may.can_view_revisions(),
    )  # fmt: skip
    assert found == TABLE[name]


@pytest.mark.parametrize("name", ROLES)
def test_nobody_publishes_unpublishes_or_deletes_what_was_public(people: People, name: str) -> None:
    case = make_case(make_team("ken"))
    parent = team_page(make_team("ken"))
    may, below = case.permissions_for_user(people[name].user), parent.permissions_for_user(people[name].user)
    assert not any((may.can_publish(), may.can_unpublish(), may.can_delete(), may.can_publish_subpage()))
    assert not any((may.can_reorder_children(), below.can_publish_subpage(), below.can_delete(), below.can_unpublish()))
    assert not any((below.can_move(), below.can_copy(), below.can_submit_for_moderation()))
    assert below.can_reorder_children() is (name in {"editor", "editor2", "both", "admin"})
    # a page that was read as a plain one asks the same rules
    assert not Page.objects.get(pk=case.pk).permissions_for_user(people[name].user).can_publish()


def test_a_closed_account_may_nothing(people: People, case: CaseStudyPage) -> None:
    user = people["admin"].user
    user.is_active = False
    may = case.permissions_for_user(user)
    assert not any((may.can_edit(), may.can_publish(), may.can_move(), may.can_lock(), may.can_delete()))


def test_editors_still_publish_pages_that_are_no_entries(people: People) -> None:
    about = PlainPage(title="Notice", slug="notice", body="<p>A</p>", live=False)
    HomePage.objects.get(locale__language_code="en").add_child(instance=about)
    about.save_revision()
    assert not about.has_workflow
    data = read_form(people["editor"].client, edit_url(about))
    assert send(people["editor"].client, edit_url(about), data, action__publish="action-publish").status_code == 302
    about.refresh_from_db()
    assert about.live


@pytest.mark.parametrize("name", ["editor", "admin"])
class TestDoors:
    def test_publish_in_the_editor(self, people: People, case: CaseStudyPage, name: str) -> None:
        client = people[name].client
        page = client.get(edit_url(case)).content.decode()
        assert 'name="action-publish"' not in page
        send(client, edit_url(case), read_form(client, edit_url(case)), action__publish="action-publish")
        assert not is_live(case)

    def test_publish_of_an_older_version(self, people: People, case: CaseStudyPage, name: str) -> None:
        old = case.get_latest_revision()
        case.save_revision()
        client = people[name].client
        url = reverse("wagtailadmin_pages:revisions_revert", args=[case.pk, old.pk])
        send(client, url, read_form(client, url), action__publish="action-publish", revision=str(old.pk))
        assert not is_live(case)

    def test_publish_while_creating(self, people: People, name: str) -> None:
        client = people[name].client
        url = f"/admin/pages/add/cases/methodpage/{team_page(make_team('ken')).pk}/"
        data = read_form(client, url)
        response = send(client, url, data, title="At once", slug="at-once", action__publish="action-publish")
        assert response.status_code == 302
        assert not EntryPage.objects.get(slug="at-once").live

    def test_publish_by_bulk_action(self, people: People, case: CaseStudyPage, name: str) -> None:
        for pk, more in ((case.pk, {}), (case.get_parent().pk, {"include_descendants": "on"})):
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
            people[name].client.post(f"{url}?id={pk}&next=/admin/pages/", more)
        assert not is_live(case)

    def test_unpublish_by_hand_and_in_bulk(self, people: People, name: str) -> None:
        case = make_case(make_team("ken"))
        client = people[name].client
        client.post(reverse("wagtailadmin_pages:unpublish", args=[case.pk]))
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        for pk in (case.pk, case.get_parent().pk):
            client.post(f"{url}?id={pk}&next=/admin/pages/", {"include_descendants": "on"})
        assert is_live(case)

    def test_delete_what_was_published_or_is_submitted(
        self, people: People, submitted: CaseStudyPage, name: str
    ) -> None:
        client, public = people[name].client, make_case(make_team("ken"))
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        for page in (public, submitted, public.get_parent()):
            client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
            client.post(f"{url}?id={page.pk}&next=/admin/pages/")
            assert Page.objects.filter(pk=page.pk).exists()

    def test_move_what_is_under_review(self, people: People, submitted: CaseStudyPage, name: str) -> None:
        target = team_page(make_team("uga"))
        people[name].client.post(reverse("wagtailadmin_pages:move_confirm", args=[submitted.pk, target.pk]))
        assert CaseStudyPage.objects.get(pk=submitted.pk).team.code == "ken"

    def test_copies_that_stay_live(self, people: People, name: str) -> None:
        case = make_case(make_team("ken"))
        for user in (people[name].user, None):
            with pytest.raises(Exception, match=r"publish|approval"):
                CopyPageAction(case, to=case.get_parent(), update_attrs={"slug": "copy"}, user=user).execute()
        assert not EntryPage.objects.filter(slug="copy", live=True).exists()

    def test_an_alias_made_a_page(self, people: People, name: str) -> None:
        case = make_case(make_team("ken"))
        alias = case.create_alias(update_slug="mirror")
        client = people[name].client
        client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
        assert CaseStudyPage.objects.get(pk=alias.pk).alias_of_id == case.pk
        with pytest.raises(door.NotCleared):
            ConvertAliasPageAction(alias).execute()


def test_a_page_put_live_by_saving_it_is_refused(people: People, case: CaseStudyPage) -> None:
    page = CaseStudyPage.objects.get(pk=case.pk)
    page.live = True
    with pytest.raises(door.NotCleared):
        page.save()
    born_live = CaseStudyPage(title="Born live", slug="born-live")
    with pytest.raises(door.NotCleared):
        team_page(make_team("ken")).add_child(instance=born_live)


def restrict(person: Any, page: Page) -> None:
    data = {"restriction_type": "login"}
    person.client.post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), data)


@pytest.mark.parametrize(("name", "may"), [("expert", False), ("ethics", False), ("editor", True), ("admin", True)])
def test_restrictions_are_set_by_editors(people: People, name: str, may: bool) -> None:
    case = make_case(make_team("ken"))
    restrict(people[name], case)
    assert PageViewRestriction.objects.filter(page=case.pk).exists() is may


def test_an_older_author_loses_an_entry_that_moved_to_another_team(people: People) -> None:
    case = make_case(make_team("ken"))
    target = team_page(make_team("uga"))
    people["editor"].client.post(reverse("wagtailadmin_pages:move_confirm", args=[case.pk, target.pk]))
    moved = CaseStudyPage.objects.get(pk=case.pk)
    assert moved.team.code == "uga"
    assert not moved.permissions_for_user(people["expert"].user).can_edit()
    assert moved.permissions_for_user(people["stranger"].user).can_edit()


def test_a_move_keeps_the_language(people: People, case: CaseStudyPage) -> None:
    french = team_page(make_team("uga"), "fr")
    assert not case.permissions_for_user(people["admin"].user).can_move_to(french)
