"""Co-author teams: chosen by the entry's own team, they edit it and its files until they are removed."""

from __future__ import annotations

from django.urls import reverse

from wagtail.models import PageLogEntry

import pytest

from accounts.models import User
from cases.models import CaseStudyPage, CountryTeam
from core.models import File
from tests.cases.editor.forms import edit_url, messages_of, read_form, send
from tests.cases.members.conftest import attach, client_of, mailed
from tests.factories.entries import make_case, make_team, translate
from tests.factories.files import make_file, make_picture

pytestmark = pytest.mark.usefixtures("repository")


@pytest.fixture
def uga() -> CountryTeam:
    return make_team("uga")


@pytest.fixture
def record() -> File:
    """An attachment that only insiders read, in the collection of the team of Kenya."""
    return make_file(collection=make_team("ken").collection)


@pytest.fixture
def case(record: File) -> CaseStudyPage:
    page = make_case(make_team("ken"), live=False, title="A case of Kenya")
    attach(page, record)
    return page


def share(by: User, case: CaseStudyPage, team: CountryTeam) -> None:
    answer = client_of(by).post(reverse("teams:co_teams", args=[case.pk]), {"team": team.pk})
    assert answer.status_code == 302, answer.context["form"].errors


def test_a_co_author_edits_the_case_and_its_files_until_it_is_removed(
    lead: User, other_lead: User, case: CaseStudyPage, uga: CountryTeam, record: File
) -> None:
    co_author = client_of(other_lead)
    file_url, own_url = reverse("wagtaildocs:edit", args=[record.pk]), edit_url(case)
    assert co_author.get(own_url).status_code == 404
    assert co_author.get(record.file.url).status_code == 404
    assert co_author.get(file_url).status_code == 404
    share(lead, case, uga)
    answer = send(co_author, own_url, read_form(co_author, own_url), title="Better together")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.draft_title == "Better together"
    assert co_author.get(record.file.url).status_code == 200
    assert co_author.get(file_url).status_code == 200
    listed = co_author.get(reverse("wagtaildocs:index")).content.decode()
    assert record.title in listed
    client_of(lead).post(reverse("teams:co_teams", args=[case.pk]), {"remove": uga.pk})
    assert co_author.get(own_url).status_code == 404
    assert co_author.get(record.file.url).status_code == 404
    assert co_author.get(file_url).status_code == 404
    assert record.title not in co_author.get(reverse("wagtaildocs:index")).content.decode()
    log = PageLogEntry.objects.filter(page=case.pk, action__startswith="cases.co_team").order_by("pk")
    assert [str(entry.message) for entry in log] == [
        "Added Team uga as a co-author",
        "Removed Team uga as a co-author",
    ]
    assert mailed("co-author") == {"lead-uga@example.org"}


def test_sharing_a_translation_shares_the_entry(lead: User, other_lead: User, uga: CountryTeam) -> None:
    case = make_case(make_team("ken"))
    french = translate(case, "fr", live=False)
    share(lead, french, uga)
    assert list(case.co_teams.all()) == [uga]
    assert client_of(other_lead).get(edit_url(french)).status_code == 200


def test_other_files_of_the_team_stay_closed(
    lead: User, other_lead: User, case: CaseStudyPage, uga: CountryTeam
) -> None:
    own = make_team("ken").collection
    file, picture = make_file(collection=own), make_picture(collection=own)
    share(lead, case, uga)
    co_author = client_of(other_lead)
    assert co_author.get(reverse("wagtaildocs:edit", args=[file.pk])).status_code == 404
    assert co_author.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 404
    assert co_author.get(file.file.url).status_code == 404


def test_naming_a_stranger_s_file_in_a_shared_entry_opens_nothing(
    lead: User, other_lead: User, uga: CountryTeam
) -> None:
    """The team of Kenya and that of Uganda together do not get at a file of the international team."""
    hidden = make_file(collection=make_team("international").collection)
    case = make_case(make_team("ken"), live=False)
    attach(case, hidden)
    share(lead, case, uga)
    assert client_of(other_lead).get(reverse("wagtaildocs:edit", args=[hidden.pk])).status_code in {302, 404}


@pytest.mark.parametrize("code", ["ken", "uga", "nobody"])
def test_only_another_active_team_is_added(code: str, lead: User, case: CaseStudyPage, uga: CountryTeam) -> None:
    """Not the own team, not one that is archived, not one that does not exist."""
    CountryTeam.objects.filter(code="uga").update(archived_at="2026-01-01T00:00Z")
    team = CountryTeam.objects.filter(code=code).first()
    answer = client_of(lead).post(reverse("teams:co_teams", args=[case.pk]), {"team": team.pk if team else 0})
    assert answer.status_code == 200
    assert "team" in answer.context["form"].errors
    assert not case.co_teams.exists()


def test_a_co_author_neither_deletes_nor_takes_nor_shares_the_entry(
    lead: User, other_lead: User, case: CaseStudyPage, uga: CountryTeam
) -> None:
    share(lead, case, uga)
    co_author = client_of(other_lead)
    home = uga.pages.get(locale__language_code="en")
    deleted = co_author.post(reverse("wagtailadmin_pages:delete", args=[case.pk]), follow=True)
    assert "Only the team that an entry belongs to" in messages_of(deleted)
    moved = co_author.post(reverse("wagtailadmin_pages:move_confirm", args=[case.pk, home.pk]), follow=True)
    assert "Only editors give an entry to another team" in messages_of(moved)
    for action in ("delete", "move"):
        url = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={case.pk}"
        co_author.post(f"{url}&next=/admin/", {"chooser": home.pk}, follow=True)
    other = make_team("international")
    assert co_author.post(reverse("teams:co_teams", args=[case.pk]), {"team": other.pk}).status_code == 403
    case.refresh_from_db()
    assert case.team.code == "ken"
    assert case.get_parent().specific.team.code == "ken"
    assert list(case.co_teams.all()) == [uga]


def test_the_way_there_is_shown_to_those_who_may(lead: User, expert: User, editor: User, case: CaseStudyPage) -> None:
    url, transfer = (reverse(f"teams:{name}", args=[case.pk]) for name in ("co_teams", "transfer"))
    seen = {user.email: client_of(user).get(edit_url(case)).content.decode() for user in (lead, expert, editor)}
    assert [url in page for page in seen.values()] == [True, False, True]
    assert [transfer in page for page in seen.values()] == [False, False, True]


def test_the_team_s_own_expert_may_still_delete_a_draft(expert: User) -> None:
    case = make_case(make_team("ken"), live=False)
    client_of(expert).post(reverse("wagtailadmin_pages:delete", args=[case.pk]))
    assert not CaseStudyPage.objects.filter(pk=case.pk).exists()
