"""Opening what a verb works on: a case folder as a replay, or a register file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from safeconduct.adapters.clock import wait
from safeconduct.adapters.files.casefile import Case, read_case
from safeconduct.adapters.files.casefolder import find_case
from safeconduct.adapters.files.replay import AREA, NETWORK, open_replay
from safeconduct.adapters.stores import name_of, on_server, open_store
from safeconduct.app.hearing import behind, clock_doubt, hearing_of
from safeconduct.app.held import Held
from safeconduct.app.policies import policy_from
from safeconduct.clearance import Judge
from safeconduct.errors import SafeconductError, UnknownReference, UnreadableFile
from safeconduct.policy import Policy
from safeconduct.register import Entry, Store, decode
from safeconduct.register.handover import MOVED, Handover, resting
from safeconduct.register.view import View, WriterDoubt
from safeconduct.roads import Network
from safeconduct.situation import Situation
from safeconduct.spacetime import OPEN_END, Area, utc
from safeconduct.vocabulary import Record

CLOCKS_APART_S = 5
"""So long an answer waits for this machine's clock to come to what is recorded here already.

A clock of quartz that nobody sets gains or loses some 50 millionths: 0.00005 * 86,400 s = 4.3 s in
a day. So the machines of one office differ that set their clocks once a day.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A register (or a case opened as one), ready to be asked.

    `case` is the case a replay came from, None for a register file. `grown` is its network with
    roads that are about to be adopted, while somebody looks at what that would change. `read` are
    the moments that were read off this machine's clock to be asked about. `held` is what has been
    read of the store; it goes along where only the rest is replaced.
    """

    name: str
    title: str
    store: Store
    policy: Policy
    case: Case | None = None
    notes: tuple[str, ...] = ()
    grown: Network | None = None
    read: set[int] = field(default_factory=set, compare=False)
    held: Held = field(default=None, compare=False, repr=False)  # type: ignore[assignment]  # below

    def __post_init__(self) -> None:
        if self.held is None:
            object.__setattr__(self, "held", Held(self.store))

    def situation(
        self, as_of: int, known: int, *, more: Iterable[Record] = (), seen: int | None = None
    ) -> Situation:
        """The picture as of one moment, from what was known at another.

        Parameters
        ----------
        more : records that are about to be added.
        seen : as if nothing had been written or received after this moment, up to `known`.
        """
        counted = self.view(known if seen is None else seen)
        asked = as_of if as_of in self.read else None
        doubt = clock_doubt(counted, self.store, asked, self.held.last_recorded)
        hearing = hearing_of(
            counted,
            self.store,
            known_at=known,
            clock=doubt,
            recorders=self.held.recorders(counted),
        )
        return self.held.situation(
            counted,
            as_of=as_of,
            known_at=known,
            hearing=hearing,
            more=tuple(more),
            aside=seen is not None,
        )

    def by_the_clock(self, moment: int) -> int:
        """The moment that is asked about, which was read off this machine's clock.

        Where it lies a few seconds before what was recorded here already, on a machine with another
        clock, this one is waited for, and the moment is what it says then. Where it lies further
        before that, the answer says that the clock is in doubt. A moment that somebody names is not
        the clock's.
        """
        if not self.store.replay:
            apart = behind(self.view(moment), self.store, moment, self.held.last_recorded)
            if 0 < apart <= CLOCKS_APART_S:
                wait(apart)
                moment += apart
        self.read.add(moment)
        return moment

    def about(self, names: Sequence[str], as_of: int, known: int) -> tuple[Entry, ...]:
        """What was known at one moment about all of these names, said or happened by another.

        Parameters
        ----------
        names : ids of parties, areas, movements, acts.

        Returns
        -------
        Entries in their order; those of the picture's records in which each name stands.
        """
        return self.held.about(names, as_of, known)

    def view(self, known: int = OPEN_END) -> View:
        """What was known at a moment, and of which writers; by default all that is here."""
        return self.held.view(known)

    def forget_views(self) -> None:
        """To be called once something was written: what came since is looked up."""
        self.held.forget()

    def network(self, known: int) -> Network:
        """The network known at a moment: the last one recorded by then.

        A network and its areas are what a replay is *drawn on*, so a replay always uses its own.

        Raises
        ------
        UnknownReference : no network has been recorded.
        """
        if self.grown is not None:
            return self.grown
        if self.case is not None:
            return self.case.network
        usable = self.held.of_kind(NETWORK, OPEN_END if self.store.replay else known)
        if not usable:
            raise UnknownReference(
                f"Register {self.name} holds no road network that was known then.",
                "Record one: `safeconduct record --register R CASE_FOLDER`.",
            )
        return self.held.network(max(usable, key=lambda e: (e.recorded_at, e.writer, e.sequence)))

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas of the case, or those that a register holds."""
        if self.case is not None:
            return self.case.areas
        held = (decode(Area, one.body) for one in self.held.of_kind(AREA, OPEN_END))
        return tuple({area.id: area for area in held}.values())

    def judge(self, as_of: int, known: int) -> Judge:
        """A judge of the situation at (as of, known at)."""
        situation = self.situation(as_of, known)
        return self.held.judge(situation, self.network(known), self.policy)

    def close(self) -> None:
        """Gives the register's file back; nothing more can be asked of it."""
        self.store.close()


