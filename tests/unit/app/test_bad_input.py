"""What cannot be used is refused whole: told where and why, with nothing written or changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from safeconduct.app.assess import assess
from safeconduct.app.cases import check_case, pin, summarise
from safeconduct.app.founding import init
from safeconduct.app.opening import open_case, open_register
from safeconduct.app.registers import log, record, replayed
from safeconduct.errors import (
    IdTaken,
    InputError,
    PolicyRefused,
    RegisterError,
    RegisterExists,
    SafeconductError,
    UnknownReference,
    UnreadableFile,
    WrongField,
)
from tests.unit.app.bad_cases import CASES
from tests.unit.app.bad_files import POLICIES, RECORDS, REGISTERS
from tests.unit.app.folders import (
    REPOSITORY,
    TWO_TOWNS,
    ground_and_records,
    head,
    two_towns,
    untouched,
)
from tests.unit.app.quickness import least_s
from tests.unit.app.spoiling import END, Bad

CORE = (REPOSITORY / "safeconduct" / "policy" / "core.yaml").read_text()
AT = "2030-05-06T07:30:00Z"
# A refusal is at once: what is too large is refused by its size, without being read. Seconds of
# work, so that a busy machine is not blamed on the program.
AT_ONCE_S = 0.5  # of which reading the sound `case.yaml` beside it takes up to half


def named(bad: Bad) -> str:
    return bad.id


def refusal(ask: Callable[[], object]) -> SafeconductError:
    """The error with which a verb refuses; anything else that happens is a failure."""
    with pytest.raises(SafeconductError) as caught:
        ask()
    return caught.value


def check(error: SafeconductError, bad: Bad, blamed: Path) -> None:
    """The refusal is the one that the table asks for: code, file, line, field, words, remedy."""
    assert error.code == bad.code
    assert error.file == str(blamed)
    for words in bad.says:
        assert words in str(error)
    assert error.remedy.strip().endswith((".", "?"))
    assert error.field == (bad.field or None)
    if bad.line == END:
        last = len(blamed.read_text().splitlines())
        assert error.line in (last, last + 1)
    elif bad.line:
        written = blamed.read_bytes().decode("utf-8", errors="surrogateescape")
        place = written.index(bad.line.encode("latin-1").decode("utf-8", errors="surrogateescape"))
        assert error.line == written.count("\n", 0, place) + 1


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a live register that holds the ground and the records of the two towns."""
    folder = tmp_path_factory.mktemp("register")
    path = folder / "office.db"
    init(str(path))
    record(str(path), str(TWO_TOWNS))
    record(str(path), str(ground_and_records(folder)))
    return path.read_bytes()


@pytest.fixture
def register(tmp_path: Path, whole: bytes) -> Path:
    """A copy of that register."""
    path = tmp_path / "office.db"
    path.write_bytes(whole)
    return path


@pytest.mark.parametrize("bad", CASES, ids=named)
def test_a_case_that_cannot_be_used_is_refused_by_every_verb_alike(
    bad: Bad, tmp_path: Path, register: Path
) -> None:
    case = two_towns(tmp_path)
    bad.spoil(case)
    verbs: dict[str, Callable[[], object]] = {
        "assess": lambda: assess(open_case(str(case)), at=AT),
        "case show": lambda: summarise(str(case)),
        "case check": lambda: check_case(str(case)),
        "init": lambda: replayed(str(tmp_path / "new.db"), str(case)),
        "record": lambda: record(str(register), str(case)),
        "register log": lambda: log(str(case)),
    }
    if bad.id != "pinned-network-of-something-else":  # which pinning puts right
        verbs["case pin"] = lambda: pin(str(case))
    before = head(register)
    for ask in verbs.values():
        with untouched(tmp_path):
            error = refusal(ask)
            assert isinstance(error, InputError)
            check(error, bad, case / bad.file)
            if bad.id.startswith("100-mb"):
                assert least_s(partial(refusal, ask)) < AT_ONCE_S
    assert head(register) == before


@pytest.mark.parametrize("bad", RECORDS, ids=named)
def test_records_that_cannot_be_used_leave_the_register_as_it_was(
    bad: Bad, tmp_path: Path, register: Path
) -> None:
    path = tmp_path / "new.yaml"
    bad.spoil(path)
    before = head(register)
    ask = partial(record, str(register), str(path))
    with untouched(tmp_path):
        check(refusal(ask), bad, path)
        if bad.id == "100-mb-file":
            assert least_s(partial(refusal, ask)) < AT_ONCE_S
    assert head(register) == before


