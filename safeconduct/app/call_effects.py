"""What the word of a call changes: verdicts, keys turned and lost, or why it counts for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.app.office import Office
from safeconduct.clearance import Spot, Verdict
from safeconduct.clearance.bench import thing
from safeconduct.cover import SAYS, Key
from safeconduct.cover.faults import Code
from safeconduct.policy import Profile
from safeconduct.vocabulary import Confirm, Form, Movement, Record, Statement, UndertakingKind
from safeconduct.watch.item import is_closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a word changes for one movement: the verdict, and which keys it turns or turns back."""

    movement: str
    before: Verdict
    after: Verdict
    turned: tuple[str, ...]
    partly: tuple[str, ...]
    lost: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether anything at all is different."""
        return self.before is not self.after or bool(self.turned or self.partly or self.lost)

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "movement": self.movement,
            "verdict_before": self.before.value,
            "verdict_after": self.after.value,
            "turned": list(self.turned),
            "partly_turned": list(self.partly),
            "lost": list(self.lost),
            "still_missing": list(self.missing),
        }


def concerned_by(desk: Office) -> tuple[Movement, ...]:
    """The movements that are still to be worked on, and not over by their plan; by id."""
    situation = desk.situation
    return tuple(
        movement
        for _, movement in sorted(situation.movements.items())
        if movement.latest_at >= desk.as_of and not is_closed(situation, movement)
    )


def effects_of(
    desk: Office, values: tuple[Record, ...], concerned: Iterable[Movement]
) -> Iterator[Effect]:
    """What each of the movements is with these records, and was without them."""
    after = replace(desk, more=values)
    for movement in concerned:
        was, now = desk.docket(movement.id), after.docket(movement.id)
        open_before = _open_keys(was.bench.ledger.missing) if was.bench else Counter()
        open_after = _open_keys(now.bench.ledger.missing) if now.bench else Counter()
        yield Effect(
            movement=movement.id,
            before=was.judgement.verdict,
            after=now.judgement.verdict,
            turned=_keys(desk, open_before.keys() - open_after.keys()),
            partly=_keys(
                desk, {k for k in open_after if 0 < open_after[k] < open_before.get(k, 0)}
            ),
            lost=_keys(desk, {k for k in open_after if open_after[k] > open_before.get(k, 0)}),
            missing=_keys(desk, open_after.keys()),
        )


def _open_keys(missing: Mapping[Key, Iterable[Spot]]) -> Counter[Key]:
    """For how many seconds, over all stretches, each key is missing."""
    return Counter(
        {key: sum(spot.missing.total_s for spot in spots) for key, spots in missing.items()}
    )


def _keys(desk: Office, keys: Iterable[Key]) -> tuple[str, ...]:
    """Keys in words, those of one party and kind together."""
    grouped: dict[tuple[str, UndertakingKind], list[Key]] = {}
    for key in sorted(keys, key=lambda one: one.order):
        grouped.setdefault((key.party, key.kind), []).append(key)
    return tuple(
        f"{desk.situation.name(party)}: {thing(kind, [key.means for key in found])}"
        for (party, kind), found in grouped.items()
    )


def counts_not(statement: Statement, profiles: Iterable[Profile]) -> Iterator[str]:
    """Why a confirmation by voice counts for nothing, under each profile that says so."""
    if not any(isinstance(act, Confirm) for act in statement.acts):
        return
    for profile in dict.fromkeys(profiles):
        if Form.ORAL not in profile.forms:
            yield f"Under the profile {profile.id} it counts for nothing: {SAYS[Code.NOT_WRITTEN]}."
        elif profile.oral_needs_note and not (statement.noted and statement.call_back):
            lacks = [
                word
                for there, word in (
                    (statement.noted, "noted by a named role (`--by`)"),
                    (statement.call_back, "read back (`--read-back`)"),
                )
                if not there
            ]
            yield (
                f"Under the profile {profile.id} it counts for nothing: it was not "
                f"{' and not '.join(lacks)}."
            )
