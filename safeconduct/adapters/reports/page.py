"""The text of an HTML page: all that is seen, with what is not the article left out.

trafilatura says which part of a page is its article. It is not believed alone: what it passes over
in the midst of the article is read, since a sentence too many does less harm than one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from safeconduct.adapters.reports.blocks import QUOTED, Block, blocks
from safeconduct.adapters.reports.decoding import decoded
from safeconduct.adapters.reports.limits import ELEMENTS, check_characters, check_length
from safeconduct.adapters.reports.marks import marks
from safeconduct.adapters.reports.taken import TURNED, Taken
from safeconduct.errors import FileTooLarge, UnreadableFile
from safeconduct.wire import Excerpt, LeftOut
from safeconduct.wire.tidying import tidied, turned_around

__all__ = ["html_text", "page", "parsed"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.I)
_ENCODING = re.compile(rb"^<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})", re.I)
_HEAD = 4096
_LONG = 30  # characters from which words do not stand in an article by chance
_SPACES = re.compile(r"\s+")
_NOT_ARTICLE = "not of the article, as the page is built"


def page(content: bytes) -> Taken:
    """What an HTML page holds.

    Raises
    ------
    UnreadableFile : it is in no encoding that is read, or nested too deeply.
    FileTooLarge : it has more elements than are read.
    """
    head = content[:_HEAD]
    declared = _CHARSET.search(head) or _ENCODING.search(head)
    html = decoded(content, "The page", declared[1].decode("ascii") if declared else "")
    root = parsed(html)
    told = marks(root)
    found = _lines(blocks(root))
    check_characters(sum(len(one.words) for one in found))
    article = _article(root) if found else ""
    text, left_out, title = _put_together(found, article, told.titles)
    notes = [TURNED] if turned_around(html) else []
    for day in told.other_days:
        notes.append(f"The page is marked as of {told.day}, and also as of {day}.")
    return Taken(
        text=check_length(text),
        title=title,
        publisher=told.publisher,
        day=told.day,
        left_out=tuple(left_out),
        notes=tuple(notes),
    )


def html_text(html: str) -> tuple[str, list[LeftOut]]:
    """All that is seen of a mail's HTML; what is quoted there is left out."""
    text, left_out, _ = _put_together(_lines(blocks(parsed(html))), "", ())
    return check_length(text), [one for one in left_out if one.why == QUOTED]


def parsed(html: str) -> Any:
    """The page as a tree of no more elements than are read.

    Raises
    ------
    UnreadableFile : it is nested so deeply that the parser gives up, or holds nothing.
    FileTooLarge : it has more elements than are read.
    """
    from lxml import etree  # heavy, and an extra
    from lxml.html import HTMLParser  # heavy, and an extra

    # A page may end anywhere for a parser that meets a NUL.
    html = re.sub("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", "", html)
    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(html.encode("utf-8"), parser) if html.strip() else None
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            f"The page cannot be taken apart: {str(error)[:200]}.", _AS_TEXT
        ) from None
    fatal = [one.message for one in parser.error_log if one.level_name == "FATAL"]
    if fatal:
        raise UnreadableFile(f"The page cannot be taken apart: {fatal[0][:200]}.", _AS_TEXT)
    if root is None:
        raise UnreadableFile("The page holds nothing.", _AS_TEXT)
    count = sum(1 for _ in root.iter())
    if count > ELEMENTS:
        raise FileTooLarge(
            f"The page has {count:,} elements, but no more than {ELEMENTS:,} are read.", _AS_TEXT
        )
    return root


_AS_TEXT = "Copy the article from the page and hand it in as plain text."


def _lines(found: Iterable[Block]) -> list[Block]:
    return [one._replace(words=words) for one in found if (words := tidied(one.words).strip())]


def _article(root: Any) -> str:
    """The words of what trafilatura takes for the article; it may change the tree."""
    from trafilatura import bare_extraction  # heavy, and an extra

    found = bare_extraction(
        root, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    return str(getattr(found, "text", None) or "")


def _put_together(
    found: Sequence[Block], article: str, titles: Sequence[str]
) -> tuple[str, list[LeftOut], str]:
    """The text of a page, what of it is not read, and its title, which is put first if unseen."""
    read = _read(found, article)
    seen = {_squeezed(one.words) for one in found}
    title = next((one for one in titles if _squeezed(one) in seen), "")
    pieces: list[str] = []
    left_out: list[LeftOut] = []
    length = 0
    if titles and not title:
        title = titles[0]
        pieces.append(title)
        length = len(title)
    for one, is_read in zip(found, read, strict=True):
        gap = one.gap if pieces else ""
        pieces += (gap, one.words)
        start = length + len(gap)
        length = start + len(one.words)
        if not is_read:
            left_out.append(LeftOut(Excerpt(start, length), one.why or _NOT_ARTICLE))
    return "".join(pieces), left_out, title


def _read(found: Sequence[Block], article: str) -> list[bool]:
    """For each block whether it is read: that it is of the article, or stands within it."""
    if not article:
        return [not one.why for one in found]
    of_article = _in_article(found, article)
    kept = [number for number, is_in in enumerate(of_article) if is_in]
    if not kept:
        return [not one.why for one in found]
    first, last = kept[0], kept[-1]
    return [
        is_in or (first < number < last and not one.why and not one.linked)
        for number, (one, is_in) in enumerate(zip(found, of_article, strict=True))
    ]


def _in_article(found: Sequence[Block], article: str) -> list[bool]:
    """For each block whether its words are among those of the article.

    First by whole lines; then what is left of either is looked for within the other, one after the
    next, so that the time grows with the length of the page alone.
    """
    # A list's items have a dash there that the page draws as a dot.
    lines = {_squeezed(one.removeprefix("- ")) for one in re.split(r"[\n|]", article)}
    squeezed = [_squeezed(one.words) for one in found]
    result = [bool(one) and one in lines for one in squeezed]
    whole = _squeezed(article)
    budget = 40 * (len(whole) + 1_000)
    for number, words in enumerate(squeezed):
        if not result[number] and len(words) >= _LONG and budget > 0:
            budget -= len(whole)
            result[number] = words in whole
    others = [one for one in lines.difference(squeezed) if len(one) >= _LONG]
    for line in others[:200]:
        for number, words in enumerate(squeezed):
            if not result[number] and len(words) > len(line) and words.startswith(line[:60]):
                result[number] = True
    return result


def _squeezed(words: str) -> str:
    return _SPACES.sub("", words)
