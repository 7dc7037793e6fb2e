"""The verbs around a verdict refuse what they cannot use: exit code 2, and nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.app.bad_files import REGISTERS
from tests.unit.app.folders import TWO_TOWNS, ground_and_records, head, untouched
from tests.unit.app.spoiling import Bad
from tests.unit.cli.running import safeconduct
from tests.unit.cli.test_bad_input import check, named, refused

NOW = ("--at", "2030-05-06T07:30:00Z")
IN = ("-r", "office.db")
DECIDE = ("decide", *IN, *NOW)
GO = (*DECIDE, "--choice", "go", "--by", "N. Alder", "--why", "in order")
OUTCOME = ("outcome", *IN, *NOW, "--what", "the bridge was shut")
COPY = ("movement", "copy", *IN, *NOW, "--from", "relief-to-birch", "--as", "copy")
REPEAT = ("movement", "repeat", *IN, *NOW, "--from", "relief-to-birch")
VERSION = ("movement", "version", *IN, *NOW, "-m", "relief-to-birch")
CALL = ("reconfirm", *IN, *NOW, "--party", "north", "--by", "duty officer")

TYPED: Sequence[tuple[str, Sequence[str], str, str]] = (
    ("no-register", ("decide", "--choice", "go"), "wrong-field", "`safeconduct decide --register"),
    ("nothing-decided", DECIDE, "wrong-field", "Choose one of: go, go-with-conditions, hold"),
    ("no-name", (*DECIDE, "--choice", "go", "--why", "so"), "decision-refused", "Nobody is named"),
    ("no-reason", (*DECIDE, "--choice", "go", "--by", "N. A."), "decision-refused", "no reason"),
    ("not-shown", ("decide", "look", *IN), "wrong-field", "Write `show`, or nothing."),
    ("same-person", (*GO, "--second", "n. alder"), "decision-refused", "the same person's"),
    ("nothing-to-sign", (*GO, "--sign", "T5"), "decision-refused", "nothing is"),
    ("unknown-rule", (*GO, "--sign", "Z9"), "decision-refused", "Nothing of rule Z9"),
    ("no-advice", (*GO, "--against-advice"), "decision-refused", "going is not against it"),
    ("no-hash", (*GO, "--verdict", "yes"), "wrong-field", "at least its first 8 digits"),
    ("other-hash", (*GO, "--verdict", "0" * 16), "decision-refused", "`--seen-at`"),
    ("hash-of-when", (*GO, "--seen-at", "2030-05-06T07:00:00Z"), "wrong-field", "which one"),
    ("seen-at-dawn", (*GO, "--verdict", "0" * 16, "--seen-at", "dawn"), "unreadable-time", "dawn"),
    ("abort-nothing", (*GO, "--choice", "abort"), "decision-refused", "decided yet"),
    ("resume-nothing", (*GO, "--choice", "resume"), "decision-refused", "decided yet"),
    ("too-late", (*GO, "--at", "2030-05-06T09:30:00Z"), "decision-refused", "The verdict is NO-GO"),
    ("decide-elsewhere", (*GO, "-m", "x"), "unknown-reference", "No movement x"),
    ("decide-at-dawn", (*GO, "--at", "dawn"), "unreadable-time", "'dawn'"),
    ("decisions-nowhere", ("decide", "show"), "wrong-field", "decide show --register"),
    ("outcome-nowhere", ("outcome", "--result", "denied"), "wrong-field", "outcome --register"),
    ("no-outcome-shown", ("outcome", "show"), "wrong-field", "outcome show --register"),
    ("no-result", OUTCOME, "wrong-field", "Choose one of: facilitated"),
    ("never-left", (*OUTCOME, "--result", "partial"), "wrong-field", "Record the departure first"),
    ("ledger-of-words", (*OUTCOME, "--result", "denied", "--item", "flour"), "wrong-field",
     "five whole numbers"),
    ("ledger-that-grows", (*OUTCOME, "--result", "denied", "--item", "flour,1,2,0,0,0"),
     "wrong-field", "2 of flour were loaded, and 1 approved"),
    ("no-ledger", (*OUTCOME, "--result", "denied", "--items", "nowhere.yaml"), "missing-file",
     "nowhere.yaml"),
    ("list-nowhere", ("movement", "list", "-r", "atlantis"), "unknown-reference", "atlantis"),
    ("list-of-a-replay", ("movement", "list", "-r", "urum"), "wrong-field", "no present moment"),
    ("copy-of-nothing", (*COPY, "--from", "x", "--depart", "2030-05-07 09:00"),
     "unknown-reference", "No movement x"),
    ("copy-at-dawn", (*COPY, "--depart", "dawn"), "unreadable-time", "'dawn'"),
    ("copy-to-the-past", (*COPY, "--depart", "2030-05-01 09:00"), "time-refused", "to come"),
    ("copy-that-ends-early", (*COPY, "--depart", "2030-05-07 09:00", "--latest",
     "2030-05-07 08:00"), "time-refused", "`latest_at` after"),
    ("copy-under-a-taken-id", (*COPY, "--as", "north", "--depart", "2030-05-07 09:00"),
     "wrong-field", "is used already"),
    ("copy-to-no-time", COPY, "bad-input", "--depart"),
    ("repeat-never", (*REPEAT, "--times", "3"), "wrong-field", "`--daily` or `--weekly`"),
    ("repeat-both", (*REPEAT, "--daily", "--weekly", "--times", "3"), "wrong-field", "both daily"),
    ("repeat-no-times", (*REPEAT, "--daily", "--times", "0"), "wrong-field", "1 to 366"),
    ("repeat-but-not-then", (*REPEAT, "--daily", "--times", "1", "--except", "2031-01-01"),
     "time-refused", "none of the days"),
    ("version-of-nothing", (*VERSION, "-m", "x", "--set", "title=y"), "unknown-reference", "x"),
    ("version-without-change", VERSION, "wrong-field", "Nothing is set"),
    ("version-of-no-field", (*VERSION, "--set", "speed=9"), "wrong-field", "Legal: "),
    ("version-of-a-bare-time", (*VERSION, "--set", "depart_at=10:00"), "bare-time", "10:00"),
    ("call-for-nothing", CALL, "wrong-field", "say `--all`"),
    ("call-for-all-and-some", (*CALL, "--all", "-m", "x"), "wrong-field", "Both all and some"),
    ("call-for-a-stranger", (*CALL, "--party", "x", "--all"), "unknown-reference", 'actor "x"'),
    ("call-for-no-movement", (*CALL, "-m", "x"), "unknown-reference", "No movement x"),
    ("call-of-another", (*CALL, "--all", "--act", "south-passage"), "unknown-reference",
     "is no word of north"),
    ("call-from-the-deep", (*CALL, "--all", "--depth", "deep"), "wrong-field", "capital"),
    ("call-at-dawn", (*CALL, "--all", "--at", "dawn"), "unreadable-time", "'dawn'"),
)  # fmt: skip

WRITES = (
    GO,
    (*OUTCOME, "--result", "denied"),
    (*COPY, "--depart", "2030-05-07 09:00"),
    (*REPEAT, "--daily", "--times", "2"),
    (*VERSION, "--set", "convoy.vehicles=8"),
    (*CALL, "--all", "--written"),
)
"""One command for each verb that writes, which a live register takes."""


def verb(arguments: Sequence[str]) -> str:
    return "-".join(one for one in arguments[:2] if not one.startswith("-"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a live register with the ground and the records of the two towns."""
    folder = tmp_path_factory.mktemp("register")
    path = folder / "office.db"
    assert safeconduct("init", path).code == 0
    assert safeconduct("record", TWO_TOWNS, "-r", path).code == 0
    assert safeconduct("record", ground_and_records(folder), "-r", path).code == 0
    return path.read_bytes()


