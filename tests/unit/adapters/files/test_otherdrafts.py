"""Drafts of another reader: taken as they are, or refused where the report does not say them."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.adapters.files.otherdrafts import read_other_drafts
from safeconduct.errors import SafeconductError
from safeconduct.spacetime import utc
from safeconduct.vocabulary.kinds import Telling
from safeconduct.wire import Reading, Report, Sureness
from safeconduct.wire.body import body
from tests.reading.goldset import OPEN, gold_reports
from tests.reading.perfect import perfect_reading
from tests.reading.reader import reading_of

TEXT = (
    "The Upland Force said that it would let aid trucks pass through the valley from 6 a.m. to "
    "6 p.m. on March 10. The Relief Office welcomed the offer; nobody else spoke of the offer."
)
REPORT = Report(text=TEXT)


def offer() -> dict[str, Any]:
    return {
        "act": {"value": "announce", "words": "would let aid trucks pass"},
        "actor": {"value": "upland", "words": "The Upland Force"},
        "kind": {"value": "passage", "words": "pass"},
        "windows": [
            {
                "value": {"start": "2040-03-10 06:00", "end": "2040-03-10T18:00+00:00"},
                "words": "from 6 a.m. to 6 p.m. on March 10",
            }
        ],
    }


def welcome() -> dict[str, Any]:
    return {
        "act": {"value": "welcome", "words": "welcomed the offer"},
        "actor": {"value": "relief-office", "words": "The Relief Office"},
        "of": [{"value": "draft-1", "words": "the offer"}],
    }


def handed(folder: Path, drafts: list[Any], **more: Any) -> Path:
    path = folder / "drafts.json"
    path.write_text(json.dumps({"reader": "a colleague", "drafts": drafts, **more}), "utf-8")
    return path


def taken(folder: Path, *drafts: Any, **more: Any) -> Reading:
    return read_other_drafts(handed(folder, list(drafts), **more), REPORT, "UTC")


def test_words_stand_where_the_report_has_them_and_nearest_to_the_act(tmp_path: Path) -> None:
    found = taken(tmp_path, offer(), welcome())
    first, second = found.drafts
    assert first.act.at[0].of(TEXT) == "would let aid trucks pass"
    assert TEXT.count("the offer") == 2
    assert second.of[0].at[0].start == TEXT.index("the offer")
    assert second.of[0].value == first.id == "draft-1"


def test_times_are_local_to_the_place_where_they_have_no_offset(tmp_path: Path) -> None:
    path = handed(tmp_path, [offer()])
    (window,) = read_other_drafts(path, REPORT, "Asia/Damascus").drafts[0].windows
    assert window.value.start is not None and window.value.end is not None
    assert utc(window.value.start) == "2040-03-10T03:00:00Z"
    assert utc(window.value.end) == "2040-03-10T18:00:00Z"


def test_what_is_not_told_of_a_draft_is_the_least_sure(tmp_path: Path) -> None:
    found = taken(tmp_path, offer())
    (draft,) = found.drafts
    assert (draft.sureness, draft.telling.value) == (Sureness.GUESSED, Telling.PARAPHRASED)
    assert "no reason" in draft.why
    assert found.reader == "a colleague" and "a colleague" in found.notes[-1]


@pytest.mark.parametrize("gold", gold_reports(OPEN), ids=lambda gold: gold.name)
def test_what_read_shows_is_read_back_as_it_was(gold: Any, tmp_path: Path) -> None:
    for reading in (reading_of(gold), perfect_reading(gold)):
        shown = body(reading)
        path = handed(tmp_path, shown.pop("drafts"), **shown)
        back = body(read_other_drafts(path, reading.report, gold.zone))
        assert back["drafts"] == body(reading)["drafts"]
        assert back.get("places") == body(reading).get("places")


WRONG: list[tuple[str, Any, str]] = [
    ("act.words", "would let them pass", "do not stand in the report"),
    ("act.words", "the offer", "stand in the report 2 times.*`at`"),
    ("act.at", [[0, 5]], r"characters \[\[0, 5\]\] the report has 'The U'"),
    ("act.at", [[0, 9999]], "the report has"),
    ("act.at", [[-5, 5]], "the report has"),
    ("act.value", "promise", "drafts.1.act.value.*'announce'"),
    ("actor.value", "The Upland Force", "drafts.1.actor.value"),
    ("actor", None, "drafts.1.actor"),
    ("kind.value", "peace", "'restraint'"),
    ("kind.words", "", "at least 1 character"),
    ("windows.0.value.start", "tomorrow", "tomorrow"),
    ("windows.0.value.end", "2040-03-10T05:00Z", "not after its start"),
    ("windows.0.value.zone", "Mars/Base", "Mars/Base"),
    ("negated", {"value": False, "words": "pass"}, "leave the field out"),
    ("corridors", {"value": -1, "words": "pass"}, "greater than or equal to 0"),
    ("of", [{"value": "draft-9", "words": "pass"}], "draft-9.*no other draft"),
    ("of", [{"value": "draft-1", "words": "pass"}], "draft-1.*no other draft"),
    ("purpose", {"value": "aid-delivery", "words": "aid"}, "purpose.*not permitted"),
]


@pytest.mark.parametrize(("field", "value", "said"), WRONG)
def test_what_the_report_does_not_say_is_refused(
    field: str, value: Any, said: str, tmp_path: Path
) -> None:
    draft: Any = offer()
    at = draft
    *path, last = field.split(".")
    for step in path:
        at = at[int(step)] if step.isdecimal() else at[step]
    at[last] = value
    with pytest.raises(SafeconductError) as refused:
        taken(tmp_path, draft)
    assert re.search(said, str(refused.value), re.S), str(refused.value)
    assert str(refused.value.file).endswith("drafts.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "the whole"),
        ('{"drafts": []}', "reader"),
        ('{"reader": "", "drafts": []}', "reader"),
        ('{"reader": "a", "drafts": [], "draft": 1}', "draft"),
        ('{"reader": "a", "drafts": {}}', "drafts"),
    ],
)
def test_what_is_no_file_of_drafts_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SafeconductError, match=said):
        read_other_drafts(path, REPORT, "UTC")


def test_two_drafts_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SafeconductError, match="Two drafts are called a"):
        taken(tmp_path, {**offer(), "id": "a"}, {**welcome(), "id": "a"})


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_drafts_are_taken_or_refused_and_never_break(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drafts: Any = copy.deepcopy([offer(), welcome()])
    at, path = drafts, list(range(data.draw(st.integers(0, 3))))
    for _ in path:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        step = data.draw(st.sampled_from(keys))
        if not isinstance(at[step], dict | list) or not at[step]:
            break
        at = at[step]
    keys = list(at) if isinstance(at, dict) else list(range(len(at)))
    at[data.draw(st.sampled_from(keys))] = data.draw(_VALUES)
    try:
        found = taken(tmp_path_factory.mktemp("drafts"), *drafts)
    except SafeconductError:
        return
    for draft in found.drafts:
        assert draft.act.at[0].of(TEXT) and draft.actor.at[0].of(TEXT)
