"""How many reports are read in a second, plain, with places and as pages; what hostile ones cost.

The reports are pieces of 400 words of what stands in `tests/reading/gold` (the half that is open);
a page is such a piece among menus and links. Two processes share the work, as on two cores. A page
is also given to trafilatura alone, which is its floor. Everything that is hostile is read or
refused; how long that took, and how much memory this process and its child held, is told.

    python bench/reading.py            a table for people
    python bench/reading.py --json     one JSON line
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from interleaved import load  # the script's own folder is on the path

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from safeconduct.adapters.files.gazetteerfile import (  # noqa: E402
    bundled_gazetteers,
    read_gazetteer,
)
from safeconduct.adapters.files.lexiconfile import known_lexicons, known_names  # noqa: E402
from safeconduct.adapters.reports import Child, open_report  # noqa: E402
from safeconduct.cli import SWEPT_AFTER  # noqa: E402
from safeconduct.errors import SafeconductError  # noqa: E402
from safeconduct.wire import Names  # noqa: E402
from safeconduct.wire.read import read  # noqa: E402
from tests.reading.goldset import OPEN, gold_reports  # noqa: E402

WORDS, PROCESSES, PLAIN, PAGES = 400, 2, 200, 60
DAY = dt.date(2016, 11, 4)
_LINKS = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(40))


def pieces(count: int) -> list[str]:
    """So many texts of 400 words; the same ones come again where there are too few."""
    words = "\n\n".join(one.text for one in gold_reports(OPEN, "en")).split(" ")
    starts = range(0, len(words) - WORDS, WORDS // 2)
    every = [" ".join(words[start : start + WORDS]) for start in starts]
    return [every[number % len(every)] for number in range(count)]


def page(text: str) -> bytes:
    """A page with menus around a text."""
    paragraphs = "".join(f"<p>{one}</p>" for one in text.split("\n") if one.strip())
    return (
        f"<!doctype html><html><head><title>News</title></head><body><nav><ul>{_LINKS}</ul></nav>"
        f"<article><h1>News of the day</h1>{paragraphs}</article><footer><ul>{_LINKS}</ul></footer>"
        "</body></html>"
    ).encode()


@cache
def _ready() -> tuple[Any, Names, Child]:
    gc.set_threshold(SWEPT_AFTER)  # as the program does when it begins
    return known_lexicons(), Names(zone="Asia/Damascus").over(known_names()), Child()


def read_text(text: str) -> int:
    """The number of drafts of a plain text."""
    lexicons, names, _ = _ready()
    return len(read(open_report(text, published=DAY), lexicons, names).drafts)


def read_with_places(text: str) -> int:
    """The same with the list of Syria's places, as the program reads where the zone is Syria's."""
    lexicons, names, _ = _ready()
    places = (read_gazetteer(bundled_gazetteers()["syria"]).list,)
    return len(read(open_report(text, published=DAY), lexicons, names, places).drafts)


def read_page(path: str) -> int:
    """The number of drafts of a page in a file."""
    lexicons, names, child = _ready()
    return len(read(open_report(Path(path), published=DAY, child=child), lexicons, names).drafts)


def trafilatura_alone(path: str) -> int:
    """The number of characters that the library gives of the same page."""
    from trafilatura import extract

    return len(extract(Path(path).read_text("utf-8")) or "")


def rate(work: Callable[[str], int], given: Sequence[str]) -> dict[str, Any]:
    """Reports a second by the wall, with two processes that have begun already."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        list(pool.map(work, given[: 2 * PROCESSES], chunksize=1))
        begun = time.perf_counter()
        found = sum(pool.map(work, given, chunksize=5))
        took = time.perf_counter() - begun
    return {"reports": len(given), "a_second": round(len(given) / took, 1), "found": found}


def hostile(folder: Path) -> list[dict[str, Any]]:
    """What each hostile file came to, how long it took and what it held."""
    ten = 10 << 20
    files = {
        "ten-megabytes.txt": b"The rebels said they would not. " * (ten // 32),
        "ten-megabytes.html": b"<html><body>" + b"<p>The rebels said no.</p>" * (ten // 26),
        "deep.html": b"<html><body>" + b"<div>" * 200_000,
        "attributes.html": b"<html><body><p " + b"a%d='b' " * 100_000 + b">x</p>",
        "one-word.txt": b"a" * (3 << 20),
        "quotes.txt": b'" ' * (1 << 20),
        "times.txt": b"from 9 a.m. to 10 a.m. on Friday until midnight by noon " * 18_000,
        "laughs.html": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'ha'>]><html>&b;</html>",
    }
    return [_one(folder / name, content) for name, content in files.items()]


def _one(path: Path, content: bytes) -> dict[str, Any]:
    path.write_bytes(content)
    begun = time.perf_counter()
    try:
        said = f"{read_page(str(path))} drafts"
    except SafeconductError as refused:
        said = refused.code
    return {"file": path.name, "said": said, "seconds": round(time.perf_counter() - begun, 2)}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="one JSON line")
    chosen = parser.parse_args()
    figures: dict[str, Any] = {"load_before": load(), "processes": PROCESSES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = []
        for number, text in enumerate(pieces(PAGES)):
            (folder / f"{number}.html").write_bytes(page(text))
            pages.append(str(folder / f"{number}.html"))
        figures["plain"] = rate(read_text, pieces(PLAIN))
        figures["with_places"] = rate(read_with_places, pieces(PLAIN))
        figures["pages"] = rate(read_page, pages)
        figures["trafilatura"] = rate(trafilatura_alone, pages)
        figures["hostile"] = hostile(folder)
    _ready()[2].close()  # what an ended process held is known to its parent
    held = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF,
                                                             resource.RUSAGE_CHILDREN))  # fmt: skip
    figures["slowest_hostile_s"] = max(one["seconds"] for one in figures["hostile"])
    figures["memory_mb"] = held // 1024
    if chosen.json:
        print(json.dumps(figures))
        return
    for what in ("plain", "with_places", "pages", "trafilatura"):
        print(f"{what:<12} {figures[what]['a_second']:8.1f} reports a second")
    for one in figures["hostile"]:
        print(f"{one['file']:<22} {one['seconds']:6.2f} s  {one['said']}")
    print(f"at most {figures['memory_mb']} MB")


if __name__ == "__main__":
    main()
