"""Which words of a page are searched, and keeping them with the page."""

from __future__ import annotations

from cases.models import CaseStudyPage, EntryPage, MethodPage
from core.text import plain, tokens
from search.models import EntryText

ENTRY_MODELS = (CaseStudyPage, MethodPage)
BATCH = 200


def padded(text: str) -> str:
    """Folded tokens joined and surrounded by single spaces; ` ` for a text without words."""
    return f" {' '.join(tokens(text))} "


def body_of(page: CaseStudyPage | MethodPage) -> str:
    """All that can be read on the page below title and summary, as plain text; private fields are not among it."""
    parts = [plain(getattr(page, name)) for name in page.text_fields]
    parts += [plain(part) for part in page.story.stream_block.get_searchable_content(page.story)]
    if isinstance(page, MethodPage):
        parts += [part for step in page.steps.get_object_list() for part in (step.title, step.text)]
    else:
        parts += page.places
    return " ".join(" ".join(part.split()) for part in [*parts, page.reference] if part)


def entry_text(page: CaseStudyPage | MethodPage) -> EntryText:
    """The row for a page as it is in memory, not saved."""
    body = body_of(page)
    return EntryText(
        page_id=page.pk,
        language=page.locale.language_code,
        body=body,
        title_words=padded(page.title),
        summary_words=padded(page.summary),
        body_words=padded(body),
    )


def keep(pages: list[CaseStudyPage | MethodPage]) -> None:
    """Write the rows of these pages, new or again, in one statement."""
    EntryText.objects.bulk_create(
        [entry_text(page) for page in pages],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["language", "body", "title_words", "summary_words", "body_words", "kept_at"],
    )


def rebuild() -> int:
    """Write the rows of all pages again, batch by batch, and return their number."""
    pks = list(EntryPage.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        keep(list(EntryPage.objects.filter(pk__in=batch).specific().prefetch_related("locale")))
    return len(pks)
