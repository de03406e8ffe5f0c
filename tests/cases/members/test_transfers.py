"""A transfer moves the entry in every language, with files and rights, and keeps its reference; or does nothing."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from wagtail.models import PageLogEntry

import pytest

from accounts.models import User
from cases.members.transfers import TransferError, transfer
from cases.models import CaseStudyPage, CountryTeam, CountryTeamPage
from cases.workflow import door
from search.upkeep.models import IndexChange
from tests.cases.editor.forms import edit_url, messages_of
from tests.cases.members.conftest import account, attach, client_of, mailed
from tests.factories.entries import make_case, make_team, translate
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def uga() -> CountryTeam:
    return make_team("uga")


def do(by: User, case: CaseStudyPage, team: CountryTeam, **more: str) -> None:
    answer = client_of(by).post(reverse("teams:transfer", args=[case.pk]), {"team": team.pk, **more})
    assert answer.status_code == 302, answer.context["form"].errors


def test_every_language_moves_and_people_change_places(
    editor: User, lead: User, other_lead: User, uga: CountryTeam, client: Client
) -> None:
    case = make_case(make_team("ken"), title="Wells")
    french, draft = translate(case, "fr"), translate(case, "es", live=False)
    reference, old_path = case.reference, case.get_url_parts()[2]
    do(editor, french, uga)
    pages = [CaseStudyPage.objects.get(pk=page.pk) for page in (case, french, draft)]
    assert [page.team.code for page in pages] == ["uga"] * 3
    assert [page.get_url_parts()[2].split("/")[1:4] for page in pages] == [
        [code, "teams", "uga"] for code in ("en", "fr", "es")
    ]
    assert [page.live for page in pages] == [True, True, False]
    assert {page.reference for page in pages} == {reference}
    assert client.get(f"/r/{reference}/").headers["Location"] == pages[0].get_url_parts()[2]
    assert client.get(old_path).status_code == 404
    for page in pages:
        assert client_of(lead).get(edit_url(page)).status_code in {302, 404}
        assert client_of(other_lead).get(edit_url(page)).status_code == 200
    assert mailed("entry-transferred") == {lead.email, other_lead.email}
    entry = PageLogEntry.objects.get(page=case.pk, action="cases.transfer")
    assert (str(entry.message), entry.user) == ("Transferred from Team ken to Team uga", editor)
    assert IndexChange.objects.filter(target=str(case.translation_key)).exists()


def test_files_follow_unless_another_entry_needs_them(
    editor: User, lead: User, other_lead: User, uga: CountryTeam
) -> None:
    ken = make_team("ken")
    own, shared = make_file(collection=ken.collection), make_file(collection=ken.collection)
    cover = make_picture(collection=ken.collection)
    case, other = make_case(ken, live=False), make_case(ken, live=False)
    attach(case, own)
    attach(case, shared)
    attach(other, shared)
    case.cover = cover  # in the draft alone
    case.save_revision()
    answer = client_of(editor).post(reverse("teams:transfer", args=[case.pk]), {"team": uga.pk}, follow=True)
    assert "1 file stays with the old team" in messages_of(answer)
    for file in (own, shared, cover):
        file.refresh_from_db()
    assert [file.collection for file in (own, shared, cover)] == [uga.collection, ken.collection, uga.collection]
    assert client_of(other_lead).get(own.file.url).status_code == 200
    assert client_of(lead).get(own.file.url).status_code == 404


def test_a_slug_that_the_other_team_has_is_changed_in_every_language(editor: User, uga: CountryTeam) -> None:
    case = make_case(make_team("ken"), slug="wells")
    french = translate(case, "fr")
    make_case(uga, slug="wells")
    make_case(uga, slug="wells-2", language="fr")
    case.save_revision()
    do(editor, case, uga)
    pages = [CaseStudyPage.objects.get(pk=page.pk) for page in (case, french)]
    assert [page.slug for page in pages] == ["wells-3"] * 2
    assert pages[0].url_path.endswith("/uga/wells-3/")
    door.publish(pages[0].get_latest_revision(), "test")
    assert CaseStudyPage.objects.get(pk=case.pk).slug == "wells-3"


def test_the_old_team_may_stay_on_as_a_co_author(editor: User, lead: User, uga: CountryTeam) -> None:
    ken = make_team("ken")
    case = make_case(ken)
    case.co_teams.add(uga)
    do(editor, case, uga, keep="on")
    assert list(CaseStudyPage.objects.get(pk=case.pk).co_teams.all()) == [ken]
    assert client_of(lead).get(edit_url(case)).status_code == 200


def test_a_co_author_that_takes_the_entry_is_no_co_author_any_more(editor: User, lead: User, uga: CountryTeam) -> None:
    case = make_case(make_team("ken"))
    case.co_teams.add(uga)
    do(editor, case, uga)
    assert not CaseStudyPage.objects.get(pk=case.pk).co_teams.exists()
    assert client_of(lead).get(edit_url(case)).status_code == 302


def test_what_cannot_move_whole_does_not_move(editor: User, uga: CountryTeam) -> None:
    case = make_case(make_team("ken"))
    french = translate(case, "fr")
    CountryTeamPage.objects.get(team=uga, locale__language_code="fr").delete()
    answer = client_of(editor).post(reverse("teams:transfer", args=[case.pk]), {"team": uga.pk})
    assert "has no page in French" in answer.content.decode()
    for page in (case, french):
        assert CaseStudyPage.objects.get(pk=page.pk).get_parent().specific.team.code == "ken"
        assert CaseStudyPage.objects.get(pk=page.pk).team.code == "ken"
    assert not mailed("entry-transferred")


def test_neither_the_own_team_nor_an_archived_one_takes_an_entry(editor: User, uga: CountryTeam) -> None:
    ken = make_team("ken")
    case = make_case(ken)
    with pytest.raises(TransferError, match="already"):
        transfer(case, ken, editor)
    CountryTeam.objects.filter(pk=uga.pk).update(archived_at="2026-01-01T00:00Z")
    with pytest.raises(TransferError, match="archived"):
        transfer(case, uga, editor)
    assert client_of(editor).post(reverse("teams:transfer", args=[case.pk]), {"team": uga.pk}).status_code == 200


def test_moving_by_wagtail_s_own_door_is_a_transfer(uga: CountryTeam) -> None:
    admin = client_of(account("admin@example.org", is_superuser=True))
    case = make_case(make_team("ken"))
    french = translate(case, "fr")
    home = uga.pages.get(locale__language_code="en")
    url = reverse("wagtailadmin_pages:move_confirm", args=[case.pk, home.pk])
    assert admin.get(url).headers["Location"].startswith(reverse("teams:transfer", args=[case.pk]))
    assert admin.post(url).status_code == 302
    assert CaseStudyPage.objects.get(pk=french.pk).team.code == "uga"
    back = make_team("ken").pages.get(locale__language_code="en")
    bulk = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={case.pk}&next=/admin/"
    answer = admin.post(bulk, {"chooser": back.pk}, follow=True)
    assert "one by one" in messages_of(answer)
    assert CaseStudyPage.objects.get(pk=case.pk).team.code == "uga"
