"""What must not leak: words that occur nowhere else, and who may read each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

COMMON = "zqcommon"
"""A word of every title and summary: one search finds all that a person can find."""
WORDS = re.compile(r"zq[a-z0-9]+?qz|CCD-[A-Z]+-\d+-\d+", re.IGNORECASE)
"""What a secret looks like: a made word, or a reference. All are found in one reading."""


class Audience(Enum):
    """Who may know something."""

    PUBLIC = "everybody"
    SUBMITTED = "the team, moderators, and reviewers"
    TEAM = "the team, its co-authors, and moderators"
    ALONE = "the team and moderators, as there is no co-author"
    OTHER = "another team, and moderators"
    OTHER_SUBMITTED = "another team, moderators, and reviewers"
    MODERATORS = "moderators"
    EDITORS = "editors and administrators"
    OWN = "the person whose it is, and administrators"


@dataclass(frozen=True, slots=True)
class Secret:
    """A word, and who may read it."""

    text: str
    audience: Audience


@dataclass
class Thing:
    """One object in one state, with all words by which it could be recognised."""

    name: str
    secrets: list[Secret] = field(default_factory=list)
    ids: dict[str, Any] = field(default_factory=dict)
    """Keys by kind: `page`, `file`, `picture`, `revision`, `task_state`, ... Addresses are made of them."""
    audiences: dict[str, Audience] = field(default_factory=dict)
    """Who may know that there is something of this key, where that is not said by the words."""

    def put(self, audience: Audience, **ids: Any) -> None:
        """Note keys of which only some may know."""
        self.ids |= ids
        self.audiences |= dict.fromkeys(ids, audience)

    def known_to(self, audiences: Iterable[Audience], key: str) -> bool:
        """Whether people who may read these may know of the key."""
        if key in self.audiences:
            return self.audiences[key] in audiences
        return any(secret.audience in audiences for secret in self.secrets)

    def move(self, audiences: Mapping[Audience, Audience]) -> None:
        """Say that it is for others than those who are told of an object in this state."""
        self.secrets = [Secret(one.text, audiences.get(one.audience, one.audience)) for one in self.secrets]
        self.audiences = {key: audiences.get(one, one) for key, one in self.audiences.items()}

    def word(self, part: str, audience: Audience) -> str:
        """A new word for a part of the object."""
        text = f"zq{self.name}{part}qz".replace("-", "")
        self.secrets.append(Secret(text, audience))
        return text

    def tell(self, text: str, audience: Audience) -> None:
        """Note a word that the site itself made, such as a reference."""
        self.secrets.append(Secret(text, audience))


def found(forbidden: Iterable[Secret], text: str) -> list[str]:
    """The forbidden words in a text, whatever their case."""
    words = {secret.text.casefold() for secret in forbidden}
    return sorted(words & {word.casefold() for word in WORDS.findall(text)})
