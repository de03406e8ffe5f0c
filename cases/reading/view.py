"""Everything that the page of an entry shows, read in batches: templates ask the database for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext, override
from django.utils.translation import gettext_lazy as _

from cases import addresses, citing, derived
from cases.file_rules import Reader
from cases.gates import is_blank
from cases.models import EntryPage
from cases.reading import items, story
from cases.reading.attachments import Download, attachments
from cases.reading.crumbs import Crumb, crumbs_of
from cases.reading.evidence import Reference, sources
from cases.reading.items import VERIFIED, Fact, Item
from cases.reading.organisations import of_organisation
from cases.reading.related import Linked, Translation, related
from cases.reading.richtext import Expander
from cases.reading.rows import load_rows
from cases.reading.texts import Text, attributes, interface_language
from cases.terms import FALLBACK

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Section:
    """One text of the article under its heading."""

    name: str
    heading: str | Promise
    text: Text
    verified: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its anchor and heading."""

    id: str
    label: str | Promise


class EntryView:
    """What the page of one entry shows to one reader in the active language."""

    body: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Facts of the article by part of the page; names of term fields and plain fields."""
    aside: ClassVar[tuple[str, ...]] = ()
    """Facts at the head of the column beside the article."""
    record: ClassVar[tuple[str, ...]] = ()
    """Facts further down in it."""

    def __init__(self, entry: EntryPage, user: User | AnonymousUser, roots: Mapping[str, str]) -> None:
        self.entry = entry
        self.source: Any = entry.source
        self.language = get_language() or FALLBACK
        self.reader = Reader(user)
        self._roots = roots
        self._load()

    def _load(self) -> None:
        """Read all that is not on the entry itself; the number of SQL does not depend on the number of rows."""
        load_rows(self.source)
        self._related = related(self.entry, self.language, self._roots)
        self.story, self._story_owner = self._own_or_source("story")
        texts = {name: self._own_or_source(name) for name in self.entry.text_fields}
        stored = {name: value for name, (value, _owner) in texts.items()} | story.rich_texts(self.story)
        self._expanded = Expander(self._roots, self.language).expand(stored)
        self._owners = {name: owner for name, (_value, owner) in texts.items()}
        story.put_back(self.story, dict(self._expanded))
        story.load_renditions([*story.pictures(self.story), *([self.cover] if self.cover else [])])

    def _own_or_source(self, name: str) -> tuple[Any, EntryPage]:
        """The page's own text, or the source's where its own is empty, and the page it is from."""
        own = getattr(self.entry, name)
        return (getattr(self.source, name), self.source) if is_blank(own) else (own, self.entry)

    def _text(self, name: str, html: str, owner: EntryPage) -> Text:
        return Text(html, owner.locale.language_code, borrowed=owner is not self.entry)

    @cached_property
    def ui(self) -> SafeString:
        """What marks the site's own words where they come out in another language than the page's."""
        return attributes(interface_language())

    @cached_property
    def title(self) -> Text:
        """The title."""
        return self._text("title", *self._own_or_source("title"))

    @cached_property
    def summary(self) -> Text:
        """The summary."""
        return self._text("summary", *self._own_or_source("summary"))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The texts of the article that hold something, in reading order."""
        return tuple(section for name in self.entry.text_fields if (section := self._section(name)).text)

    def _section(self, name: str) -> Section:
        label = self.entry._meta.get_field(name).verbose_name
        expanded = "" if is_blank(self._expanded[name]) else _under_h2(self._expanded[name])
        text = self._text(name, expanded, self._owners[name])
        return Section(name, label, text, items.is_verified(self.entry, name))

    @cached_property
    def story_text(self) -> Text:
        """Language of the story; its blocks are in `story`."""
        return self._text("story", "", self._story_owner)

    @property
    def cover(self) -> Any:
        """The page's own cover picture, else its source's."""
        return self.entry.cover or self.source.cover

    @cached_property
    def parts(self) -> dict[str, tuple[Fact, ...]]:
        """The facts of the article by part of the page."""
        return {part: items.facts(self.entry, names) for part, names in self.body.items()}

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts at the head of the column beside the article."""
        return items.facts(self.entry, self.aside)

    @cached_property
    def further(self) -> tuple[Fact, ...]:
        """The facts further down in it."""
        return items.facts(self.entry, self.record)

    @cached_property
    def licence(self) -> Fact:
        """The licence of the text."""
        return items.term_fact(self.entry, "licence")

    @property
    def identity(self) -> tuple[Fact, ...]:
        """The facts of this record, not of what it describes."""
        return (self.licence,)

    @property
    def doi(self) -> str:
        """The source's DOI."""
        doi: str = self.source.doi
        return doi

    @property
    def doi_url(self) -> str:
        """Address that resolves the DOI."""
        return f"https://doi.org/{quote(self.doi)}"

    @property
    def contents(self) -> tuple[Part, ...]:
        """The parts of the page in their order, as templates show them."""
        return tuple(part for part, shown in self._parts() if shown)

    def _parts(self) -> Iterator[tuple[Part, object]]:
        """The parts of the article, each with what it shows; kinds of entries put theirs in front."""
        yield Part("files", _("Files")), self.attachments
        yield Part("sources", _("Sources")), self.sources
        yield Part("cite", _("How to cite")), True

    @cached_property
    def tags(self) -> tuple[Item, ...]:
        """The keywords, each leading to the search for it."""
        names = sorted(row.tag.name for row in self.source.tagged_items.get_object_list())
        language = self.source_language
        return tuple(Item(name, language, addresses.of_search([("tag", name)])) for name in names)

    @cached_property
    def attachments(self) -> tuple[Download, ...]:
        """The files, with a link where this reader may open them."""
        return attachments(self.entry, self.reader)

    @cached_property
    def sources(self) -> tuple[Reference, ...]:
        """The documents on which the entry rests."""
        return sources(self.entry)

    @property
    def translations(self) -> tuple[Translation, ...]:
        """All languages in which the entry can be read."""
        return self._related.translations

    @property
    def linked(self) -> tuple[Linked, ...]:
        """Methods of a case, or cases of a method."""
        return self._related.linked

    @cached_property
    def completeness(self) -> derived.Completeness:
        """How much of the recommended fields the source fills."""
        return derived.completeness(self.source)

    @property
    def has_verified(self) -> bool:
        """Whether any field was checked against a public source."""
        return VERIFIED in self.source.basis.values()

    @property
    def source_language(self) -> str:
        """Code of the language of the structured facts."""
        code: str = self.source.locale.language_code
        return code

    @cached_property
    def source_language_name(self) -> str:
        """Name of that language in the interface's language."""
        with override(interface_language()):
            return gettext(get_language_info(self.source_language)["name"])

    @property
    def is_translation(self) -> bool:
        """Whether structured facts come from another page."""
        return self.entry.is_translation

    @property
    def source_attributes(self) -> SafeString:
        """What marks texts of the source where they are in another language than the page."""
        return attributes(self.source_language)

    @cached_property
    def cited(self) -> citing.Cited:
        """How to cite the entry."""
        url = addresses.of_page(self.entry.url_path, self.language, self._roots) if self.entry.live else ""
        return citing.cited(citing.work_of(self.entry), url)

    @property
    def permanent(self) -> str:
        """The address that never changes."""
        return addresses.permanent(self.entry.reference)

    @property
    def overdue(self) -> bool:
        """Whether nobody has looked at the entry for too long."""
        due = self.entry.due_on
        return due is not None and due <= datetime.now(UTC).date()

    @property
    def versions_url(self) -> str:
        """The list of what was published, version by version."""
        return addresses.of_page(self.entry.url_path, self.language, self._roots) + "versions/"

    @property
    def version_url(self) -> str:
        """The newest version at its own address; empty while nothing is published."""
        number = self.entry.version_number
        return f"{self.versions_url}{number}/" if number else ""

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """The way from the home page: the list of entries of this kind, then the team."""
        return crumbs_of(self.entry, self.language, self._roots)

    @property
    def glossary_url(self) -> str:
        """What each term means."""
        return addresses.of_glossary()

    @property
    def list_url(self) -> str:
        """The list of all entries of this kind."""
        return addresses.of_list(self.entry.kind)

    def organisation(self, name: str) -> Fact:
        """The organisation to which the field `name` points, with its type as a remark; no items when there is none."""
        organisation, label = getattr(self.source, name), self.source._meta.get_field(name).verbose_name
        found = (of_organisation(organisation),) if organisation else ()
        return Fact(name, label, found, items.is_verified(self.entry, name))


def _under_h2(html: str) -> SafeString:
    """The headings of a rich text, one level below the heading of its section."""
    return mark_safe(html.replace("<h4", "<h3").replace("</h4>", "</h3>"))


def section_parts(sections: Iterable[Section]) -> Iterator[tuple[Part, object]]:
    """The sections as parts of the page."""
    for section in sections:
        yield Part(section.name, section.heading), True
