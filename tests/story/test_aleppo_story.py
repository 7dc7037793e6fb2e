"""B4: from an empty register, by the command line alone, to an outcome and what it says of a party.

The story begins with what was said about Aleppo in 2016, in our wording, with the sources of the
bundled case: nothing of that is invented, and the answer is the NO-GO of the record. A live
register writes down by itself when something was recorded, so the statements of 2016 are asked
about with `--at` a moment of 2016 and `--known-at` a later one. What the bundled case marks as
assumed is entered as the office's own record and says so (see `typed/`).

From there on the story is an **exercise with an invented continuation**. No letter, call, permit,
decision or load of it ever was. It lies in May 2040, so that no invented word bears a date on which
somebody might have said it, and so that everything that is recorded now is known by then. The
parties and the road are those of the recorded case; every file and every paraphrase of the exercise
says that it is invented.

After each step `assess` and `due` have to say the right next thing. A rule that is added later may
add gaps: what is asked here is which gap a step closes, which one is next, and the verdict.
"""

from __future__ import annotations

from pathlib import Path

from tests.story.desk import Desk, words
from tests.unit.cli.running import safeconduct

CASE = "safeconduct/cases/aleppo-2016-11-04-russian-pause"
REPOSITORY = Path(__file__).parents[2]
RECORDED, EXERCISE = "un-aid-east-aleppo", "exercise-2040"
RUSSIA, GOVERNMENT, OPPOSITION = "russia", "syria-government", "armed-opposition"
INVENTED = "exercise: invented."
KEYS = {
    (RUSSIA, "restraint"),
    (GOVERNMENT, "restraint"),
    (GOVERNMENT, "passage"),
    (GOVERNMENT, "consent"),
    (OPPOSITION, "restraint"),
    (OPPOSITION, "passage"),
}
THREE = {RUSSIA, GOVERNMENT, OPPOSITION}


# -- 2016, as recorded


def an_empty_register(desk: Desk) -> None:
    made = safeconduct("init", desk.register)
    assert made.code == 0 and "Next: record areas and roads from a case folder" in made.out
    assert "holds no road network" in desk.try_to("assess", at="2016-11-04T07:30:00Z").err
    desk.type("record", str(REPOSITORY / CASE))
    desk.enter("01-said-in-2016.yaml")
    desk.enter("02-our-own-record.yaml")


def what_was_said_in_2016(desk: Desk) -> None:
    """NO-GO, as the United Nations found; what is missing is asked of all three, by name."""
    at, known = "2016-11-04T07:30:00Z", ("--known-at", "2039-01-01T00:00:00Z")
    said = desk.assess(RECORDED, at, *known)
    assert said.verdict == "no-go"
    assert said.gaps("A1", "A8") == {
        "RESTRAINT-MISSING russia",
        "RESTRAINT-MISSING syria-government",
        "PASSAGE-MISSING syria-government",
        "CONSENT-MISSING syria-government",
        "REJECTED armed-opposition",
    }
    assert "CONDITION-QUID-PRO-QUO russia" in said.gaps("A6")
    assert said.gaps("T1") == {"WINDOW-TOO-SHORT russia", "WINDOW-TOO-SHORT syria-government"}
    assert said.asks == KEYS

    printed = words(desk.try_to("assess", "-m", RECORDED, *known, at=at))
    assert "NO-GO conditions are not recorded as met" in printed
    assert "✗ REJECTED Armed opposition in and around Aleppo: no passage that counts" in printed
    assert "announced in public only, never said directly to the humanitarian side" in printed
    assert "What is missing, and of whom to ask it" in printed

    todo = desk.due(at, "24h", *known)
    asks = [one for one in todo.of(RECORDED, overdue=True) if one.startswith("ask")]
    assert sorted(asks) == sorted(f"ask {party}" for party, _ in KEYS)
    assert "sign" in todo.of(RECORDED, overdue=False)
    told = words(desk.type("due", *known, at=at))
    assert "call: nobody is recorded for this party (`safeconduct contact add`)" in told


# -- from here on an exercise; all of it is invented


