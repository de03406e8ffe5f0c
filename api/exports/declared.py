"""What of an entry leaves the site: what its page shows, key by key, and why other keys stay.

The keys are those of `cases.exchange.schema`; private fields (risk assessment, record of consent) are no keys there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.exchange.schema import SCHEMAS, Field
from cases.term_fields import Kind

WITHHELD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "id": "a team's own key for its files; the reference names the entry",
        "slug": "of the address, which is given whole",
        "seo_title": "of the address, for search engines",
        "search_description": "of the address, for search engines",
        "cover": "a picture: its file is had from the page",
        "community_agreed": "only lets the community's name be shown",
    }
)
"""Keys that no public export has, each with the reason."""

ENTRY: Final = (
    Field("reference", "line", _("reference")),
    Field("kind", "term", _("Kind"), vocabulary="content_kinds"),
    Field("address", "line", _("permanent address")),
    Field("page", "line", _("address of the page")),
    Field("language", "term", _("Language"), vocabulary="languages"),
    Field("languages", "terms", _("Languages"), vocabulary="languages"),
    Field("text_language", "term", _("language of title, summary and sections"), vocabulary="languages"),
    Field("team", "line", _("Team")),
    Field("published", "date", _("Published on")),
    Field("updated", "date", _("Last published")),
)
"""Keys of every entry that its record does not have: where it is, in which languages, and since when."""
DERIVED: Final = (
    Field("regions", "terms", _("Regions"), vocabulary="m49_regions"),
    Field("participation", "term", _("Participation"), vocabulary="participation_levels"),
    Field("citizen_data", "flag", _("Citizen data")),
    Field("citizen_data_reason", "line", _("reason of the verdict")),
    Field("assessment", "line", _("who made the assessment")),
    Field("completeness", "number", _("Completeness")),
    Field("citation", "line", _("How to cite")),
)
"""Keys that follow from the others."""
FILE: Final = (
    Field("title", "line", _("title")),
    Field("description", "text", _("description")),
    Field("kind", "term", _("kind"), vocabulary="attachment_kinds"),
    Field("access_level", "term", _("access"), vocabulary="sensitivity_levels"),
    Field("licence", "term", _("licence"), vocabulary="licences"),
    Field("link", "line", _("link")),
)
"""What is told of a file: the link only where anybody may open it."""


def fields(kind: Kind) -> Iterator[Field]:
    """All keys of the exported records of a kind, in order."""
    yield from ENTRY
    for declared in SCHEMAS[kind]:
        if declared.key == "attachments":
            yield Field("attachments", "objects", declared.meaning, parts=FILE)
        elif declared.key not in WITHHELD:
            yield declared
    yield from DERIVED
