"""What a search ignored or changed, as data: pages say it in words, the API refuses it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.facets import FACETS

SHOWN = 10
MAX_VALUE = 60


class Reason(Enum):
    """Why something was not taken as it was given."""

    UNKNOWN_VALUE = "unknown-value"
    UNKNOWN_PARAMETER = "unknown-parameter"
    UNKNOWN_SORT = "unknown-sort"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    NO_WORDS = "no-words"
    NOT_A_PAGE = "not-a-page"
    PAST_THE_END = "past-the-end"
    REDUCED = "reduced"


_MESSAGES: dict[Reason, str | Promise] = {
    Reason.UNKNOWN_VALUE: _("“%(value)s” is not a value of “%(parameter)s” and was left out."),
    Reason.UNKNOWN_PARAMETER: _("This search does not know “%(parameter)s”; it was left out."),
    Reason.UNKNOWN_SORT: _("Results cannot be sorted by “%(value)s”."),
    Reason.TOO_LONG: _("The text is too long; only its beginning was searched for: “%(value)s”"),
    Reason.TOO_MANY: _("Too many choices; those of “%(parameter)s” after “%(value)s” were left out."),
    Reason.NO_WORDS: _("“%(value)s” contains no word to search for."),
    Reason.NOT_A_PAGE: _("“%(value)s” is not the number of a page; this is the first one."),
    Reason.PAST_THE_END: _("There is no page %(value)s; this is the last one."),
    Reason.REDUCED: _("Search runs in a reduced mode for now: words are found only as they are written."),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing left out or changed: the parameter and value as given, shortened, and why."""

    reason: Reason
    parameter: str
    value: str = ""

    @property
    def message(self) -> str:
        """A sentence for the visitor in the active language; not escaped."""
        facet = FACETS.get(self.parameter)
        names = {"parameter": facet.title if facet else shortened(self.parameter), "value": shortened(self.value)}
        return str(_MESSAGES[self.reason]) % names


def shortened(value: str) -> str:
    """The value as it can stand in a sentence: printable, at most 60 characters."""
    clean = "".join(c if c.isprintable() else "\ufffd" for c in value[: MAX_VALUE + 1])
    return clean if len(clean) <= MAX_VALUE else clean[:MAX_VALUE] + "…"


def messages(notices: Iterable[Notice]) -> list[str]:
    """The sentences to show, each once; past ten of them only how many more there are."""
    sentences = list(dict.fromkeys(notice.message for notice in notices))
    more = len(sentences) - SHOWN
    if more <= 0:
        return sentences
    rest = ngettext("%(count)d more choice was left out.", "%(count)d more choices were left out.", more)
    return [*sentences[:SHOWN], rest % {"count": more}]
