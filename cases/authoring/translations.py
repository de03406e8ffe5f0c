"""Which languages an entry has, and how far each translation is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.log_actions import log
from wagtail.models import Locale, Page

from cases.authoring.comments import follow
from cases.authoring.steps import with_step
from cases.models import CountryTeamPage, EntryPage
from cases.workflow.state import Step

if TYPE_CHECKING:
    from accounts.models import User

START: Final = "cases.translation.start"
CONFIRM: Final = "cases.translation.confirm"
STATE_OF: Final = {
    Step.SUBMITTED: "submitted",
    Step.ETHICS: "submitted",
    Step.CHANGES_ASKED: "changes",
    Step.SCHEDULED: "scheduled",
}
STATES: Final[dict[str, str | Promise]] = {
    "missing": _("missing"),
    "draft": _("draft"),
    "submitted": _("submitted"),
    "changes": _("changes asked for"),
    "scheduled": _("scheduled"),
    "published": _("published"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One language of one entry; `page` is None while nobody began to translate."""

    original_id: int
    language: str
    language_name: str
    state: str
    is_older: bool = False
    page: EntryPage | None = None

    @property
    def is_missing(self) -> bool:
        """Whether nobody began."""
        return self.page is None

    @property
    def label(self) -> str | Promise:
        """The state in a word."""
        return STATES[self.state]

    @property
    def edit_url(self) -> str:
        """The editor of the translation; empty while it is missing."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if self.page else ""

    @property
    def start_url(self) -> str:
        """Where the translation is begun, by POST."""
        return reverse("cases_authoring:translate", args=[self.original_id, self.language])


def standings(originals: Iterable[EntryPage]) -> dict[int, tuple[Standing, ...]]:
    """The other languages of each original, in the order of the site's languages; one SQL. Needs their `locale`."""
    entries = list(originals)
    pages = _translations_of(entries)
    return {
        entry.pk: tuple(
            _standing(entry, code, str(name), pages.get((entry.pk, code)))
            for code, name in settings.LANGUAGES
            if code != entry.locale.language_code
        )
        for entry in entries
    }


def _translations_of(originals: Sequence[EntryPage]) -> dict[tuple[int, str], Any]:
    """The translations by original and language, with their step."""
    pages = EntryPage.objects.filter(original__in=originals).defer("story", "original__story").order_by("pk")
    found = with_step(pages.select_related("locale", "progress", "original__progress"))
    return {(page.original_id, page.locale.language_code): page for page in found}


def _standing(entry: EntryPage, language: str, name: str, page: Any) -> Standing:
    if page is None:
        return Standing(entry.pk, language, name, state="missing")
    state = STATE_OF.get(page.step, "published" if page.live else "draft")
    return Standing(entry.pk, language, name, state=state, is_older=is_older(page), page=page)


def is_older(translation: EntryPage) -> bool:
    """Whether the texts of the original changed since those of the translation did, or were confirmed."""
    ours, theirs = getattr(translation, "progress", None), getattr(translation.original, "progress", None)
    return bool(ours and theirs and ours.texts_changed_at < theirs.texts_changed_at)


def start_translation(original: EntryPage, locale: Locale, user: User) -> EntryPage:
    """The translation of `original` in this language, begun if need be: a draft under the team's page there.

    Its title is the original's until somebody translates it; all other texts are empty.
    """
    if found := _existing(original, locale):
        return found
    home = CountryTeamPage.objects.get(team=original.team, locale=locale)
    page: Any = type(original)(
        title=original.title,
        slug=free_slug(home, original.slug),
        locale=locale,
        original=original,
        translation_key=original.translation_key,
        live=False,
        owner=user,
    )
    try:
        with transaction.atomic():
            home.add_child(instance=page)
            revision = page.save_revision(user=user, clean=False)
            follow(page, user)
            log(page, START, user=user, revision=revision, data={"original": original.reference})
    except IntegrityError:  # somebody else began it in the same moment
        return EntryPage.objects.get(translation_key=original.translation_key, locale=locale)
    return page


def _existing(original: EntryPage, locale: Locale) -> EntryPage | None:
    return EntryPage.objects.filter(translation_key=original.translation_key, locale=locale).first()


def free_slug(home: Page, slug: str) -> str:
    """A slug, with a number when a page below `home` has it already."""
    taken = set(home.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := slug if n == 1 else f"{slug}-{n}") not in taken)
