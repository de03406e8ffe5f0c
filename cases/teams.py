"""Making a country team: the team, its pages in every language, its groups and its collection, all or nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale

from cases.models import CountryTeam, CountryTeamPage, TeamIndexPage
from cases.models.teams import INTERNATIONAL
from cases.roles import TEAM_PERMISSIONS
from cases.terms import TermRow, current_terms

PAGE_PERMISSIONS: Final = ("add_page", "change_page")
FILE_PERMISSIONS: Final = (
    ("wagtailimages", ("add_image", "change_image", "choose_image")),
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
)
ISO3_LENGTH: Final = 3


class TeamError(ValueError):
    """A team that cannot be made; the text says why and what is allowed."""


@transaction.atomic
def create_team(code: str, name: str, countries: Sequence[TermRow], contact: str = "", by: Any = None) -> CountryTeam:
    """Make a team with its pages under every list of teams, its two groups and its collection of files.

    Experts and leads may add and change pages of the team and files of its collection, and never publish. Raises
    `TeamError` when the code is taken or wrong, or when a language has no list of teams yet.
    """
    _check_code(code, countries)
    indexes = _indexes()
    team = CountryTeam(code=code, name=name, contact=contact)
    try:
        team.full_clean(exclude=["collection"])
    except ValidationError as error:
        raise TeamError("; ".join(f"{key}: {' '.join(text)}" for key, text in error.message_dict.items())) from error
    team.collection = Collection.get_first_root_node().add_child(name=name)
    team.save()
    team.countries.set([country.id for country in countries])
    _add_pages(team, indexes, countries)
    for group_name in team.group_names:
        _new_group(group_name)
    grant_rights(team)
    log(team, "cases.team.create", user=by)
    return team


def grant_rights(team: CountryTeam) -> None:
    """Let the team's groups write below its pages and use its collection; what they have already they keep."""
    pages = list(team.pages.order_by("pk"))
    for group in team.groups():
        _grant(group, pages, team.collection)


def find_countries(codes: Iterable[str]) -> list[TermRow]:
    """The countries with these ISO 3166-1 alpha-3 codes, in any case. Raises `TeamError` with the allowed codes."""
    known = {row.code: row for row in current_terms().of("countries")}
    wanted = list(dict.fromkeys(code.lower() for code in codes))
    unknown = [code for code in wanted if code not in known]
    if unknown:
        close = [match for code in unknown for match in difflib.get_close_matches(code, known, n=3)]
        allowed = ", ".join([*close, *(code for code in known if code not in close)])
        raise TeamError(f"countries: no country has the code {', '.join(unknown)}; allowed: {allowed or 'none yet'}.")
    return [known[code] for code in wanted]


def _check_code(code: str, countries: Sequence[TermRow]) -> None:
    taken = list(CountryTeam.objects.values_list("code", flat=True).order_by("code"))
    if code in taken:
        raise TeamError(f"code: there is a team {code!r} already. Teams: {', '.join(taken)}.")
    own = [country.code for country in countries]
    if len(code) == ISO3_LENGTH and code not in own:
        allowed = ", ".join(own) or "none without countries"
        raise TeamError(f"code: {code!r} is none of the team's countries; allowed three-letter codes: {allowed}.")


def _indexes() -> dict[Locale, TeamIndexPage]:
    """The list of teams by language. Raises `TeamError` when a language lacks it."""
    indexes = {page.locale: page for page in TeamIndexPage.objects.select_related("locale")}
    missing = [locale.language_code for locale in Locale.objects.all() if locale not in indexes]
    if missing or not indexes:
        languages = ", ".join(missing) or "any language"
        raise TeamError(f"There is no list of teams in {languages}: run the command setup_site first.")
    return indexes


def _add_pages(team: CountryTeam, indexes: dict[Locale, TeamIndexPage], countries: Sequence[TermRow]) -> None:
    """Add one live page a language; all are translations of each other. Their history begins with the first edit."""
    pages: list[CountryTeamPage] = []
    now = timezone.now()
    for locale, index in indexes.items():
        page = CountryTeamPage(
            team=team,
            slug=team.code,
            locale=locale,
            title=_title(team, locale.language_code, countries),
            first_published_at=now,
            last_published_at=now,
        )
        if pages:
            page.translation_key = pages[0].translation_key
        index.add_child(instance=page)
        pages.append(page)


def _title(team: CountryTeam, language: str, countries: Sequence[TermRow]) -> str:
    """The country's name in that language where the team is one country, else the team's name."""
    if len(countries) == 1 and countries[0].code == team.code:
        return countries[0].label(language).text
    if team.code == INTERNATIONAL:
        with translation.override(language):
            return gettext("International")
    return team.name


def _new_group(name: str) -> Group:
    """A group that may enter the admin and add organisations; one that an earlier team left behind is used again."""
    group, _created = Group.objects.get_or_create(name=name)
    names = ("wagtailadmin.access_admin", *TEAM_PERMISSIONS)
    group.permissions.set([found for app, name in (n.split(".") for n in names) for found in _permissions(app, [name])])
    return group


def _grant(group: Group, pages: Iterable[CountryTeamPage], collection: Collection | None) -> None:
    for permission in _permissions("wagtailcore", PAGE_PERMISSIONS):
        GroupPagePermission.objects.bulk_create(
            (GroupPagePermission(group=group, page_id=page.pk, permission=permission) for page in pages),
            ignore_conflicts=True,
        )
    for app, codenames in FILE_PERMISSIONS:
        GroupCollectionPermission.objects.bulk_create(
            (
                GroupCollectionPermission(group=group, collection=collection, permission=permission)
                for permission in _permissions(app, codenames)
            ),
            ignore_conflicts=True,
        )


def _permissions(app: str, codenames: Iterable[str]) -> list[Permission]:
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
