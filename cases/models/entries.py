"""What case studies and methods have in common: one table of entries, their terms, levels, tags and files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from cases.gates import refuse_gaps
from cases.members.locks import ArchivedWithTeam
from cases.models import progress
from cases.models.children import repair
from cases.models.drafts import keep_settled
from cases.models.entry_rows import Attachment, EntryTerm, Source, StageLevel, Tag
from cases.models.references import next_reference
from cases.models.teams import CountryTeam, CountryTeamPage
from cases.term_fields import TERM_FIELDS, Kind
from cases.terms import TermRow, current_terms
from cases.workflow import door
from core.blocks import STORY_BLOCKS
from core.fields import StreamField
from core.models import BasePage, Picture

if TYPE_CHECKING:
    from modelcluster.fields import DeferringRelatedManager

SUMMARY_LENGTH = 300
# Arguments: entry (as it stands in memory), revision. Sent after each saved draft, by whatever door.
revision_saved = Signal()


class EntryPage(ArchivedWithTeam, BasePage):
    """A case study or a method in one language.

    `original` is empty on the page in which the entry was first written. A translation points to it, holds texts
    only, and takes everything else from it (`source`).
    """

    kind: ClassVar[Kind]
    text_fields: ClassVar[tuple[str, ...]] = ()
    """Texts of a translation beyond title and summary, in reading order."""

    summary = models.TextField(
        _("summary"),
        max_length=SUMMARY_LENGTH,
        blank=True,
        help_text=_("Who did what, and what came of it, in at most 300 characters. It stands in lists of results."),
    )
    reference = models.CharField(_("reference"), max_length=40, blank=True, editable=False, db_index=True)
    external_id = models.SlugField(_("external key"), max_length=120, blank=True, editable=False)
    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="entries", editable=False)
    original = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="translations", editable=False
    )
    co_teams = models.ManyToManyField(
        CountryTeam, verbose_name=_("co-author teams"), blank=True, related_name="coauthored", editable=False
    )
    """On the original only. Their members edit the entry as its own team does (see `cases.members.coauthors`)."""
    cover = models.ForeignKey(
        Picture,
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Choose one whose people agreed to be shown. Without a cover, a figure of the levels is drawn."),
    )
    story = StreamField(
        STORY_BLOCKS,
        verbose_name=_("story"),
        blank=True,
        help_text=_("Optional: pictures, quotes, tables and files that make the case vivid."),
    )
    doi = models.CharField(_("DOI"), max_length=120, blank=True, help_text=_("Without https://doi.org/ in front."))
    basis = models.JSONField(
        _("basis of each field"), default=dict, blank=True, editable=False, help_text=_("field: verified or editorial")
    )
    owner_reviewed = models.BooleanField(
        _("reviewed by the owner"),
        default=False,
        help_text=_("The organisation that leads the initiative has read this entry."),
    )
    tags = ClusterTaggableManager(through="cases.EntryTag", blank=True, verbose_name=_("tags"))

    version_number: int | None = None
    """Number of the newest published version, on an entry that was found by its address; so are the next two."""
    checked_on: date | None = None
    """When it was last published or found to be right."""
    due_on: date | None = None
    """When it is to be looked at again."""

    is_creatable = False
    is_moderated = True
    parent_page_types = ["cases.CountryTeamPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy = ["reference", "external_id", "original", "doi", "co_teams"]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("reference"),
        index.AutocompleteField("reference"),
    ]

    terms: DeferringRelatedManager[EntryTerm]
    stage_levels: DeferringRelatedManager[StageLevel]
    attachments: DeferringRelatedManager[Attachment]
    sources: DeferringRelatedManager[Source]

    class Meta:
        verbose_name = _("entry")
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=models.Q(original__isnull=True) & ~models.Q(reference=""),
                name="entry_reference_once",
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=models.Q(original__isnull=True) & ~models.Q(external_id=""),
                name="entry_external_id_once",
            ),
        ]

    @cached_property
    def source(self) -> Self:
        """The page that holds the structured fields: the original, or this page itself."""
        return self.original.specific if self.original else self

    @property
    def is_translation(self) -> bool:
        """Whether this page only translates texts of another one."""
        return self.original_id is not None

    def chosen(self, field: str) -> tuple[TermRow, ...]:
        """The terms chosen in `field` (a name of `TERM_FIELDS`) in order, merged ones followed, each once."""
        resolve = current_terms().resolve
        rows = self.source.terms.get_object_list()
        return tuple(dict.fromkeys(resolve(row.term_id) for row in rows if row.field == field))

    def chosen_one(self, field: str) -> TermRow | None:
        """The term chosen in a field that takes at most one."""
        return next(iter(self.chosen(field)), None)

    def choose(self, field: str, terms: Iterable[TermRow]) -> None:
        """Replace the choice in `field`; written when the page is saved. Raises `KeyError` for an unknown field."""
        declared = TERM_FIELDS[field]
        kept = {row.term_id: row for row in self.terms.get_object_list() if row.field == field}
        others = [row for row in self.terms.get_object_list() if row.field != field]
        chosen = [kept.get(term.id) or EntryTerm(field=declared.name, term_id=term.id) for term in dict.fromkeys(terms)]
        for order, row in enumerate(chosen):
            row.sort_order = order
        self.terms = [*others, *chosen]

    def levels(self) -> dict[str, int]:
        """Level 1-5 of participation by stage code, for stages that have one."""
        terms = current_terms()
        rows = self.source.stage_levels.get_object_list()
        return {terms.get(row.stage_id).code: row.level for row in rows if row.level is not None}

    def clean(self) -> None:
        """Keep what a translation may not have away from it."""
        super().clean()
        if self.is_translation and self.original and self.original.original_id:
            raise ValidationError({"original": _("A translation points to the original, not to another translation.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save with the team of the parent page and, on first creation of an original, a new reference."""
        if self.pk is None or not self.team_id:
            self._take_team()
        if self.original_id:
            self.reference = self.original.reference if self.original else self.reference
        elif self.alias_of_id:
            self.reference = self.external_id = ""  # they are of the page that it mirrors
        elif not self.reference:
            self.reference = next_reference(self.team.reference_code, timezone.now().year)
        door.guard(self, kwargs.get("update_fields"))
        return super().save(*args, **kwargs)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Hand templates one reader, `entry`; a preview goes through the same with unsaved content."""
        # Late, because reading needs the models.
        from cases.reading import read

        return {**super().get_context(request, *args, **kwargs), "entry": read(self, request)}

    def save_revision(self, user: Any = None, **kwargs: Any) -> Any:
        """Save a draft and note how far it is; an autosave writes over a draft only while nobody relies on that.

        A review that has to begin again because of it does so in the same transaction.
        """
        # Late, because decisions need the models.
        from cases.workflow.decisions import revised

        with transaction.atomic():
            revision = super().save_revision(**keep_settled(self, {**kwargs, "user": user}))
            progress.record(self)
            revision_saved.send(type(self), entry=self, revision=revision)
            revised(self)
        return revision

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish only what is cleared and without gaps, whoever asks and through whatever door; note the version.

        Raises `door.NotCleared` or `gates.GapsRemain`.
        """
        # Late, because versions need the models.
        from cases.versions.recording import publication, record

        door.refuse_uncleared(self.pk, revision.pk)
        entry = revision.as_object()
        refuse_gaps(entry)
        with publication(self):
            done = super().publish(revision, user=user, **kwargs)
            record(entry, revision, user)
        return done

    def permissions_for_user(self, user: Any) -> Any:
        """What this person may do with the entry in the admin."""
        from cases.workflow.permissions import EntryPermissionTester

        return EntryPermissionTester(user, self)

    def with_content_json(self, content: Any) -> Self:
        """Read a revision; what an entry is for good comes from its row: a move or a copy does not change revisions."""
        entry: Self = super().with_content_json(content)
        for name in ("reference", "external_id", "team_id", "original_id", "live_revision_id"):
            setattr(entry, name, getattr(self, name))
        return entry

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Read a revision with merged terms followed and rows of deleted objects left out."""
        entry: Self | None = super().from_serializable_data(
            repair(cls, data),
            check_fks=False,  # one query for each key, most of them taken from the row afterwards
            strict_fks=strict_fks,
        )
        if entry is not None:
            _read_tags(entry)
        return entry

    def get_translations(self, inclusive: bool = False) -> Any:
        """The other languages, with what Wagtail's check of permissions reads of each."""
        return TranslationQuerySet(type(self)).filter(pk__in=super().get_translations(inclusive).values("pk"))

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """Nothing new under a team that is archived."""
        if not super().can_create_at(parent):
            return False
        known = parent if isinstance(parent, CountryTeamPage) else None
        page = known or CountryTeamPage.objects.select_related("team").filter(pk=parent.pk).first()
        return page is None or page.team.archived_at is None

    def _take_team(self) -> None:
        parent = Page.objects.get(path=self.path[: -self.steplen])
        team_page = CountryTeamPage.objects.select_related("team").filter(pk=parent.pk).first()
        if team_page is None:
            raise ValidationError(_("An entry must stand under a team's page."))
        self.team = team_page.team


def _read_tags(entry: EntryPage) -> None:
    """Give the keywords of a revision their tags in one query, not one each."""
    rows = entry.tagged_items.get_object_list()
    tags = Tag.objects.in_bulk([row.tag_id for row in rows])
    for row in rows:
        row.tag = tags[row.tag_id]


class TranslationQuerySet(PageQuerySet):
    """Pages of which Wagtail's editor reads three columns and then, one query each, those for the permissions."""

    def only(self, *fields: str) -> Self:
        """Read the columns for the permissions as well."""
        return super().only(*fields, "path", "content_type", "owner", "alias_of", "team", "translation_key")