def the_exercise_is_planned(desk: Desk) -> None:
    """In 2040 the movement of 2016 wants its outcome, and nothing of then serves the new one."""
    at = "2040-05-01T08:00:00Z"
    assert desk.due(at).of(RECORDED) == ["record"]
    desk.type(
        "outcome", "-m", RECORDED, "--result", "cancelled", "--by", "duty officer",
        "--what", "No convoy of the United Nations went.", at="2016-11-04T17:00:00Z",
    )  # fmt: skip
    assert desk.due(at).items == ()

    desk.enter("03-exercise-ground.yaml")
    desk.type(
        "movement", "copy", "--from", RECORDED, "--as", EXERCISE, "--depart", "2040-05-08 09:00",
        at=at,
    )  # fmt: skip
    changed = desk.type(
        "movement", "version", "-m", EXERCISE, "--set", "convoy.vehicles=4",
        "--set", "convoy.column_m=200",
        "--set", "title=Exercise: invented. Four trucks into east Aleppo and back", at=at,
    )  # fmt: skip
    assert "is now version 2" in changed.out and "nobody was told of it yet" in changed.out

    said = desk.assess(EXERCISE, at)
    assert said.verdict == "no-go" and said.asks == KEYS
    assert said.gaps("A5") == {"WINDOW-ENDED russia", "WINDOW-ENDED syria-government"}
    assert said.gaps("C1") == {"PERMIT-MISSING syria-government"}
    # Preparation takes 72 hours, so what is missing is due three days before departure.
    todo = desk.due(at, "4 days")
    assert {todo.the("ask", party)["when"] for party in THREE} == {"2040-05-05T06:00:00Z"}
    assert todo.the("ask", RUSSIA)["call"] is None


def everything_is_asked(desk: Desk) -> None:
    """Once asked, nothing is to be asked; it is to be chased when the reply is due."""
    for contact, party, role, *more in (
        ("russia-duty", RUSSIA, "duty general"),
        ("government-desk", GOVERNMENT, "liaison desk"),
        ("opposition-staff", OPPOSITION, "staff officer"),
        ("opposition-post", OPPOSITION, "post officer", "--backup", "opposition-staff"),
    ):
        desk.type(
            "contact", "add", contact, "--party", party, "--role", f"{role} (exercise: invented)",
            "--depth", "unit", "--authority", "commands", *more,
        )  # fmt: skip
    asked = (
        "ask", "from", "-m", EXERCISE, "--by", "access officer", "--channel", "letter",
        "--reply-due", "24h", "--json",
    )  # fmt: skip
    assert len(desk.type(*asked, at="2040-05-01T09:00:00Z").json["asks"]) == len(KEYS)
    assert desk.type(*asked, at="2040-05-01T09:01:00Z").json["asks"] == []

    at = "2040-05-01T09:05:00Z"
    assert desk.assess(EXERCISE, at).verdict == "no-go", "an ask is no answer"
    todo = desk.due(at)
    assert sorted(todo.of(EXERCISE)) == sorted(f"chase {party}" for party, _ in KEYS)
    assert todo.the("chase", OPPOSITION)["when"] == "2040-05-02T09:00:00Z"
    assert todo.the("chase", OPPOSITION)["call"]["contact"] == "opposition-post"
    assert todo.the("chase", OPPOSITION)["call"]["backup"] == "opposition-staff"


