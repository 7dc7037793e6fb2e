"""Two offices come to believe each other: what each prints is what the other is to type."""

from __future__ import annotations

import re
import shlex
import time
from pathlib import Path

import pytest

from tests.unit.app.folders import TWO_TOWNS
from tests.unit.cli.running import Ran, safeconduct


@pytest.fixture
def at(tmp_path: Path):
    """Runs a command at the machine of one of the offices; it keeps to 80 columns."""

    def run(machine: str, *arguments: str | Path) -> Ran:
        home = str(tmp_path / f"home of {machine}")
        ran = safeconduct(*arguments, SAFECONDUCT_HOME=home)
        assert max(map(len, ran.out.splitlines()), default=0) <= 80
        return ran

    return run


@pytest.fixture
def registers(tmp_path: Path, at) -> dict[str, Path]:
    """Each office's register; Alder has recorded the ground of two towns and exported it."""
    found = {machine: tmp_path / f"{machine}.register" for machine in ("alder tree", "birch")}
    for machine, path in found.items():
        at(machine, "init", path, "--office", machine)
    at("alder tree", "record", TWO_TOWNS, "-r", found["alder tree"])
    at("alder tree", "register", "export", found["alder tree"], tmp_path / "to-birch.bundle")
    return found


def text(ran: Ran) -> str:
    assert (ran.code, ran.err) == (0, "")
    return " ".join(ran.out.split())


def printed(ran: Ran, beginning: str, path: Path) -> list[str]:
    """The one command that was printed, as a shell reads it, with a register in the place of R."""
    (line,) = re.findall(rf"safeconduct ({beginning} (?:.*\\\n)*.*)", ran.out)
    words = shlex.split(line.replace("\\\n", " "))
    return [str(path) if word == "R" else word for word in words]


def test_a_bundle_of_an_unknown_office_says_what_to_do_and_then_comes(registers, at, tmp_path):
    birch, bundle = registers["birch"], tmp_path / "to-birch.bundle"
    said = text(at("birch", "register", "merge", birch, bundle))
    assert "nothing taken. No root that is trusted here" in said
    assert "ask alder tree, on a line that you know to be theirs" in said
    assert "merge this bundle again" in said and "Nothing was taken" in said
    listed = at("alder tree", "register", "keys", "list", registers["alder tree"])
    assert "compared over a call" in text(listed)
    trust = printed(listed, "register keys trust", birch)
    said = text(at("birch", *trust))
    assert "once a bundle brings them, also one that came before: safeconduct" in said
    said = text(at("birch", "register", "merge", birch, bundle))
    assert "5 entries came" in said and "of alder tree: 3 new" in said
    assert "stays out" not in said


def test_a_bundle_with_newer_word_alone_says_of_whom_and_until_when(registers, at, tmp_path):
    alder, birch = registers["alder tree"], registers["birch"]
    text(at("birch", *printed(at("alder tree", "register", "keys", "list", alder),
                              "register keys trust", birch)))  # fmt: skip
    text(at("birch", "register", "merge", birch, tmp_path / "to-birch.bundle"))
    time.sleep(1.1)  # of one second there is no newer word
    text(at("alder tree", "register", "export", alder, tmp_path / "later.bundle"))
    said = text(at("birch", "register", "merge", birch, tmp_path / "later.bundle"))
    assert "entries came" not in said
    assert re.search(
        r"No entry came, but newer word of how much was written: laptop:\w{6} of alder tree until "
        r"20\d\d-\d\d-\d\dT[\d:]+Z, root:\w{6} of alder tree until 20",
        said,
    )
    assert "by its own word it had written nothing else up to 20" in said
    said = text(at("birch", "register", "merge", birch, tmp_path / "later.bundle"))
    assert "Nothing new came, so nothing was written" in said


