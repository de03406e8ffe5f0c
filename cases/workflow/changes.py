"""Which fields differ between two revisions, in the words of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import FieldDoesNotExist

from cases.term_fields import TERM_FIELDS

if TYPE_CHECKING:
    from wagtail.models import Revision

BOOKKEEPING: Final = frozenset(
    {
        "pk", "path", "depth", "numchild", "content_type", "live", "has_unpublished_changes", "url_path", "owner",
        "draft_title", "locked", "locked_at", "locked_by", "latest_revision", "latest_revision_created_at",
        "live_revision", "first_published_at", "last_published_at", "wagtail_admin_comments", "page_ptr",
        "entrypage_ptr", "search_description_order", "expired",
    }
)  # fmt: skip
TERMS: Final = "terms"


def changed_labels(older: Revision, newer: Revision) -> list[str]:
    """Names of what was changed, each once; empty when only bookkeeping differs."""
    model = newer.content_object.specific_class
    names = [*dict.fromkeys([*newer.content, *older.content])]
    labels: list[str] = []
    for name in names:
        before, after = older.content.get(name), newer.content.get(name)
        if name not in BOOKKEEPING and before != after:
            labels += _terms(before, after) if name == TERMS else [_label(model, name)]
    return list(dict.fromkeys(labels))


def _terms(before: Any, after: Any) -> list[str]:
    return [
        str(field.label) for field in TERM_FIELDS.values() if _chosen(before, field.name) != _chosen(after, field.name)
    ]


def _chosen(rows: Any, field: str) -> list[Any]:
    return [row.get("term") for row in rows or [] if row.get("field") == field]


def _label(model: Any, name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    related: Any = getattr(field, "related_model", None)
    label = field.verbose_name if hasattr(field, "verbose_name") else related._meta.verbose_name_plural
    return str(label)
