"""The verbs of the office's day, as a person types them and reads their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.app.folders import TWO_TOWNS, head
from tests.unit.app.offices import needs_a_letter
from tests.unit.cli.running import Ran, process, safeconduct

MORNING = "2030-05-04T09:00:00Z"
NOON = "2030-05-04T12:00:00Z"
DEPARTURE_DAY = "2030-05-06T07:30:00Z"
BOTH = ("--confirms", "north-restraint", "--confirms", "north-passage")


def done(*arguments: str | Path, **more: int) -> Ran:
    """A command that works, and keeps to the terminal's 80 columns."""
    ran = safeconduct(*arguments, **more)
    assert (ran.code, ran.err) == (0, "")
    assert "--json" in arguments or max(map(len, ran.out.splitlines()), default=0) <= 80
    return ran


def text(ran: Ran) -> str:
    return " ".join(ran.out.split())


def call(path: Path, *arguments: str, at: str = DEPARTURE_DAY) -> Ran:
    """A call with the liaison officer of the north."""
    return done("record", "call", "-r", path, "--with", "north-post", "--at", at, *arguments)


# -- record FILE, and record call


def test_a_file_is_recorded_wherever_its_name_stands(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    done("init", path)
    for arguments in (
        (TWO_TOWNS, "-r", path),
        ("--register", path, TWO_TOWNS),
        ("-r", path, "--json", TWO_TOWNS),
    ):
        assert done("record", *arguments).out


@pytest.mark.parametrize("name", ["call", "FILE", "-"])
def test_a_file_may_have_the_name_of_a_verb(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done("init", "office.db")
    records = "actors:\n  - {id: north, name: The North, kind: party}\n"
    Path(name).write_text(records)
    written = "./call" if name == "call" else name
    ran = safeconduct("record", written, "-r", "office.db", stdin=records.encode())
    assert ran.code == 0 and ran.out.startswith("  actor  north")


def test_the_help_of_record_names_both_forms() -> None:
    told = text(done("record", "--help"))
    assert "record [OPTIONS] FILE | call" in told
    assert "record call --register R --with CONTACT" in told
    assert "A YAML file with records in sections" in text(done("record", "x", "--help"))
    assert "Note a call in one line" in text(done("record", "call", "--help"))


# -- calls


def test_a_call_shows_what_was_understood_and_what_it_changes(office: Path) -> None:
    ran = call(office, "--said", "The truce is over.", "--suspends", "truce over")
    told = text(ran)
    assert ran.out.startswith("Understood\n")
    for words in (
        "liaison officer of The North (north-post)",
        "2030-05-06 07:30 UTC (07:30Z)",
        "to Relief Office",
        "oral, noted by nobody named, not read back",
        "depth unit",
        "said The truce is over.",
        "suspends all that it gave, everywhere: truce over",
        "relief-to-birch: GO becomes NO-GO",
        "turns back: The North: passage",
        "Recorded 2 entries",
    ):
        assert words in told
    assert head(office)[:16] in told


def test_a_confirmation_without_a_read_back_says_that_it_counts_for_nothing(office: Path) -> None:
    call(office, "--said", "Over.", "--suspends", "over", at="2030-05-06T07:00:00Z")
    told = text(call(office, "--said", "It stands.", *BOTH, "--by", "duty officer"))
    assert "Under the profile default it counts for nothing: it was not read back" in told
    assert "relief-to-birch: NO-GO as before" in told
    assert "it turns no key, and turns none back" in told
    assert "still missing: The North: passage" in told
    again = text(
        call(office, "--said", "Yes.", *BOTH, "--by", "duty officer", "--read-back",
             at="2030-05-06T07:40:00Z")
    )  # fmt: skip
    assert "counts for nothing" not in again
    assert "relief-to-birch: NO-GO becomes GO" in again and "turns: The North: passage" in again
    assert "confirms restraint from ground fire and indirect fire in north-bank" in again


def test_a_call_that_nobody_answered_changes_nothing(office: Path) -> None:
    told = text(call(office, "--no-answer", "--by", "duty officer"))
    assert "reached no; nothing was said" in told
    assert "silence is no consent, and no refusal either" in told
    listed = text(done("contact", "list", "-r", office, "--at", DEPARTURE_DAY))
    assert "never (1 in vain)" in listed


def test_a_call_as_json_has_what_was_understood_and_the_effects(office: Path) -> None:
    body = call(office, "--said", "Over.", "--suspends", "over", "--json").json
    assert [one["kind"] for one in body["recorded"]] == ["statement", "reached"]
    assert body["understood"]["acts"][0]["is"] == "suspend"
    (effect,) = body["effects"]
    assert (effect["verdict_before"], effect["verdict_after"]) == ("go", "no-go")
    assert effect["lost"] and body["head"] == head(office)
    assert body["counts_not"] == []


# -- asks


def test_asks_are_put_chased_and_answered_one_after_the_other(wordless: Path) -> None:
    put = done("ask", "from", "-r", wordless, "--at", MORNING, "--by", "access officer",
               "--channel", "telephone", "--reply-due", "2h")  # fmt: skip
    assert put.out.count("\nask-") + put.out.startswith("ask-") == 5
    assert "open The North: passage" in text(put)
    assert "asked 2030-05-04 09:00 UTC (09:00Z) by access officer, telephone" in text(put)
    assert "call liaison officer (north-post), never reached yet; else staff officer" in text(put)
    again = text(done("ask", "from", "-r", wordless, "--at", MORNING))
    assert "Asked already, and waiting for an answer" in again and "Recorded nothing" in again
    body = done("ask", "list", "-r", wordless, "--at", NOON, "--json").json
    ask = body[0]["ask"]["id"]
    assert {one["state"] for one in body} == {"overdue"} and body[0]["overdue_s"] == 3600
    chased = text(done("ask", "chase", ask, "-r", wordless, "--by", "access officer", "--at", NOON))
    assert "overdue by 1 h" in chased and "chased 2030-05-04 12:00 UTC" in chased
    told = text(
        done("ask", "reply", ask, "-r", wordless, "--answer", "granted", "--what", "By voice.",
             "--at", "2030-05-04T13:00:00Z")
    )  # fmt: skip
    assert "granted 2030-05-04 13:00 UTC (13:00Z): By voice." in told
    assert "A reply turns no key: record the party's word" in told
    left = done("ask", "list", "-r", wordless, "--open", "--at", "2030-05-04T14:00:00Z")
    assert ask not in left.out and "would meet A1" in text(left)


def test_one_ask_can_be_put_in_ones_own_words(wordless: Path) -> None:
    body = done("ask", "add", "-r", wordless, "--to", "north-staff", "--kind", "restraint",
                "--means", "ground-fire", "--area", "north-bank", "--says", "Hold your fire.",
                "--at", MORNING, "--json").json  # fmt: skip
    (asked,) = body["asks"]
    assert (asked["ask"]["party"], asked["ask"]["to"]) == ("north", "north-staff")
    assert asked["call"]["contact"] == "north-staff" and asked["state"] == "open"


def test_where_no_key_is_missing_there_is_nothing_to_ask(office: Path) -> None:
    told = text(done("ask", "from", "-r", office, "--at", NOON))
    assert "there is nothing to ask" in told and "Recorded nothing" in told


def test_a_register_without_asks_says_what_comes_next(office: Path) -> None:
    assert "ask from" in done("ask", "list", "-r", office, "--at", NOON).out


# -- permits


def test_a_permit_is_shown_step_by_step(office: Path) -> None:
    assert (
        "No permit is recorded as needed" in done("permit", "list", "-r", office, "--at", NOON).out
    )
    needs_a_letter(office)
    one = text(done("permit", "step", "letter", "ministry", "-r", office, "--at", MORNING))
    assert "Facilitation letter 1 of 2 steps" in one
    assert "✓ ministry granted 2030-05-04T09:00:00Z … governor open" in one
    listed = text(done("permit", "list", "-r", office, "--at", NOON))
    assert "The South, for relief-to-birch [letter]" in listed
    assert "governor open, waits for 3 h" in listed
    last = text(done("permit", "step", "letter", "governor", "-r", office, "--at", NOON))
    assert "2 of 2 steps" in last and "Give --valid-from and --valid-until" in last
    body = done("permit", "list", "-r", office, "--at", DEPARTURE_DAY, "--json").json
    assert (body[0]["next_step"], body[0]["valid"]) == (None, None)


# -- contacts


def test_the_tree_shows_who_speaks_for_whom_and_who_has_nobody(office: Path) -> None:
    done("contact", "reached", "north-post", "-r", office, "--by", "duty officer", "--at", MORNING)
    told = done("contact", "tree", "-r", office, "--at", NOON)
    lines = [line.strip() for line in told.out.splitlines()]
    assert lines.index("The North") < lines.index("staff officer  north-staff")
    assert lines.index("staff officer  north-staff") < lines.index("liaison officer  north-post")
    assert "bank brigade, depth unit, in north-bank" in lines
    assert "last reached 2030-05-04 09:00 UTC (09:00Z)" in lines
    assert "backup: staff officer (north-staff)" in lines and "no backup" in lines
    branches = done("contact", "tree", "-r", office, "--at", NOON, "--json").json
    assert [one["party"] for one in branches] == ["north", "south"]


def test_a_party_without_a_contact_is_named_in_the_tree(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    done("init", path)
    safeconduct("record", "-", "-r", path,
                stdin=b"actors:\n  - {id: north, name: The North, kind: party}\n")  # fmt: skip
    assert "nobody is recorded" in done("contact", "tree", "-r", path).out
    assert "No contact is recorded." in done("contact", "list", "-r", path).out


def test_how_to_reach_a_contact_is_shown_only_when_it_is_asked_for(office: Path) -> None:
    for arguments in (("list",), ("tree",), ("list", "--json"), ("tree", "--json")):
        assert "555 0100" not in done("contact", *arguments, "-r", office).out
    assert "+00 555 0100" in done("contact", "list", "--reveal", "-r", office).out


# -- due


def test_due_tells_each_thing_with_when_whom_and_why(wordless: Path) -> None:
    done("ask", "from", "-r", wordless, "--at", MORNING, "--party", "north", "--reply-due", "2h")
    ran = done("due", "-r", wordless, "--at", NOON)
    told = text(ran)
    assert ran.out.startswith(f"{ran.out.count('rule ')} things due, 2 overdue, from 2030-05-04")
    assert "overdue 1 h chase relief-to-birch The North has not answered on passage" in told
    assert "call liaison officer (north-post)" in told
    assert "was due 2030-05-04 11:00 UTC (11:00Z) rule A1" in told
    assert "in 21 h ask relief-to-birch Ask The South: consent" in told
    body = done("due", "-r", wordless, "--at", NOON, "--json").json
    assert body["overdue"] == 2
    assert [one["when"] for one in body["due"]] == sorted(one["when"] for one in body["due"])


def test_nothing_due_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    done("init", path)
    assert done("due", "-r", path, "--at", NOON).out.startswith("Nothing due, from 2030-05-04")


def test_the_office_s_verbs_work_as_processes_of_their_own(office: Path) -> None:
    ran = process("due", "--register", "office.db", "--at", NOON, "--json", cwd=office.parent)
    assert ran.code == 0 and ran.json["until"] == "2030-05-05T12:00:00Z"
