"""The verbs of the office refuse what they cannot use: code 2, one message, nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.app.bad_files import REGISTERS
from tests.unit.app.folders import TWO_TOWNS, head, untouched
from tests.unit.app.spoiling import Bad
from tests.unit.cli.running import safeconduct
from tests.unit.cli.test_bad_input import check, named, refused

AT = ("--at", "2030-05-05T18:00:00Z")
WITH = ("--with", "north-post")
SAID = (*WITH, "--said", "yes")
ADD = ("ask", "add", "--kind", "passage", "--area", "north-bank", "--party", "north")
STEP = ("permit", "step", "letter", "ministry")
CONTACT = ("contact", "add", "new", "--party", "north", "--role", "clerk")

# The id of the row, what is typed, the code, and words of the message.
TYPED: Sequence[tuple[str, Sequence[str], str, str]] = (
    ("ask-from-movement", ("ask", "from", *AT, "-m", "x"), "unknown-reference",
     'No movement "x" is known at that moment. Known: relief-to-birch.'),
    ("ask-from-party", ("ask", "from", *AT, "--party", "east"), "wrong-field", "Give one of:"),
    ("ask-from-time", ("ask", "from", "--at", "10:00"), "bare-time", "'10:00'"),
    ("ask-from-reply", ("ask", "from", *AT, "--reply-due", "soon"), "unreadable-time", "'soon'"),
    ("ask-add-nothing", ("ask", "add"), "bad-input", "Missing"),
    ("ask-add-kind", (*ADD[:3], "deed", *ADD[4:]), "wrong-field", "consent, passage, restraint"),
    ("ask-add-party", (*ADD[:-1], "nroth"), "unknown-reference", "Did you mean north or south?"),
    ("ask-add-area", (*ADD[:5], "bank", *ADD[6:]), "unknown-reference", 'the id "bank"'),
    ("ask-add-means", (*ADD, "--means", "ground-fire"), "wrong-field", "only for a restraint"),
    ("ask-add-until", (*ADD, "--until", "2030-05-06 08:00"), "empty-span", "starts at"),
    ("ask-chase-by", ("ask", "chase", "x"), "bad-input", "--by"),
    ("ask-chase-unknown", ("ask", "chase", "x", "--by", "me"), "unknown-reference", 'ask "x"'),
    ("ask-reply-unknown", ("ask", "reply", "x", "--answer", "granted"), "unknown-reference",
     "Known: none."),
    ("ask-list-movement", ("ask", "list", *AT, "-m", "x"), "unknown-reference", '"x"'),
    ("ask-list-time", ("ask", "list", "--at", "dawn"), "unreadable-time", "'dawn'"),
    ("permit-step-need", STEP, "unknown-reference", 'No permit need "letter"'),
    ("permit-step-state", (*STEP, "--state", "done"), "wrong-field", "granted, open, refused"),
    ("permit-list-movement", ("permit", "list", *AT, "-m", "x"), "unknown-reference", "x"),
    ("contact-add-nothing", ("contact", "add"), "bad-input", "Missing"),
    ("contact-add-party", (*CONTACT[:4], "east", *CONTACT[5:]), "unknown-reference", "east"),
    ("contact-add-depth", (*CONTACT, "--depth", "deep"), "wrong-field", "capital, sector, unit"),
    ("contact-add-taken", (*CONTACT[:2], "north-post", *CONTACT[3:]), "wrong-field", "is used"),
    ("contact-add-backup", (*CONTACT, "--backup", "x"), "unknown-reference", '"x"'),
    ("contact-reached-unknown", ("contact", "reached", "x", "--by", "me"), "unknown-reference",
     "Known: north-post, north-staff, south-post."),
    ("contact-reached-by", ("contact", "reached", "north-post"), "bad-input", "--by"),
    ("contact-list-party", ("contact", "list", "--party", "x"), "wrong-field", "north, south"),
    ("contact-tree-time", ("contact", "tree", "--at", "dawn"), "unreadable-time", "'dawn'"),
    ("due-within", ("due", *AT, "--within", "a while"), "wrong-field", "is no duration"),
    ("due-time", ("due", "--at", "10:00"), "bare-time", "'10:00'"),
    ("due-policy", ("due", *AT, "--policy", "nowhere.yaml"), "missing-file", "nowhere.yaml"),
    ("call-with-nobody", ("record", "call"), "bad-input", "--with"),
    ("call-unknown", ("record", "call", "--with", "x", "--said", "y"), "unknown-reference",
     'No contact "x"'),
    ("call-nothing-said", ("record", "call", *WITH), "wrong-field", "What was said is missing."),
    ("call-act", ("record", "call", *SAID, *AT, "--confirms", "x"), "unknown-reference",
     "It gave: north-passage, north-restraint."),
    ("call-other", ("record", "call", *SAID, *AT, "--confirms", "south-passage"), "wrong-field",
     "rule A3"),
    ("call-contradiction", ("record", "call", *SAID, "--no-answer", "--silent"), "wrong-field",
     "Nobody answered"),
    ("call-time", ("record", "call", *SAID, "--at", "10:00"), "bare-time", "'10:00'"),
    ("call-option", ("record", "call", *SAID, "--confirm", "x"), "bad-input", "--confirm"),
    ("record-nothing", ("record",), "bad-input", "Missing"),
    ("record-unknown-option", ("record", "a.yaml", "--fast"), "bad-input", "--fast"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "says"), [row[1:] for row in TYPED], ids=[row[0] for row in TYPED]
)
def test_what_is_typed_wrong_is_refused_and_nothing_written(
    arguments: Sequence[str], code: str, says: str, office: Path
) -> None:
    before = head(office)
    with untouched(office.parent):
        complaint = refused(*arguments, "--register", office)
    assert complaint["code"] == code
    assert says in str(complaint["message"])
    assert head(office) == before


VERBS: Sequence[Sequence[str]] = (
    ("ask", "from", *AT),
    (*ADD, *AT),
    ("ask", "chase", "x", "--by", "me"),
    ("ask", "reply", "x", "--answer", "granted"),
    ("ask", "list", *AT),
    (*STEP, *AT),
    ("permit", "list", *AT),
    CONTACT,
    ("contact", "reached", "north-post", "--by", "me"),
    ("contact", "list"),
    ("contact", "tree"),
    ("due", *AT),
    ("evidence", "add", str(TWO_TOWNS / "case.yaml"), "--of", "north-guarantees", "--shows", "x"),
    ("evidence", "list"),
    ("record", "call", *SAID, *AT),
)
WRITING = [verb for verb in VERBS if verb[1] not in ("list", "tree") and verb[0] != "due"]


@pytest.mark.parametrize("bad", REGISTERS, ids=named)
def test_a_register_that_is_none_is_refused_by_every_verb(bad: Bad, office: Path) -> None:
    path = office.with_name("given.db")
    bad.spoil(path)
    with untouched(office.parent):
        for verb in VERBS:
            check(refused(*verb, "--register", path), bad, path)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: "-".join(verb[:2]))
def test_every_verb_asks_for_its_register(verb: Sequence[str]) -> None:
    complaint = refused(*verb)
    assert complaint["code"] == "bad-input" and "--register" in str(complaint["message"])


@pytest.mark.parametrize("verb", WRITING, ids=lambda verb: "-".join(verb[:2]))
def test_nothing_is_written_into_a_replay(verb: Sequence[str], tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    assert safeconduct("init", path, "--from", TWO_TOWNS).code == 0
    before = head(path)
    with untouched(tmp_path):
        complaint = refused(*verb, "--register", path)
    assert "is a replay" in str(complaint["message"])
    assert head(path) == before