def nobody_answers_and_then_russia_does(desk: Desk) -> None:
    """A day later all replies are overdue; one letter closes the gaps of one party only."""
    at = "2040-05-02T10:10:00Z"
    desk.type(
        "record", "call", "--with", "opposition-post", "--no-answer", "--by", "duty officer",
        at="2040-05-02T10:00:00Z",
    )  # fmt: skip
    todo = desk.due(at)
    assert len(todo.of(EXERCISE, overdue=True)) == len(KEYS)
    assert todo.the("chase", OPPOSITION)["call"]["in_vain"] == 1
    printed = words(desk.type("due", at=at))
    assert "overdue 1 h 10 min chase exercise-2040 Russian Federation has not answered" in printed
    assert "else staff officer" in printed

    ask = the_ask(desk, RUSSIA, "restraint", at)
    desk.type(
        "ask", "chase", ask, "--by", "access officer", "--channel", "telephone",
        at="2040-05-02T10:30:00Z",
    )  # fmt: skip
    desk.enter("04-exercise-letter-of-russia.yaml")
    desk.type(
        "ask", "reply", ask, "--answer", "granted", "--what", INVENTED,
        "--statement", "exercise-letter-of-russia", at="2040-05-02T12:30:00Z",
    )  # fmt: skip

    after = "2040-05-02T12:31:00Z"
    said = desk.assess(EXERCISE, after)
    assert said.verdict == "no-go" and said.asks == KEYS - {(RUSSIA, "restraint")}
    assert not any(gap.endswith(RUSSIA) for gap in said.gaps("A1", "A5", "A6", "A7", "T4"))
    left = desk.due(after).of(EXERCISE)
    assert sorted(left) == sorted(f"chase {party}" for party, _ in said.asks)


def a_granted_answer_is_no_word(desk: Desk) -> None:
    """Somebody tells us "granted", and no word is on record: the key is missing all the same."""
    at = "2040-05-02T13:31:00Z"
    ask = the_ask(desk, GOVERNMENT, "consent", at)
    desk.type(
        "ask", "reply", ask, "--answer", "granted", "--what", INVENTED, at="2040-05-02T13:00:00Z"
    )
    assert "CONSENT-MISSING syria-government" in desk.assess(EXERCISE, at).gaps("A8")
    todo = desk.due(at).the("record", GOVERNMENT)
    assert ask in todo["records"] and todo["call"]["contact"] == "government-desk"


def the_letters_come(desk: Desk) -> None:
    """A call that promises a letter changes nothing; the letters do, and the permit is next."""
    call = desk.type(
        "record", "call", "--with", "opposition-staff", "--read-back", "--by", "duty officer",
        "--said", f"{INVENTED} A letter follows.", at="2040-05-03T07:00:00Z",
    )  # fmt: skip
    assert "does nothing: it is kept as what was said" in words(call)
    assert "exercise-2040: NO-GO as before it turns no key" in words(call)

    desk.enter("05-exercise-letter-of-the-opposition.yaml")
    half = desk.assess(EXERCISE, "2040-05-03T08:30:00Z")
    assert half.verdict == "no-go" and {party for party, _ in half.asks} == {GOVERNMENT}
    desk.enter("06-exercise-letter-of-the-government.yaml")
    at = "2040-05-03T13:00:00Z"
    said = desk.assess(EXERCISE, at)
    assert said.verdict == "no-go" and said.asks == frozenset()
    assert said.stand_against() == {"C1"} and {"G4", "N4"} <= said.wait()
    # What was asked is there, so nobody is chased for it; that the answers came is to be noted.
    left = [(OPPOSITION, "restraint"), (OPPOSITION, "passage")]
    left += [(GOVERNMENT, "restraint"), (GOVERNMENT, "passage")]
    todo = desk.due(at, "2 days")
    assert not any(one.startswith("chase") for one in todo.of(EXERCISE))
    assert sum(one.startswith("record") for one in todo.of(EXERCISE)) == len(left)
    assert "is on record: note the reply as well" in todo.the("record", OPPOSITION)["what"]
    for party, kind in left:
        desk.type(
            "ask", "reply", the_ask(desk, party, kind, at), "--answer", "granted",
            "--what", INVENTED, at=at,
        )  # fmt: skip
    todo = desk.due("2040-05-03T13:10:00Z", "2 days")
    assert not any(one.startswith("record") for one in todo.of(EXERCISE))


