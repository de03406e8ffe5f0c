"""What a visitor typed, as data: words, phrases and exclusions, each a run of folded tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.text import straight, tokens

Phrase = tuple[str, ...]
"""One or more tokens that stand next to each other, in order."""

Group = tuple[Phrase, ...]
"""Runs of tokens any one of which will do: what was typed first, then its synonyms."""

MAX_TEXT = 300
MAX_WORDS = 30
PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
"""One part of a text whose quotes are straight: minus, quoted, or bare."""


@dataclass(frozen=True, slots=True)
class Text:
    """The parsed text of a query. A word that holds several tokens (`well-being`, Han) is a run of them.

    `synonyms` are further runs for each word, in the order of `words`; empty where nobody looked for any.
    """

    raw: str = ""
    words: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    exclusions: tuple[Phrase, ...] = ()
    synonyms: tuple[tuple[Phrase, ...], ...] = ()

    @property
    def wanted(self) -> tuple[Phrase, ...]:
        """All that was typed to be found, words before phrases."""
        return self.words + self.phrases

    @property
    def wanted_groups(self) -> tuple[Group, ...]:
        """What an entry must contain: of each group at least one run. As long as `wanted`, and in its order.

        Each run of a word's group is matched as a word is, by its stem too; a phrase stands alone in its group.
        """
        synonyms = self.synonyms or ((),) * len(self.words)
        words = tuple((word, *others) for word, others in zip(self.words, synonyms, strict=True))
        return words + tuple((phrase,) for phrase in self.phrases)

    @property
    def marked(self) -> tuple[Phrase, ...]:
        """Every run that a hit may hold, each once: what is marked in it."""
        return tuple(dict.fromkeys(run for group in self.wanted_groups for run in group))

    def with_synonyms(self, synonyms: tuple[tuple[Phrase, ...], ...]) -> Text:
        """The same text with further runs for each word; raises `ValueError` when their number is another."""
        if len(synonyms) != len(self.words):
            raise ValueError(f"{len(self.words)} words need as many groups of synonyms, not {len(synonyms)}.")
        return replace(self, synonyms=synonyms)

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.exclusions)


def parse_text(raw: str) -> tuple[Text, bool]:
    """Parse any text whatsoever; also say whether something was cut off because it was too long."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in raw[: MAX_TEXT * 4]).split())
    shown = clean[:MAX_TEXT].rstrip()
    found: dict[str, list[Phrase]] = {"words": [], "phrases": [], "exclusions": []}
    count = 0
    for minus, quoted, bare in PART.findall(straight(shown)):
        run = tuple(tokens(quoted or bare))
        kind = "exclusions" if minus else "phrases" if quoted else "words"
        if run and run not in found[kind]:
            count += 1
            if count <= MAX_WORDS:
                found[kind].append(run)
    cut = count > MAX_WORDS or len(clean) > MAX_TEXT or len(raw) > MAX_TEXT * 4
    return Text(shown, tuple(found["words"]), tuple(found["phrases"]), tuple(found["exclusions"])), cut
