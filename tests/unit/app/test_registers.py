"""A live register answers as a replay of the same records does, and keeps what it was given."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.app import assess as assessing
from safeconduct.app import registers
from safeconduct.app.assess import Answer, assess
from safeconduct.app.founding import init
from safeconduct.app.opening import open_case, open_register
from safeconduct.app.registers import log, record, replayed
from safeconduct.clearance import Finding, Verdict
from safeconduct.planning import plan
from safeconduct.register.signing import holds
from safeconduct.spacetime import Edge, instant, utc
from tests.unit.app.folders import TWO_TOWNS, ground_and_records, head, two_towns

AT = "2030-05-06T07:30:00Z"
SETUP, LETTERS, MORNING = "2030-05-01T08:00Z", "2030-05-04T16:00Z", "2030-05-06T07:05Z"

SetClock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Sets the office's clock, which stands still until it is set again."""

    def stands_at(moment: str) -> None:
        seconds = instant(moment, edge=Edge.START)
        for module in (registers, assessing):
            monkeypatch.setattr(module, "now", lambda: seconds)

    return stands_at


def parts(folder: Path) -> tuple[Path, Path, Path]:
    """The records of the two towns in three files: the facts, the letters, the morning's check."""
    text = ground_and_records(folder).read_text()
    letters, notices = text.index("statements:\n"), text.index("vehicles:\n")
    check = text.index("incident_checks:\n")
    written = (
        text[:letters] + text[notices:check],
        "zone: UTC\n" + text[letters:notices],
        "zone: UTC\n" + text[check:],
    )
    paths = (folder / "facts.yaml", folder / "letters.yaml", folder / "check.yaml")
    for path, part in zip(paths, written, strict=True):
        path.write_text(part)
    return paths


@pytest.fixture
def office(tmp_path: Path, clock: SetClock) -> Path:
    """A live register kept day by day: ground and facts, then the letters, then the check."""
    path = tmp_path / "office.db"
    facts, letters, check = parts(tmp_path)
    clock(SETUP)
    init(str(path))
    record(str(path), str(TWO_TOWNS))
    record(str(path), str(facts))
    clock(LETTERS)
    record(str(path), str(letters))
    clock(MORNING)
    record(str(path), str(check))
    return path


def asked(path: Path, at: str | None, known_at: str | None = None) -> Answer:
    with closing(open_register(str(path))) as opened:
        return assess(opened, at=at, known_at=known_at)


@pytest.mark.parametrize(
    ("at", "known_at", "verdict"),
    [
        (AT, None, Verdict.GO),
        ("2030-05-06T07:04:00Z", None, Verdict.NO_GO),  # a minute before the check came in
        ("2030-05-05T08:00:00Z", None, Verdict.CONDITIONAL),  # an hour before it falls due
        ("2030-05-03T12:00:00Z", None, Verdict.NO_GO),  # the letters are not
        (AT, "2030-05-03T12:00:00Z", Verdict.NO_GO),
        (AT, "2030-05-06T07:05:00Z", Verdict.GO),
        ("2030-05-06T10:00:00Z", None, None),  # past the departure, whatever that gives
    ],
)
def test_a_live_register_judges_as_a_replay_of_the_same_records(
    office: Path, at: str, known_at: str | None, verdict: Verdict | None
) -> None:
    live = asked(office, at, known_at)
    replay = assess(open_case(str(TWO_TOWNS)), at=at, known_at=known_at)
    assert verdict in (None, live.judgement.verdict)
    # Every finding, hour, hash and version; of the plan everything down to the ids of the asks. But
    # a replay has no writers that anybody could have heard, so what rule R1 says is left out.
    assert _without_r1(live).judgement.sealed == _without_r1(replay).judgement.sealed
    assert _without_r1(live).as_json() == _without_r1(replay).as_json()
    assert [f.status.value for f in _of_r1(live)] == ["met"]
    assert [f.status.value for f in _of_r1(replay)] == ["not-applicable"]


def _of_r1(answer: Answer) -> list[Finding]:
    return [found for found in answer.judgement.findings if found.rule == "R1"]


def _without_r1(answer: Answer) -> Answer:
    others = tuple(found for found in answer.judgement.findings if found.rule != "R1")
    judgement = replace(answer.judgement, findings=others)
    return replace(answer, judgement=judgement, plan=plan(judgement, answer.bench))


def test_a_live_register_is_asked_as_of_now_when_no_moment_is_named(
    office: Path, clock: SetClock
) -> None:
    clock("2030-05-06T07:30Z")
    assert asked(office, None).judgement == asked(office, AT).judgement


