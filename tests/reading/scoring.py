"""How well reports were read: precision, recall and F1 of drafts against the gold.

What is right, exactly
----------------------
- **Pairs.** A draft and an act are paired one to one (`pairing.py`); what is left over on either
  side counts as read for nothing, or as missed.
- **The figure of the aim**: a pair is right where act, speaker and actor are all the same. An act
  that was done and the same one negated are two acts. Actors are compared by id. Speakers: where
  the gold names nobody, a draft is right that names nobody, and wrong that names anybody; where
  the gold names a person, a draft that names none is wrong. So a null speaker is a value like
  another. As many acts have none, `named` gives the same figure over those that name a speaker.
- **Fields** (`fieldwise.py`): the values that a pair has in common, against all values that drafts
  and acts have; `where paired` leaves out the acts and drafts without a partner.
- **Windows**: those with an instant, exact in start, end and whether they come back daily, in the
  draft of their act; `anywhere`: in any draft of the report.
- **Invented grants**: drafts that are an un-negated guarantee, consent or acceptance where the
  report's gold has no such act, un-negated, of that party; and those paired with a negated one.
  **Loose grants**: the others of them that neither meet the words of such an act of that party nor
  stand in a sentence with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.reading.fieldwise import (
    FIELDS,
    alike,
    common,
    of_gold,
    read_windows,
    said_by,
    shared,
    stated_windows,
    windows_in_common,
)
from tests.reading.goldset import Gold
from tests.reading.pairing import (
    closeness,
    in_one_sentence,
    paired,
    right,
    same_act,
    same_speaker,
    value,
)

GRANTS = ("guarantee", "consent", "accept")
Act = Mapping[str, Any]


@dataclass(slots=True)
class Count:
    """How many were right, of how many read and how many there are."""

    right: int = 0
    read: int = 0
    gold: int = 0

    def add(self, right: int, read: int, gold: int) -> None:
        """Counts some more."""
        self.right += right
        self.read += read
        self.gold += gold

    @property
    def precision(self) -> float | None:
        """The part of what was read that is right; None where nothing was read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """The part of what there is that was read right; None where there is nothing."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is nothing and nothing was read."""
        both = self.read + self.gold
        return 2 * self.right / both if both else None

    def as_json(self) -> dict[str, float | int | None]:
        """The counts and the figures, rounded to a thousandth."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        rounded = {name: None if one is None else round(one, 3) for name, one in figures.items()}
        return {"right": self.right, "read": self.read, "gold": self.gold, **rounded}


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was read otherwise than the gold has it."""

    report: str
    what: str
    words: str

    def __str__(self) -> str:
        return f"{self.report}: {self.what}: {' '.join(self.words.split())!r}"