def a_permit_in_three_steps(desk: Desk) -> None:
    """Each step names the next one; with the last nothing that is due stands against going."""
    permit = "exercise-facilitation-letter"
    before = desk.due("2040-05-04T07:00:00Z")
    assert before.the("permit", GOVERNMENT)["when"] == "2040-05-05T06:00:00Z"
    for hour, step, next_step, stands in (
        ("07", "ministry", "governorate", "1 of 3 steps"),
        ("08", "governorate", "checkpoint-command", "2 of 3 steps"),
    ):
        desk.type("permit", "step", permit, step, "-m", EXERCISE, at=f"2040-05-04T{hour}:00:00Z")
        at = f"2040-05-04T{hour}:10:00Z"
        said = desk.assess(EXERCISE, at)
        assert said.verdict == "no-go" and said.gaps("C1") == {"PERMIT-OPEN syria-government"}
        todo = desk.due(at).the("permit", GOVERNMENT)
        assert stands in todo["what"] and f"Next step: {next_step}" in todo["what"]
    desk.type(
        "permit", "step", permit, "checkpoint-command", "-m", EXERCISE,
        "--valid-from", "2040-05-07T00:00:00Z", "--valid-until", "2040-05-10T00:00:00Z",
        at="2040-05-04T09:00:00Z",
    )  # fmt: skip

    at = "2040-05-04T09:10:00Z"
    said = desk.assess(EXERCISE, at)
    assert said.verdict == "conditional" and said.stand_against() == set()
    assert said.gaps("N4") == {f"TOLD-UNKNOWN {party}" for party in THREE}
    assert {one for one in desk.due(at).of(EXERCISE) if one.startswith("send")} == {
        f"send {party}" for party in THREE
    }
    assert "permit syria-government" not in desk.due(at).of(EXERCISE)


def the_parties_are_told(desk: Desk) -> None:
    """Notices, with the list of the vehicles; what is left waits for the last day."""
    desk.enter("07-exercise-papers.yaml")
    at = "2040-05-04T12:00:00Z"
    said = desk.assess(EXERCISE, at)
    assert said.verdict == "conditional"
    assert said.gaps("N4", "N5", "V1", "V2") == set() and "G4" in said.wait()
    todo = desk.due(at, "4 days")
    assert todo.of(EXERCISE)[0] == "check" and todo.of(EXERCISE)[-1] == "sign"
    assert todo.the("check")["when"] == "2040-05-07T06:00:00Z"


def two_people_decide(desk: Desk) -> None:
    """A CONDITIONAL takes two people, and says what has to be met in time."""
    at = "2040-05-04T13:00:00Z"
    decide = (
        "decide", "-m", EXERCISE, "--choice", "go-with-conditions", "--by", "N. Alder",
        "--role", "head of office", "--why", f"{INVENTED} Enough to load the trucks.",
    )  # fmt: skip
    alone = desk.try_to(*decide, at=at)
    assert alone.code == 2 and "--second" in alone.err
    same = desk.try_to(*decide, "--second", "N. Alder", "--second-role", "adviser", at=at)
    assert same.code == 2, "one person is not two"
    second = ("--second", "B. Birch", "--second-role", "security adviser")
    done = desk.type(*decide, *second, "--dissent", f"{INVENTED} A driver would wait.", at=at)
    assert "decided: GO WITH CONDITIONS by head of office (N. Alder) and security" in words(done)
    assert "Goes only if this is met in time" in done.out and "G4:" in done.out

    assert desk.assess(EXERCISE, at).verdict == "conditional", "a signature changes no verdict"
    assert "sign" not in desk.due(at, "4 days").of(EXERCISE)


def the_way_is_looked_at(desk: Desk) -> None:
    """On the last day nobody has looked yet: NO-GO again, overdue, and decide again."""
    at = "2040-05-07T12:00:00Z"
    said = desk.assess(EXERCISE, at)
    assert said.verdict == "no-go" and said.stand_against() == {"G4"}
    todo = desk.due(at)
    assert todo.of(EXERCISE, overdue=True)[0] == "check"
    assert todo.the("check")["rules"] == ["G4"]
    printed = words(desk.try_to("assess", "-m", EXERCISE, at=at))
    assert "the verdict has turned since: decide again" in printed

    desk.enter("08-exercise-way-looked-at.yaml")
    at = "2040-05-07T12:30:00Z"
    said = desk.assess(EXERCISE, at)
    assert said.verdict in {"go", "conditional"} and said.stand_against() == set()
    todo = desk.due(at)
    assert todo.of(EXERCISE, overdue=True) == []
    looks = [one["what"] for one in todo.items if one["to_do"] == "check"]
    assert any("Look again" in what for what in looks) and any("column" in what for what in looks)


