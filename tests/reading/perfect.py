"""A reader that knows the gold: what a reading would be that says all of it and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.reading.fieldwise import LISTS, SINGLE, moment
from tests.reading.goldset import Gold


def perfect(gold: Gold) -> dict[str, Any]:
    """The body of a reading that is the gold, draft for act."""
    return {"drafts": [_draft(gold, n, act) for n, act in enumerate(gold.acts, 1)]}


def _draft(gold: Gold, number: int, act: Mapping[str, Any]) -> dict[str, Any]:
    text, zone = gold.text, gold.zone

    def field(value: Any, words: str = act["words"]) -> dict[str, Any]:
        start = text.index(words)
        return {"value": value, "words": words, "at": [[start, start + len(words)]]}

    said = {name: field(act[name]) for name in SINGLE if act.get(name) is not None}
    said |= {name: [field(one) for one in act[name]] for name in LISTS if act.get(name)}
    for name in ("speaker", "office", "lacks"):
        if act.get(name):
            said[name] = field(act[name], act[name])
    said["areas"] = [field(one, one) for one in act.get("areas", ())]
    said["windows"] = [field(_window(one, zone), one["words"]) for one in act.get("windows", ())]
    said["of"] = [field(f"draft-{one}") for one in act.get("of", ())]
    said["conditions"] = [
        field({"kind": one["kind"]}, one["words"]) for one in act.get("conditions", ())
    ]
    if act.get("negated"):
        said["negated"] = field(True)
    if act.get("deadline"):
        said["deadline"] = field({"at": moment(act["deadline"], zone)})
    if act.get("party", act["actor"]) != act["actor"]:
        said["party"] = field(act["party"])
    head = {"id": f"draft-{number}", "act": field(act["is"]), "actor": field(act["actor"])}
    return head | {name: value for name, value in said.items() if value}


def _window(window: Mapping[str, Any], zone: str) -> dict[str, Any]:
    said = {
        "start": moment(window.get("from"), zone),
        "end": moment(window.get("until"), zone),
        "daily": bool(window.get("daily")),
    }
    return {name: value for name, value in said.items() if value} or {"unresolved": "said so"}
