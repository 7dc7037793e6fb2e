"""What is seen of a page, block by block, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["QUOTED", "Block", "blocks"]


class Block(NamedTuple):
    """A paragraph, a heading, an item of a list, a row.

    Parameters
    ----------
    why : why it is not read, where its place on the page says so; else empty.
    gap : the line ends that stand before it.
    linked : it is a link and little else.
    """

    words: str
    why: str
    gap: str
    linked: bool


_UNSEEN = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object"),
        *("select", "textarea", "input", "datalist", "canvas", "video", "audio", "map"),
    )
)
_APART = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "main", "header"),
        *("footer", "nav", "aside", "ul", "ol", "dl", "table", "blockquote", "pre", "figure"),
        *("form", "fieldset", "address", "hr", "body", "button", "details", "summary", "caption"),
    )
)
_CLOSE = frozenset(("li", "dt", "dd", "tr", "br", "figcaption", "legend"))
_CELLS = frozenset(("td", "th"))
_PLACES = {
    "nav": "menu of the page",
    "footer": "foot of the page",
    "button": "a button or a menu",
}
_ROLES = {
    "navigation": "menu of the page",
    "banner": "head of the page",
    "contentinfo": "foot of the page",
    "search": "a button or a menu",
}
QUOTED = "quoted from an earlier mail"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LOOKED_AT = 2_000  # characters of an attribute
_LINKED = 0.8  # of the characters of a block that is a link
_CELL = "\x1f"
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")


@dataclass
class _Gathered:
    """The words of the block that is being gathered, and where on the page it stands."""

    words: list[str] = field(default_factory=list)
    in_links: int = 0
    links: int = 0
    places: list[str] = field(default_factory=list)
    gap: str = ""

    def add(self, words: str | None) -> None:
        if words:
            self.words.append(words)
            self.in_links += len(words) if self.links else 0

    def closed(self) -> Iterator[Block]:
        """The block, if it has any words; the next begins."""
        line = _SPACES.sub(" ", "".join(self.words))
        cells = (one.strip() for one in line.split(_CELL))
        words = "\t".join(one for one in cells if one)
        if words:
            why = self.places[-1] if self.places else ""
            linked = self.in_links >= _LINKED * len(words)
            yield Block(words, why, self.gap or "\n", linked)
            self.gap = ""
        self.words.clear()
        self.in_links = 0


def blocks(root: Any) -> Iterator[Block]:
    """The blocks of a parsed page that hold any words, in order."""
    from lxml import etree  # heavy, and an extra

    block = _Gathered()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if breaks := "\n\n" if tag in _APART else "\n" if tag in _CLOSE else "":
            yield from block.closed()
            block.gap = max(block.gap, breaks, key=len)
        unseen = tag in _UNSEEN or _hidden(element)
        place = "" if unseen else _place(element, tag)
        if event == "start":
            if unseen:
                walker.skip_subtree()  # its end comes all the same
                continue
            block.links += tag == "a"
            block.places += [place] if place else []
            block.add(_CELL if tag in _CELLS else "")
            block.add(element.text)
        else:
            block.links -= tag == "a" and not unseen
            if place:
                block.places.pop()
            block.add(element.tail)
    yield from block.closed()


def _place(element: Any, tag: str) -> str:
    """Why nothing in an element is read; empty where its words may be."""
    if "gmail_quote" in (element.get("class") or "")[:_LOOKED_AT]:
        return QUOTED
    if tag == "blockquote":
        return QUOTED if (element.get("type") or "").lower() == "cite" else ""
    return _PLACES.get(tag) or _ROLES.get((element.get("role") or "").strip().lower(), "")


def _hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or _HIDDEN.search((element.get("style") or "")[:_LOOKED_AT]) is not None
    )
