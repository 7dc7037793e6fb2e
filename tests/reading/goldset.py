"""The gold reports with their annotations, as the scorer takes them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.yamllines import read_yaml

GOLD = Path(__file__).parent / "gold"
REPOSITORY = Path(__file__).parents[2]
OPEN, HELD_OUT = "open", "held-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One report and what people say that it says; the fields of an act are in `gold/README.md`."""

    name: str
    half: str
    language: str
    published: str | None
    zone: str
    text: str
    acts: tuple[Mapping[str, Any], ...]


def gold_reports(half: str | None = None, language: str | None = None) -> tuple[Gold, ...]:
    """The gold reports of one half and language, or of all.

    The longer ones whose text lies beside the repository (`shared-*`) belong to the open half;
    they are left out where that folder is not there.
    """
    halves = {entry["id"]: entry["half"] for entry in read_yaml(GOLD / "index.yaml").data}
    found = []
    for path in sorted(GOLD.glob("*.yaml")):
        if path.stem == "index":
            continue
        if half is not None and halves.get(path.stem, OPEN) != half:
            continue
        data = read_yaml(path).data
        text = path.with_suffix(".txt")
        if "text" in data:
            text = REPOSITORY / data["text"]
        if text.is_file() and language in (None, data["language"]):
            found.append(
                Gold(
                    name=path.stem,
                    half=halves.get(path.stem, OPEN),
                    language=data["language"],
                    published=data["published"],
                    zone=data["zone"],
                    text=text.read_text("utf-8"),
                    acts=tuple(data["acts"]),
                )
            )
    return tuple(found)


def changed_since_held_out(folder: Path = GOLD) -> list[str]:
    """The files of the held-out half that are not as their hashes were set down."""
    wrong = []
    for line in (folder / "held-out.sha256").read_text("ascii").splitlines():
        wanted, name = line.split()
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            wrong.append(name)
    return wrong
