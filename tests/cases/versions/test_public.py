"""What visitors get of versions: the version as it was, the list, what changed, and how it is cited."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest

from accounts.models import User
from cases.models import Attachment, CaseStudyPage, Organisation, PublishedVersion, Tag, Term
from cases.vocabularies.merge import merge_terms
from core.withdrawals import withdraw
from tests.factories.entries import choose, make_case, make_method, make_organisation, publish, term, translate
from tests.factories.files import make_file, make_picture
from tests.factories.rows import fill_rows, story

pytestmark = pytest.mark.usefixtures("repository")


def read(path: str, client: Client | None = None, status: int = 200) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def at(page: Any, number: int | str = "") -> str:
    return f"{page.get_url()}versions/" + (f"{number}/" if number != "" else "")


def compared(page: Any, query: str = "") -> str:
    """What is said of changes; links of the frame lead back to the very address."""
    return read(f"{at(page)}compare/{query}").split("<main", 1)[1].split("</main>", 1)[0]


def two_versions(**fields: Any) -> CaseStudyPage:
    """A case whose title was “First words” in version 1 and is “Second words” in version 2."""
    case = make_case(title="First words", problem="<p>Wells ran dry.</p>", slug="wells", **fields)
    case.title, case.problem = "Second words", "<p>Wells ran over.</p>"
    return publish(case)


def attach(case: CaseStudyPage, level: str = "public") -> Any:
    file = make_file()
    case.attachments = [
        Attachment(
            file=file,
            title="The table",
            kind_id=term("attachment_kinds", "report").id,
            access_level_id=term("sensitivity_levels", level).id,
            licence_id=term("licences", "cc-by-4-0").id,
        )
    ]
    return file


def test_an_old_version_shows_what_was_published_then_and_says_so() -> None:
    case = two_versions()
    old = read(at(case, 1))
    assert "First words" in old
    assert "Wells ran dry." in old
    assert "Wells ran over." not in old
    assert "Version 1 of 2" in old
    assert "The newest is version 2" in old
    assert '<meta name="robots" content="noindex">' in old
    assert f'<link rel="canonical" href="{settings.SITE_URL}{case.get_url()}">' in old
    new = read(at(case, 2))
    assert "Wells ran over." in new
    assert "This is the newest version" in new
    read(at(case, 3), status=404)
    read(at(case, 0), status=404)
    read(at(case, "9" * 40), status=404)


def test_a_full_version_of_a_case_and_of_a_method_shows_every_row() -> None:
    for page in (make_case(live=False, story=story("Told")), make_method(live=False, story=story("Told"))):
        texts = fill_rows(page, 3)
        publish(page)
        shown, live = read(at(page, 1)), read(page.get_url())
        for text in texts:
            assert (text in shown) == (text in live), text


def test_names_stay_as_they_were_whatever_becomes_of_terms_organisations_and_tags() -> None:
    lead, partner = make_organisation("Water Network"), make_organisation("Gone Partner")
    case = make_case(
        lead=lead, partners=[(partner, "funder")], terms={"themes": ["health", "youth"]}, tags=["old keyword"]
    )
    other = make_organisation("Other")
    case.partnerships, case.lead_organisation = [], other
    choose(case, {"themes": ["education"]})
    case.tags.clear()
    publish(case)
    before = read(at(case, 1))
    for text in ("Health and well-being", "Water Network", "Gone Partner", "old keyword"):
        assert text in before
    youth = str(term("themes", "youth").label())
    merge_terms(
        Term.objects.get(vocabulary="themes", code="youth"), Term.objects.get(vocabulary="themes", code="education")
    )
    health = Term.objects.get(vocabulary="themes", code="health")
    health.labels = {**health.labels, "en": "Relabelled theme"}
    health.save()
    Organisation.objects.filter(pk=lead.pk).update(name="Renamed Network")
    Organisation.objects.get(pk=partner.pk).delete()
    Tag.objects.filter(name="old keyword").delete()
    after = read(at(case, 1))
    for text in ("Health and well-being", youth, "Water Network", "Gone Partner", "old keyword"):
        assert text in after, text
    assert "Relabelled theme" not in after
    assert "Renamed Network" not in after
    assert "Relabelled theme" not in read(f"{at(case)}compare/?from=1&to=2")


def test_a_translation_stands_beside_the_facts_of_its_day() -> None:
    case = make_case(title="Water", terms={"themes": ["health"]})
    french = translate(case, "fr", title="Eau")
    choose(case, {"themes": ["education"]})
    publish(case)
    french.title = "Eaux"
    french = publish(french)
    assert term("themes", "health").label("fr") in read(at(french, 1))
    assert term("themes", "education").label("fr") not in read(at(french, 1))
    assert term("themes", "education").label("fr") in read(at(french, 2))
    assert "Version 1 sur 2" in read(at(french, 1)) or "Version 1 of 2" in read(at(french, 1))


def test_what_changed_is_told_field_by_field() -> None:
    case = two_versions(terms={"themes": ["health"]})
    choose(case, {"themes": ["education"]})
    publish(case)
    page = read(f"{at(case)}compare/?from=1&to=3")
    for text in ("dry", "over", "First", "Second", "Health and well-being", "Education"):
        assert text in page
    assert "Lessons" not in page
    assert "Health and well-being" not in read(f"{at(case)}compare/?from=1&to=2")
    assert compared(case) == compared(case, "?from=2&to=3")
    assert compared(case, "?to=1&from=2") == compared(case, "?from=1&to=2")
    listed = read(at(case))
    assert "Changed: Themes" in listed
    assert "First publication" in listed


@pytest.mark.parametrize("query", ["?from=x&to=%00", "?from=-1", "?to=٣", "?from=" + "9" * 5000])
def test_odd_comparisons_are_those_of_the_last_two(query: str) -> None:
    case = two_versions()
    assert compared(case, query) == compared(case)


def test_unknown_numbers_are_not_found_and_a_single_version_has_nothing_to_compare() -> None:
    case = make_case()
    read(f"{at(case)}compare/?from=1&to=7", status=404)
    assert "no earlier version" in read(f"{at(case)}compare/")


def test_a_version_is_cited_with_its_number_and_an_address_that_follows_a_move() -> None:
    case = two_versions()
    address = f"/r/{case.reference}/en/versions/1/"
    assert "<i>First words</i> (Version 1; " in read(at(case, 1))
    assert f"{settings.SITE_URL}{address}" in read(at(case, 1))
    assert "Cite exactly this version" in read(case.get_url())
    assert Client().get(address)["Location"] == at(case, 1)
    case.slug = "moved"
    case = publish(case)
    assert case.get_url().endswith("/moved/")
    assert Client().get(address.replace("CCD", "ccd"))["Location"] == at(case, 1)
    for unknown in (
        f"/r/{case.reference}/en/versions/9/",
        f"/r/{case.reference}/fr/versions/1/",
        "/r/X/en/versions/1/",
    ):
        read(unknown, status=404)


def test_an_old_version_opens_no_file_that_todays_rule_closes() -> None:
    case = make_case(live=False)
    kept = attach(case)
    case = publish(case)
    assert f'href="{kept.url}"' in read(at(case, 1))
    case.attachments.get_object_list()[0].access_level_id = term("sensitivity_levels", "team").id
    publish(case)
    closed = read(at(case, 1))
    assert kept.url not in closed
    assert "The table" in closed
    assert Client().get(kept.url).status_code == 404
    case.attachments = []
    publish(case)
    gone = read(at(case, 1))
    assert kept.url not in gone
    assert "No longer available" in gone
    kept.delete()
    assert "The table" in read(at(case, 1))


def test_a_picture_that_left_the_page_leaves_its_old_versions_too() -> None:
    picture = make_picture()
    case = make_case(cover=picture)
    assert picture.description in read(at(case, 1))
    case.cover = None
    publish(case)
    old = read(at(case, 1))
    assert picture.description not in old
    assert "One picture or file of this version is not shown" in old


def test_a_community_that_took_back_its_name_is_named_in_no_version() -> None:
    case = make_case(community_name="Ogiek of the hill", community_agreed=True)
    assert "Ogiek of the hill" in read(at(case, 1))
    case.community_name, case.community_agreed = "", False
    publish(case)
    assert "Ogiek of the hill" not in read(at(case, 1))
    assert "Ogiek of the hill" not in read(f"{at(case)}compare/")


@pytest.mark.parametrize("close", ["unpublish", "withdraw", "restrict", "embargo", "expire"])
def test_what_closes_the_page_closes_its_versions(close: str) -> None:
    case = two_versions()
    addresses = [at(case), at(case, 1), at(case, 2), f"{at(case)}compare/", f"/r/{case.reference}/en/versions/1/"]
    for address in addresses:
        assert Client().get(address).status_code in {200, 302}
    expected = {404}
    if close == "unpublish":
        case.unpublish()
    elif close == "withdraw":
        withdraw(case, reason="other", reference=case.reference)
        expected = {410}
    elif close == "restrict":
        PageViewRestriction.objects.create(page=case, restriction_type=PageViewRestriction.LOGIN)
        expected = {302, 404}  # sign in first; the permanent address tells nothing
    else:
        when = timezone.now() + timezone.timedelta(days=1 if close == "embargo" else -1)
        Page.objects.filter(pk=case.pk).update(**{"go_live_at" if close == "embargo" else "expire_at": when})
    for address in addresses:
        response = Client().get(address)
        assert response.status_code in expected, address
        assert b"words" not in response.content
        assert b"Wells ran" not in response.content


def test_a_restricted_entry_shows_its_versions_to_whom_it_lets_in() -> None:
    case = two_versions()
    PageViewRestriction.objects.create(page=case, restriction_type=PageViewRestriction.LOGIN)
    client = Client()
    client.force_login(User.objects.create_user("somebody@example.org"))
    assert "Wells ran dry." in read(at(case, 1), client)


def test_an_altered_version_is_not_shown() -> None:
    case = two_versions()
    revision = PublishedVersion.objects.get(entry=case, number=1).revision
    revision.content = {**revision.content, "title": "Forged"}
    revision.save()
    assert "Forged" not in read(at(case, 1), status=410)


def test_versions_are_read_only_and_caches_must_ask() -> None:
    case = two_versions()
    assert Client().post(at(case, 1)).status_code == 405
    assert "no-cache" in Client().get(at(case, 1))["Cache-Control"]


def test_pages_of_versions_ask_the_same_number_of_times_at_few_and_many() -> None:
    def cost(rows: int, more: int) -> list[int]:
        case = make_case(live=False)
        fill_rows(case, rows)
        for number in range(more):
            case.title = f"Title {number}"
            case = publish(case)
        paths = [at(case), at(case, 1), f"{at(case)}compare/"]
        counts = []
        for path in paths:
            read(path)
            with CaptureQueriesContext(connection) as queries:
                read(path)
            counts.append(len(queries))
        return counts

    few, many = cost(1, 2), cost(5, 5)
    assert few == many
    assert max(few) <= 45
