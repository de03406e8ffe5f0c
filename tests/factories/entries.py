"""Teams, organisations, cases and methods for tests: complete enough to be published unless a test takes parts away.

Every function needs vocabularies and the site tree, which the fixture `repository` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, TypeVar

from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from cases.models import (
    CaseStudyPage,
    CountryTeam,
    CountryTeamPage,
    EntryPage,
    MethodPage,
    OfficialUse,
    Organisation,
    Partnership,
    StageLevel,
    Step,
)
from cases.teams import create_team
from cases.term_fields import TERM_FIELDS
from cases.terms import TermRow, current_terms
from cases.workflow import door

E = TypeVar("E", bound=EntryPage)
_number = count(1)

CASE_TERMS: Mapping[str, Sequence[str]] = {
    "countries": ["ken"],
    "themes": ["health"],
    "population_groups": ["women"],
    "collection_methods": ["household-survey"],
    "initiative_type": ["civic-action"],
    "consent_basis": ["individual-written"],
    "access_level": ["public"],
    "licence": ["cc-by-4-0"],
    "data_licence": ["cc-by-4-0"],
}
METHOD_TERMS: Mapping[str, Sequence[str]] = {
    "collection_methods": ["household-survey"],
    "themes": ["health"],
    "licence": ["cc-by-4-0"],
    "participation_level": ["partnership"],
}


def term(vocabulary: str, code: str) -> TermRow:
    """The term, which must exist."""
    found = current_terms().find(vocabulary, code)
    assert found, f"no term {vocabulary}: {code}"
    return found


def make_team(code: str = "ken", name: str = "", countries: Iterable[str] | None = None) -> CountryTeam:
    """The team with this code, made if need be; a team with an ISO code has that country."""
    existing = CountryTeam.objects.filter(code=code).first()
    if existing:
        return existing
    if countries is None:
        countries = [code] if current_terms().find("countries", code) else []
    return create_team(code, name or f"Team {code}", [term("countries", country) for country in countries])


def team_page(team: CountryTeam, language: str = "en") -> CountryTeamPage:
    """The team's page in a language."""
    return CountryTeamPage.objects.get(team=team, locale__language_code=language)


def make_organisation(name: str = "", type_code: str = "civil-society-organisation") -> Organisation:
    """An organisation; the same name gives the same one."""
    name = name or f"Organisation {next(_number)}"
    existing = Organisation.objects.filter(name=name).first()
    return existing or Organisation.objects.create(name=name, type_id=term("organisation_types", type_code).id)


def make_case(
    team: CountryTeam | None = None,
    *,
    live: bool = True,
    terms: Mapping[str, Sequence[str]] | None = None,
    levels: Mapping[str, int] | None = None,
    uses: Sequence[str] = ("advocacy",),
    lead: Organisation | None = None,
    partners: Sequence[tuple[Organisation, str]] = (),
    tags: Sequence[str] = (),
    language: str = "en",
    **fields: Any,
) -> CaseStudyPage:
    """A case without gaps, published unless `live` is false; `terms` replaces choices field by field."""
    number = next(_number)
    texts = {name: f"<p>{name.capitalize()} of case {number}.</p>" for name in ("problem", "approach", "results")}
    texts |= {"lessons": "<p>Start early.</p>", "limits": "<p>Small sample.</p>"}
    values = {"title": f"Case {number}", "summary": f"Summary of case {number}.", **texts}
    if "lead_organisation" not in fields:
        values["lead_organisation"] = lead or make_organisation()
    page = CaseStudyPage(live=False, **{**values, **fields})
    choose(page, {**CASE_TERMS, **(terms or {})})
    set_levels(page, {"design": 4, "collect": 4} if levels is None else levels)
    page.official_uses = [OfficialUse(use_id=term("official_use", code).id) for code in uses]
    page.partnerships = [
        Partnership(organisation=organisation, role_id=term("partner_roles", role).id)
        for organisation, role in partners
    ]
    return _place(page, team or make_team(), language, tags, live)


def make_method(
    team: CountryTeam | None = None,
    *,
    live: bool = True,
    terms: Mapping[str, Sequence[str]] | None = None,
    stages: Sequence[str] = ("design",),
    tags: Sequence[str] = (),
    language: str = "en",
    **fields: Any,
) -> MethodPage:
    """A method without gaps, published unless `live` is false."""
    number = next(_number)
    texts = {name: f"<p>{name} of method {number}.</p>" for name in ("purpose", "when_to_use", "when_not", "ethics")}
    page = MethodPage(live=False, **{"title": f"Method {number}", "summary": f"Summary {number}.", **texts, **fields})
    choose(page, {**METHOD_TERMS, **(terms or {})})
    set_levels(page, dict.fromkeys(stages))
    page.steps = [Step(title="Prepare", text="Ask first.")]
    return _place(page, team or make_team("international", "International team"), language, tags, live)


def translate(original: E, language: str, *, live: bool = True, **fields: Any) -> E:
    """A translation of an original: title and summary, and whatever texts are given."""
    title = fields.pop("title", f"{original.title} ({language})")
    values = {"title": title, "summary": f"{original.summary} ({language})", **fields}
    page = type(original)(
        live=False, original=original, translation_key=original.translation_key, slug=original.slug, **values
    )
    return _place(page, original.team, language, (), live)


def publish(page: E) -> E:
    """Publish what the page's instance holds, past moderation."""
    door.publish(page.save_revision(), reason="test")
    page.refresh_from_db()
    return page


def choose(page: EntryPage, terms: Mapping[str, Sequence[str]]) -> None:
    """Choose terms by code, field by field."""
    for field, codes in terms.items():
        page.choose(field, [term(TERM_FIELDS[field].vocabulary, code) for code in codes])


def set_levels(page: EntryPage, levels: Mapping[str, int | None]) -> None:
    """Replace the levels by stage code."""
    page.stage_levels = [
        StageLevel(stage_id=term("value_chain_stages", code).id, level=level) for code, level in levels.items()
    ]


def _place(page: E, team: CountryTeam, language: str, tags: Sequence[str], live: bool) -> E:
    page.locale = Locale.objects.get(language_code=language)
    parent = Page.objects.get(pk=team_page(team, language).pk)
    # Wagtail would look through the whole page again for each of its rows.
    with disable_reference_index_auto_update():
        parent.add_child(instance=page)
        if tags:
            page.tags.set(list(tags))
            page.save()
        if live:
            publish(page)
    ReferenceIndex.create_or_update_for_object(page)
    return page
