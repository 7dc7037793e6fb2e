"""A desk with one register: what is typed at it, and what `assess` and `due` say at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.spacetime import Edge, instant
from tests.unit.cli.running import Ran, safeconduct

TYPED = Path(__file__).parent / "typed"
DOUBTS = frozenset({"unmet", "unknown", "not-yet-due"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What `assess` says: the verdict, and each rule that stands open."""

    verdict: str
    open: frozenset[tuple[str, str, str, str]]
    asks: frozenset[tuple[str, str]]

    def gaps(self, *rules: str) -> set[str]:
        """The open findings of these rules as "code party", or the code alone."""
        return {f"{code} {party}".strip() for rule, _, code, party in self.open if rule in rules}

    def stand_against(self) -> set[str]:
        """The rules that are unmet or unknown now; what is not due yet is not among them."""
        return {rule for rule, status, _, _ in self.open if status != "not-yet-due"}

    def wait(self) -> set[str]:
        """The rules with something that is not due yet."""
        return {rule for rule, status, _, _ in self.open if status == "not-yet-due"}


@dataclass(frozen=True, slots=True)
class Things:
    """What `due` says, the earliest first."""

    items: tuple[dict[str, Any], ...]

    def of(self, movement: str, *, overdue: bool | None = None) -> list[str]:
        """What is to be done for a movement, as "to-do party", or what is to be done alone."""
        return [
            f"{one['to_do']} {one['party'] or ''}".strip()
            for one in self.items
            if movement in one["movements"] and overdue in (None, one["overdue"])
        ]

    def the(self, to_do: str, party: str | None = None) -> dict[str, Any]:
        """The first thing of a kind; of a party, where one is named."""
        return next(
            one for one in self.items if one["to_do"] == to_do and party in (None, one["party"])
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """A register that is only ever touched by typing a command."""

    register: Path

    def type(self, *words: str, at: str = "") -> Ran:
        """Types a command that works; `at` is when it happened."""
        ran = self.try_to(*words, at=at)
        assert (ran.code, ran.err) == (0, ""), ran.err
        return ran

    def try_to(self, *words: str, at: str = "") -> Ran:
        """Types a command that may be refused."""
        when = ("--at", at) if at else ()
        return safeconduct(*words, "--register", self.register, *when)

    def enter(self, name: str) -> Ran:
        """Records one of the files beside this module."""
        return self.type("record", str(TYPED / name))

    def assess(self, movement: str, at: str, *more: str) -> Answer:
        """Asks for a verdict; the exit code says the same as the body."""
        ran = self.try_to("assess", "--movement", movement, "--json", *more, at=at)
        assert ran.err == ""
        body = ran.json
        assert ran.code == {"go": 0, "conditional": 3, "no-go": 4}[body["verdict"]]
        return Answer(
            verdict=body["verdict"],
            open=frozenset(
                (one["rule"], one["status"], one["code"] or "", one["party"] or "")
                for one in body["findings"]
                if one["status"] in DOUBTS
            ),
            asks=frozenset((one["party"], one["kind"]) for one in body["plan"]["asks"]),
        )

    def due(self, at: str, within: str = "24h", *more: str) -> Things:
        """Asks what is due; what is overdue by then is told as overdue, and nothing else is."""
        body = self.type("due", "--within", within, "--json", *more, at=at).json
        now = instant(at, edge=Edge.START)
        for one in body["due"]:
            assert one["overdue"] == (instant(one["when"], edge=Edge.START) < now), one
        return Things(tuple(body["due"]))


def words(ran: Ran) -> str:
    """What was printed, on one line."""
    return " ".join(ran.out.replace("│", " ").split())