@pytest.mark.parametrize("bad", REGISTERS, ids=named)
def test_a_register_that_is_none_or_not_whole_is_refused_by_every_verb(
    bad: Bad, tmp_path: Path, register: Path
) -> None:
    path = tmp_path / "given.db"
    bad.spoil(path)
    records = tmp_path / "east.yaml"
    records.write_text("actors:\n  - {id: east, name: The East, kind: party}\n")
    verbs: list[Callable[[], object]] = [
        lambda: open_register(str(path)),
        lambda: record(str(path), str(records)),
        lambda: record(str(path), str(TWO_TOWNS)),
    ]
    if path.is_file():  # anything else is taken for the name of a case
        verbs.append(lambda: log(str(path)))
    for ask in verbs:
        with untouched(tmp_path):
            check(refusal(ask), bad, path)


def test_the_register_that_the_table_spoils_copies_of_is_itself_good(register: Path) -> None:
    opened = open_register(str(register))
    assert len(tuple(opened.store.entries())) > 20
    opened.close()


def test_recording_into_a_replay_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    replayed(str(path), str(TWO_TOWNS))
    before = head(path)
    for source in (TWO_TOWNS, ground_and_records(tmp_path)):
        with untouched(tmp_path):
            error = refusal(lambda source=source: record(str(path), str(source)))  # type: ignore[misc]
        assert isinstance(error, RegisterError) and error.file == str(path)
        assert "is a replay" in error.found and "safeconduct init R" in error.remedy
    assert head(path) == before


@pytest.mark.parametrize("from_case", [None, str(TWO_TOWNS)])
def test_nothing_is_ever_made_over_a_file_that_is_there(
    tmp_path: Path, register: Path, from_case: str | None
) -> None:
    (tmp_path / "notes.txt").write_text("calls of this morning")
    for there in (register, tmp_path / "notes.txt", tmp_path):
        with untouched(tmp_path):
            make = init if from_case is None else lambda path: replayed(path, str(TWO_TOWNS))
            error = refusal(lambda there=there, make=make: make(str(there)))  # type: ignore[misc]
        assert isinstance(error, RegisterExists)
        assert f"Something is already at {there}" in error.found
        assert "choose another path" in error.remedy


def test_making_a_register_in_a_folder_that_is_not_there_makes_no_folder(tmp_path: Path) -> None:
    with untouched(tmp_path):
        error = refusal(lambda: init(str(tmp_path / "nowhere" / "office.db")))
    assert error.code == "missing-file" and "Make the folder first" in error.remedy


