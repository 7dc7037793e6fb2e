"""A draft as a statement of a case file: what a person accepts, may edit, and the register reads.

A draft says less than a record must. What is missing is never filled in with what would count:
what cannot stand as the act it was read as is kept as something reported, which covers nothing,
or waits for a person to say what the text leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from safeconduct.spacetime import OPEN_END, utc
from safeconduct.vocabulary.kinds import ConditionKind, Order, UndertakingKind
from safeconduct.wire import Act, Draft, Field, ReadCondition, Reading, ReadWindow

__all__ = ["GRANTS", "MEDIA", "Known", "Written", "written"]

MEDIA = "media"
"""What a reader calls the writer of a report, or the outlet."""

GRANTS = frozenset({Act.ANNOUNCE, Act.GUARANTEE, Act.CONSENT, Act.ACCEPT, Act.CONFIRM})
"""The acts that add cover or bring it back, which no single person accepts alone."""

_NEEDS_OF = frozenset({Act.NARROW, Act.CONFIRM, Act.DISOWN, Act.CONDITION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register or case has, that a statement may name.

    Parameters
    ----------
    actors, areas : ids. acts : the ids that earlier drafts got, by the draft's.
    outlet : the id of the actor that the report's writer speaks for; empty where none is known.
    """

    actors: Collection[str]
    areas: Collection[str]
    acts: Mapping[str, str] = field(default_factory=dict)
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A statement made of a draft.

    Parameters
    ----------
    record : as it stands in a `statements` section.
    is_grant : whether it would add cover, so that a second person or a call-back is asked for.
    kept_as_told : the act was kept as `report`, which neither covers nor limits.
    open : what a person must say before it can be recorded, in sentences; empty for nothing.
    doubts : what was left out or read the restrictive way, in sentences.
    """

    record: dict[str, Any]
    is_grant: bool
    kept_as_told: bool
    open: tuple[str, ...]
    doubts: tuple[str, ...]


def written(reading: Reading, draft: Draft, *, id: str, source: str, known: Known) -> Written:
    """A draft as a statement of one act.

    Parameters
    ----------
    id : of the statement. source : the id of the report's record.
    """
    return _Writer(reading, draft, known, id).statement(source)


@dataclass(slots=True)
class _Writer:
    """One draft on its way to a statement, and what was noticed on it."""

    reading: Reading
    draft: Draft
    known: Known
    id: str
    open: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def statement(self, source: str) -> Written:
        act, as_told = self._act()
        draft, published = self.draft, self.reading.report.published
        if published is None:
            self.open.append("The day on which it was said is not known: write it as `said_at`.")
        record: dict[str, Any] = {
            "id": self.id,
            "actor": self._actor(draft.actor),
            "said_at": published.isoformat() if published else "",
            "form": "announcement",
            "telling": draft.telling.value.value,
            "paraphrase": self._paraphrase(),
            "sources": [source],
            "acts": [act],
        }
        if draft.office or draft.speaker:
            named = (draft.office, draft.speaker)
            record["office"] = ", ".join(self._words(one) for one in named if one)
        return Written(
            record=record,
            is_grant=not as_told and draft.act.value in GRANTS,
            kept_as_told=as_told,
            open=tuple(self.open),
            doubts=tuple(self.doubts),
        )

    # -- the act

    def _act(self) -> tuple[dict[str, Any], bool]:
        """The act as a section has it, and whether it is only kept as told."""
        draft = self.draft
        why = self._why_only_told()
        if why:
            self.doubts.append(why)
            return {"is": "report", "party": self._party(), "what": self._what()}, True
        act: dict[str, Any] = {"is": draft.act.value.value, "party": self._party()}
        return act | _FIELDS[draft.act.value](self), False

    def _why_only_told(self) -> str:
        """Why it cannot stand as the act it was read as; empty where it can."""
        draft, act = self.draft, self.draft.act.value
        if draft.negated:
            return (
                f'"{self._words(draft.negated)}": what was not done neither covers nor limits, '
                "so it is kept as a report."
            )
        if act in (Act.ANNOUNCE, Act.GUARANTEE, Act.CONSENT):
            return self._why_no_undertaking()
        if act is Act.ACCEPT and not self._of():
            return "It names nothing on record that was accepted, so it is kept as a report."
        if act is Act.ACKNOWLEDGE:
            return "Which notice was received is not said, so it is kept as a report."
        if act is Act.ESTIMATE and (draft.low is None or draft.high is None):
            return "It gives one end of a range only, so it is kept as a report."
        return ""

    def _why_no_undertaking(self) -> str:
        kind = self.draft.kind
        if kind is None:
            return "What was undertaken is not said, so it is kept as a report."
        if kind.value is UndertakingKind.RESTRAINT and not self.draft.means:
            return "Which means will not be used is not said, so it is kept as a report."
        return ""

    def undertaking(self) -> dict[str, Any]:
        """The fields of an act that binds: only what the text states."""
        return {"undertaking": self._undertaking()}

    def _undertaking(self) -> dict[str, Any]:
        draft = self.draft
        assert draft.kind is not None  # `_why_no_undertaking` has seen to it
        made: dict[str, Any] = {"kind": draft.kind.value.value}
        if draft.means and draft.kind.value is UndertakingKind.RESTRAINT:
            made["means"] = [one.value.value for one in draft.means]
        if areas := self._areas():
            made["areas"] = areas
        if draft.corridors:
            made["unnamed_corridors"] = draft.corridors.value
        made |= self._time()
        for name in ("purposes", "directions", "for_whom"):
            if values := [one.value.value for one in getattr(draft, name)]:
                made[name] = values
        if areas and made.get("windows"):
            made["specificity"] = "area-and-time"
        if draft.conditions:
            made["conditions"] = [
                self._condition(number, one) for number, one in enumerate(draft.conditions, 1)
            ]
        if draft.kind.value is UndertakingKind.DEED:
            made["deed"] = self._what()
        return made

    def _time(self) -> dict[str, Any]:
        """The windows; one that is not resolved leaves the whole unresolved: it covers nothing."""
        made: dict[str, Any] = {}
        windows, unresolved = [], []
        for one in self.draft.windows:
            if self._is_whole(one.value):
                windows.append(self._window(one))
            else:
                unresolved.append(self._words(one))
            if one.value.open_ended:
                made["open_ended"] = True
            if one.value.until_event:
                made["until_event"] = one.value.until_event
        if windows:
            made["windows"] = windows
        if unresolved:
            made["unresolved"] = "; ".join(unresolved)
            self.doubts.append(
                f'The time "{made["unresolved"]}" could not be resolved, so it covers nothing.'
            )
        return made

    @staticmethod
    def _is_whole(window: ReadWindow) -> bool:
        # A window that comes back daily needs its last day, which the wording does not give.
        return (
            window.start is not None
            and not window.unresolved
            and not window.daily
            and (window.end is not None or window.open_ended)
        )

    def _window(self, one: Field[ReadWindow]) -> dict[str, Any]:
        zone = one.value.zone or "UTC"
        assert one.value.start is not None  # `_is_whole` has seen to it
        end = OPEN_END if one.value.end is None else one.value.end
        return {
            "from": utc(one.value.start),
            "until": "open" if end == OPEN_END else utc(end),
            "zone": zone,
            "wording": self._words(one),
        }

    def _condition(self, number: int, one: Field[ReadCondition]) -> dict[str, Any]:
        on = one.value.on
        if on is None:
            self.doubts.append(
                f'On whom "{self._words(one)}" lies is not said; it stays open on the party itself.'
            )
        condition: dict[str, Any] = {
            "id": f"{self.id}-condition-{number}",
            "kind": one.value.kind.value,
            "on": self._actor(on) if on else self._party(),
            "what": self._words(one),
        }
        if one.value.kind is ConditionKind.RECIPROCAL:
            condition["order"] = Order.AFTER.value  # "you first" until the text is read otherwise
        return condition

    def accept(self) -> dict[str, Any]:
        more = {} if self._why_no_undertaking() else self.undertaking()
        return {"of": self._of(), **more}

    def answer(self) -> dict[str, Any]:
        return {"of": self._of(), "what": self._what()}

    def of_alone(self) -> dict[str, Any]:
        return {"of": self._of()}

    def changed(self) -> dict[str, Any]:
        """Of a confirmation or a narrowing: what of the earlier acts, and where and when."""
        made: dict[str, Any] = {"of": self._of()}
        if areas := self._areas():
            made["areas"] = areas
        windows = [self._window(one) for one in self.draft.windows if self._is_whole(one.value)]
        if windows:
            made["windows"] = windows
        if len(windows) < len(self.draft.windows):
            self.open.append("A time could not be resolved: write it under `windows`.")
        return made

    def ends(self) -> dict[str, Any]:
        """Of a withdrawal or a suspension: where; what is not known is everything, and at once."""
        made: dict[str, Any] = {"areas": self._areas()}
        if len(made["areas"]) < len(self.draft.areas):
            made["areas"] = []
            self.doubts.append("An area of it is not known here, so it counts everywhere.")
        if self.draft.windows:
            self.doubts.append(
                "It counts from when it was said; if it begins later, edit it: `effective_at`."
            )
        if self.draft.act.value is Act.WITHDRAW:
            return {"of": self._of(), **made}
        return {"what": self._what(), **made}

    def condition(self) -> dict[str, Any]:
        first = self.draft.conditions[0] if self.draft.conditions else None
        if first is None:
            self.open.append("What sort of condition it is, and on whom, must be said.")
            return {"of": self._of()}
        return {"of": self._of(), "condition": self._condition(1, first)}

    def asked(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            "to": self._addressees(),
            "what": self._what(),
        }
        deadline = self.draft.deadline
        if deadline and deadline.value.at is not None:
            key = "deadline_at" if self.draft.act.value is Act.DEMAND else "due_at"
            made[key] = utc(deadline.value.at)
        elif deadline:
            self.doubts.append(
                f'Until when it runs ("{self._words(deadline)}") could not be resolved.'
            )
        return made

    def _addressees(self) -> list[str]:
        """Of whom it is asked; "all sides" is nobody by name, and is told in words alone."""
        for one in self.draft.to:
            if one.value not in self.known.actors:
                self.doubts.append(f'"{self._words(one)}", who is asked, is no actor here.')
        return [one.value for one in self.draft.to if one.value in self.known.actors]

    def assess(self) -> dict[str, Any]:
        draft = self.draft
        made: dict[str, Any] = {"of": self._of(), "result": "lacks"}
        if draft.result:
            made["result"] = draft.result.value.value
        if draft.lacks:
            made["lacks"] = draft.lacks.value
        return made

    def allege(self) -> dict[str, Any]:
        party = self.draft.party
        return {"against": self._actor(party) if party else "", "what": self._what()}

    def estimate(self) -> dict[str, Any]:
        draft = self.draft
        assert draft.low is not None and draft.high is not None
        unit = draft.unit.value if draft.unit else "people"
        counted = {"low": draft.low.value, "high": draft.high.value, "unit": unit}
        return {"of_what": self._what(), **counted}

    def what(self) -> dict[str, Any]:
        return {"what": self._what()}

    def about(self) -> dict[str, Any]:
        return {"about": self._what()}

    # -- the words and the names

    def _words(self, one: Field[Any]) -> str:
        return " ... ".join(at.of(self.reading.report.text) for at in one.at)

    def _what(self) -> str:
        return " ".join(self._words(self.draft.act).split())

    def _paraphrase(self) -> str:
        who = self._words(self.draft.actor)
        return f'{self.draft.act.value.value}, by {who}: "{self._what()}"'

    def _party(self) -> str:
        draft = self.draft
        if draft.party and draft.act.value is not Act.ALLEGE:
            return self._actor(draft.party)
        return self._actor(draft.actor)

    def _actor(self, one: Field[str]) -> str:
        if one.value == MEDIA and self.known.outlet:
            return self.known.outlet
        if one.value not in self.known.actors:
            says = (
                f'"{self._words(one)}" ({one.value}) is no actor here: record it, or name another.'
            )
            if says not in self.open:
                self.open.append(says)
        return one.value

    def _areas(self) -> list[str]:
        """The areas that are known here; one that a gazetteer doubts is none, as an unknown one."""
        known = []
        for one in self.draft.areas:
            place = self.reading.place_of(one)
            if one.value not in self.known.areas:
                self.doubts.append(f'"{self._words(one)}" is no area that is known here.')
            elif place is not None and place.doubt:
                self.doubts.append(
                    f'Whether "{self._words(one)}" is {one.value} is not sure. {place.doubt} '
                    "If it is, edit it: `areas`."
                )
            else:
                known.append(one.value)
        return list(dict.fromkeys(known))

    def _of(self) -> list[str]:
        """The acts that it answers, of those that were accepted."""
        acts = self.known.acts
        found = [acts[one.value] for one in self.draft.of if one.value in acts]
        if not found and self.draft.act.value in _NEEDS_OF:
            says = "Which earlier act it is about must be said: write its id under `of`."
            if says not in self.open:
                self.open.append(says)
        return list(dict.fromkeys(found))


_FIELDS: Mapping[Act, Callable[[_Writer], dict[str, Any]]] = {
    Act.ANNOUNCE: _Writer.undertaking,
    Act.GUARANTEE: _Writer.undertaking,
    Act.CONSENT: _Writer.undertaking,
    Act.ACCEPT: _Writer.accept,
    Act.REJECT: _Writer.answer,
    Act.CONDITION: _Writer.condition,
    Act.NARROW: _Writer.changed,
    Act.CONFIRM: _Writer.changed,
    Act.REQUEST: _Writer.asked,
    Act.DEMAND: _Writer.asked,
    Act.WITHDRAW: _Writer.ends,
    Act.SUSPEND: _Writer.ends,
    Act.DISOWN: _Writer.of_alone,
    Act.DENY: _Writer.answer,
    Act.WELCOME: _Writer.answer,
    Act.ASSESS: _Writer.assess,
    Act.ALLEGE: _Writer.allege,
    Act.REPORT: _Writer.what,
    Act.ESTIMATE: _Writer.estimate,
    Act.FORECAST: _Writer.what,
    Act.POSITION: _Writer.what,
    Act.DECLINE: _Writer.about,
    Act.DO: _Writer.answer,
}