@dataclass(slots=True)
class Score:
    """The figures over some reports; what each counts is told at the top of this file."""

    reports: int = 0
    all_three: Count = field(default_factory=Count)
    named: Count = field(default_factory=Count)
    negation_aside: Count = field(default_factory=Count)
    windows: Count = field(default_factory=Count)
    windows_anywhere: Count = field(default_factory=Count)
    per_act: dict[str, Count] = field(default_factory=dict)
    per_field: dict[str, Count] = field(default_factory=dict)
    where_paired: dict[str, Count] = field(default_factory=dict)
    per_language: dict[str, Count] = field(default_factory=dict)
    invented: list[Miss] = field(default_factory=list)
    loose: list[Miss] = field(default_factory=list)
    lost_negations: list[Miss] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The figures alone: nothing in them tells which report or which words."""
        return {
            "reports": self.reports,
            **{name: getattr(self, name).as_json() for name in FIGURES},
            "invented_grants": len(self.invented),
            "loose_grants": len(self.loose),
            "lost_negations": len(self.lost_negations),
            **{
                name: {key: count.as_json() for key, count in sorted(getattr(self, name).items())}
                for name in ("per_language", "per_act", "per_field", "where_paired")
            },
        }


FIGURES = ("all_three", "named", "negation_aside", "windows", "windows_anywhere")


def score(read: Sequence[tuple[Gold, Mapping[str, Any]]]) -> Score:
    """The score of some readings, each a body of `wire/body.py` beside the gold of its report."""
    total = Score(reports=len(read))
    for gold, reading in read:
        _Report(total, gold, reading["drafts"]).counted()
    return total


class _Report:
    """One report while it is counted into the whole."""

    def __init__(self, total: Score, gold: Gold, drafts: Sequence[Act]) -> None:
        self.total, self.gold, self.drafts = total, gold, drafts
        self.pairs = paired(gold.acts, drafts, gold.text, alike(gold.text, gold.zone))
        self.links = {drafts[n]["id"]: number + 1 for number, n in self.pairs.items()}

    def counted(self) -> None:
        """Counts everything."""
        self._acts()
        for name in FIELDS:
            self._field(name)
        self._windows()
        self._grants()
        self._misses()

    def both(self) -> Iterator[tuple[Act, Act]]:
        """Each act with its draft."""
        return ((self.gold.acts[a], self.drafts[d]) for a, d in self.pairs.items())

    def _acts(self) -> None:
        sizes = (len(self.drafts), len(self.gold.acts))
        hits = sum(right(act, draft) for act, draft in self.both())
        self.total.all_three.add(hits, *sizes)
        self.total.per_language.setdefault(self.gold.language, Count()).add(hits, *sizes)
        aside = sum(right(act, draft, negation=False) for act, draft in self.both())
        self.total.negation_aside.add(aside, *sizes)
        self.total.named.add(
            sum(right(act, draft) and bool(act.get("speaker")) for act, draft in self.both()),
            sum(bool(draft.get("speaker")) for draft in self.drafts),
            sum(bool(act.get("speaker")) for act in self.gold.acts),
        )
        for act in self.gold.acts:
            self.total.per_act.setdefault(act["is"], Count()).gold += 1
        for draft in self.drafts:
            self.total.per_act.setdefault(value(draft, "act"), Count()).read += 1
        for act, draft in self.both():
            self.total.per_act[act["is"]].right += same_act(act, draft)

    def _field(self, name: str) -> None:
        zone = self.gold.zone
        hits = sum(
            common(name, act, draft, self.gold.text, zone, self.links) for act, draft in self.both()
        )
        self.total.per_field.setdefault(name, Count()).add(
            hits,
            sum(len(said_by(draft, name)) for draft in self.drafts),
            sum(len(of_gold(act, name, zone)) for act in self.gold.acts),
        )
        self.total.where_paired.setdefault(name, Count()).add(
            hits,
            sum(len(said_by(draft, name)) for _, draft in self.both()),
            sum(len(of_gold(act, name, zone)) for act, _ in self.both()),
        )

    def _windows(self) -> None:
        zone = self.gold.zone
        stated = [one for act in self.gold.acts for one in stated_windows(act, zone)]
        read = [one for draft in self.drafts for one in read_windows(draft)]
        hits = sum(len(windows_in_common(act, draft, zone)) for act, draft in self.both())
        self.total.windows.add(hits, len(read), len(stated))
        self.total.windows_anywhere.add(len(shared(stated, read)), len(read), len(stated))
        for act, draft in self.both():
            missed = len(stated_windows(act, zone)) - len(windows_in_common(act, draft, zone))
            if missed:
                words = "; ".join(one["words"] for one in act["windows"])
                found = ", ".join(f"{s} to {e}" for s, e, _ in read_windows(draft)) or "none"
                self._missed(f"window of {act['is']} read as {found}", words)

    def _grants(self) -> None:
        partner = {d: self.gold.acts[a] for a, d in self.pairs.items()}
        for number, draft in enumerate(self.drafts):
            if value(draft, "act") not in GRANTS or value(draft, "negated"):
                continue
            such = [act for act in self.gold.acts if _is_such(act, draft)]
            lost = number in partner and bool(partner[number].get("negated"))
            if lost or not such:
                what = f"invented {value(draft, 'act')} of {value(draft, 'actor')}"
                self.total.invented.append(self._of(what, draft))
            elif not any(self._meets(act, draft) for act in such):
                self.total.loose.append(self._of(f"loose {value(draft, 'act')}", draft))
        for act, draft in self.both():
            if act.get("negated") and not value(draft, "negated"):
                what = f"lost the negation of {act['is']}"
                self.total.lost_negations.append(Miss(self.gold.name, what, act["words"]))

    def _meets(self, act: Act, draft: Act) -> bool:
        at, text = draft["act"]["at"], self.gold.text
        return closeness(act["words"], text, at) > 0 or in_one_sentence(act["words"], text, at)

    def _of(self, what: str, draft: Act) -> Miss:
        return Miss(self.gold.name, what, draft["act"]["words"])

    def _missed(self, what: str, words: str) -> None:
        self.total.misses.append(Miss(self.gold.name, what, words))

    def _misses(self) -> None:
        for number, act in enumerate(self.gold.acts):
            told = f"{act['is']} of {act['actor']}"
            if number not in self.pairs:
                self._missed(f"not read: {told}", act["words"])
                continue
            draft = self.drafts[self.pairs[number]]
            if not right(act, draft):
                self._missed(f"{told}, read {_otherwise(act, draft)}", act["words"])
        taken = set(self.pairs.values())
        for number, draft in enumerate(self.drafts):
            if number not in taken:
                what = f"one too many: {value(draft, 'act')} of {value(draft, 'actor')}"
                self.total.misses.append(self._of(what, draft))


def _is_such(act: Act, draft: Act) -> bool:
    """Whether the gold has this act, un-negated, of the party that a draft says it of."""
    party = value(draft, "party") or value(draft, "actor")
    return (
        act["is"] == value(draft, "act")
        and not act.get("negated")
        and act.get("party", act["actor"]) == party
    )


def _otherwise(act: Act, draft: Act) -> str:
    """What of act, actor and speaker a draft has otherwise."""
    differ: list[str] = []
    if not same_act(act, draft):
        differ.append(("not " if value(draft, "negated") else "") + value(draft, "act"))
    if act["actor"] != value(draft, "actor"):
        differ.append(f"of {value(draft, 'actor')}")
    if not same_speaker(act, draft):
        differ.append(f"spoken by {value(draft, 'speaker')}, not {act.get('speaker')}")
    return ", ".join(differ)
