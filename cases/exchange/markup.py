"""Rich text as plain text with a little markup, and back, so that nothing is lost in either direction.

An empty line parts paragraphs, a single line break stays one. `**bold**`, `*italic*`, `[text](https://...)`, lines that
begin with `- ` or `1. `, and `#### ` before a heading. A backslash takes a sign's meaning away. Rich text that this
cannot say stands as HTML between the lines "```html" and "```": writing tries itself, and falls back to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Final

from django.utils.translation import gettext as _

_TAGS: Final = frozenset(
    {"p", "b", "i", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "h5", "br", "hr", "sub", "sup", "code",
     "blockquote"}
)  # fmt: skip
_VOID: Final = frozenset({"br", "hr"})
_SCHEMES: Final = re.compile(r"(https?://|mailto:|tel:|#|/)[^\s<>\"]*", re.IGNORECASE)
_INTERNAL: Final = re.compile(r"(page|document):(\d{1,18})")
_TARGETS: Final = "https://..., http://..., mailto:..., page:NUMBER, document:NUMBER"
_FENCE: Final = re.compile(r"```html\n(.*)\n```", re.DOTALL)
_SIGNS: Final = re.compile(r"([\\*\[\]])")
_LINE_SIGNS: Final = re.compile(r"^(- |\d{1,3}\. |#### )")
_ITEM: Final = {"ul": re.compile(r"- (.*)"), "ol": re.compile(r"\d{1,3}\. (.*)")}
_INLINE: Final = re.compile(
    r"\\(?P<sign>[\\*\[\]\-#0-9])"
    r"|\*\*(?P<bold>(?=\S)(?:\\.|[^\\*\n]|\*(?!\*))+?(?<=\S))\*\*"
    r"|\*(?P<italic>(?=[^\s*])(?:\\.|[^\\*\n])+?(?<=\S))\*"
    r"|\[(?P<text>(?:\\.|[^\\\[\]\n])+)\]\((?P<target>[^\s()]+)\)",
    re.DOTALL,
)


class MarkupError(ValueError):
    """Rich text that may not stand here; the text says what was found, `allowed` what may stand."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(found)
        self.allowed = allowed


def to_html(text: str) -> str:
    """The text as rich text. Raises `MarkupError` for HTML or for links that may not stand here."""
    text = "\n".join(text.split("\r\n")).replace("\r", "\n").strip()
    if fenced := _FENCE.fullmatch(text):
        return canonical(fenced[1])
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text)]
    return "".join(_block(part.strip()) for part in parts if part.strip())


def to_text(html: str) -> str:
    """The rich text as text that `to_html` turns into the same again."""
    try:
        wanted = canonical(html)
    except MarkupError:
        return f"```html\n{html.strip()}\n```" if html.strip() else ""
    if not wanted:
        return ""
    blocks = _Blocks(wanted)
    for escaped in (False, True):
        text = blocks.text(escaped=escaped)
        if text is not None and _same(text, wanted):
            return text
    return f"```html\n{wanted}\n```"


def internal_links(html: str) -> Iterator[tuple[str, int]]:
    """Kind (`page` or `document`) and primary key of everything on the site to which the rich text links."""
    for kind, pk in re.findall(r'<a linktype="(page|document)" id="(\d+)"', html):
        yield kind, int(pk)


def canonical(html: str) -> str:
    """The same rich text in the one form in which it is compared: no keys of the editor, attributes in order.

    Raises `MarkupError` for tags and links that may not stand here.
    """
    cleaner = _Canonical()
    cleaner.feed(html)
    cleaner.close()
    return cleaner.finish()


def _same(text: str, wanted: str) -> bool:
    try:
        return to_html(text) == wanted
    except MarkupError:
        return False


def _block(part: str) -> str:
    lines = part.split("\n")
    for tag, pattern in _ITEM.items():
        items = [pattern.fullmatch(line.strip()) for line in lines]
        if all(items):
            inner = "".join(f"<li>{_inline(item[1])}</li>" for item in items if item)
            return f"<{tag}>{inner}</{tag}>"
    if len(lines) == 1 and part.startswith("#### "):
        return f"<h4>{_inline(part[5:].strip())}</h4>"
    return f"<p>{'<br/>'.join(_inline(line) for line in lines)}</p>"


def _inline(text: str) -> str:
    parts, end = [], 0
    for match in _INLINE.finditer(text):
        parts.append(_escape(text[end : match.start()]))
        parts.append(_marked(match))
        end = match.end()
    return "".join([*parts, _escape(text[end:])])


