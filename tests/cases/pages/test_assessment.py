"""Verdict, levels and scores: told as they are stored, with the words that say whose assessment they are."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

import pytest

from cases.models import CaseStudyPage, OfficialUse, QualityScore
from cases.terms import current_terms
from tests.factories.entries import make_case, make_organisation, publish, term

pytestmark = pytest.mark.django_db
CAVEAT = "not confirmed by"


def get(page: Any) -> str:
    return Client().get(page.get_url()).content.decode()


def cells(table: str) -> list[list[str]]:
    """The texts of a table's body, row by row."""
    body = table.split("<tbody>", 1)[1]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_caveats_stand_until_the_lead_confirms(repository: None) -> None:
    case = make_case(lead=make_organisation("The Union"))
    html = get(case)
    assert f"Editors&#x27; assessment, {CAVEAT} The Union" in html or f"Editors' assessment, {CAVEAT} The Union" in html
    assert "The owner has neither written nor reviewed this entry." in html
    CaseStudyPage.objects.filter(pk=case.pk).update(assessment_confirmed=True, owner_reviewed=True)
    html = get(case)
    assert CAVEAT not in html
    assert "neither written nor reviewed" not in html


def test_caveat_stands_at_verdict_levels_and_scores(repository: None) -> None:
    case = make_case(live=False)
    dimension = term("quality_dimensions", "relevance")
    case.quality_scores = [QualityScore(dimension_id=dimension.id, score=2, evidence="Asked twice")]
    html = get(publish(case))
    head, participation, quality = (
        html.split('class="entry-head"')[1].split("</header>")[0],
        html.split('id="participation"')[1].split("</section>")[0],
        html.split('id="quality"')[1].split("</section>")[0],
    )
    assert all(CAVEAT in part for part in (head, participation, quality))


@pytest.mark.parametrize(("level", "label"), [(4, "Citizen data"), (3, "Participatory data")])
def test_verdict_gives_its_reason(repository: None, level: int, label: str) -> None:
    html = get(make_case(levels={"design": level, "collect": 1}))
    verdict = html.split('class="verdict"')[1].split("</p>")[0]
    assert label in verdict
    assert f"{level}, “" in verdict


def test_figure_and_its_table_tell_the_data(repository: None) -> None:
    levels = {"identify-needs": 5, "design": 4, "collect": 1, "use": 2}
    html = get(make_case(levels=levels)).split('id="participation"')[1]
    rows = cells(html.split("<table")[1].split("</table>")[0])
    stages = current_terms().of("value_chain_stages")
    names = {row.facts["level"]: str(row.label()) for row in current_terms().of("participation_levels")}
    said = {code: f"{level} {names[level]}" for code, level in levels.items()}
    assert rows == [[str(stage.label()), said.get(stage.code, "not assessed")] for stage in stages]
    figure = html.split('class="steps__cells"')[1 : len(stages) + 1]
    drawn = [(row.count("is-full"), row.count("is-reached"), row.count("is-empty")) for row in figure]
    reached = [levels.get(stage.code, 0) for stage in stages]
    assert drawn == [(level - 1, 1, 5 - level) if level else (0, 0, 5) for level in reached]


def test_quality_is_grouped_and_told_in_words(repository: None) -> None:
    case = make_case(live=False)
    scores = {"community-ownership": 4, "relevance": 0}
    case.quality_scores = [
        QualityScore(dimension_id=term("quality_dimensions", code).id, score=score, evidence=f"About {code}")
        for code, score in scores.items()
    ]
    html = get(publish(case)).split('id="quality"')[1].split("</section>")[0]
    rows = [row for row in cells(html) if len(row) == 3]
    assert [row[0] for row in rows] == ["Relevance", str(term("quality_dimensions", "community-ownership").label())]
    assert rows[0][1].split() == ["0", "Not", "addressed"]
    assert rows[1][1].split() == ["4", "Independently", "verified"]
    assert rows[0][2] == "About relevance"
    assert html.index("Outputs") < html.index("Relevance") < html.index("Particular to citizen data")


def test_strongest_official_use_comes_first(repository: None) -> None:
    case = make_case(live=False)
    case.official_uses = [
        OfficialUse(use_id=term("official_use", "advocacy").id, evidence="A campaign"),
        OfficialUse(
            use_id=term("official_use", "sdg-global").id, evidence="A report", year=2020, link="https://example.org/r"
        ),
    ]
    html = get(publish(case)).split('id="use"')[1].split("</section>")[0]
    rows = cells(html)
    assert [row[0] for row in rows] == [str(term("official_use", c).label()) for c in ("sdg-global", "advocacy")]
    assert 'href="https://example.org/r"' in html
    assert rows[0][2] == "2020"


def test_undocumented_consent_is_said_in_a_sentence(repository: None) -> None:
    sentence = "On what basis people's data were taken is not documented"
    assert sentence in get(make_case(terms={"consent_basis": ["not-documented"]})).replace("&#x27;", "'")
    assert sentence not in get(make_case()).replace("&#x27;", "'")
