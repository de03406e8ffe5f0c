"""What a visitor typed, as data: words, phrases and exclusions, each a run of folded tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text import straight, tokens

Phrase = tuple[str, ...]
"""One or more tokens that stand next to each other, in order."""

MAX_TEXT = 300
MAX_WORDS = 30
_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


@dataclass(frozen=True, slots=True)
class Text:
    """The parsed text of a query. A word that holds several tokens (`well-being`, Han) is a run of them."""

    raw: str = ""
    words: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    exclusions: tuple[Phrase, ...] = ()

    @property
    def wanted(self) -> tuple[Phrase, ...]:
        """All that an entry must contain."""
        return self.words + self.phrases

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.exclusions)


def parse_text(raw: str) -> tuple[Text, bool]:
    """Parse any text whatsoever; also say whether something was cut off because it was too long."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in raw[: MAX_TEXT * 4]).split())
    shown = clean[:MAX_TEXT].rstrip()
    found: dict[str, list[Phrase]] = {"words": [], "phrases": [], "exclusions": []}
    count = 0
    for minus, quoted, bare in _PART.findall(straight(shown)):
        run = tuple(tokens(quoted or bare))
        kind = "exclusions" if minus else "phrases" if quoted else "words"
        if run and run not in found[kind]:
            count += 1
            if count <= MAX_WORDS:
                found[kind].append(run)
    cut = count > MAX_WORDS or len(clean) > MAX_TEXT or len(raw) > MAX_TEXT * 4
    return Text(shown, *(tuple(found[kind]) for kind in ("words", "phrases", "exclusions"))), cut