def _marked(match: re.Match[str]) -> str:
    if match["sign"]:
        return _escape(match["sign"])
    if match["bold"]:
        return f"<b>{_inline(match['bold'])}</b>"
    if match["italic"]:
        return f"<i>{_inline(match['italic'])}</i>"
    return f"<a {_target(match['target'])}>{_inline(match['text'])}</a>"


def _target(target: str) -> str:
    if internal := _INTERNAL.fullmatch(target):
        return f'linktype="{internal[1]}" id="{internal[2]}"'
    if not _SCHEMES.fullmatch(target):
        raise MarkupError(_("links to %(value)s") % {"value": f"“{target[:80]}”"}, _TARGETS)
    return f'href="{escape(target)}"'


def _escape(text: str) -> str:
    return escape(text, quote=False)


class _Canonical(HTMLParser):
    """Writes what it reads, tidied."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise MarkupError(_("holds %(value)s") % {"value": f"<{tag[:20]}>"}, ", ".join(sorted(_TAGS)))
        self.parts.append(f"<{tag}/>" if tag in _VOID else f"<{' '.join([tag, *self._attributes(tag, dict(attrs))])}>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open[-1] != tag:
            found = _("closes %(tag)s where it is not open") % {"tag": f"<{tag[:20]}>"}
            raise MarkupError(found, _("tags that are closed in order"))
        self.parts.append(f"</{self.open.pop()}>")

    def handle_data(self, data: str) -> None:
        if self.open or data.strip():
            self.parts.append(_escape(data.replace("\r\n", "\n")))

    def handle_comment(self, data: str) -> None:
        raise MarkupError(_("holds a comment of HTML"), _("text and tags"))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def finish(self) -> str:
        if self.open:
            found = _("leaves %(tag)s open") % {"tag": f"<{self.open[-1]}>"}
            raise MarkupError(found, _("tags that are closed in order"))
        html = "".join(self.parts)
        return "" if re.fullmatch(r"(<p>\s*</p>)*", html) else html

    def _attributes(self, tag: str, found: dict[str, str | None]) -> list[str]:
        if tag != "a":
            return []
        if found.get("linktype") in {"page", "document"} and (found.get("id") or "").isdigit():
            return [f'linktype="{found["linktype"]}" id="{found["id"]}"']
        return [_target(found.get("href") or "")]


class _Blocks:
    """The blocks of canonical rich text, written as text where they are simple enough."""

    _PARTS: Final = re.compile(r"<(p|h4|ul|ol)>(.*?)</\1>", re.DOTALL)
    _ITEMS: Final = re.compile(r"<li>(.*?)</li>", re.DOTALL)
    _INLINE_TAGS: Final = {"b": "**", "i": "*"}

    def __init__(self, html: str) -> None:
        self.html = html

    def text(self, *, escaped: bool) -> str | None:
        """The text, or None where a part has no form of its own."""
        parts = self._PARTS.findall(self.html)
        if "".join(f"<{tag}>{inner}</{tag}>" for tag, inner in parts) != self.html:
            return None
        return "\n\n".join(self._part(tag, inner, escaped) for tag, inner in parts)

    def _part(self, tag: str, inner: str, escaped: bool) -> str:
        if tag == "h4":
            return f"#### {self._line(inner, escaped)}"
        if tag == "p":
            lines = [self._line(line, escaped) for line in inner.split("<br/>")]
            return "\n".join(_LINE_SIGNS.sub(r"\\\1", line) if escaped else line for line in lines)
        items = [self._line(item, escaped) for item in self._ITEMS.findall(inner)]
        signs = ["- "] * len(items) if tag == "ul" else [f"{n}. " for n in range(1, len(items) + 1)]
        return "\n".join(sign + item for sign, item in zip(signs, items, strict=True))

    def _line(self, html: str, escaped: bool) -> str:
        writer = _LineWriter(escaped)
        writer.feed(html)
        writer.close()
        return "".join(writer.parts)


class _LineWriter(HTMLParser):
    """One line of text from rich text without blocks."""

    def __init__(self, escaped: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.escaped = escaped
        self.parts: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.targets.append(
                f"{found['linktype']}:{found['id']}" if "linktype" in found else found.get("href") or ""
            )
            self.parts.append("[")
        else:
            self.parts.append(_Blocks._INLINE_TAGS.get(tag, f"<{tag}>"))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"]({self.targets.pop()})" if tag == "a" else _Blocks._INLINE_TAGS.get(tag, f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.parts.append(_SIGNS.sub(r"\\\1", data) if self.escaped else data)
