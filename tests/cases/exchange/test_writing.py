"""Records become pages: found again by their key, written when they changed, left alone when people edited them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from wagtail.models import ReferenceIndex, Revision

import pytest

from cases.exchange.markup import to_html
from cases.exchange.problems import ExchangeError, listed
from cases.exchange.reading import Batch, read
from cases.exchange.writing import WriteReport, write
from cases.models import CaseStudyPage, EntryPage, MethodPage, Organisation, Term
from cases.versions.keeping import erase
from core.text import plain
from tests.factories.entries import make_organisation
from tests.factories.records import as_record, records

CASE, METHOD = "malawi-community-score-card", "community-score-card"

pytestmark = pytest.mark.usefixtures("repository")


def raw_case(**changes: Any) -> dict[str, Any]:
    return {**records("cases.json", CASE)[0], **changes}


def raw_method(**changes: Any) -> dict[str, Any]:
    return {**records("methods.json", METHOD)[0], "licence": "cc-by-4-0", "related_cases": [CASE], **changes}


def load(case: dict[str, Any], method: dict[str, Any] | None = None, team: str = "ken") -> WriteReport:
    batches = [Batch("cases.json", "case", [case]), Batch("methods.json", "method", [method] if method else [])]
    return write(read(batches), lambda _record: team)


def the_case() -> CaseStudyPage:
    return CaseStudyPage.objects.get(external_id=CASE)


def test_a_case_and_its_method_are_published_and_linked() -> None:
    report = load(raw_case(), raw_method())
    page = the_case()
    assert report.created[0] == METHOD
    assert (page.live, page.has_unpublished_changes, page.reference) == (
        True, False, f"CCD-KEN-{timezone.now().year}-2"
    )  # fmt: skip
    assert [link.method.external_id for link in page.method_links.all()] == [METHOD]
    assert page.get_latest_revision_as_object().levels() == page.levels()


def test_country_codes_may_be_written_in_any_case() -> None:
    load(raw_case(country=["mWi"]))
    assert [term.code for term in the_case().chosen("countries")] == ["mwi"]


def test_markup_in_a_text_stays_text() -> None:
    text = "<script>alert(1)</script> A & B\nsecond line\n\nsecond paragraph"
    load(raw_case(problem=text))
    assert "<script" not in the_case().problem
    assert to_html("a<b\nc\n\nd") == "<p>a&lt;b<br/>c</p><p>d</p>"
    assert "<script>alert(1)</script> A & B" in plain(the_case().problem)


def test_an_unchanged_record_is_not_written_again() -> None:
    load(raw_case(), raw_method())
    revisions = Revision.objects.count()
    report = load(raw_case(), raw_method())
    assert (report.created, report.updated, report.kept) == ([], [], [])
    assert Revision.objects.count() == revisions


def test_a_changed_record_updates_its_page_and_nothing_else() -> None:
    load(raw_case(), raw_method())
    before = {row.dimension_id: row.pk for row in the_case().quality_scores.all()}
    method_revision = MethodPage.objects.get(external_id=METHOD).latest_revision_id
    quality = dict(reversed(raw_case()["quality"].items()))
    report = load(raw_case(title="A better title", quality=quality, tags=["new"]), raw_method())
    assert report.updated == [CASE]
    page = the_case()
    assert (page.title, [tag.name for tag in page.tags.all()]) == ("A better title", ["new"])
    assert {row.dimension_id: row.pk for row in page.quality_scores.all()} == before
    assert list(as_record(page)["quality"]) == list(quality)
    assert MethodPage.objects.get(external_id=METHOD).latest_revision_id == method_revision


def test_what_people_edited_is_kept_and_told() -> None:
    load(raw_case())
    page = the_case()
    page.title = "Edited by its team"
    page.save_revision()
    report = load(raw_case(title="From the file"))
    assert (report.kept, report.updated) == ([CASE], [])
    assert the_case().get_latest_revision_as_object().title == "Edited by its team"


def test_a_case_that_a_method_newly_names_is_linked() -> None:
    load(raw_case(), raw_method(related_cases=[]))
    assert not the_case().method_links.exists()
    assert load(raw_case(), raw_method()).updated == [METHOD, CASE]
    assert the_case().method_links.count() == 1


def test_translations_hold_texts_only_and_stand_in_their_own_tree() -> None:
    texts = {"title": "Titre", "summary": "Résumé", "problem": "Problème"}
    load(raw_case(translations={"fr": texts}), raw_method())
    page = CaseStudyPage.objects.get(original=the_case())
    assert page.get_url_parts()[2] == f"/fr/teams/ken/{CASE}/"
    assert (page.live, page.reference, page.external_id, page.approach) == (True, the_case().reference, "", "")
    assert not page.terms.exists()
    assert page.levels() == the_case().levels()
    method = MethodPage.objects.get(original__external_id=METHOD, locale__language_code="fr")
    assert [step.text for step in method.steps.all()] == [""] * 6


def test_an_organisation_is_found_by_its_folded_name() -> None:
    known = make_organisation("Société civile du Malawi", "academia")
    lead = {"name": "SOCIETE CIVILE DU MALAWI", "type": "media"}
    load(raw_case(lead_organisation=lead, partners=[{**lead, "role": "funder"}]))
    assert the_case().lead_organisation == known
    assert Organisation.objects.get().type == known.type


def test_a_merged_term_is_followed() -> None:
    themes = {code: Term.objects.get(vocabulary="themes", code=code) for code in ("health", "energy")}
    themes["energy"].retired_at = timezone.now()
    themes["energy"].successor = themes["health"]
    themes["energy"].save()
    load(raw_case(themes=["energy"]))
    assert [term.code for term in the_case().chosen("themes")] == ["health"]


def test_a_retired_term_is_refused() -> None:
    term = Term.objects.get(vocabulary="themes", code="energy")
    term.retired_at = timezone.now()
    term.save()
    with pytest.raises(ExchangeError, match=r"themes\[1\]: is \"energy\""):
        load(raw_case(themes=["energy"]))


def test_a_taken_address_undoes_everything() -> None:
    load(raw_case())
    erase(the_case())
    other = raw_case(id="other")
    load(other)
    EntryPage.objects.filter(external_id="other").update(external_id="")
    Organisation.objects.exclude(led_cases=None).update(url="https://example.org/")
    with pytest.raises(ExchangeError, match=r"cases\.json, record 1 “other”, slug"):
        load({**other, "lead_organisation": {"name": "Never heard of", "type": "academia"}})
    assert not Organisation.objects.filter(name="Never heard of").exists()


def test_an_unknown_team_is_refused_with_the_list_of_teams() -> None:
    with pytest.raises(ExchangeError, match=r"'xyz'.*Teams: international, ken, uga"):
        load(raw_case(), team="xyz")
    assert not EntryPage.objects.exists()


def test_what_a_page_refers_to_is_indexed() -> None:
    load(raw_case(), raw_method())
    method = MethodPage.objects.get(external_id=METHOD)
    users = ReferenceIndex.get_references_to(method).values_list("object_id", flat=True)
    assert str(the_case().pk) in users


def test_close_values_come_first_in_a_long_list() -> None:
    values = [f"value-{n}" for n in range(30)] + ["health", "wealth"]
    assert listed(values, "helth").startswith("health, ")
    assert listed(["b", "a"], "a") == "b, a"


def test_what_checks_found_is_told_by_record_and_nothing_is_written() -> None:
    with pytest.raises(ExchangeError) as refused:
        load(raw_case(problem="Ask jane.doe@gmail.com about it."), raw_method())
    assert [(problem.record, problem.field) for problem in refused.value.problems] == [
        (f"record 1 “{CASE}”", "problem")
    ]
    assert not EntryPage.objects.filter(external_id__in=[CASE, METHOD]).exists()