def test_an_export_that_is_verified_without_a_root_says_why_it_ends_so(registers, at, tmp_path):
    ran = at("birch", "register", "verify", tmp_path / "to-birch.bundle")
    said = " ".join(ran.out.split())
    assert ran.code == 4
    assert "This ends with the exit code 4, because no root was given." in said
    assert "anybody could have made this file" in said
    typed = said.rpartition("safeconduct register verify ")[2]
    assert "to-birch.bundle" in typed.replace(" ", "")  # a long path is folded anywhere
    assert said.endswith("\\ --root ROOT")
    listed = at("alder tree", "register", "keys", "list", registers["alder tree"])
    root = re.findall(r"counts: (root:\w+)", listed.out)[0]
    said = text(at("birch", "register", "verify", tmp_path / "to-birch.bundle", "--root", root))
    assert "exit code" not in said
    other = at("birch", "register", "keys", "list", registers["birch"])
    root = re.findall(r"counts: (root:\w+)", other.out)[0]
    ran = at("birch", "register", "verify", tmp_path / "to-birch.bundle", "--root", root)
    assert ran.code == 4
    said = " ".join(ran.out.split())
    assert "the exit code 4, because something is not right, or not introduced." in said


def test_a_new_register_says_where_the_line_for_another_office_stands(at, tmp_path):
    said = text(at("cedar", "init", tmp_path / "cedar.register"))
    assert "For another office to believe" in said and "prints what is typed there" in said


def test_a_root_that_can_be_none_is_refused_when_an_export_is_verified(registers, at, tmp_path):
    ran = at("birch", "register", "verify", tmp_path / "to-birch.bundle", "--root", "root")
    assert ran.code == 2 and "'root' is no id of an office's root" in ran.err


def test_a_register_that_was_moved_gets_no_new_key(registers, at, tmp_path):
    birch = registers["birch"]
    text(at("birch", "register", "migrate", birch, tmp_path / "moved.register"))
    ran = at("birch", "register", "keys", "new", birch, "--device", "tablet")
    assert ran.code == 2 and "was moved to another place" in ran.err
    assert not list((tmp_path / "home of birch").glob("keys/tablet-*"))


def test_a_new_key_without_a_passphrase_is_told_to_lie_open(registers, at):
    said = text(at("birch", "register", "keys", "new", registers["birch"], "--device", "tablet"))
    assert "No passphrase was given, so the key lies open on this disk" in said


def test_a_root_is_not_trusted_under_a_name_that_nobody_has(registers, at):
    birch = registers["birch"]
    listed = at("alder tree", "register", "keys", "list", registers["alder tree"])
    trust = printed(listed, "register keys trust", birch)
    wrong = ["rot" if word == "root" else word for word in trust]
    ran = at("birch", *wrong)
    assert ran.code == 2 and "No root is named 'rot'" in ran.err and "Known: root." in ran.err


def test_a_root_is_trusted_once_and_a_revoked_one_never_again(registers, at):
    birch = registers["birch"]
    listed = at("alder tree", "register", "keys", "list", registers["alder tree"])
    trust = printed(listed, "register keys trust", birch)
    text(at("birch", *trust))
    again = at("birch", *trust)
    assert again.code == 2 and "known here already, as a key of alder tree" in again.err
    root = re.findall(r"counts: (root:\w+)", listed.out)[0]
    text(at("birch", "register", "keys", "revoke", birch, root, "--why", "stolen"))
    again = at("birch", *trust)
    assert again.code == 2 and "was revoked: stolen" in again.err


def test_the_line_for_the_root_that_a_joining_machine_prints_can_be_typed(registers, at, tmp_path):
    birch = registers["birch"]
    listed = at("birch", "register", "keys", "list", birch)
    root = re.findall(r"counts: (root:\w+)", listed.out)[0]
    joined = at("tablet", "init", tmp_path / "tablet.register", "--join", root, "--device", "tab")
    folded = Ran(joined.code, " ".join(joined.out.split()).replace(" No pass", "\nNo pass"), "")
    introduce = printed(folded, "register keys introduce", birch)
    assert "Introduced tab:" in text(at("birch", *introduce))


def test_an_export_for_an_office_that_nothing_is_known_of_says_so(registers, at, tmp_path):
    alder = registers["alder tree"]
    out = iter(tmp_path / f"{number}.bundle" for number in range(4))

    def exported(*given: str) -> str:
        return text(at("alder tree", "register", "export", alder, next(out), *given))

    told = "Nothing is known here of an office"
    assert f"{told} brich" in exported("--office", "brich")
    assert told not in exported("--office", "alder tree")
    text(at("alder tree", *printed(at("birch", "register", "keys", "list", registers["birch"]),
                                   "register keys trust", alder)))  # fmt: skip
    assert told not in exported("--office", "birch")
    both = exported("--office", "birch", "--office", "brich")
    assert both.count(told) == 1 and f"{told} brich" in both
