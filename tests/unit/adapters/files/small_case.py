"""A case folder for tests, smaller than any real one; everything in it is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.files.casefile import Case, read_case
from safeconduct.errors import SafeconductError

# Lines 1 to 14: what a test adds begins on line 15.
HEAD = """\
title: An invented bank of an invented river
zone: Asia/Damascus
recorded_at: 2016-11-01 08:00
summary: One town, one party, one road.
label: invented
actors:
  - {id: north, name: The North, kind: party, zone: Europe/Moscow}
  - {id: relief, name: Relief Office, kind: humanitarian}
sources:
  - {id: letter, publisher: Relief Office}
areas:
  - {id: bank, name: North bank, kind: declared}
  - {id: shore, name: The shore, kind: declared}
# ---
"""

ROADS = """\
label: drawn for a test
places:
  alder: {name: Alder, areas: [bank]}
  ferry: {areas: [bank, shore]}
  birch: {areas: [shore]}
edges:
  e1: {between: [alder, ferry], km: 6.5, areas: [bank]}
  e2: {between: [ferry, birch], km: 9, areas: [shore, {area: bank, to_km: 0.5, only_touched: true}]}
"""

MOVEMENT = """\
movements:
  - id: m
    version: 1
    title: Relief
    organisation: relief
    zone: Asia/Damascus
    depart_at: 2016-11-04 09:00
    latest_at: 2016-11-04 15:00
    convoy: {vehicles: 4, column_m: 500}
    legs:
      - id: in
        purpose: aid-delivery
        direction: in
        movers: [humanitarian]
        route: [e1, e2]
        speed_kmh: 30
"""

STATEMENT = """\
statements:
  - id: s
    actor: north
    said_at: 2016-11-02 12:00
    form: written
    telling: said
    paraphrase: The road is open.
    acts:
      - is: announce
        party: north
        undertaking:
          kind: passage
          areas: [bank]
"""


def write(folder: Path, more: str = "", **files: str) -> Path:
    """A case folder with the head, `more` below it, and other files (`roads`, `expected`)."""
    folder.mkdir(exist_ok=True)
    (folder / "case.yaml").write_text(HEAD + more, encoding="utf-8")
    for name, text in ({"roads": ROADS} | files).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def read(folder: Path, more: str = "", **files: str) -> Case:
    """The case that `write` writes."""
    return read_case(write(folder / "small", more, **files))


def refusal(folder: Path, more: str = "", **files: str) -> tuple[type[SafeconductError], str]:
    """The class and the message with which such a case is refused, paths cut to the file's name."""
    with pytest.raises(SafeconductError) as refused:
        read(folder, more, **files)
    return type(refused.value), str(refused.value).replace(f"{folder / 'small'}/", "")