@pytest.mark.parametrize(
    ("wanted", "code", "says"),
    [
        ("aleppo-2016", "unknown-reference", "bundled cases begin with"),
        ("atlantis", "unknown-reference", "no bundled case begins so"),
        ("", "unknown-reference", "Write more of the name."),
        ("cases/nowhere", "missing-file", "There is no folder cases/nowhere."),
    ],
)
def test_a_case_that_is_not_there_or_not_the_only_one_is_named(
    wanted: str, code: str, says: str
) -> None:
    error = refusal(lambda: open_case(wanted))
    assert error.code == code and says in str(error)


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        ({"movement": "relief-to-brich"}, "unknown-reference", "Known movements: relief-to-birch."),
        ({"movement": ""}, "unknown-reference", "Known movements: relief-to-birch."),
        ({"profile": "icrc-of-1864"}, "unknown-reference", "no profile icrc-of-1864"),
        ({"profile": ""}, "unknown-reference", "has no profile"),
        ({"at": "10:00"}, "bare-time", "Give the date"),
        ({"at": "tomorrow"}, "unreadable-time", "'tomorrow' is not written as a time"),
        ({"at": ""}, "unreadable-time", "is not written as a time"),
        ({"at": "2030-05-06T25:00:00Z"}, "unreadable-time", "2030-05-06T25:00:00Z"),
        ({"at": "2030-03-31 02:30 Europe/Berlin"}, "nonexistent-time", "Europe/Berlin"),
        ({"known_at": "2030-05-06T07:30"}, "", ""),
        ({"known_at": "yesterday"}, "unreadable-time", "'yesterday' is not written as a time"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(
    asked: dict[str, str], code: str, says: str
) -> None:
    opened = open_case(str(TWO_TOWNS))
    question: dict[str, str] = {"at": AT} | asked
    if not code:  # the zone of the case is taken where none is named
        assert assess(opened, **question).judgement.known_at % 3600 == 1800  # type: ignore[arg-type]
        return
    error = refusal(lambda: assess(opened, **question))  # type: ignore[arg-type]
    assert error.code == code and says in str(error)


def test_a_time_without_a_zone_is_refused_where_nothing_names_one(register: Path) -> None:
    opened = open_register(str(register))
    error = refusal(lambda: assess(opened, at="2030-05-06 07:30"))
    opened.close()
    assert error.code == "bare-time" and "no zone" in error.found


def test_an_empty_register_says_that_no_movement_is_known(tmp_path: Path) -> None:
    init(str(tmp_path / "office.db"))
    record(str(tmp_path / "office.db"), str(TWO_TOWNS))
    opened = open_register(str(tmp_path / "office.db"))
    error = refusal(lambda: assess(opened, at=AT))
    opened.close()
    assert isinstance(error, UnknownReference) and "none at that moment" in error.remedy


def test_a_register_without_roads_says_how_to_record_them(tmp_path: Path) -> None:
    init(str(tmp_path / "office.db"))
    opened = open_register(str(tmp_path / "office.db"))
    error = refusal(lambda: assess(opened, at=AT))
    opened.close()
    assert "holds no road network" in error.found and "safeconduct record" in error.remedy


def test_a_replay_without_an_expected_moment_asks_as_of_when(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    (case / "expected.yaml").unlink()
    error = refusal(lambda: assess(open_case(str(case))))
    assert isinstance(error, WrongField) and "has no present moment" in error.found
    assert "--at" in error.remedy


def test_which_of_several_movements_is_meant_must_be_said() -> None:
    opened = open_case("aleppo-2016-11-04")
    error = refusal(lambda: assess(opened, at="2016-11-04T07:30:00Z"))
    assert isinstance(error, UnknownReference)
    assert "civilian-evacuation-east-aleppo" in error.remedy
    assert "un-aid-east-aleppo" in error.remedy


@pytest.mark.parametrize("bad", POLICIES, ids=named)
def test_a_policy_that_may_not_hold_is_refused_before_anything_is_judged(
    bad: Bad, tmp_path: Path, register: Path
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(CORE)
    bad.spoil(tmp_path)
    with untouched(tmp_path):
        for ask in (
            lambda: open_case(str(TWO_TOWNS), str(path)),
            lambda: open_register(str(register), str(path)),
        ):
            error = refusal(ask)
            assert isinstance(error, InputError | PolicyRefused)
            assert (error.code, error.file) == (bad.code, str(path))
            for words in bad.says:
                assert words in str(error)


def test_a_policy_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    error = refusal(lambda: open_case(str(TWO_TOWNS), str(tmp_path)))
    assert isinstance(error, UnreadableFile) and "is a folder" in error.found


def test_a_rule_that_the_policy_does_not_have_is_refused_with_those_it_has() -> None:
    error = refusal(lambda: open_case(str(TWO_TOWNS)).policy.rule("A99"))
    assert isinstance(error, UnknownReference)
    assert "has no rule A99" in error.found and "A1, A2" in error.remedy


def test_ground_whose_ids_mean_something_else_in_the_register_is_refused(
    tmp_path: Path, register: Path
) -> None:
    case = two_towns(tmp_path)
    for old, new, says in (
        ("ground: drawn for this", "ground: drawn anew for this", "an area drawn otherwise"),
        ("north-bank", "north-restraint", "a record"),  # the id of an act of the register
    ):
        for file in ("case.yaml", "roads.yaml"):
            text = (case / file).read_text()
            if new == "north-restraint":  # in a case of its own the id is free
                text = text.replace("id: north-restraint", "id: north-holds-fire")
            (case / file).write_text(text.replace(old, new))
        (case / "expected.yaml").unlink(missing_ok=True)
        before = head(register)
        with untouched(tmp_path):
            error = refusal(lambda: record(str(register), str(case)))
        assert isinstance(error, IdTaken) and says in error.found
        assert head(register) == before
