"""Words as search sees them: folded, so that accents, case, quotes, elision and Arabic diacritics never matter."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

# Letters that Unicode does not decompose, though readers type them without their stroke, ligature or variant form.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه",
        "\u0640": None,  # tatweel only stretches a word
    }
)  # fmt: skip
_QUOTES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‵ʹʻʼʽ`´＇", "'"),
        **dict.fromkeys("“”„‟″‶«»＂", '"'),
    }
)
_ELISION = re.compile(
    r"\b(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|all|dall|dell|nell|sull|un|quell|quest)')+(?=[^\W\d_])"
)
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Combining classes up to this one are parts of letters (kana voicing, Indic viramas), not accents.
LETTER_CLASSES = 9
_TOKEN = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_INLINE_TAGS = frozenset(
    {"a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_UNREAD_TAGS = frozenset({"script", "style", "template"})


def straight(text: str) -> str:
    """The text with typographic quotes replaced by the plain ones."""
    return text.translate(_QUOTES)


def fold(text: str) -> str:
    """The text in the one form in which texts are compared; folding twice changes nothing more."""
    if text.isascii():
        return _ELISION.sub("", text.lower().replace("`", "'"))
    folded = _fold_letters(text)
    # A few letters only reach their last form through another (a ligature that folds to an accented letter).
    while (again := _fold_letters(folded)) != folded:
        folded = again
    return _ELISION.sub("", folded)


def _fold_letters(text: str) -> str:
    straight = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    parts = unicodedata.normalize("NFKD", straight)
    return unicodedata.normalize("NFC", parts.translate(_KEPT)).translate(_QUOTES)


class _Kept(dict[int, str]):
    """What is kept of each character, found out once: `translate` then runs through a text without Python code."""

    def __missing__(self, code: int) -> str:
        kept = self[code] = _kept(chr(code)).translate(_LETTERS)
        return kept


_KEPT = _Kept()


def _kept(character: str) -> str:
    """Nothing for accents and invisible marks, a plain digit for any digit, else the character itself."""
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category in {"Cf", "Cs"} or (category == "Mn" and unicodedata.combining(character) > LETTER_CLASSES):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return character


def tokens(text: str) -> list[str]:
    """The folded words of a text in order; each Han character is a word, as Han is written without spaces."""
    return _TOKEN.findall(fold(text))


class _Reader(HTMLParser):
    """Collects what a reader of the HTML would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in _UNREAD_TAGS
        if tag not in _INLINE_TAGS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD_TAGS:
            self.unread = max(0, self.unread - 1)
        if tag not in _INLINE_TAGS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(data)


def plain(html: str) -> str:
    """The readable text of rich text: no tags, entities resolved, white space collapsed to single spaces."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())
