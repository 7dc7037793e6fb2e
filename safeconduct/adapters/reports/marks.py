"""What a page says of itself in its marks: its title, its outlet, the day it was published.

Only marks that say just that are taken: a date in a link or a "last changed" is no day of
publication.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.wire.tidying import tidied

__all__ = ["Marks", "marks"]

_DAY = re.compile(r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?:[T ].*)?", re.DOTALL)
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued"),
    *("dcterms.issued", "citation_publication_date", "parsely-pub-date", "sailthru.date"),
)
_LONGEST_DATA = 200_000
_DEEPEST = 6
_TEXT = 300


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a page; empty and None for what it does not say."""

    titles: tuple[str, ...]
    publisher: str
    day: dt.date | None
    other_days: tuple[dt.date, ...] = ()


def marks(root: Any) -> Marks:
    """The marks of a parsed page."""
    metas = dict(_metas(root))
    data = list(_articles(root))
    headings = [_words("".join(one.itertext())) for one in _few(root.iter("h1"), 3)]
    titles = [
        *(heading for heading in headings if heading),
        *(_words(one.get("headline")) for one in data),
        _words(metas.get("og:title")),
        _words(next(("".join(one.itertext()) for one in root.iter("title")), "")),
    ]
    publishers = [_words(metas.get("og:site_name")), *(_publisher(one) for one in data)]
    told = [metas.get(name) for name in _PUBLISHED] + [one.get("datePublished") for one in data]
    days = list(dict.fromkeys(day for one in told if (day := _day(one))))
    return Marks(
        tuple(dict.fromkeys(one for one in titles if one)),
        next((one for one in publishers if one), ""),
        days[0] if days else None,
        tuple(days[1:]),
    )


def _few(elements: Iterator[Any], count: int) -> Iterator[Any]:
    return (one for one, _ in zip(elements, range(count), strict=False))


def _metas(root: Any) -> Iterator[tuple[str, str]]:
    for one in root.iter("meta"):
        name = one.get("property") or one.get("name") or one.get("itemprop") or ""
        if name and one.get("content"):
            yield name.strip().lower(), one.get("content")


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """What a page says in data for machines (JSON-LD) about an article."""
    for script in _few(root.iter("script"), 50):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > _LONGEST_DATA:
            continue
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            continue
        yield from _in_data(told, _DEEPEST)


def _in_data(told: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(told, list):
        for one in told[:50]:
            yield from _in_data(one, depth - 1)
    elif isinstance(told, dict):
        if "article" in str(told.get("@type", "")).lower() or "headline" in told:
            yield told
        yield from _in_data(told.get("@graph"), depth - 1)


def _publisher(article: dict[str, Any]) -> str:
    told = article.get("publisher")
    if isinstance(told, list) and told:
        told = told[0]
    return _words(told.get("name") if isinstance(told, dict) else told)


def _words(told: Any) -> str:
    return " ".join(tidied(told[:_TEXT]).split()) if isinstance(told, str) else ""


def _day(told: Any) -> dt.date | None:
    """The day as its own offset has it; anything but a full date is none."""
    found = _DAY.fullmatch(told.strip()[:60]) if isinstance(told, str) else None
    try:
        return dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
