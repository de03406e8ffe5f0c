"""The team takes back its entry at once, everywhere; an editor gives it back; nobody else does either."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import Page, PageLogEntry

import pytest

from accounts.models import User
from cases.gates import gaps
from cases.models import Attachment, CaseStudyPage, EntryPage, PublishedVersion
from cases.versions.recording import WithdrawnError
from cases.withdrawing import actions
from cases.workflow import door
from core.models import QueuedMail, Withdrawal
from search.upkeep.delivery import deliver
from tests.factories.entries import make_case, make_organisation, make_team, publish, term, translate
from tests.factories.files import make_file, make_picture
from tests.search.memory_engine import MemoryEngine
from tests.search.upkeep.conftest import engine  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("repository")
LANGUAGES = [code for code, _name in django_settings.LANGUAGES]


def account(email: str, *groups: str, superuser: bool = False) -> User:
    user = User.objects.create_user(email, is_superuser=superuser)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(**changed: Any) -> dict[str, Any]:
    return {"reason": "owner-request", "note": "", "tell": "nothing", "public_text": "", **changed}


def withdraw(user: User, page: Any, **changed: Any) -> Any:
    return signed_in(user).post(reverse("withdraw", args=[page.pk]), form(**changed))


@pytest.fixture
def expert() -> User:
    return account("expert@example.org", "team:ken")


@pytest.fixture
def editor() -> User:
    return account("editor@example.org", "Editors")


class TestWho:
    @pytest.mark.parametrize(
        ("groups", "allowed"),
        [
            (["team:ken"], True),
            (["team-lead:ken"], True),
            (["Editors"], True),
            (["team:uga"], False),
            (["Reviewers"], False),
            (["Ethics moderators"], False),
        ],
    )
    def test_withdraws(self, groups: list[str], allowed: bool) -> None:
        case, user = make_case(), account("somebody@example.org", *groups)
        client = signed_in(user)
        shown = client.get(reverse("withdraw", args=[case.pk]))
        withdraw(user, case)
        assert (shown.status_code == 200) == allowed
        assert Withdrawal.objects.exists() == allowed
        assert CaseStudyPage.objects.get(pk=case.pk).live != allowed

    def test_a_visitor_is_sent_to_sign_in(self) -> None:
        case = make_case()
        response = Client().post(reverse("withdraw", args=[case.pk]), form())
        assert response.status_code == 302
        assert "login" in response["Location"]
        assert not Withdrawal.objects.exists()

    def test_a_member_of_a_coauthor_team_asks_the_team(self) -> None:
        case = make_case()
        case.co_teams.add(make_team("uga"))
        withdraw(account("somebody@example.org", "team:uga"), case)
        assert not Withdrawal.objects.exists()

    def test_buttons_are_where_people_look_for_them(self, expert: User) -> None:
        case, draft = make_case(title="Public one"), make_case(live=False)
        client, url = signed_in(expert), reverse("withdraw", args=[case.pk])
        editing = client.get(reverse("wagtailadmin_pages:edit", args=[case.pk])).content.decode()
        assert editing.count(url) >= 2
        listing = client.get(reverse("wagtailadmin_explore", args=[case.get_parent().pk])).content.decode()
        assert url in listing
        assert reverse("withdraw", args=[draft.pk]) not in listing
        mine = client.get(reverse("cases_authoring:mine")).content.decode()
        assert url in mine
        assert reverse("withdraw", args=[draft.pk]) not in mine
        drafting = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
        assert reverse("withdraw", args=[draft.pk]) not in drafting

    def test_only_an_editor_restores(self, expert: User) -> None:
        case = make_case()
        withdrawal = actions.withdraw(case, expert, "owner-request")
        for name in ("restore_withdrawn", "republish_withdrawn"):
            for user in (expert, account(f"{name}@example.org", "Ethics moderators")):
                signed_in(user).post(reverse(name, args=[withdrawal.pk]))
        withdrawal.refresh_from_db()
        assert withdrawal.restored_at is None


class TestForm:
    def test_asks_for_a_reason_a_note_for_others_and_a_text_where_one_is_chosen(self, expert: User) -> None:
        case = make_case()
        for wrong in (
            {"reason": ""},
            {"reason": "x"},
            {"reason": "other"},
            {"tell": "text"},
            {"public_text": "x" * 501},
        ):
            assert withdraw(expert, case, **wrong).status_code == 200
        assert not Withdrawal.objects.exists()
        assert withdraw(expert, case, reason="other", note="Because.").status_code == 302

    def test_says_what_closes(self, expert: User) -> None:
        case = make_case(title="Water")
        translate(case, "fr", title="Eau")
        publish(case)
        page = signed_in(expert).get(reverse("withdraw", args=[case.pk])).content.decode()
        for text in ("Water", "Eau", "3 published versions"):
            assert text in page

    def test_a_draft_or_a_second_time_gets_a_message(self, expert: User) -> None:
        draft, case = make_case(live=False), make_case()
        for page in (draft, case, case):
            response = withdraw(expert, page)
            assert response.status_code == 302
        assert Withdrawal.objects.count() == 1
        assert signed_in(expert).get(reverse("withdraw", args=[999999])).status_code == 404


class TestTombstone:
    @pytest.mark.parametrize(
        ("changed", "told", "kept"),
        [
            ({}, "", "Owner"),
            ({"reason": "duplicate", "tell": "reason"}, {"en": "Duplicate", "fr": "Doublon", "ar": "مكرر"}, ""),
            (
                {"reason": "risk-to-people", "tell": "text", "public_text": "Asked for by all."},
                "Asked for by all.",
                "Risk",
            ),
        ],
    )
    def test_stands_in_each_language_with_what_was_chosen(
        self, expert: User, changed: dict[str, str], told: Any, kept: str
    ) -> None:
        team = make_team("ken")
        team.contact = "team@example.org"
        team.save()
        case = make_case(title="Water", slug="water")
        for language in ("fr", "ar"):
            translate(case, language)
        withdraw(expert, case, note="Secret note", **changed)
        for language in ("en", "fr", "ar"):
            for path in ("", "versions/", "versions/1/", "versions/compare/"):
                response = Client().get(f"/{language}/teams/ken/water/{path}")
                page = response.content.decode()
                assert response.status_code == 410, (language, path)
                assert case.reference in page
                assert "team@example.org" in page
                assert (told[language] if isinstance(told, dict) else told) in page
                for secret in ("Water", "Secret note", *([kept] if kept else [])):
                    assert secret not in page.replace("water", ""), secret
        for path in (f"/r/{case.reference}/", f"/r/{case.reference.lower()}/", f"/r/{case.reference}/en/versions/1/"):
            assert Client().get(path).status_code == 410


class TestEverywhere:
    def test_every_surface_is_closed_before_the_index_has_heard_of_it(
        self,
        engine: MemoryEngine,  # noqa: F811
        expert: User,
    ) -> None:
        file, picture = make_file(), make_picture()
        lead = make_organisation("Wells Union")
        case = make_case(title="Wells of Turkana", live=False, lead=lead, cover=picture, tags=["wellword"])
        case.attachments = [
            Attachment(
                file=file,
                title="Table",
                kind_id=term("attachment_kinds", "report").id,
                access_level_id=term("sensitivity_levels", "public").id,
                licence_id=term("licences", "cc-by-4-0").id,
            )
        ]
        case = publish(case)
        rendition = picture.get_rendition("width-20")
        translate(case, "fr", title="Puits de Turkana")
        other = make_case(title="Wells beside a lake", lead=lead)
        deliver()
        places = [
            "/en/", "/fr/", "/en/search/?q=turkana", "/fr/search/?q=turkana", "/en/search/?tag=wellword", "/en/cases/",
            "/en/countries/ken/", "/en/themes/health/", "/en/teams/ken/", f"/en/organisations/{lead.slug}/",
            "/en/search/suggest/?q=turk", other.get_url(),
        ]  # fmt: skip
        before = {place: Client().get(place).content.decode() for place in places}
        assert sum("Turkana" in text for text in before.values()) >= 9
        assert Client().get(file.url).status_code == Client().get(rendition.url).status_code == 200
        withdraw(expert, case)
        assert str(case.translation_key) in engine.held, "the index has not heard of it yet"
        for place in places:
            response = Client().get(place)
            assert response.status_code in {200, 404}, place
            assert "Turkana" not in response.content.decode(), place
        assert Client().get("/en/search/?q=wells").context["results"].total == 1
        for url in (file.url, rendition.url, picture.file.url):
            assert Client().get(url).status_code == 404, url
        assert signed_in(expert).get(file.url).status_code == 200

    def test_what_was_scheduled_or_in_moderation_ends(self, expert: User) -> None:
        case = make_case()
        case.title = "Later"
        revision = case.save_revision(user=expert)
        case.get_workflow().start(case, expert)
        withdraw(expert, case)
        page = CaseStudyPage.objects.get(pk=case.pk)
        assert page.current_workflow_state is None
        assert not page.revisions.exclude(approved_go_live_at=None).exists()
        assert any("withdrawn" in str(gap) for gap in gaps(page))
        with pytest.raises(PermissionDenied):
            door.publish(revision, "test")

    def test_nothing_is_published_while_it_is_withdrawn_even_past_the_gaps(self, expert: User) -> None:
        case = make_case()
        french = translate(case, "fr", live=False)
        actions.withdraw(case, expert, "other", note="n")
        with pytest.raises((WithdrawnError, PermissionDenied)):
            door.publish(french.save_revision(), "test")
        assert not EntryPage.objects.filter(live=True, translation_key=case.translation_key).exists()


class TestMail:
    def test_the_team_and_editors_are_told_and_ethics_moderators_of_grave_reasons(self, editor: User) -> None:
        lead, ethics = account("lead@example.org", "team-lead:ken"), account("ethics@example.org", "Ethics moderators")
        account("other@example.org", "team:uga")
        withdraw(lead, make_case(title="Water"), note="The stream dried")
        assert set(QueuedMail.objects.values_list("address", flat=True)) == {editor.email}
        body = QueuedMail.objects.get().body
        for text in ("Water", "Owner's request", "The stream dried", "/admin/withdrawals/"):
            assert text in body
        QueuedMail.objects.all().delete()
        withdraw(editor, make_case(), reason="community-consent-revoked")
        assert set(QueuedMail.objects.values_list("address", flat=True)) == {lead.email, ethics.email}


class TestBack:
    def test_restored_it_is_a_draft_and_moderation_decides_afresh(self, expert: User, editor: User) -> None:
        case = make_case(slug="water")
        withdrawal = actions.withdraw(case, expert, "factual-error")
        response = signed_in(editor).post(reverse("restore_withdrawn", args=[withdrawal.pk]), follow=True)
        assert "Restored as a draft" in response.content.decode()
        assert Client().get("/en/teams/ken/water/").status_code == 404
        assert gaps(CaseStudyPage.objects.get(pk=case.pk)) == []
        signed_in(editor).post(reverse("restore_withdrawn", args=[withdrawal.pk]))
        actions_logged = PageLogEntry.objects.filter(page=case.pk, action__startswith="cases.").order_by("pk")
        assert list(actions_logged.values_list("action", flat=True))[-2:] == ["cases.withdraw", "cases.restore"]

    def test_a_mistake_is_undone_by_another_editor_with_just_what_was_live(self, expert: User, editor: User) -> None:
        case = make_case(slug="water", title="As approved")
        translate(case, "fr", title="Approuvé")
        live = CaseStudyPage.objects.get(pk=case.pk).live_revision_id
        case.title = "Draft that nobody approved"
        case.save_revision(user=expert)
        withdrawal = actions.withdraw(case, expert, "published-by-mistake")
        response = signed_in(editor).post(reverse("republish_withdrawn", args=[withdrawal.pk]), follow=True)
        assert "just as it was" in response.content.decode()
        page = CaseStudyPage.objects.get(pk=case.pk)
        assert (page.live, page.live_revision_id, page.has_unpublished_changes) == (True, live, True)
        assert "As approved" in Client().get("/en/teams/ken/water/").content.decode()
        assert "Approuvé" in Client().get("/fr/teams/ken/water/").content.decode()
        assert PublishedVersion.objects.filter(entry=case.pk).count() == 1
        assert Client().get("/en/teams/ken/water/versions/1/").status_code == 200

    def test_not_by_who_withdrew_not_after_long_and_not_where_consent_was_taken_back(
        self, editor: User, expert: User
    ) -> None:
        admin = account("admin@example.org", superuser=True)
        own = actions.withdraw(make_case(), editor, "duplicate")
        by_admin = actions.withdraw(make_case(), admin, "duplicate")
        old = actions.withdraw(make_case(), expert, "duplicate")
        Withdrawal.objects.filter(pk=old.pk).update(
            withdrawn_at=old.withdrawn_at - timedelta(days=django_settings.WITHDRAWAL_UNDO_DAYS + 1)
        )
        consent = actions.withdraw(make_case(), expert, "community-consent-revoked")
        for user, withdrawal in ((editor, own), (admin, by_admin), (editor, old), (editor, consent)):
            shown = signed_in(user).get(reverse("withdrawal", args=[withdrawal.pk])).content.decode()
            assert "Undo the withdrawal" not in shown
            signed_in(user).post(reverse("republish_withdrawn", args=[withdrawal.pk]))
            assert Withdrawal.objects.get(pk=withdrawal.pk).restored_at is None
        assert not CaseStudyPage.objects.filter(live=True).exists()


class TestList:
    def test_shows_filters_and_exports_for_moderators_only(self, editor: User, expert: User) -> None:
        first = actions.withdraw(make_case(title="Water"), expert, "duplicate", note="Twice")
        second = actions.withdraw(make_case(make_team("uga"), title="Air"), editor, "risk-to-people")
        actions.restore(second, editor)
        client, url = signed_in(editor), reverse("desk_withdrawals")
        every = client.get(url).content.decode()
        assert "Water" in every
        assert "Air" in every
        assert reverse("withdrawal", args=[first.pk]) in every
        for query, shown, hidden in (
            ("?state=in-force", "Water", "Air"),
            ("?state=restored", "Air", "Water"),
            ("?reason=duplicate", "Water", "Air"),
            (f"?team={make_team('uga').pk}", "Air", "Water"),
            (f"?reference={first.reference}", "Water", "Air"),
        ):
            page = client.get(url + query).content.decode()
            assert shown in page, query
            assert hidden not in page.replace("Fair", ""), query
        rows = b"".join(client.get(f"{url}?export=csv").streaming_content).decode()
        assert "Twice" in rows
        assert signed_in(expert).get(url).status_code in {302, 403}

    def test_asks_the_same_number_of_times_at_few_and_many(self, editor: User) -> None:
        client, url = signed_in(editor), reverse("desk_withdrawals")

        def cost() -> int:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            return len(queries)

        actions.withdraw(make_case(), editor, "duplicate")
        few = cost()
        for _number in range(4):
            actions.withdraw(make_case(), editor, "duplicate")
        assert cost() == few

    def test_one_withdrawal_is_seen_by_its_team_and_moderators(self, editor: User, expert: User) -> None:
        withdrawal = actions.withdraw(make_case(), editor, "duplicate", note="Twice")
        url = reverse("withdrawal", args=[withdrawal.pk])
        others = account("other@example.org", "team:uga"), account("reviewer@example.org", "Reviewers")
        for user in (editor, expert, account("ethics@example.org", "Ethics moderators")):
            assert "Twice" in signed_in(user).get(url).content.decode()
        for user in others:
            assert signed_in(user).get(url).status_code == 404
        assert signed_in(editor).get(reverse("withdrawal", args=[99999])).status_code == 404


def test_the_explorer_asks_the_same_number_of_times_at_few_and_many_entries(expert: User) -> None:
    client = signed_in(expert)
    parent = Page.objects.get(pk=make_case().get_parent().pk)
    url = reverse("wagtailadmin_explore", args=[parent.pk])

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    make_case()
    few = cost()
    for _number in range(8):
        make_case()
    assert cost() == few