def open_case(wanted: str, policy_file: str | None = None) -> Opened:
    """A case folder, or a bundled case by the beginning of its name, opened as a replay.

    Raises
    ------
    MissingFile, UnknownReference, UnreadableFile : there is no such case, or it is a file.
    InputError : its files, or the policy file, are not as they must be.
    """
    case = read_case(_folder(wanted))
    return Opened(
        name=case.id,
        title=case.title,
        store=open_replay(case),
        policy=policy_from(policy_file),
        case=case,
        notes=case.notes,
    )


def _folder(wanted: str) -> Path:
    try:
        return find_case(wanted)
    except UnknownReference:
        if Path(wanted).is_file():
            raise UnreadableFile(
                f"{wanted} is a file, and a case is a folder.",
                f"If it is a register, say so: `safeconduct assess --register {wanted}`.",
            ).located(file=wanted) from None
        raise


def open_register(path: str, policy_file: str | None = None) -> Opened:
    """A register whose chains hold: a file, or `postgresql://...`.

    Raises
    ------
    MissingFile, NotARegister : there is none at this path.
    Locked : it needs a passphrase, and none is given or another one.
    ChainBroken, NotCanonical : an entry was changed, or is missing, since it was written.
    InputError : the policy file cannot be used.
    """
    policy = policy_from(policy_file)
    store = open_store(path)
    name = name_of(path) if on_server(path) else Path(path).name
    opened = Opened(name=name, title=name, store=store, policy=policy)
    try:
        opened.view()  # reads it, and holds each entry to its chain
    except SafeconductError as error:
        store.close()
        raise error.located(file=name_of(path)) from None
    return replace(opened, notes=tuple(_stopped(opened.view(), resting(store.handovers()))))


def _stopped(known: View, stops: Mapping[str, Handover]) -> Iterator[str]:
    """What may be missing in a register that was moved, or restored from a backup."""
    moved = [one for one in stops.values() if one.why == MOVED]
    if moved:
        yield (
            f"This register was moved on {utc(moved[0].at)}. What was recorded since is not in it: "
            "ask the register where it goes on."
        )
        return
    for writer, stop in sorted(stops.items()):
        state = known.writers.get(writer)
        if state is None or WriterDoubt.STOPPED not in state.doubts:
            continue
        settle = (
            "Bring its entries by a bundle from where it speaks now."
            if (key := known.ring.get(writer)) is not None and key.is_root
            else "Merge what other offices have of it, then say how much of it is believed: "
            "`safeconduct register keys revoke`."
        )
        yield (
            f"{writer} wrote here until the backup of {utc(stop.at)}: what it recorded later may "
            f"be missing, a withdrawal among it. {settle}"
        )


def open_either(wanted: str, policy_file: str | None = None) -> Opened:
    """The register, where there is a file at that path; else the case of that folder or name.

    Raises
    ------
    MissingFile, NotARegister, UnknownReference : there is no such register or case.
    ChainBroken, NotCanonical, InputError : as `open_register` and `open_case`.
    """
    opener = open_register if on_server(wanted) or Path(wanted).is_file() else open_case
    return opener(wanted, policy_file)
