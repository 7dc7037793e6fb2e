"""How far each writer of a register had been heard at a moment, for the judge to weigh.

Section 12 of docs/reference/semantics.md says what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from safeconduct.clearance import Finding
from safeconduct.register import Entry, Store
from safeconduct.register.handover import resting
from safeconduct.register.keyring import Key
from safeconduct.register.store import writing_in
from safeconduct.register.view import View, WriterDoubt, WriterState
from safeconduct.situation import REPLAYED, Heard, Hearing, RecordedBy
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Arrangement, PatientClearance, Permit, Statement

__all__ = ["Recorders", "behind", "clock_doubt", "doubted", "hearing_of", "recorded_in"]

_SETTLED = {
    WriterDoubt.FORKED,
    WriterDoubt.GAPPED,
    WriterDoubt.ROLLED_BACK,
    WriterDoubt.CLOCK,
}
"""What is said no more of a revoked writer once the part that its root believes is here."""


def hearing_of(
    view: View,
    store: Store,
    *,
    known_at: int,
    clock: str = "",
    recorders: Recorders | None = None,
) -> Hearing:
    """How far the word of each writer had come, by what counted at a moment.

    Parameters
    ----------
    view : what counted. known_at : up to when the writers that write here are complete.
    clock : what is doubted of the clock of this machine, in words.
    recorders : as `recorded_in` gives them for the view, where somebody keeps them.
    """
    if store.replay:
        return REPLAYED
    here = store.here() - resting(store.handovers(), known_at).keys()
    by = recorded_in(view.entries) if recorders is None else recorders
    return Hearing(
        writers={
            id: _heard(
                state,
                view.ring.get(id),
                store,
                complete_at=known_at if id in here else state.complete_at,
            )
            for id, state in view.writers.items()
        },
        recorded_by=by.statements,
        noted_by=by.papers,
        clock=clock,
    )


def _heard(state: WriterState, key: Key | None, store: Store, *, complete_at: int | None) -> Heard:
    return Heard(
        writer=state.writer,
        office=state.office,
        complete_at=complete_at,
        doubts=frozenset(doubt.value for doubt in _doubts(state, key, store)),
        is_root=key is not None and key.is_root,
        follows=(key.instead_of or "") if key else "",
    )


def _doubts(state: WriterState, key: Key | None, store: Store) -> frozenset[WriterDoubt]:
    """What is doubted; of a revoked writer, as far as its root has not settled it.

    The root has said by number and hash what of it counts: what it wrote beside that, or in another
    order, says nothing once that part is here.
    """
    if key is None or key.believed is None:
        return state.doubts
    if state.size < key.believed:
        return state.doubts | {WriterDoubt.GAPPED}
    # Of a chain of which only places have come the hashes are here all the same.
    if key.believed and store.hashes(state.writer)[key.believed - 1] != key.last:
        return state.doubts | {WriterDoubt.FORKED}
    return state.doubts - _SETTLED


@dataclass(frozen=True, slots=True)
class Recorders:
    """Who recorded what: each statement by its id, each paper of a party by its kind and id."""

    statements: RecordedBy = field(default_factory=lambda: RecordedBy.of({}))
    papers: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)


_PAPERS = frozenset({Permit.tag, PatientClearance.tag, Arrangement.tag})


def recorded_in(entries: Iterable[Entry], before: Recorders | None = None) -> Recorders:
    """Who recorded the statements and papers in these entries, and in those `before`."""
    known = before or Recorders()
    found, papers = dict[str, frozenset[str]](), dict[tuple[str, str], frozenset[str]]()
    alone: dict[str, frozenset[str]] = {}
    for entry in entries:
        if not isinstance(entry.body, dict):
            continue
        id, writer = str(entry.body.get("id")), entry.writer
        one = alone.setdefault(writer, frozenset({writer}))
        if entry.kind == Statement.tag:
            there = found.get(id) or known.statements.get(id)
            found[id] = there | one if there else one
        elif entry.kind in _PAPERS:
            key = entry.kind, id
            papers[key] = (papers.get(key) or known.papers.get(key) or one) | one
    return Recorders(
        known.statements.grown(found),
        {**known.papers, **papers} if papers else known.papers,
    )


def clock_doubt(
    view: View,
    store: Store,
    moment: int | None,
    last_recorded: Callable[[str], int | None] | None = None,
) -> str:
    """What is to be doubted of this machine's clock, in words; empty for nothing.

    Parameters
    ----------
    view : with the keys as they were known.
    moment : what the clock says, where it is the moment that is asked about; None where it is not.
    last_recorded : the latest time that a writer recorded, where somebody keeps it.
    """
    for id in _writing(view, store):
        state = view.writers.get(id)
        if state is not None and WriterDoubt.CLOCK in state.doubts:
            return f"{id} recorded something here earlier than what it had recorded before"
    if moment is None:
        return ""
    last = moment + behind(view, store, moment, last_recorded)
    if moment < last:
        return f"it says {utc(moment)}, and something was recorded here at {utc(last)} already"
    return ""


def behind(
    view: View,
    store: Store,
    moment: int,
    last_recorded: Callable[[str], int | None] | None = None,
) -> int:
    """By how many seconds a moment lies before the last that was recorded here; 0 for none.

    Parameters
    ----------
    view, last_recorded : as of `clock_doubt`.
    """
    told = map(last_recorded or _last_in(store), _writing(view, store))
    return max((at - moment for at in told if at is not None and at > moment), default=0)


def _writing(view: View, store: Store) -> list[str]:
    """The writers that write here and are not revoked, as far as their keys are known."""
    keys = {id: view.ring.get(id) for id in sorted(writing_in(store))}
    return [id for id, key in keys.items() if key is None or key.believed is None]


def _last_in(store: Store) -> Callable[[str], int | None]:
    return lambda id: max((one.recorded_at for one in store.entries(id)), default=None)


def doubted(hearing: Hearing, findings: Iterable[Finding] = ()) -> Iterator[str]:
    """What is to be doubted of each writer of whom rule R1 says nothing, for an answer to name.

    Parameters
    ----------
    findings : those of the answer; none where it is of no movement.
    """
    told = " ".join(one.says for one in findings if one.rule == "R1")
    followed = {one.follows for one in hearing.writers.values()}
    for writer, one in sorted(hearing.writers.items()):
        # A key that another one followed has nothing more to say.
        ended = writer in followed and one.doubts == {WriterDoubt.REVOKED.value}
        named = one.doubts - {WriterDoubt.STOPPED.value}  # told of the register as a whole
        if named and not ended and writer not in told:
            yield (
                f"The word of {writer} may not be whole ({', '.join(sorted(named))}): a "
                "withdrawal may be missing. Do not rely on what it recorded before asking its "
                "office."
            )
