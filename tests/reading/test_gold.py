"""The annotations of the gold reports say only what can be found in their texts.

What an annotation means is in `gold/README.md`. Here is checked what a machine can check of it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from safeconduct.adapters.files.yamllines import read_yaml
from safeconduct.vocabulary.acts import Act, Usability
from safeconduct.vocabulary.kinds import (
    ConditionKind,
    Direction,
    Means,
    Movers,
    Purpose,
    Telling,
    UndertakingKind,
)

GOLD = Path(__file__).parent / "gold"
ANNOTATED = sorted(path.stem for path in GOLD.glob("[0-9][0-9][0-9].yaml"))
INDEX = {entry["id"]: entry for entry in read_yaml(GOLD / "index.yaml").data}
HELD_OUT = sorted(name for name, entry in INDEX.items() if entry["half"] == "held-out")

HEAD = ("language", "published", "zone", "facts")
ALWAYS = {"is", "words", "actor", "telling"}
SOMETIMES = {
    *("speaker", "office", "party", "negated", "kind", "means", "windows", "areas", "corridors"),
    *("purposes", "directions", "for_whom", "conditions", "to", "deadline", "of", "result"),
    *("lacks", "low", "high", "unit"),
}
ACTS = {act.tag for act in get_args(Act)}
ANSWERS = {"reject", "accept", "condition", "confirm", "narrow", "withdraw", "disown", "deny"}
CLOSED = {
    "telling": Telling,
    "kind": UndertakingKind,
    "means": Means,
    "purposes": Purpose,
    "directions": Direction,
    "for_whom": Movers,
    "result": Usability,
}
ONLY_IN = {
    "kind": {"announce", "guarantee", "consent", "accept"},
    "result": {"assess"},
    "lacks": {"assess"},
    "low": {"estimate"},
    "high": {"estimate"},
    "unit": {"estimate"},
    "to": {"request", "demand"},
    "deadline": {"request", "demand"},
    "of": ANSWERS | {"welcome", "assess"},
}
ACTOR = re.compile(r"[a-z]+(-[a-z]+)*")

# The stems of the days, Monday first, in the languages of the reports.
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "ru": ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"),
    "uk": ("понеділ", "вівтор", "серед", "четвер", "п'ятниц", "субот", "неділ"),
    "ar": ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}


@cache
def text_of(name: str) -> str:
    return (GOLD / f"{name}.txt").read_text("utf-8")


@cache
def annotation_of(name: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(GOLD / f"{name}.yaml").data
    return data


def acts_of(name: str) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = annotation_of(name)["acts"]
    return acts


def days_named(words: str, language: str) -> set[int]:
    """The days of the week that are named in some words, Monday 0."""
    said = words.lower()
    return {n for n, stem in enumerate(DAYS[language]) if re.search(rf"\b{stem.lower()}", said)}


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


@pytest.mark.parametrize("name", ANNOTATED)
def test_an_annotation_stands_under_the_head_of_its_report_in_the_index(name: str) -> None:
    found = annotation_of(name)
    assert tuple(found) == (*HEAD, "acts")
    assert {key: found[key] for key in HEAD} == {key: INDEX[name][key] for key in HEAD}


@pytest.mark.parametrize("name", ANNOTATED)
def test_what_is_given_as_words_of_the_text_stands_in_it(name: str) -> None:
    text = text_of(name)
    for number, act in enumerate(acts_of(name), 1):
        parts = [act["words"], act.get("speaker"), act.get("office"), act.get("lacks")]
        parts += act.get("areas", [])
        parts += [window["words"] for window in act.get("windows", [])]
        parts += [condition["words"] for condition in act.get("conditions", [])]
        missing = [part for part in parts if part is not None and part not in text]
        assert not missing, f"act {number} of {name}"


@pytest.mark.parametrize("name", ANNOTATED)
def test_every_value_is_of_its_closed_list(name: str) -> None:
    for number, act in enumerate(acts_of(name), 1):
        where = f"act {number} of {name}"
        assert ALWAYS <= set(act) <= ALWAYS | SOMETIMES, where
        assert act["is"] in ACTS, where
        for field, values in CLOSED.items():
            said = act.get(field, [])
            for value in said if isinstance(said, list) else [said]:
                assert value in {member.value for member in values}, f"{field}, {where}"
        for condition in act.get("conditions", []):
            assert {"kind", "words"} <= set(condition) <= {"kind", "words", "on"}, where
            assert condition["kind"] in {kind.value for kind in ConditionKind}, where
        ids = [act["actor"], act.get("party", "media"), *act.get("to", [])]
        ids += [condition.get("on", "media") for condition in act.get("conditions", [])]
        assert all(ACTOR.fullmatch(actor) for actor in ids), where


@pytest.mark.parametrize("name", ANNOTATED)
def test_a_field_stands_only_in_the_acts_that_have_it(name: str) -> None:
    count = len(acts_of(name))
    for number, act in enumerate(acts_of(name), 1):
        where = f"act {number} of {name}"
        for field, acts in ONLY_IN.items():
            assert field not in act or act["is"] in acts, f"{field}, {where}"
        assert "means" not in act or act.get("kind") == "restraint", where
        assert (act["is"] == "assess") == ("result" in act), where
        assert (act.get("result") == "lacks") == ("lacks" in act), where
        assert act["is"] != "estimate" or act.get("low", act.get("high")) is not None, where
        assert act.get("low", 0) <= act.get("high", act.get("low", 0)), where
        assert all(of != number and 1 <= of <= count for of in act.get("of", [])), where


@pytest.mark.parametrize("name", ANNOTATED)
def test_a_time_falls_on_the_day_of_the_week_that_the_words_name(name: str) -> None:
    language = annotation_of(name)["language"]
    for number, act in enumerate(acts_of(name), 1):
        where = f"act {number} of {name}"
        for window in act.get("windows", []):
            assert set(window) <= {"from", "until", "words", "daily"}, where
            ends = [moment(at) for key in ("from", "until") if (at := window.get(key))]
            assert ends == sorted(set(ends)), where
            # A day without hours ends with the first minute of the next one.
            days = {(at - timedelta(minutes=n)).weekday() for at in ends for n in (0, 1)}
            named = days_named(window["words"], language)
            assert not ends or not named or days & named, where
        if act.get("deadline"):
            named = days_named(text_of(name), language)
            assert not named or moment(act["deadline"]).weekday() in named, where


def test_the_held_out_half_is_as_it_was_set_down() -> None:
    lines = (GOLD / "held-out.sha256").read_text("ascii").splitlines()
    names = [f"{name}.{kind}" for name in HELD_OUT for kind in ("txt", "yaml")]
    found = [f"{hashlib.sha256((GOLD / name).read_bytes()).hexdigest()}  {name}" for name in names]
    assert lines == found