@pytest.fixture
def register(tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that register, in the folder where the commands run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "office.db"
    path.write_bytes(whole)
    return path


@pytest.mark.parametrize(
    ("arguments", "code", "says"), [row[1:] for row in TYPED], ids=[row[0] for row in TYPED]
)
def test_what_is_typed_wrong_is_refused(
    arguments: Sequence[str], code: str, says: str, register: Path
) -> None:
    before = head(register)
    with untouched(register.parent):
        complaint = refused(*arguments)
    assert complaint["code"] == code
    assert says in str(complaint["message"])
    assert head(register) == before


@pytest.mark.parametrize("arguments", WRITES, ids=map(verb, WRITES))
def test_the_commands_above_are_refused_for_their_faults_only(
    arguments: Sequence[str], register: Path
) -> None:
    before = head(register)
    ran = safeconduct(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert head(register) != before
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("arguments", WRITES, ids=map(verb, WRITES))
def test_nothing_is_written_into_a_replay(arguments: Sequence[str], register: Path) -> None:
    register.unlink()
    assert safeconduct("init", register, "--from", TWO_TOWNS).code == 0
    before = head(register)
    complaint = refused(*arguments)
    assert complaint["code"] == "register-error" and "is a replay" in str(complaint["message"])
    assert head(register) == before


@pytest.mark.parametrize("bad", REGISTERS, ids=named)
def test_a_register_that_is_none_is_refused(bad: Bad, register: Path) -> None:
    path = register.parent / "given.db"
    bad.spoil(path)
    with untouched(register.parent):
        for arguments in WRITES:
            given = [str(path) if one == "office.db" else one for one in arguments]
            check(refused(*given), bad, path)
