"""Every command refuses what it cannot use: exit code 2, one clear message, nothing changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.unit.app.bad_cases import CASES
from tests.unit.app.bad_extensions import EXTENSIONS, FILE
from tests.unit.app.bad_files import POLICIES, RECORDS, REGISTERS
from tests.unit.app.folders import (
    MEBIBYTE,
    REPOSITORY,
    TWO_TOWNS,
    ground_and_records,
    head,
    two_towns,
    untouched,
)
from tests.unit.app.quickness import least_s
from tests.unit.app.spoiling import BOMB, PNG, Bad
from tests.unit.cli.running import Ran, process, safeconduct

AT = ("--at", "2030-05-06T07:30:00Z")
AT_ONCE_S = 0.5  # of which reading the sound `case.yaml` beside it takes up to half
GROUPS = (
    *("case", "register", "ask", "permit", "contact", "party", "movement", "policy"),
    "evidence",
)


def named(bad: Bad) -> str:
    return bad.id


def refused(*arguments: str | Path, stdin: bytes = b"") -> dict[str, object]:
    """The error body of a command that is refused, once the message for people says the same."""
    told = safeconduct(*arguments, stdin=stdin)
    in_two_words = arguments[0] in GROUPS or arguments[:2] == ("record", "call")
    verb = 2 if in_two_words else 1
    body = safeconduct(*arguments[:verb], "--json", *arguments[verb:], stdin=stdin)
    for ran in (told, body):
        assert (ran.code, ran.out) == (2, "")
        assert "Traceback" not in ran.err
    complaint = body.complaint
    assert complaint.keys() == {"code", "message", "facts"}
    _says_the_same(told, complaint)
    return complaint


def _says_the_same(told: Ran, complaint: dict[str, object]) -> None:
    """The lines for people: where it is, what was found, what to do, and the code."""
    first, *rest = told.err.splitlines()
    assert first.startswith("error: ")
    assert told.err.rstrip().endswith(f"[{complaint['code']}]")
    lines = [first.removeprefix("error: "), *(line.strip() for line in rest)]
    said = " ".join(" ".join(lines).rsplit("  [", 1)[0].split())
    message = " ".join(str(complaint["message"]).split())
    assert said.replace(": ", " ") == message.replace(": ", " ")


def check(complaint: dict[str, object], bad: Bad, blamed: Path) -> None:
    """The body names code, file, field and words; the line is looked at in the other suite."""
    facts = complaint["facts"]
    assert isinstance(facts, dict)
    assert complaint["code"] == bad.code
    assert facts["file"] == str(blamed)
    assert facts.get("field", "") == bad.field
    assert ("line" in facts) or not bad.line
    for words in bad.says:
        assert words in str(complaint["message"])


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
def register(tmp_path: Path, whole: bytes) -> Path:
    """A copy of that register."""
    path = tmp_path / "office.db"
    path.write_bytes(whole)
    return path


@pytest.mark.parametrize("bad", CASES, ids=named)
def test_a_case_that_cannot_be_used_is_refused(bad: Bad, tmp_path: Path, register: Path) -> None:
    case = two_towns(tmp_path)
    bad.spoil(case)
    before = head(register)
    with untouched(tmp_path):
        for arguments in (
            ("assess", case, *AT),
            ("case", "show", case),
            ("case", "check", case),
            ("init", tmp_path / "new.db", "--from", case),
            ("record", case, "--register", register),
            ("party", "list", case),
            ("party", "record", "north", case),
        ):
            check(refused(*arguments), bad, case / bad.file)
            if bad.id.startswith("100-mb"):
                # Twice, for people and as JSON; nothing of a file that is too large is read.
                assert least_s(partial(refused, *arguments)) < 2 * AT_ONCE_S
    assert head(register) == before


@pytest.mark.parametrize("bad", RECORDS, ids=named)
def test_records_that_cannot_be_used_are_refused(bad: Bad, tmp_path: Path, register: Path) -> None:
    path = tmp_path / "new.yaml"
    bad.spoil(path)
    before = head(register)
    with untouched(tmp_path):
        check(refused("record", path, "--register", register), bad, path)
    assert head(register) == before


@pytest.mark.parametrize("bad", REGISTERS, ids=named)
def test_a_register_that_is_none_is_refused(bad: Bad, tmp_path: Path, register: Path) -> None:
    path = tmp_path / "given.db"
    bad.spoil(path)
    with untouched(tmp_path):
        check(refused("assess", "--register", path, *AT), bad, path)
        check(refused("record", TWO_TOWNS, "--register", path), bad, path)
        check(refused("party", "list", "--register", path), bad, path)
        if path.is_file():
            check(refused("register", "log", path), bad, path)


@pytest.mark.parametrize("bad", POLICIES, ids=named)
def test_a_policy_that_may_not_hold_is_refused(bad: Bad, tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text((REPOSITORY / "safeconduct" / "policy" / "core.yaml").read_text())
    bad.spoil(tmp_path)
    with untouched(tmp_path):
        check(refused("assess", TWO_TOWNS, "--policy", path, *AT), bad, path)
        check(refused("policy", "check", path), bad, path)


@pytest.mark.parametrize("bad", EXTENSIONS, ids=named)
def test_a_file_that_extends_the_core_and_may_not_hold_is_refused(bad: Bad, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text((REPOSITORY / "safeconduct" / "policy" / "example.yaml").read_text())
    bad.spoil(tmp_path)
    with untouched(tmp_path):
        check(refused("assess", TWO_TOWNS, "--policy", path, *AT), bad, path)
        check(refused("policy", "check", path), bad, path)
        check(refused("policy", "list", "--policy", path), bad, path)
        check(refused("policy", "explain", "A1", "--policy", path), bad, path)
        check(refused("policy", "show", "un", "--policy", path), bad, path)


ASSESS = ("assess", str(TWO_TOWNS))
PARTY = ("party", "show", "north", str(TWO_TOWNS))
TYPED: Sequence[tuple[str, Sequence[str], str, str]] = (
    ("unknown-verb", ("advise",), "bad-input", "No such command 'advise'."),
    ("unknown-option", (*ASSESS, "--fast"), "bad-input", "No such option: --fast"),
    ("option-without-value", (*ASSESS, "--at"), "bad-input", "requires an argument"),
    ("missing-argument", ("record",), "bad-input", "Missing"),
    ("number-that-is-none", ("register", "log", "urum", "--last", "few"), "bad-input", "--last"),
    ("number-below-zero", ("register", "log", "urum", "--last", "-3"), "bad-input", "--last"),
    ("case-and-register", (*ASSESS, "-r", "office.db"), "wrong-field", "Both a case and"),
    ("no-case-nor-register", ("assess",), "wrong-field", "Neither a case nor a register"),
    ("unknown-case", ("assess", "atlantis"), "unknown-reference", "no bundled case begins so"),
    ("ambiguous-case", ("assess", "aleppo"), "unknown-reference", "Write more of the name."),
    ("case-of-no-name", ("assess", ""), "unknown-reference", "Write more of the name."),
    ("missing-file", ("assess", "cases/nowhere"), "missing-file", "There is no folder"),
    ("path-too-long", ("assess", "x" * 5000), "bad-input", "File name too long"),
    ("unknown-movement", (*ASSESS, *AT, "-m", "x"), "unknown-reference", "No movement x"),
    ("unknown-profile", (*ASSESS, *AT, "--profile", "x"), "unknown-reference", "no profile x"),
    ("unknown-rule", (*ASSESS, *AT, "--explain", "A99"), "unknown-reference", "no rule A99"),
    ("bare-time", (*ASSESS, "--at", "10:00"), "bare-time", "'10:00'"),
    ("nonexistent-time", (*ASSESS, "--at", "2030-03-31 02:30 Europe/Berlin"), "nonexistent-time",
     "does not exist"),
    ("unreadable-time", (*ASSESS, "--at", "dawn"), "unreadable-time", "'dawn'"),
    ("empty-time", (*ASSESS, "--at", ""), "unreadable-time", "not written as a time"),
    ("unreadable-known-at", (*ASSESS, *AT, "--known-at", "dawn"), "unreadable-time", "'dawn'"),
    ("unknown-policy", (*ASSESS, "--policy", "nowhere.yaml"), "missing-file", "nowhere.yaml"),
    ("policy-that-is-a-folder", (*ASSESS, "--policy", str(TWO_TOWNS)), "unreadable-file",
     "is a folder"),
    ("unknown-schema", ("case", "schema", "roads"), "unknown-reference", "no schema"),
    ("movement-not-known-yet", (*ASSESS, "--at", AT[1], "--known-at", "2030-04-01T00:00:00Z"),
     "unknown-reference", "none at that moment"),
    ("register-taken-for-a-case", ("assess", "office.db"), "unreadable-file",
     "safeconduct assess --register office.db"),
    ("unknown-rule-to-explain", ("policy", "explain", "A99"), "unknown-reference", "no rule A99"),
    ("unknown-profile-to-explain", ("policy", "explain", "A1", "--profile", "x"),
     "unknown-reference", "no profile x"),
    ("unknown-profile-to-show", ("policy", "show", "x"), "unknown-reference", "no profile x"),
    ("missing-policy-to-check", ("policy", "check", "nowhere.yaml"), "missing-file",
     "nowhere.yaml"),
    ("missing-policy-to-list", ("policy", "list", "--policy", "nowhere.yaml"), "missing-file",
     "nowhere.yaml"),
    ("folder-for-a-policy", ("policy", "check", str(TWO_TOWNS)), "unreadable-file", "is a folder"),
    ("nothing-to-explain", ("policy", "explain"), "bad-input", "Missing"),
    ("record-into-nothing", ("record", str(TWO_TOWNS), "-r", "nowhere.db"), "missing-file",
     "There is no register at nowhere.db"),
    ("init-in-no-folder", ("init", "nowhere/office.db"), "missing-file", "Make the folder first"),
    ("init-from-nothing", ("init", "new.db", "--from", "atlantis"), "unknown-reference",
     "atlantis"),
    ("unknown-party", ("party", "record", "nroth", str(TWO_TOWNS)), "unknown-reference",
     "Did you mean north or"),
    ("nobody-like-it", ("party", "show", "x", str(TWO_TOWNS)), "unknown-reference",
     "Name a party; known: north, south."),
    ("no-party", ("party", "show", "relief", str(TWO_TOWNS)), "unknown-reference",
     "relief is recorded as humanitarian, not as a party"),
    ("party-not-known-yet", (*PARTY, "--known-at", "2030-04-01T00:00:00Z"), "unknown-reference",
     "known: none at that moment."),
    ("party-of-nothing", ("party", "list"), "wrong-field", "Neither a case nor a register"),
    ("party-of-both", (*PARTY, "-r", "office.db"), "wrong-field", "Both a case and"),
    ("party-without-a-name", ("party", "show"), "bad-input", "Missing"),
    ("party-of-unknown-case", ("party", "binds", "atlantis"), "unknown-reference", "atlantis"),
    ("party-of-no-register", ("party", "record", "north", "-r", "nowhere.db"), "missing-file",
     "There is no register at nowhere.db"),
    ("party-at-a-bare-time", (*PARTY, "--at", "10:00"), "bare-time", "'10:00'"),
    ("party-known-at-dawn", ("party", "binds", str(TWO_TOWNS), "--known-at", "dawn"),
     "unreadable-time", "'dawn'"),
    ("party-list-at-dawn", ("party", "list", str(TWO_TOWNS), "--at", "dawn"), "unreadable-time",
     "'dawn'"),
    ("days-below-zero", (*PARTY, "--within", "-1"), "bad-input", "--within"),
    ("days-that-are-none", ("party", "binds", str(TWO_TOWNS), "--within", "few"), "bad-input",
     "--within"),
    ("party-for-unknown-movement", (*PARTY, "-m", "x"), "unknown-reference", "No movement x"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "says"), [row[1:] for row in TYPED], ids=[row[0] for row in TYPED]
)
def test_what_is_typed_wrong_is_refused(
    arguments: Sequence[str],
    code: str,
    says: str,
    tmp_path: Path,
    register: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with untouched(tmp_path):
        complaint = refused(*arguments)
    assert complaint["code"] == code
    assert says in str(complaint["message"])


@pytest.mark.parametrize("group", GROUPS)
def test_half_a_verb_is_refused_with_the_way_to_help(group: str) -> None:
    ran = safeconduct(group)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: Missing command.") and "--help" in ran.err


def test_nothing_is_made_over_a_file_that_is_there(tmp_path: Path, register: Path) -> None:
    with untouched(tmp_path):
        for arguments in ((register,), (register, "--from", TWO_TOWNS), (tmp_path,)):
            complaint = refused("init", *arguments)
            assert complaint["code"] == "register-exists"
            assert "Open it, or choose another path." in str(complaint["message"])


def test_nothing_is_recorded_into_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    assert safeconduct("init", path, "--from", TWO_TOWNS).code == 0
    before = head(path)
    with untouched(tmp_path):
        complaint = refused("record", TWO_TOWNS, "--register", path)
    assert complaint["code"] == "register-error" and "is a replay" in str(complaint["message"])
    assert head(path) == before


@pytest.mark.parametrize(
    ("stdin", "code", "says"),
    [
        (b"", "wrong-field", "The file holds nothing"),
        (PNG, "unreadable-file", "the byte 0x89"),
        (b"actors: [\x01]", "unreadable-file", "control characters"),
        (b"actors: [" + b"[" * 100, "unreadable-file", "nests deeper"),
        (BOMB.encode(), "unreadable-file", "&a0"),
        (b"# " + b"x" * (3 * MEBIBYTE), "file-too-large", "send it in parts"),
        (b"hazards:\n  - {id: h, hazard: x, areas: [north-bank], from_at: 10:00}\n", "bare-time",
         "10:00"),
    ],
    ids=["empty", "binary", "control-characters", "deep-nesting", "alias-bomb", "too-large",
         "bare-time"],
)  # fmt: skip
def test_standard_input_is_held_to_the_rules_of_a_file(
    stdin: bytes, code: str, says: str, tmp_path: Path, register: Path
) -> None:
    before = head(register)
    with untouched(tmp_path):
        complaint = refused("record", "-", "--register", register, stdin=stdin)
    assert complaint["code"] == code and says in str(complaint["message"])
    facts = complaint["facts"]
    assert isinstance(facts, dict) and facts["file"] == "standard input"
    assert head(register) == before


# The same through the door that people use: a process of its own.


@pytest.mark.parametrize("id", ["unknown-party", "self-crossing-area", "100-mb-file", "alias-bomb"])
def test_a_process_of_its_own_ends_with_two_and_one_message(id: str, tmp_path: Path) -> None:
    (bad,) = (one for one in CASES if one.id == id)
    case = two_towns(tmp_path)
    bad.spoil(case)
    with untouched(tmp_path):
        ran = process("assess", "two_towns", *AT, cwd=tmp_path)
        body = process("assess", "two_towns", *AT, "--json", cwd=tmp_path)
    assert (ran.code, ran.out, body.code, body.out) == (2, "", 2, "")
    blamed = Path("two_towns") / bad.file
    assert ran.err.startswith(f"error: {blamed}")
    assert len(ran.err.splitlines()) == 3
    check(body.complaint, bad, blamed)


def test_a_process_of_its_own_refuses_binary_standard_input(tmp_path: Path, register: Path) -> None:
    with untouched(tmp_path):
        ran = process("record", "-", "-r", "office.db", cwd=tmp_path, stdin=PNG, LC_ALL="C")
    assert ran.code == 2 and ran.err.startswith("error: standard input:1\n")


def test_an_unreadable_letter_of_a_path_is_no_defect_of_the_program(tmp_path: Path) -> None:
    ran = process("assess", "caf\udce9", cwd=tmp_path)
    assert ran.code == 2 and "unknown-reference" in ran.err