def a_call_takes_away(desk: Desk) -> None:
    """One call suspends what a party gave: its keys are gone, and it is to be called."""
    call = desk.type(
        "record", "call", "--with", "opposition-post", "--by", "duty officer",
        "--said", f"{INVENTED} Fire near the crossing.", "--suspends", "fire near the crossing",
        at="2040-05-07T13:00:00Z",
    )  # fmt: skip
    assert "becomes NO-GO" in words(call)
    assert "turns back: Armed opposition in and around Aleppo: passage" in words(call)

    at = "2040-05-07T13:05:00Z"
    said = desk.assess(EXERCISE, at)
    assert said.verdict == "no-go" and "SUSPENDED armed-opposition" in said.gaps("A5")
    assert said.asks == {(OPPOSITION, "restraint"), (OPPOSITION, "passage")}
    todo = desk.due(at)
    assert todo.the("ask", OPPOSITION)["call"]["contact"] == "opposition-post"
    assert todo.of(EXERCISE, overdue=True).count("ask armed-opposition") == 2

    going = ("decide", "-m", EXERCISE, "--choice", "go", "--by", "N. Alder", "--why", INVENTED)
    refused = desk.try_to(*going, at=at)
    assert refused.code == 2 and "The verdict is NO-GO" in refused.err
    hold = (*going[:4], "hold", *going[5:], "--role", "head of office")
    assert "decided: HOLD by head of office" in words(desk.type(*hold, at=at))


def a_call_gives_back(desk: Desk) -> None:
    """A confirmation counts when it was read back, and restores exactly what it names."""
    confirms = (
        "record", "call", "--with", "opposition-staff", "--by", "duty officer",
        "--said", f"{INVENTED} It is over; the letter stands.",
        "--confirms", "exercise-opposition-restraint", "--confirms", "exercise-opposition-passage",
    )  # fmt: skip
    loose = desk.type(*confirms, at="2040-05-07T14:00:00Z")
    assert "it was not read back" in words(loose)
    assert desk.assess(EXERCISE, "2040-05-07T14:01:00Z").verdict == "no-go"
    firm = desk.type(*confirms, "--read-back", at="2040-05-07T14:10:00Z")
    assert "turns: Armed opposition in and around Aleppo: passage" in words(firm)
    assert "exercise-2040: NO-GO becomes" in words(firm)

    at = "2040-05-07T14:11:00Z"
    said = desk.assess(EXERCISE, at)
    assert said.verdict in {"go", "conditional"} and said.stand_against() == set()
    assert "ask armed-opposition" not in desk.due(at).of(EXERCISE)


def the_last_morning(desk: Desk) -> None:
    """Looked at again, reconfirmed by each party: GO, and one decides to resume."""
    desk.enter("09-exercise-last-morning.yaml")
    for party, who in (
        (RUSSIA, "duty general"),
        (GOVERNMENT, "liaison desk"),
        (OPPOSITION, "staff officer"),
    ):
        done = desk.type(
            "reconfirm", "-m", EXERCISE, "--party", party, "--by", f"{who} (exercise: invented)",
            "--noted", "--call-back", "--depth", "unit", "--authority", "commands",
            "--said", f"{INVENTED} All of it stands.", at="2040-05-08T04:45:00Z",
        )  # fmt: skip
        assert "reconfirmed, and nothing more than this" in words(done)
        assert "counts for nothing" not in words(done)

    at = "2040-05-08T05:00:00Z"
    said = desk.assess(EXERCISE, at)
    assert (said.verdict, said.open) == ("go", frozenset())
    todo = desk.due(at)
    assert todo.of(EXERCISE, overdue=True) == []
    assert "reconfirm" in todo.of(EXERCISE)
    # What holds is the decision to hold; to resume asks all that to go asks.
    done = desk.type(
        "decide", "-m", EXERCISE, "--choice", "resume", "--by", "N. Alder",
        "--role", "head of office", "--second", "B. Birch", "--second-role", "security adviser",
        "--why", f"{INVENTED} All parties said it again.", at=at,
    )  # fmt: skip
    assert "decided: RESUME by head of office (N. Alder) and security adviser" in words(done)
    shown = desk.type("decide", "show", "-m", EXERCISE, "--json", at=at).json["decisions"]
    assert [(one["choice"], one["found_again"]) for one in shown] == [
        ("go-with-conditions", True),
        ("hold", True),
        ("resume", True),
    ]
    assert "sign" not in desk.due(at).of(EXERCISE)


