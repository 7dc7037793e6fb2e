"""`expected.yaml` is read as strictly as the case itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.files.expected import Answer, Gap
from safeconduct.errors import SafeconductError, UnknownReference, UnreadableTime, WrongField
from safeconduct.spacetime import utc
from tests.unit.adapters.files.small_case import MOVEMENT, read, refusal

EXPECTED = """\
moments:
  - at: 2016-11-04 09:30
    known_at: 2016-11-01T00:00:00Z
    movement: m
    verdict: no-go
    gaps:
      - {rule: A1, party: north, code: NOT-ADDRESSED, place: e1}
    stated_reasons:
      - {says: No word from the north., rule: A1, party: north, sources: [letter]}
    our_reading: Nobody said anything.
    decision: did not go
"""


def test_a_moment_is_read_in_the_cases_zone(tmp_path: Path) -> None:
    (moment,) = read(tmp_path, MOVEMENT, expected=EXPECTED).expected
    assert moment.known_at is not None
    assert (utc(moment.at), utc(moment.known_at)) == (
        "2016-11-04T07:30:00Z",
        "2016-11-01T00:00:00Z",
    )
    assert moment.verdict is Answer.NO_GO
    assert moment.gaps == (Gap(rule="A1", party="north", code="NOT-ADDRESSED", place="e1"),)
    assert moment.stated_reasons[0].sources == ("letter",)


def test_a_case_without_the_file_expects_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, MOVEMENT).expected == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("movement: m", "movement: n", UnknownReference,
         'expected.yaml:4: moments[0].movement: No movement of this case has the id "n". '),
        ("party: north, code", "party: south, code", UnknownReference,
         'expected.yaml:7: moments[0].gaps[0].party: No actor of this case has the id "south". '),
        ("place: e1", "place: e7", UnknownReference,
         'expected.yaml:7: moments[0].gaps[0].place: No place or edge or area of this case has '
         'the id "e7". Did you mean e2 or e1? '),
        ("[letter]", "[note]", UnknownReference,
         "expected.yaml:9: moments[0].stated_reasons[0].sources[0]: No source of this case has "
         'the id "note". '),
        ("no-go", "nogo", WrongField,
         'expected.yaml:5: moments[0].verdict: The text "nogo" is no Answer. Did you mean '
         '"no-go"? Legal here: conditional, go, no-go.'),
        ("2016-11-04 09:30", "2016-11-04", UnreadableTime,
         "expected.yaml:2: moments[0].at: '2016-11-04' names a day but no time of day. "),
        ("decision", "decided", WrongField,
         'expected.yaml:11: moments[0].decided: Moment has no field "decided". '),
        ("moments:", "moment:", WrongField,
         'expected.yaml:1: moment: Expected has no field "moment". Did you mean "moments"? '),
        ("    gaps:\n      - {rule: A1, party: north, code: NOT-ADDRESSED, place: e1}\n", "",
         WrongField, "expected.yaml:2: moments[0]: The verdict no-go is expected without any "
         "gap. Name at least one rule that is not met; a verdict without a reason is no answer."),
    ],
)  # fmt: skip
def test_a_moment_is_refused(
    tmp_path: Path, old: str, new: str, kind: type[SafeconductError], said: str
) -> None:
    assert old in EXPECTED
    found, message = refusal(tmp_path, MOVEMENT, expected=EXPECTED.replace(old, new, 1))
    assert found is kind
    assert message.startswith(said)
