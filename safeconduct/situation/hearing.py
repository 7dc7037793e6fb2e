"""How far the word of each writer of a register had come at a moment, and what is doubted of it.

It is a part of what was known, beside the records, and is read by rule R1 only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safeconduct.register.growing import grown_index

__all__ = ["NOBODY_HEARD", "REPLAYED", "Heard", "Hearing", "RecordedBy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One writer, as far as it was heard.

    Parameters
    ----------
    complete_at : the last moment, UTC seconds, at which by its own word, or for a root by that of a
        device beside it, it had written nothing else; None when nobody has ever said so.
    doubts : the values of `WriterDoubt` that hold for it.
    is_root : whether it only speaks for its office about keys.
    follows : the writer in whose place it was introduced; empty for none.
    """

    writer: str
    office: str = ""
    complete_at: int | None = None
    doubts: frozenset[str] = frozenset()
    is_root: bool = False
    follows: str = ""


class RecordedBy(Mapping[str, frozenset[str]]):
    """The writers that recorded each statement, by its id, and all of them together."""

    __slots__ = ("_index", "recorders")

    def __init__(self, index: Mapping[str, frozenset[str]], recorders: frozenset[str]) -> None:
        self._index, self.recorders = index, recorders

    @classmethod
    def of(cls, index: Mapping[str, frozenset[str]]) -> RecordedBy:
        """An index with everybody in it, itself where it knows them."""
        if isinstance(index, RecordedBy):
            return index
        # Of a hundred thousand statements nearly all are recorded by one of a few writers alone.
        return cls(index, frozenset[str]().union(*set(index.values())))

    def grown(self, changes: Mapping[str, frozenset[str]]) -> RecordedBy:
        """The index with some statements more, or that more writers recorded."""
        everybody = self.recorders.union(*set(changes.values()))
        return RecordedBy(grown_index(self._index, changes), everybody)

    def __getitem__(self, statement: str) -> frozenset[str]:
        return self._index[statement]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What was heard of all writers.

    Parameters
    ----------
    writers : by their ids.
    recorded_by : the writers that recorded a statement, by the statement's id.
    noted_by : those that recorded a paper of a party: a permit, a patient's clearance, a standing
        arrangement, by its kind and id.
    clock : what is doubted of the clock of this machine, in words; empty: nothing.
    replay : a case that is replayed has no writers, so that nobody has to be heard.
    recorders : everybody in these two, which a judgement asks for each movement.
    """

    writers: Mapping[str, Heard] = field(default_factory=dict)
    recorded_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    noted_by: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    clock: str = ""
    replay: bool = False
    recorders: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        everybody = RecordedBy.of(self.recorded_by).recorders.union(*self.noted_by.values())
        object.__setattr__(self, "recorders", everybody)


NOBODY_HEARD = Hearing()
"""Where nobody looked who was heard: whoever is required counts as unheard."""

REPLAYED = Hearing(replay=True)
"""Of a case that is replayed."""
