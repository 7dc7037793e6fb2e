"""Opening what a verb works on: a case folder as a replay, or a register file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safeconduct.adapters.files.casefile import Case, read_case
from safeconduct.adapters.files.casefolder import find_case
from safeconduct.adapters.files.replay import AREA, NETWORK, open_replay
from safeconduct.app.policies import policy_from
from safeconduct.clearance import Judge
from safeconduct.errors import SafeconductError, UnknownReference, UnreadableFile
from safeconduct.policy import Policy
from safeconduct.register import (
    Entry,
    Store,
    canonical,
    decode,
    known_at,
    known_since,
    verify_chain,
)
from safeconduct.roads import Network
from safeconduct.roads.pin import unpinned
from safeconduct.situation import Situation, picture, records_of
from safeconduct.spacetime import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A register (or a case opened as one), ready to be asked.

    `case` is the case a replay came from, None for a register file. `grown` is its network with
    roads that are about to be adopted, while somebody looks at what that would change.
    """

    name: str
    title: str
    store: Store
    policy: Policy
    case: Case | None = None
    notes: tuple[str, ...] = ()
    grown: Network | None = None

    def situation(self, as_of: int, known: int) -> Situation:
        """The picture as of one moment, from what was known at another."""
        entries = known_at(self.store.entries(), known, replay=self.store.replay)
        return picture(records_of(entries), as_of=as_of, known_at=known)

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
        replay = self.store.replay
        networks = [e for e in self.store.entries() if e.kind == NETWORK]
        usable = [e for e in networks if replay or known_since(e, replay=replay) <= known]
        if not usable:
            raise UnknownReference(
                f"Register {self.name} holds no road network that was known then.",
                "Record one: `safeconduct record --register R CASE_FOLDER`.",
            )
        return _network(max(usable, key=lambda e: (e.recorded_at, e.writer, e.sequence)))

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas of the case, or those that a register holds."""
        if self.case is not None:
            return self.case.areas
        held = (decode(Area, one.body) for one in self.store.entries() if one.kind == AREA)
        return tuple({area.id: area for area in held}.values())

    def judge(self, as_of: int, known: int) -> Judge:
        """A judge of the situation at (as of, known at)."""
        return Judge(self.situation(as_of, known), self.network(known), self.policy)

    def close(self) -> None:
        """Gives the register's file back; nothing more can be asked of it."""
        self.store.close()


def _network(entry: Entry) -> Network:
    return unpinned(canonical(entry.body))


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
    """A register file whose chains hold.

    Raises
    ------
    MissingFile, NotARegister : there is none at this path.
    ChainBroken, NotCanonical : an entry was changed, or is missing, since it was written.
    InputError : the policy file cannot be used.
    """
    from safeconduct.adapters.sqlite import SqliteStore  # apsw loads only where a file is opened

    policy = policy_from(policy_file)
    store = SqliteStore.open(path)
    try:
        verify_chain(store.entries())
    except SafeconductError as error:
        store.close()
        raise error.located(file=path) from None
    return Opened(name=Path(path).name, title=Path(path).name, store=store, policy=policy)


def open_either(wanted: str, policy_file: str | None = None) -> Opened:
    """The register, where there is a file at that path; else the case of that folder or name.

    Raises
    ------
    MissingFile, NotARegister, UnknownReference : there is no such register or case.
    ChainBroken, NotCanonical, InputError : as `open_register` and `open_case`.
    """
    opener = open_register if Path(wanted).is_file() else open_case
    return opener(wanted, policy_file)
