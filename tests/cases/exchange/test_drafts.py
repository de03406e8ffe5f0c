"""Records become drafts of a team: found again, updated, refused, never published, and never half of a file."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

import pytest

from accounts.models import User
from cases.exchange.drafts import importing
from cases.exchange.drafts.importing import check, run
from cases.exchange.drafts.targets import Report, Target
from cases.models import CaseStudyPage, EntryPage, MethodPage, Tag
from cases.models.progress import Progress
from search.upkeep.models import IndexChange
from tests.factories.entries import make_case, make_method, make_team, translate
from tests.factories.files import make_file
from tests.factories.imports import CASE, bring, draft, everything, raw_case, source, the_case
from tests.factories.records import as_record

pytestmark = pytest.mark.usefixtures("repository")


def test_a_record_becomes_a_draft_below_the_team() -> None:
    user = User.objects.create_user("brings@example.org")
    report = bring(raw_case(), user=user)
    page = the_case()
    assert (report.counts["created"], report.outcomes[0].gaps) == (1, ())
    assert (page.live, page.has_unpublished_changes, page.owner, page.team.code) == (False, True, user, "ken")
    assert page.get_parent().specific.team.code == "ken"
    assert page.reference.startswith("CCD-KEN-")
    assert page.latest_revision.user == user
    assert Page.find_problems() == ([], [], [], [], [])
    assert list(PageLogEntry.objects.filter(page=page.pk).order_by("pk").values_list("action", flat=True)) == [
        "wagtail.create", "cases.import",
    ]  # fmt: skip


def test_what_is_written_in_bulk_is_what_wagtail_writes() -> None:
    bring(raw_case())
    page = the_case()
    record = as_record(page)
    assert record["partners"] == as_record(draft(page))["partners"]
    row_keys = {row.pk for row in page.quality_scores.all()}
    before = set(ReferenceIndex.objects.filter(object_id=str(page.pk)).values_list("to_object_id", "content_path"))
    ReferenceIndex.create_or_update_for_object(page)
    after = set(ReferenceIndex.objects.filter(object_id=str(page.pk)).values_list("to_object_id", "content_path"))
    assert before == after
    progress = Progress.objects.get(pk=page.pk)
    noted = (progress.gaps, progress.percent, progress.texts_mark)
    draft(page).save_revision()
    progress.refresh_from_db()
    assert noted == (progress.gaps, progress.percent, progress.texts_mark)
    page.refresh_from_db()
    assert {row.pk for row in draft(page).quality_scores.get_object_list()} == row_keys
    assert page in CaseStudyPage.objects.search(page.title.split(":")[0]).results()


def test_a_draft_may_lack_what_publication_needs_and_the_gaps_say_so() -> None:
    report = bring({"id": "bare", "title": "Only a title"})
    assert report.good
    assert any("Themes" in gap for gap in report.outcomes[0].gaps)
    assert Progress.objects.get(pk=the_case("bare").pk).gaps == len(report.outcomes[0].gaps)


def test_the_same_record_changes_nothing_and_another_one_only_what_it_says() -> None:
    bring(raw_case())
    revisions = Revision.objects.count()
    assert bring(raw_case()).counts == {"unchanged": 1}
    assert Revision.objects.count() == revisions
    report = bring({"id": CASE, "title": "A new title", "tags": None})
    assert report.counts == {"updated": 1}
    changed = draft(the_case())
    assert (changed.title, list(changed.tags.names()), changed.start_year) == (
        "A new title",
        [],
        raw_case()["start_year"],
    )
    assert the_case().draft_title == "A new title"


def test_a_published_case_gets_a_draft_and_stays_as_it_is_for_visitors() -> None:
    page = make_case(make_team("ken"), title="Published")
    waiting = IndexChange.objects.count()
    report = bring({"reference": page.reference, "title": "Imported"})
    page.refresh_from_db()
    assert report.counts == {"updated": 1}
    assert (page.title, page.live, page.has_unpublished_changes) == ("Published", True, True)
    assert draft(page).title == "Imported"
    assert IndexChange.objects.count() == waiting


def test_the_reference_wins_over_the_key() -> None:
    page = make_case(make_team("ken"))
    bring({"reference": page.reference, "id": "my-key", "title": "Found by its reference"})
    assert the_case("my-key").pk == page.pk
    bring({"id": page.reference.lower(), "title": "Not a new one"}, {"id": "other", "title": "Other"})
    report = check(
        source({"reference": page.reference, "id": "other", "title": "x"}), Target.of(make_team("ken"), "case")
    )
    assert '"other" is taken' in str(report.problems[0])


def test_an_entry_without_a_key_is_found_by_its_reference_in_small_letters() -> None:
    page = make_case(make_team("ken"))
    report = bring({"id": page.reference.lower(), "title": page.title})
    assert report.counts == {"unchanged": 1}
    assert CaseStudyPage.objects.count() == 1


@pytest.mark.parametrize("key", ["id", "reference"])
def test_another_teams_entry_is_refused_and_nothing_is_told_of_it(key: str) -> None:
    page = make_case(make_team("uga"), title="Secret title", live=False)
    EntryPage.objects.filter(pk=page.pk).update(external_id="theirs")
    named = {"id": "theirs"} if key == "id" else {"reference": page.reference}
    before = everything()
    report = bring({**named, "title": "Mine now"})
    text = str(report.problems[0])
    assert key in text
    assert "uga" not in text.lower().replace(page.reference.lower(), "")
    assert "Secret" not in text
    assert everything() == before
    unknown = bring({"reference": "CCD-KEN-1999-1", "title": "x"}) if key == "reference" else report
    assert unknown.problems[0].found.split('"')[2] == report.problems[0].found.split('"')[2]


def test_a_key_and_a_reference_stand_once_in_a_file() -> None:
    page = make_case(make_team("ken"))
    report = bring(raw_case(), raw_case(), {"reference": page.reference, "title": "a"}, {"reference": page.reference})
    assert [problem.field for problem in report.problems] == ["id", "reference"]
    assert "record 1" in report.problems[0].found
    assert not CaseStudyPage.objects.filter(external_id=CASE).exists()


def test_one_wrong_record_keeps_all_others_out() -> None:
    before = everything()
    report = bring(raw_case(), raw_case(id="second", themes=["helth"], country=["xxx"]))
    assert [problem.field for problem in report.problems] == ["country[1]", "themes[1]"]
    assert report.problems[1].allowed.startswith("health, ")
    assert everything() == before


def test_a_failure_while_writing_undoes_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    cases = [raw_case(id=f"row-{number}", slug=None) for number in range(5)]
    monkeypatch.setattr(importing, "WRITTEN_AT_ONCE", 2)

    def fail(_report: Report) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(source(*cases), Target.of(make_team("ken"), "case"), "cases.json", finish=fail)
    assert everything() == before


def test_what_somebody_saved_meanwhile_makes_the_work_begin_anew() -> None:
    bring(raw_case())
    steps = []

    def save_once(number: int) -> None:
        steps.append(number)
        if len(steps) == 1:
            page = draft(the_case())
            page.summary = "Saved in the meantime."
            page.save_revision()

    run(source(raw_case(title="From the file")), Target.of(make_team("ken"), "case"), "cases.json", save_once)
    assert steps == [1] * 4  # checked and prepared, twice
    assert draft(the_case()).title == "From the file"
    revisions = Revision.objects.filter(object_id=str(the_case().pk)).order_by("pk")
    assert [revision.content["summary"] == "Saved in the meantime." for revision in revisions] == [False, True, False]


def test_translations_become_drafts_in_their_trees() -> None:
    texts = {"title": "Titre", "summary": "Résumé", "limits": "Limites"}
    bring(raw_case(translations={"fr": texts, "ar": {"title": "عنوان", "summary": "ملخص"}}))
    page = CaseStudyPage.objects.get(original=the_case(), locale__language_code="fr")
    assert page.get_parent().get_url_parts()[2] == "/fr/teams/ken/"
    assert (page.live, page.reference, page.external_id) == (False, the_case().reference, "")
    assert page.translation_key == the_case().translation_key
    report = bring({"id": CASE, "translations": {"fr": {"title": "Autre titre"}}})
    assert report.counts == {"updated": 1}
    changed = draft(CaseStudyPage.objects.get(pk=page.pk))
    assert (changed.title, changed.summary) == ("Autre titre", "Résumé")
    assert bring({"id": CASE, "translations": {"fr": {"title": "Autre titre"}}}).counts == {"unchanged": 1}
    assert CaseStudyPage.objects.filter(original=the_case()).count() == 2


def test_a_translation_that_is_there_gets_a_draft() -> None:
    page = make_case(make_team("ken"))
    other = translate(page, "fr")
    bring({"reference": page.reference, "translations": {"fr": {"title": "Nouveau"}}})
    other.refresh_from_db()
    assert other.live
    assert draft(other).title == "Nouveau"


def test_a_translation_needs_a_title() -> None:
    report = bring(raw_case(translations={"fr": {"summary": "Sans titre"}}))
    assert report.problems[0].field == "translations.fr.title"


def test_the_mark_sensitive_is_taken_away_by_ethics_moderators_only() -> None:
    page = make_case(make_team("ken"), sensitive=True, sensitive_reason="Because.")
    given = {"reference": page.reference, "sensitive": False, "sensitive_reason": None}
    assert bring(given).problems[0].field == "sensitive"
    ethics = User.objects.create_superuser("ethics@example.org", "x")
    assert bring(given, user=ethics).good
    assert not draft(CaseStudyPage.objects.get(pk=page.pk)).sensitive


def test_a_locked_entry_is_refused() -> None:
    page = make_case(make_team("ken"))
    Page.objects.filter(pk=page.pk).update(locked=True)
    assert "is locked" in bring({"reference": page.reference, "title": "x"}).problems[0].found


def test_a_method_is_no_case() -> None:
    method = make_method(make_team("ken"))
    EntryPage.objects.filter(pk=method.pk).update(external_id="how-to")
    assert "is taken" in bring({"id": "how-to", "title": "x"}).problems[0].found
    assert bring({"id": "how-to", "title": "x"}, kind="method").counts == {"updated": 1}
    assert MethodPage.objects.count() == 1


def test_methods_are_linked_by_their_keys() -> None:
    method = make_method(make_team("international"))
    EntryPage.objects.filter(pk=method.pk).update(external_id="how-to")
    bring(raw_case(methods=["how-to"]))
    assert [link.method_id for link in the_case().method_links.all()] == [method.pk]
    assert bring(raw_case(id="other", methods=["no-such"])).problems[0].field == "methods[1]"


def test_files_are_found_by_their_content_in_the_teams_own_collection() -> None:
    own, theirs = make_team("ken"), make_team("uga")
    here = make_file(b"ours", collection=own.collection)
    there = make_file(b"theirs", collection=theirs.collection)
    rows = [
        {
            "file": file.filename,
            "sha1": file.get_file_hash(),
            "title": "Data",
            "kind": "dataset",
            "access_level": "public",
        }
        for file in (here, there)
    ]
    report = bring(raw_case(attachments=rows))
    assert [row.file_id for row in the_case().attachments.all()] == [here.pk]
    assert [warning.field for warning in report.warnings] == ["attachments[2]"]


def test_tags_and_organisations_that_are_known_are_used_again() -> None:
    Tag.objects.create(name="Health", slug="health")
    bring(raw_case(tags=["HEALTH", "new"]), raw_case(id="second", tags=["New", "health"]))
    assert sorted(the_case().tags.names()) == ["Health", "new"]
    assert Tag.objects.count() == 2
    assert the_case().lead_organisation == the_case("second").lead_organisation


def test_an_address_that_is_taken_gets_a_number() -> None:
    make_case(make_team("ken"), slug="taken")
    bring({"id": "taken", "title": "a"}, {"id": "second", "slug": "own-address", "title": "b"})
    assert (the_case("taken").slug, the_case("second").slug) == ("taken-2", "own-address")
    assert bring({"id": "third", "slug": "taken", "title": "c"}).problems[0].field == "slug"


@pytest.mark.parametrize(
    ("changes", "field", "found"),
    [
        ({"title": "a\x00b"}, "title", "U+0000"),
        ({"title": "a\u202eb"}, "title", "RIGHT-TO-LEFT OVERRIDE"),
        ({"title": "x" * 256}, "title", "256 characters"),
        ({"problem": "x" * 100_001}, "problem", "100001 characters"),
        ({"problem": "```html\n<script>x</script>\n```"}, "problem", "<script>"),
        ({"problem": "[x](javascript:alert)"}, "problem", "javascript"),
        ({"problem": "[x](page:999999)"}, "problem", "links to page:999999"),
        ({"contact": "nobody"}, "contact", "valid email"),
        ({"sources": [{"title": "a", "link": "x"}]}, "sources[1].link", "valid URL"),
        ({"start_year": 2020, "end_year": 2019}, "end_year", "2019"),
        ({"sample_size": 0}, "sample_size", "0"),
        ({"story": [{"type": "video", "value": "x"}]}, "story[1].type", "video"),
        ({"unknwon": 1}, "unknwon", "is no known key"),
        ({"id": "Not a slug"}, "id", "Not a slug"),
        ({"id": 7}, "id", "7"),
        ({"translations": {"xx": {}}}, "translations.xx", "is no language"),
    ],
)
def test_what_may_not_stand_is_refused_by_name(changes: dict[str, Any], field: str, found: str) -> None:
    before = everything()
    report = bring(raw_case(**changes))
    assert report.problems[0].field == field
    assert found in report.problems[0].found
    assert everything() == before
