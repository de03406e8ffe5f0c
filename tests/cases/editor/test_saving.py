"""Drafts are saved with gaps; publication is refused until nothing is missing; nothing that was typed is lost."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

import pytest

from cases.gates import gaps
from cases.models import Attachment, CaseStudyPage, MethodLink, QualityScore, Source
from cases.workflow import Step, status
from tests.cases.editor.forms import add_row, edit_url, messages_of, read_form, send
from tests.factories.entries import (
    make_case,
    make_method,
    make_organisation,
    make_team,
    publish,
    team_page,
    term,
    translate,
)

pytestmark = pytest.mark.django_db


def latest(page: CaseStudyPage) -> CaseStudyPage:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def full_case(**fields: object) -> CaseStudyPage:
    """A case that uses every kind of field."""
    case = make_case(
        partners=[(make_organisation("Partner A"), "funder"), (make_organisation("Partner B"), "other")],
        terms={"themes": ["education", "health"], "countries": ["uga", "ken"], "sdgs": ["sdg-04"], "status": ["pilot"],
               "working_languages": ["fr", "en"], "care_principles": ["ethics"]},
        tags=["maps", "schools"], places=["Kibera", "Mathare"], start_year=2015, end_year=2019, targets=["4.1"],
        provisions=["crpd:31"], contact="data@example.org", sample_size=120, tools=["KoBo"], **fields,
    )  # fmt: skip
    case.quality_scores = [
        QualityScore(dimension_id=term("quality_dimensions", "relevance").id, score=0, evidence=""),
        QualityScore(dimension_id=term("quality_dimensions", "metadata").id, score=4, evidence="Report, “page 4”"),
    ]
    case.sources = [Source(title="Report", publisher="KNBS", year=2020, link="https://example.org/a?b=1&c=2")]
    case.method_links = [MethodLink(method=make_method())]
    for position, partner in enumerate(case.partnerships.get_object_list()):
        partner.sort_order = position
    for position, score in enumerate(case.quality_scores.get_object_list()):
        score.sort_order = position
    case.save()
    return case


def test_an_untouched_form_changes_nothing(expert: Client) -> None:
    case = full_case(live=False)
    case.save_revision()
    before = latest(case).serializable_data()
    response = send(expert, edit_url(case), read_form(expert, edit_url(case)))
    assert response.status_code == 302
    after = latest(case).serializable_data()
    assert _comparable(after) == _comparable(before)


def test_an_untouched_form_of_a_method_changes_nothing(editor: Client) -> None:
    method = make_method(live=False, stages=["design", "analyse"], materials=["Paper"], offline_able=True)
    method.save_revision()
    before = latest(method).serializable_data()
    assert send(editor, edit_url(method), read_form(editor, edit_url(method))).status_code == 302
    assert _comparable(latest(method).serializable_data()) == _comparable(before)


def _comparable(data: dict) -> dict:
    moving = {"latest_revision_created_at", "latest_revision", "draft_title", "has_unpublished_changes"}
    tags = {row["tag"] for row in data["tagged_items"]}  # keywords are written anew each time
    kept = {name: _without_keys(value) for name, value in data.items() if name not in moving}
    return {**kept, "tagged_items": tags}


def _without_keys(value: object) -> object:
    """The editor of rich text gives every paragraph a key."""
    return re.sub(r' data-block-key="\w+"', "", value) if isinstance(value, str) else value


def test_a_new_draft_with_gaps_is_saved(expert: Client) -> None:
    url = f"/admin/pages/add/cases/casestudypage/{team_page(make_team('ken')).pk}/"
    response = send(expert, url, read_form(expert, url), title="Only a title", slug="only-a-title")
    assert response.status_code == 302
    case = CaseStudyPage.objects.get(slug="only-a-title")
    assert not case.live
    assert case.reference.startswith("CCD-KEN-")
    assert gaps(case)


def test_submission_is_refused_naming_every_gap(editor: Client) -> None:
    case = CaseStudyPage(title="Empty", slug="empty", live=False)
    team_page(make_team("ken")).add_child(instance=case)
    response = send(editor, edit_url(case), read_form(editor, edit_url(case)), action__submit="action-submit",
                    places="Kibera\nMathare")  # fmt: skip
    assert response.status_code == 200
    case.refresh_from_db()
    assert not case.live
    told, page = messages_of(response), unescape(response.content.decode())
    missing = gaps(case)
    assert "Not submitted: 19 things hold it back." in told
    assert told.count("Write the text “Summary”.") == told.count("Summary") == 1
    for place in re.findall(r'href="#([^"]+)"', told):
        assert f'id="{place}"' in page
    for gap in missing:
        assert str(gap) in page, str(gap)
    form = response.context["form"]
    for gap in missing:
        if gap.field in form.fields:
            assert str(gap) in form.errors[gap.field]
        else:
            assert str(gap) in form.formsets[gap.field].non_form_errors()
    assert "Kibera\nMathare" in response.content.decode()


def test_a_case_without_gaps_is_submitted_and_not_published(editor: Client) -> None:
    case = full_case(live=False)
    data = read_form(editor, edit_url(case))
    response = send(editor, edit_url(case), data, action__publish="action-publish", action__submit="action-submit")
    assert response.status_code == 302
    case.refresh_from_db()
    assert not case.live
    assert status(case).step == Step.SUBMITTED


def test_gaps_are_those_of_the_form_not_of_the_stored_draft(editor: Client) -> None:
    case = make_case(live=False)
    data = read_form(editor, edit_url(case))
    data["official_uses-0-DELETE"] = "1"
    data.setlist("themes", [])
    response = send(editor, edit_url(case), data, action__submit="action-submit")
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"themes", "__all__"}
    assert response.context["form"].formsets["official_uses"].non_form_errors()


def test_every_kind_of_field_is_written(expert: Client) -> None:
    case = make_case(live=False, levels={})
    organisation, method = make_organisation("New partner"), make_method()
    data = read_form(expert, edit_url(case))
    add_row(data, "partnerships", organisation=organisation.pk, role="trainer", note="trains")
    add_row(data, "official_uses", use="sdg-national", evidence="VNR 2024", year=2024, link="https://example.org")
    add_row(data, "sources", title="A source")
    add_row(data, "method_links", method=method.pk)
    data.setlist("countries", ["ken", "tza"])
    response = send(
        expert, edit_url(case), data, status="ongoing", participation__design="5", quality__metadata="3",
        quality__metadata__evidence="Codebook", tags="water, Wells", sensitive="on", start_year="2001",
    )  # fmt: skip
    assert response.status_code == 302, response.context["form"].errors
    saved = latest(case)
    assert [term.code for term in saved.chosen("countries")] == ["ken", "tza"]
    assert saved.chosen_one("status").code == "ongoing"
    assert saved.levels() == {"design": 5}
    assert [(row.score, row.evidence) for row in saved.quality_scores.all()] == [(3, "Codebook")]
    assert [row.note for row in saved.partnerships.all()] == ["trains"]
    assert [row.year for row in saved.official_uses.all()] == [None, 2024]
    assert [row.method_id for row in saved.method_links.all()] == [method.pk]
    assert sorted(tag.name for tag in saved.tags.all()) == ["Wells", "water"]
    assert saved.sensitive
    assert saved.start_year == 2001


def test_a_live_case_keeps_its_published_rows_while_a_draft_is_saved(expert: Client) -> None:
    case = make_case(levels={"design": 4, "collect": 4})
    data = read_form(expert, edit_url(case))
    data.setlist("themes", ["education"])
    send(expert, edit_url(case), data, participation__design="1", action__publish="action-publish")
    published = CaseStudyPage.objects.get(pk=case.pk)
    assert [term.code for term in published.chosen("themes")] == ["health"]
    assert published.levels() == {"design": 4, "collect": 4}
    draft = latest(case)
    assert [term.code for term in draft.chosen("themes")] == ["education"]
    assert draft.levels() == {"design": 1, "collect": 4}


BAD = {
    "title": "",
    "summary": "x" * 301,
    "themes": "atlantis",
    "countries": ["ken", "xxx"],
    "status": "unheard",
    "participation__design": "9",
    "quality__relevance": "7",
    "end_year": "1999",
    "start_year": "year",
    "sample_size": "-3",
    "targets": "99.1",
    "indicators": "4.1",
    "provisions": "crpd:900",
    "contact": "nobody",
    "cover": "777777",
    "lead_organisation": "777777",
    "places": "x" * 201,
    "consent_record": "777777",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_value_is_named_and_nothing_is_lost(expert: Client, name: str) -> None:
    case = make_case(live=False, start_year=2010)
    data = read_form(expert, edit_url(case))
    response = send(expert, edit_url(case), data, **{name: BAD[name]}, community_name="Typed before the error")
    assert response.status_code == 200
    assert name.split("__", maxsplit=1)[0] in response.context["form"].errors
    assert "Typed before the error" in response.content.decode()
    assert latest(case).community_name == ""


BAD_ROWS = {
    "partnerships": ({"organisation": "", "role": "funder"}, "organisation"),
    "official_uses": ({"use": "nonsense"}, "use"),
    "sources": ({"title": "A", "link": "no address"}, "link"),
    "method_links": ({"method": "777777"}, "method"),
    "attachments": ({"title": "A", "kind": "dataset", "access_level": "public", "file": "777777"}, "file"),
}


@pytest.mark.parametrize("relation", BAD_ROWS)
def test_a_bad_row_is_named_and_nothing_is_lost(expert: Client, relation: str) -> None:
    case = make_case(live=False)
    data = read_form(expert, edit_url(case))
    values, field = BAD_ROWS[relation]
    add_row(data, relation, **values)
    response = send(expert, edit_url(case), data, community_name="Typed before the error")
    assert response.status_code == 200
    assert field in response.context["form"].formsets[relation].forms[-1].errors
    assert "Typed before the error" in response.content.decode()
    assert latest(case).community_name == ""


def test_evidence_without_a_score_is_not_dropped(expert: Client) -> None:
    case = make_case(live=False)
    response = send(
        expert, edit_url(case), read_form(expert, edit_url(case)), quality__metadata__evidence="The codebook"
    )
    assert "quality" in response.context["form"].errors
    assert "The codebook" in response.content.decode()


def test_a_retired_term_stays_visible_and_blocks_publication(editor: Client) -> None:
    from django.utils import timezone

    from cases.models import Term

    case = make_case(live=False)
    Term.objects.filter(vocabulary="themes", code="health").update(retired_at=timezone.now())
    page = editor.get(edit_url(case)).content.decode()
    assert "Health and well-being (no longer used)" in page
    assert send(editor, edit_url(case), read_form(editor, edit_url(case))).status_code == 302
    assert [term.code for term in latest(case).chosen("themes")] == ["health"]
    other = make_case(live=False, terms={"themes": ["education"]})
    assert "Health and well-being (no longer used)" not in editor.get(edit_url(other)).content.decode()
    data = read_form(editor, edit_url(other))
    assert "themes" in send(editor, edit_url(other), data, themes=["health"]).context["form"].errors


def test_a_data_file_is_refused_where_consent_is_not_documented(editor: Client) -> None:
    from django.core.files.base import ContentFile

    from core.models import File

    case = make_case(live=False, terms={"consent_basis": ["not-documented"]})
    file = File.objects.create(title="Data", file=ContentFile(b"a,b", "data.csv"))
    case.attachments = [
        Attachment(file=file, title="The data", kind_id=term("attachment_kinds", "dataset").id,
                   access_level_id=term("sensitivity_levels", "public").id)
    ]  # fmt: skip
    case.save()
    response = send(editor, edit_url(case), read_form(editor, edit_url(case)), action__submit="action-submit")
    assert "The data" in messages_of(response)
    assert "Consent is not documented" in response.content.decode()


def test_a_translation_offers_texts_only(editor: Client) -> None:
    case = full_case()
    french = translate(case, "fr", problem="<p>Problème</p>")
    page = editor.get(edit_url(french))
    assert {"title", "summary", "problem", "story"} <= set(page.context["form"].fields)
    assert not {"themes", "countries", "quality", "participation", "start_year"} & set(page.context["form"].fields)
    assert edit_url(case) in page.content.decode()
    assert "cases/admin.css" in page.content.decode()
    assert page.content.decode().count('class="w-required-mark"') == 3  # title, summary, address
    data = read_form(editor, edit_url(french))
    assert send(editor, edit_url(french), data, title="Titre").status_code == 302
    publish(latest(french))
    french.refresh_from_db()
    assert french.title == "Titre"
    assert [term.code for term in french.chosen("themes")] == ["education", "health"]
    assert CaseStudyPage.objects.get(pk=case.pk).quality_scores.count() == 2


def test_preview_of_an_unfinished_draft(expert: Client) -> None:
    for page in (make_case(live=False, terms={"themes": []}), make_method(make_team("ken"), live=False)):
        data = read_form(expert, edit_url(page))
        data["title"] = "Seen in the preview only"
        url = f"/admin/pages/{page.pk}/edit/preview/"
        answer = expert.post(url, {name: data.getlist(name) for name in data})
        assert answer.json() == {"is_valid": True, "is_available": True}
        assert "Seen in the preview only" in expert.get(url).content.decode()
