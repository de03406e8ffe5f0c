"""Every publication writes its version, once, numbered without holes, and nothing takes it away."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Revision

import pytest

from accounts.models import User
from cases.exchange.problems import ExchangeError
from cases.gates import GapsRemain
from cases.models import CaseStudyPage, PublishedVersion
from cases.versions.keeping import erase
from cases.versions.snapshot import content_digest, digest_of
from cases.workflow import door
from search.upkeep.schedule import Schedule
from tests.conftest import load_base
from tests.factories.entries import make_case, make_method, make_organisation, publish, translate
from tests.factories.rows import fill_rows

THREADS = 8


def versions(page: Any) -> list[PublishedVersion]:
    return list(PublishedVersion.objects.filter(entry=page.pk).order_by("number"))


def numbers(page: Any) -> list[int]:
    return [version.number for version in versions(page)]


def account(email: str, *groups: str) -> User:
    user = User.objects.create_user(email)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.mark.usefixtures("repository")
class TestDoors:
    def test_immediately(self) -> None:
        editor, expert = account("editor@example.org"), account("expert@example.org")
        case = make_case(live=False)
        revision = case.save_revision(user=expert)
        assert versions(case) == []
        door.publish(revision, reason="test", user=editor)
        (version,) = versions(case)
        assert (version.number, version.revision) == (1, revision)
        assert (version.approved_by, version.submitted_by) == (editor, expert)
        assert version.published_at == CaseStudyPage.objects.get(pk=case.pk).last_published_at

    def test_scheduled_only_when_its_time_has_come(self) -> None:
        editor, case = account("editor@example.org"), make_case(live=False)
        case.go_live_at = timezone.now() + timedelta(days=1)
        revision = case.save_revision()
        door.publish(revision, reason="test", user=editor)
        assert versions(case) == []
        past = timezone.now() - timedelta(hours=1)
        revision.refresh_from_db()
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        revision.save()
        assert Schedule().run() == 1
        (version,) = versions(case)
        assert (version.revision, version.approved_by) == (revision, editor)

    def test_by_the_command_of_wagtail_too(self) -> None:
        case = make_case()
        case.title = "Later"
        revision = case.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        door.clear(revision, "test")
        call_command("publish_scheduled")
        assert [version.revision_id for version in versions(case)][-1] == revision.pk

    def test_by_approval_with_who_submitted_and_who_approved(self) -> None:
        editor, expert = User.objects.create_superuser("admin@example.org"), account("expert@example.org")
        case = make_case(live=False)
        revision = case.save_revision(user=expert)
        state = case.get_workflow().start(case, expert)
        state.current_task_state.approve(user=editor)
        assert CaseStudyPage.objects.get(pk=case.pk).live
        (version,) = versions(case)
        assert (version.revision, version.approved_by, version.submitted_by) == (revision, editor, expert)

    def test_a_refused_publication_writes_nothing(self) -> None:
        case = make_case(problem="", live=False)
        with pytest.raises(GapsRemain):
            publish(case)
        assert versions(case) == []

    def test_a_version_that_cannot_be_written_keeps_the_page_from_going_live(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from cases.versions import recording

        case = make_case(live=False)

        def fail(*_: Any) -> None:
            raise ExchangeError([])

        monkeypatch.setattr(recording, "snapshot_of", fail)
        with pytest.raises(ExchangeError):
            publish(case)
        assert not CaseStudyPage.objects.get(pk=case.pk).live


@pytest.mark.usefixtures("repository")
class TestKept:
    def test_the_same_revision_is_the_same_version(self) -> None:
        case = make_case()
        revision = case.get_latest_revision()
        door.publish(revision, reason="test")
        case.unpublish()
        Revision.objects.get(pk=revision.pk).publish()
        assert numbers(case) == [1]

    def test_numbers_count_for_each_page(self) -> None:
        case = make_case()
        french = translate(case, "fr")
        publish(case)
        assert (numbers(case), numbers(french)) == ([1, 2], [1])
        assert versions(french)[0].source_version == versions(case)[0]

    def test_the_snapshot_holds_the_record_and_the_labels_and_its_digest_fits(self) -> None:
        case = make_case(live=False, title="Water points", lead=make_organisation("Water Network"))
        fill_rows(case, 3)
        (version,) = versions(publish(case))
        record = version.snapshot["record"]
        assert (record["title"], record["lead_organisation"]["name"]) == ("Water points", "Water Network")
        assert len(record["partners"]) == 3
        terms = version.snapshot["terms"].values()
        labels = {(term["vocabulary"], term["code"]): term["labels"] for term in terms}
        for code in record["themes"]:
            assert labels["themes", code]["fr"]
        assert version.digest == digest_of(version.snapshot)
        assert version.snapshot["content_digest"] == content_digest(version.revision)

    def test_a_method_has_its_record_too(self) -> None:
        method = make_method(live=False)
        fill_rows(method, 2)
        (version,) = versions(publish(method))
        assert len(version.snapshot["record"]["steps"]) == 2

    def test_neither_a_purge_nor_a_deletion_takes_a_version_away(self) -> None:
        case = make_case()
        publish(case)
        case.save_revision()
        call_command("purge_revisions")
        assert numbers(case) == [1, 2]
        with pytest.raises(ProtectedError):
            CaseStudyPage.objects.get(pk=case.pk).delete()
        with pytest.raises(ProtectedError):
            versions(case)[0].revision.delete()

    def test_autosave_does_not_write_over_what_was_published(self) -> None:
        user, case = account("editor@example.org"), make_case(title="As published", live=False)
        revision = case.save_revision(user=user)
        door.publish(revision, reason="test")
        case.refresh_from_db()
        case.title = "Edited"
        following = case.save_revision(user=user, overwrite_revision=revision)
        assert following.pk != revision.pk
        assert Revision.objects.get(pk=revision.pk).content["title"] == "As published"

    def test_the_admin_refuses_deletion_with_a_message(self, admin_user: User, client: Client) -> None:
        case, draft = make_case(title="Kept"), make_case(live=False)
        client.force_login(admin_user)
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        index = case.get_parent().get_parent()
        for page in (case, case.get_parent()):  # nobody may
            url = reverse("wagtailadmin_pages:delete", args=[page.pk])
            assert "permission" in client.post(url, follow=True).content.decode()
            client.post(f"{bulk}?id={page.pk}&next=/admin/pages/")
        for url in (
            reverse("wagtailadmin_pages:delete", args=[index.pk]),
            f"{bulk}?id={index.pk}&next=/admin/pages/",
        ):
            response = client.post(url, follow=True)
            assert response.status_code == 200
            assert "stays on record" in response.content.decode(), url
        assert numbers(case) == [1]
        client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
        assert not CaseStudyPage.objects.filter(pk=draft.pk).exists()

    def test_what_the_law_orders_is_erased_whole(self) -> None:
        case = make_case()
        french = translate(case, "fr")
        erase(french)
        erase(case)
        assert not PublishedVersion.objects.exists()
        assert not Revision.objects.filter(object_id__in=[str(case.pk), str(french.pk)]).exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_holes_when_many_publish_at_once() -> None:
    load_base()
    case = make_case(live=False)
    revisions = [case.save_revision().pk for _ in range(THREADS)]
    start, failures = threading.Barrier(THREADS), []

    def publish_one(pk: int) -> None:
        try:
            start.wait()
            door.publish(Revision.objects.get(pk=pk), reason="test")
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish_one, args=(pk,)) for pk in revisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert numbers(case) == list(range(1, THREADS + 1))
    assert {version.revision_id for version in versions(case)} == set(revisions)
