"""Who takes part: the lead, and partners by role."""

from __future__ import annotations

from dataclasses import dataclass

from cases import addresses
from cases.models import CaseStudyPage, Organisation
from cases.reading.items import Item, of_term
from cases.reading.texts import Text
from cases.terms import current_terms


@dataclass(frozen=True, slots=True)
class Partner:
    """One organisation with its type and what exactly it does."""

    organisation: Item
    type: Item
    note: Text


@dataclass(frozen=True, slots=True)
class Role:
    """All partners in one role."""

    role: Item
    partners: tuple[Partner, ...]


def of_organisation(organisation: Organisation) -> Item:
    """An organisation by name, with its type as a remark; the language of names is not known."""
    return Item(organisation.name, href=addresses.of_organisation(organisation.slug), note=type_of(organisation).text)


def type_of(organisation: Organisation) -> Item:
    """The type of an organisation."""
    return of_term(current_terms().resolve(organisation.type_id))


def partners(case: CaseStudyPage) -> tuple[Role, ...]:
    """The partners of a case, grouped by role in the order of the vocabulary."""
    terms, language = current_terms(), case.locale.language_code
    roles: dict[int, list[Partner]] = {}
    for row in case.partnerships.get_object_list():
        organisation = row.organisation
        partner = Partner(of_organisation(organisation), type_of(organisation), Text(row.note, language))
        roles.setdefault(terms.resolve(row.role_id).id, []).append(partner)
    ordered = sorted((terms.get(pk) for pk in roles), key=lambda term: term.order)
    return tuple(Role(of_term(role), tuple(roles[role.id])) for role in ordered)
