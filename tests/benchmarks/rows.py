"""The first entries of the corpus as pages in the database, written in bulk: page by page it would take hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from wagtail.models import Locale, Page

from cases.models import CaseStudyPage, CountryTeamPage, EntryPage, EntryTerm
from cases.terms import current_terms
from search.documents import IndexDocument
from search.models import EntryText
from search.texts import entry_text
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.filling import batches
from tests.factories.entries import make_organisation, make_team, team_page

FIELDS = {
    "theme": "themes",
    "group": "population_groups",
    "initiative": "initiative_type",
    "sdg": "sdgs",
    "method": "collection_methods",
}


def make_rows(count: int) -> None:
    """This many published case studies in English under one team: pages, terms and words."""
    parent = team_page(make_team())
    with transaction.atomic():
        for batch in batches(Corpus().documents(count)):
            _write(parent, batch)
            parent.numchild += len(batch)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)


def _write(parent: CountryTeamPage, documents: Sequence[IndexDocument]) -> None:
    pages = [_page(parent, number, document) for number, document in enumerate(documents, parent.numchild + 1)]
    bases = Page.objects.bulk_create([_base(page) for page in pages])
    for page, base in zip(pages, bases, strict=True):
        page.pk = page.page_ptr_id = page.entrypage_ptr_id = base.pk
    _insert(EntryPage, pages)
    _insert(CaseStudyPage, pages)
    EntryTerm.objects.bulk_create(row for each in zip(pages, documents, strict=True) for row in _terms(*each))
    EntryText.objects.bulk_create([entry_text(page) for page in pages])


def _page(parent: CountryTeamPage, number: int, document: IndexDocument) -> CaseStudyPage:
    texts = document.texts[document.language]
    slug = f"entry-{number}"
    return CaseStudyPage(
        path=CaseStudyPage._get_path(parent.path, parent.depth + 1, number),
        depth=parent.depth + 1,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        content_type=ContentType.objects.get_for_model(CaseStudyPage),
        locale=Locale.objects.get(language_code="en"),
        translation_key=document.key,
        title=texts.title,
        draft_title=texts.title,
        summary=texts.summary,
        problem=f"<p>{texts.body}</p>",
        reference=document.reference,
        team=parent.team,
        lead_organisation=make_organisation(document.lead[:-1]),
        start_year=document.years[0],
        first_published_at=document.published,
    )


def _base(page: CaseStudyPage) -> Page:
    return Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.local_concrete_fields[1:]})


def _insert(model: type[Any], pages: Sequence[CaseStudyPage]) -> None:
    """One table of a model with parents, which `bulk_create` does not do."""
    fields = model._meta.local_concrete_fields
    for start in range(0, len(pages), 100):
        model._base_manager.all()._insert(pages[start : start + 100], fields=fields, using="default")


def _terms(page: CaseStudyPage, document: IndexDocument) -> Iterator[EntryTerm]:
    terms = current_terms()
    for facet, field in FIELDS.items():
        for code in document.codes[facet]:
            yield EntryTerm(entry=page, field=field, term_id=_term(terms, field, code))
    for code in document.countries:
        yield EntryTerm(entry=page, field="countries", term_id=_term(terms, "countries", code))


def _term(terms: Any, field: str, code: str) -> int:
    vocabulary = {"initiative_type": "initiative_types"}.get(field, field)
    return terms.find(vocabulary, code).id
