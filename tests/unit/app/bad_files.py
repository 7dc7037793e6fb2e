"""Files of records, registers and policies that cannot be used, each spoiled in one place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.unit.app.spoiling import BOMB, END, PNG, Bad, a_folder, gone, holds, huge, swap

RECORDS = (
    Bad(
        "missing-file",
        lambda path: None,
        "missing-file",
        ("There is no file", "Check the name and the folder."),
    ),
    Bad("binary-file", holds("", PNG), "unreadable-file", ("no UTF-8 text",), line="\x89PNG"),
    Bad("100-mb-file", huge(""), "file-too-large", ("100.0 MiB", "2.0 MiB")),
    Bad("alias-bomb", holds("", BOMB), "unreadable-file", ("&a0",), line="a0: &a0"),
    Bad(
        "truncated-file",
        holds("", "actors:\n  - {id: east, name: The East, kind: par"),
        "unreadable-file",
        ("This is not YAML",),
        line=END,
    ),
    Bad(
        "unknown-party",
        holds("", "zone: UTC\nnot_told:\n  - id: n\n    movement: relief-to-birch\n"
                  "    party: suoth\n    reason: no line\n    by: duty officer\n"),
        "unknown-reference",
        ("suoth", "Did you mean south or north?"),
        line="party: suoth",
        field="not_told[0].party",
    ),
    Bad(
        "bare-time",
        holds("", "hazards:\n  - {id: h, hazard: mines, areas: [north-bank], from_at: 10:00}\n"),
        "bare-time",
        ("10:00",),
        line="from_at: 10:00",
        field="hazards[0].from_at",
    ),
    Bad(
        "id-that-the-register-has",
        holds("", "actors:\n  - {id: north, name: The North, kind: party}\n"),
        "wrong-field",
        ('The id "north" is used already',),
        line="id: north",
        field="actors[0].id",
    ),
    Bad(
        "good-record-before-a-bad-one",
        holds("", "actors:\n  - {id: east, name: The East, kind: party}\n"
                  "  - {id: west, name: The West, kind: parrot}\n"),
        "wrong-field",
        ("parrot",),
        line="kind: parrot",
        field="actors[1].kind",
    ),
    Bad(
        "assumption-in-a-live-register",
        holds("", "assumptions:\n  - {id: a, rule: T1, what: x, why: y, supplies: [north]}\n"),
        "refused-in-live-register",
        ("assumptions", "find out, and record what you find"),
        line="assumptions:",
        field="assumptions",
    ),
    Bad(
        "claimed-time-in-a-live-register",
        holds("", "actors:\n  - id: east\n    name: The East\n    kind: party\n"
                  "    recorded_at: 2030-05-01 08:00Z\n"),
        "refused-in-live-register",
        ("claims the time", "Leave `recorded_at` out"),
        line="recorded_at:",
        field="actors[0].recorded_at",
    ),
    Bad(
        "heading-of-a-case",
        holds("", "title: A case\nactors: []\n"),
        "wrong-field",
        ('There is no section "title"',),
        line="title:",
        field="title",
    ),
    Bad("a-list", holds("", "- north\n"), "wrong-field", ("holds a list",), line="- north"),
)  # fmt: skip


def _without_the_first_rule(folder: Path) -> None:
    path = folder / "policy.yaml"
    text = path.read_text()
    start, end = text.index("  - id: A1"), text.index("  - id: A2")
    path.write_text(text[:start] + text[end:])


def _another_programs(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE convoys (id INTEGER)")
    connection.commit()
    connection.close()


def _cut_off(path: Path) -> None:
    """What a copy that was broken off leaves of the register beside it."""
    path.write_bytes((path.parent / "office.db").read_bytes()[:6000])


def _from_the_future(path: Path) -> None:
    path.write_bytes((path.parent / "office.db").read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()


def _changed_afterwards(path: Path) -> None:
    """A register in which somebody, with a program of their own, changed an early entry."""
    path.write_bytes((path.parent / "office.db").read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER entries_are_never_changed")
    connection.execute(
        "UPDATE entries SET signed = CAST(replace(CAST(signed AS TEXT), 'North bank', 'South bank')"
        " AS BLOB) WHERE sequence = 0"
    )
    connection.commit()
    connection.close()


REGISTERS = (
    Bad("missing-file", lambda path: None, "missing-file", ("There is no register",)),
    Bad("text-file", holds("", "a list of convoys\n" * 99), "not-a-register", ("no whole",)),
    Bad("empty-file", holds("", ""), "not-a-register", ("The file is empty", "Delete it")),
    Bad("truncated-file", _cut_off, "not-a-register", ("no whole register", "restore it")),
    Bad("another-programs-file", _another_programs, "not-a-register", ("no register of this",)),
    Bad("newer-programs-file", _from_the_future, "not-a-register", ("schema 99", "Update")),
    Bad("folder-for-a-file", a_folder(""), "missing-file", ("There is no register",)),
    Bad("changed-afterwards", _changed_afterwards, "chain-broken", ("One of the two was changed",)),
)

POLICIES = (
    Bad(
        "hard-rule-without-remedy",
        swap("policy.yaml",
             "    remedy: Ask the party directly and record its answer.\n", ""),
        "wrong-field", ('lacks "remedy"',), "policy.yaml", "- id: A2", "rules[1]",
    ),
    Bad(
        "hard-rule-without-level",
        swap("policy.yaml", "    title: Silence is no consent\n    level: HARD\n",
             "    title: Silence is no consent\n"),
        "wrong-field", ('lacks "level"',), "policy.yaml", "- id: A2", "rules[1]",
    ),
    Bad(
        "unknown-level",
        swap("policy.yaml", "title: Silence is no consent\n    level: HARD",
             "title: Silence is no consent\n    level: SOFT"),
        "wrong-field", ("SOFT", "HARD"), "policy.yaml", "level: SOFT", "rules[1].level",
    ),
    Bad(
        "rule-given-twice",
        swap("policy.yaml", "  - id: A2\n", "  - id: A1\n"),
        "policy-refused", ("defines the rule A1 twice", "Keep one"), "policy.yaml",
    ),
    Bad(
        "hard-rule-made-weaker",
        swap("policy.yaml", "title: Silence is no consent\n    level: HARD",
             "title: Silence is no consent\n    level: WARN"),
        "policy-refused", ("makes rule A2 WARN; it is HARD", "never looser"), "policy.yaml",
        "- id: A2", "rules[1].level",
    ),
    Bad(
        "rule-made-due-later",
        swap("policy.yaml", "title: Silence is no consent\n    level: HARD\n    phase: plan",
             "title: Silence is no consent\n    level: HARD\n    phase: after"),
        "policy-refused", ("rule A2 falls due after; it is due plan",), "policy.yaml",
        "phase: after", "rules[1].phase",
    ),
    Bad(
        "rule-that-binds-fewer",
        swap("policy.yaml", "title: Silence is no consent\n    level: HARD",
             "title: Silence is no consent\n    only_for: [icrc]\n    level: HARD"),
        "policy-refused", ("rule A2 binds fewer organisations",), "policy.yaml",
        "- id: A2", "rules[1]",
    ),
    Bad(
        "profile-looser-than-a-rule",
        swap("policy.yaml", "levels: {N3: HARD}", "levels: {A2: WARN}"),
        "policy-refused", ("makes rule A2 WARN; it is HARD", "never looser"), "policy.yaml",
    ),
    Bad(
        "profile-that-raises-no-rule",
        swap("policy.yaml", "levels: {N3: HARD}", "levels: {Q3: HARD}"),
        "unknown-reference", ("makes the rule Q3 stricter, which does not exist",), "policy.yaml",
        "levels: {Q3", "profiles[5].levels.Q3",
    ),
    Bad(
        "rule-left-out",
        _without_the_first_rule,
        "policy-refused", ("leaves out A1",), "policy.yaml",
    ),
    Bad(
        "rule-without-a-check",
        swap("policy.yaml", "rules:\n  - id: A1", 'rules:\n  - {id: Z9, title: x, level: HARD, '
             "phase: plan, origin: ours, says: x, remedy: x, reads: [facts]}\n  - id: A1"),
        "policy-refused", ("has Z9, for which this program has no check",), "policy.yaml",
    ),
    Bad("duplicate-key", swap("policy.yaml", "id: core\n", "id: core\nid: loose\n"),
        "duplicate-key", ('"id"',), "policy.yaml", "id: loose", "id"),
    Bad("binary-file", holds("policy.yaml", b"\xff\xfe"), "unreadable-file", ("no UTF-8 text",),
        "policy.yaml"),
    Bad("empty-file", holds("policy.yaml", ""), "wrong-field", (), "policy.yaml"),
    Bad("missing-file", gone("policy.yaml"), "missing-file",
        ("There is no file policy.yaml",), "policy.yaml"),
)  # fmt: skip