def test_what_was_known_then_is_not_changed_by_what_is_recorded_later(
    office: Path, tmp_path: Path, clock: SetClock
) -> None:
    before = asked(office, AT).judgement.sealed
    late = tmp_path / "late.yaml"
    late.write_text(
        "zone: UTC\nhazards:\n  - {id: shell, hazard: unexploded shell on the road,"
        " areas: [north-bank], from_at: 2030-05-06 06:00}\n"
    )
    clock("2030-05-06T07:31Z")
    record(str(office), str(late))
    # At 07:30 nobody knew; one minute later the same road is closed.
    assert asked(office, AT).judgement.sealed == before
    assert asked(office, "2030-05-06T07:31Z").judgement.verdict is Verdict.NO_GO


@pytest.mark.parametrize("known_at", [None, "2016-11-01T00:00:00Z"])
def test_a_case_answers_alike_from_its_folder_and_from_a_register_made_of_it(
    tmp_path: Path, known_at: str | None
) -> None:
    path = tmp_path / "replay.db"
    replayed(str(path), "aleppo-2016-11-04")
    question = {"movement": "un-aid-east-aleppo", "at": "2016-11-04T07:30:00Z"}
    with closing(open_register(str(path))) as opened:
        kept = assess(opened, **question, known_at=known_at)
    drawn = assess(open_case("aleppo-2016-11-04"), **question, known_at=known_at)
    assert kept.as_json() == drawn.as_json()


def test_recording_tells_what_was_written_and_where_the_chain_ends(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    empty = init(str(path))
    assert (empty.introduced, empty.locked, empty.register) == (True, False, str(path))
    ground = record(str(path), str(TWO_TOWNS))
    assert [entry.kind for entry in ground.entries] == ["area", "area", "network"]
    assert ground.head == head(path) != empty.head
    more = record(str(path), str(ground_and_records(tmp_path)))
    assert [e.sequence for e in more.entries] == list(range(3, 3 + len(more.entries)))
    assert {entry.writer for entry in (*ground.entries, *more.entries)} == {empty.device}
    public = bytes.fromhex(empty.public)
    for entry in (*ground.entries, *more.entries):
        assert holds(public, entry.signed_bytes(), bytes.fromhex(entry.signature or ""))


def test_the_same_ground_is_taken_once_and_records_still_go_in_after_it(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    init(str(path))
    first = record(str(path), str(TWO_TOWNS))
    again = record(str(path), str(TWO_TOWNS))
    assert (again.entries, again.head) == ((), first.head)
    assert record(str(path), str(ground_and_records(tmp_path))).entries


def test_roads_drawn_anew_replace_those_before(tmp_path: Path, clock: SetClock) -> None:
    path, case = tmp_path / "office.db", two_towns(tmp_path)
    clock(SETUP)
    init(str(path))
    record(str(path), str(case))
    roads = case / "roads.yaml"
    roads.write_text(roads.read_text().replace("km: 9,", "km: 12,"))
    clock(LETTERS)
    done = record(str(path), str(case))
    assert [entry.kind for entry in done.entries] == ["network"]
    with closing(open_register(str(path))) as opened:
        for moment, metres in ((SETUP, 9_000), (LETTERS, 12_000)):
            network = opened.network(instant(moment, edge=Edge.END))
            assert network.edge("hill-road").length_dm == metres * 10


def test_the_author_is_kept_beside_the_entries_and_not_in_them(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    init(str(path))
    done = record(str(path), str(TWO_TOWNS), "Rima of the night desk")
    for entry in done.entries:
        assert b"Rima" not in entry.signed_bytes()
    with closing(open_register(str(path))) as opened:
        (author,) = {entry.author for entry in done.entries}
        assert opened.store.personal(author) == "Rima of the night desk"
        assert opened.store.erase(author)
        assert opened.store.personal(author) is None
    assert head(path) == done.head


def test_the_log_gives_the_entries_in_order_and_the_last_few_when_asked(office: Path) -> None:
    everything = log(str(office))
    assert not everything.replay and everything.head == head(office)
    roots = [e for e in everything.entries if e.writer.startswith("root:")]
    rest = [e for e in everything.entries if not e.writer.startswith("root:")]
    assert [e.kind for e in roots] == ["office-root", "key-introduced"]
    assert [e.sequence for e in rest] == list(range(len(rest)))
    assert log(str(office), 2).entries == everything.entries[-2:]
    assert everything.entries[-1].kind == "incident-check"
    assert everything.as_json()["entries"][-1]["recorded_at"] == utc(1904281500)


def test_the_log_of_a_case_is_that_of_the_replay_made_of_it(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    replayed(str(path), str(TWO_TOWNS))
    from_case, from_file = log(str(TWO_TOWNS)), log(str(path))
    assert from_case.replay and from_file.replay
    assert from_case.head == from_file.head
    assert set(from_case.entries) == set(from_file.entries)