def the_column_leaves(desk: Desk) -> None:
    """A departure that nobody recorded is asked for; then there is nothing to do but drive."""
    at = "2040-05-08T06:10:00Z"
    assert "record" in desk.due(at).of(EXERCISE)
    desk.enter("10-exercise-departure.yaml")
    assert desk.assess(EXERCISE, at).verdict == "go"
    assert desk.due(at).of(EXERCISE, overdue=True) == []


def the_outcome(desk: Desk) -> None:
    """When the planned end has passed the outcome is asked for, and its ledger has to add up."""
    after = "2040-05-08T16:10:00Z"
    assert desk.due(after).of(EXERCISE, overdue=True) == ["record"]
    told = (
        "outcome", "-m", EXERCISE, "--result", "partial", "--by", "convoy leader",
        "--what", f"{INVENTED} Unloaded; kits were taken out at the first post.",
        "--item", "flour sacks,1000,1000,0,990,400", "--item", "surgical kits,60,60,40,20,20",
        "--removed-by", GOVERNMENT, "--removed-where", "post-west-bustan-al-qaser",
    )  # fmt: skip
    unexplained = desk.try_to(*told, at="2040-05-08T13:00:00Z")
    assert unexplained.code == 2 and "The ledger does not add up" in unexplained.err
    burst = ("--explain", f"flour sacks: {INVENTED} ten sacks burst")
    done = words(desk.type(*told, *burst, at="2040-05-08T13:00:00Z"))
    assert "40 of surgical kits taken out by syria-government" in done
    assert "10 lost, 590 in store" in done

    assert desk.due(after, "4 days").of(EXERCISE) == []
    printed = words(desk.try_to("assess", "-m", EXERCISE, at=after))
    assert "came out: PARTIAL" in printed


def what_it_says_of_the_parties(desk: Desk) -> None:
    """Kept and unclear with what they rest on; what was never tested is no merit and no fault."""
    at = "2040-05-12T08:00:00Z"
    counts = {
        party: desk.type("party", "record", party, "--json", at=at).json["counts"]
        for party in THREE
    }
    assert all(one["broken"] == 0 for one in counts.values())
    assert {party: (one["kept"], one["looked_at"]) for party, one in counts.items()} == {
        party: (1, 1) for party in THREE
    }
    # The kits were taken out at a post: the passage and the consent are unclear, nothing more.
    assert (counts[GOVERNMENT]["given"], counts[GOVERNMENT]["unclear"]) == (6, 2)
    printed = words(desk.type("party", "record", GOVERNMENT, at=at))
    assert "0 broken and 1 kept of 1 that were looked at, of 6 given" in printed


def the_ask(desk: Desk, party: str, kind: str, at: str) -> str:
    """The id of an ask, as `ask list` shows it."""
    (found,) = (
        one["ask"]["id"]
        for one in desk.type("ask", "list", "-m", EXERCISE, "--json", at=at).json
        if (one["ask"]["party"], one["ask"]["kind"]) == (party, kind)
    )
    return str(found)


STEPS = (
    an_empty_register,
    what_was_said_in_2016,
    the_exercise_is_planned,
    everything_is_asked,
    nobody_answers_and_then_russia_does,
    a_granted_answer_is_no_word,
    the_letters_come,
    a_permit_in_three_steps,
    the_parties_are_told,
    two_people_decide,
    the_way_is_looked_at,
    a_call_takes_away,
    a_call_gives_back,
    the_last_morning,
    the_column_leaves,
    the_outcome,
    what_it_says_of_the_parties,
)


def test_the_office_gets_from_an_empty_register_to_an_outcome(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office.db")
    for step in STEPS:
        step(desk)
