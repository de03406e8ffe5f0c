"""How an export was asked for: what is written into every file or beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import addresses
from search.query import Query


@dataclass(frozen=True, slots=True)
class Asked:
    """The search whose results a file holds."""

    query: Query
    total: int

    def told(self) -> dict[str, Any]:
        """Address, date, total, licence and attribution, in the active language."""
        query, day = self.query, timezone.localdate().isoformat()
        address = addresses.whole(addresses.of_search(query.pairs(), query.language))
        return {
            "address": address,
            "words": query.text.raw,
            "choices": {name: list(values) for name, values in query.chosen.items()},
            "order": query.order,
            "language": query.language,
            "date": day,
            "total": self.total,
            "publisher": settings.WAGTAIL_SITE_NAME,
            "licence": _(
                "Each entry names the licence of its text and of its data. "
                "The pages about the repository may be reused under CC BY 4.0."
            ),
            "attribution": f"{settings.WAGTAIL_SITE_NAME}, {day}. {address}",
        }
