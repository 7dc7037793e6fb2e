"""A world being written down: ids, moments, statements, and the records so far."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from safeconduct.spacetime import Span, Window
from safeconduct.vocabulary import Act, Authority, Depth, Form, Record, Statement, Telling
from tests.worlds.ground import Ground

HOUR, DAY = 3_600, 86_400
ZONE = "Asia/Damascus"
PATRON = "patron"  # may bind every party, where a relation on record says so
_T = TypeVar("_T")


class Draft:
    """What the parts of a made-up world are written into.

    Parameters
    ----------
    as_of : the moment of the judgement.
    depart_at : when the column leaves; everything that has to be said is said two hours before
        the earlier of the two.
    """

    def __init__(self, rng: Random, ground: Ground, as_of: int, depart_at: int) -> None:
        self.rng, self.ground = rng, ground
        self.as_of, self.depart_at = as_of, depart_at
        self.latest_word = min(as_of, depart_at) - 2 * HOUR
        self.records: list[tuple[Record, int]] = []
        self._numbers: dict[str, int] = {}

    def id(self, kind: str) -> str:
        """A fresh id: `grant-1`, `grant-2`, ..."""
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return f"{kind}-{self._numbers[kind]}"

    def note(self, value: _T, claimed_at: int | None = None) -> _T:
        """Records a value; long ago where no moment is given."""
        at = self.latest_word - self.rng.randrange(6 * DAY) if claimed_at is None else claimed_at
        self.records.append((value, at))  # type: ignore[arg-type]
        return value

    def all(self, kind: type) -> list[Any]:
        """The records of one kind so far."""
        return [value for value, _ in self.records if isinstance(value, kind)]

    def say(self, actor: str, said_at: int, *acts: Act, **strength: Any) -> Statement:
        """A statement that a default profile may rely on, unless `strength` says otherwise."""
        oral = self.rng.random() < 0.5
        told = {
            "form": Form.ORAL if oral else Form.WRITTEN,
            "noted": oral,
            "call_back": oral,
            "telling": self.rng.choice((Telling.SAID, Telling.QUOTED, Telling.PARAPHRASED)),
            "authority": self.rng.choice(tuple(Authority)),
            "depth": Depth.UNIT,
            "to": self.rng.choice((("un",), ("un", "envoy"))),
        }
        statement = Statement(
            id=self.id("said"),
            actor=actor,
            said_at=said_at,
            paraphrase="made up",
            acts=acts,
            **(told | strength),
        )
        return self.note(statement, said_at + self.rng.choice((0, 1, 600)))

    def moments(self, count: int) -> list[int]:
        """Rising moments, six hours before the latest word at the latest, some a second apart."""
        start = self.latest_word - 6 * HOUR - self.rng.randrange(DAY, 6 * DAY)
        steps = [self.rng.choice((1, 60, HOUR, DAY // count)) for _ in range(count)]
        return [start + sum(steps[: n + 1]) for n in range(count)]

    def some(self, values: Sequence[_T]) -> tuple[_T, ...]:
        """One or more of the values, in their order."""
        count = self.rng.randint(1, len(values))
        chosen = sorted(self.rng.sample(range(len(values)), count))
        return tuple(values[n] for n in chosen)

    def likely(self, share: float) -> bool:
        """True in this share of draws."""
        return self.rng.random() < share

    def around(self, need: Span) -> Span:
        """A span that holds `need`, often to the second."""
        early, late = (self.rng.choice((0, 0, 1, 60, HOUR)) for _ in range(2))
        return Span(need.start - early, need.end + late)


def window(start: int, end: int) -> Window:
    """A window of the party's, in its zone and with some wording."""
    return Window(Span(start, end), ZONE, "made up")
