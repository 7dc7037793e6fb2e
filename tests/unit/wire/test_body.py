"""The body of a reading: what the text states, with its words, and nothing else."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from safeconduct.errors import WrongField
from safeconduct.vocabulary import Telling
from safeconduct.wire import Act, Draft, Excerpt, Field, Reading, ReadTime, Report, Sureness
from safeconduct.wire.body import body

TEXT = "VALLEY (invented) - The council told the band to leave by noon on 4 May."


def _at(words: str) -> tuple[Excerpt, ...]:
    start = TEXT.index(words)
    return (Excerpt(start, start + len(words)),)


def _reading(**more: object) -> Reading:
    draft = Draft(
        id="draft-1",
        act=Field(Act.DEMAND, _at("told")),
        telling=Field(Telling.PARAPHRASED, _at("told")),
        actor=Field("council", _at("The council")),
        why="told ... to: a demand",
        sureness=Sureness.STATED,
        **more,  # type: ignore[arg-type]
    )
    report = Report(text=TEXT, dateline=_at("VALLEY")[0], published=dt.date(2019, 5, 3))
    return Reading(report=report, drafts=(draft,), languages=("en",))


def test_each_field_has_its_value_its_words_and_where_they_stand() -> None:
    at = dt.datetime(2019, 5, 4, 12, tzinfo=dt.UTC)
    deadline = Field(ReadTime(day=at.date(), at=int(at.timestamp())), _at("noon on 4 May"))
    found = body(_reading(deadline=deadline))
    assert found["drafts"][0]["act"] == {
        "value": "demand",
        "words": "told",
        "at": [[TEXT.index("told"), TEXT.index("told") + 4]],
    }
    assert found["drafts"][0]["deadline"]["value"] == {
        "day": "2019-05-04",
        "at": "2019-05-04T12:00:00Z",
    }
    assert found["report"]["dateline"] == "VALLEY"
    assert found["report"]["published"] == "2019-05-03"
    json.dumps(found)


def test_what_the_text_does_not_state_is_not_there() -> None:
    shown = body(_reading())["drafts"][0]
    assert set(shown) == {"id", "act", "telling", "actor", "why", "sureness"}


def test_a_field_without_words_does_not_exist() -> None:
    with pytest.raises(WrongField, match="was read from no words"):
        Field(Act.WELCOME, ())


def test_an_excerpt_holds_characters() -> None:
    with pytest.raises(WrongField, match="character 4 to 4"):
        Excerpt(4, 4)
