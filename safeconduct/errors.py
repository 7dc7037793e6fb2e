"""Every error this package raises on purpose, in one tree.

    SafeconductError                    error
    ├── InputError                      bad-input          what a person gave cannot be used
    │   ├── MissingFile                 missing-file
    │   ├── FileTooLarge                file-too-large
    │   ├── UnreadableFile              unreadable-file    not text, not YAML, not JSON
    │   ├── DuplicateKey                duplicate-key
    │   ├── WrongField                  wrong-field        missing, unknown, of the wrong type
    │   ├── UnknownReference            unknown-reference  an id that nothing defines
    │   ├── TimeRefused                 time-refused
    │   │   ├── BareTime                bare-time          "10:00" without date or zone
    │   │   ├── NonexistentTime         nonexistent-time   inside a spring gap
    │   │   ├── UnknownZone             unknown-zone
    │   │   ├── UnreadableTime          unreadable-time
    │   │   ├── EmptySpan               empty-span         ends before or when it starts
    │   │   └── UnboundedHorizon        unbounded-horizon
    │   ├── AreaRefused                 area-refused
    │   │   ├── SelfCrossingArea        self-crossing-area
    │   │   └── EmptyArea               empty-area
    │   ├── RouteRefused                route-refused      edges that do not join, no end, ...
    │   ├── PolicyRefused               policy-refused     a policy file that may not hold
    │   ├── DecisionRefused             decision-refused   a verdict that does not bear it
    │   └── DraftRefused                draft-refused      a draft that nobody may accept as it is
    ├── RegisterError                   register-error
    │   ├── IdTaken                     id-taken           same id, other content
    │   ├── ChainBroken                 chain-broken       gap, fork or wrong previous hash
    │   ├── NotCanonical                not-canonical      bytes that are not the signed form
    │   ├── NotARegister                not-a-register
    │   ├── KeyRefused                  key-refused        a key that may not write, or no longer
    │   ├── ProofRefused                proof-refused      hashes that do not lead to a root
    │   ├── NoteRefused                 note-refused       a head not signed, or not of its form
    │   ├── BundleRefused               bundle-refused     a bundle that cannot be believed
    │   ├── BackupRefused               backup-refused     a backup that is damaged, or none
    │   ├── EvidenceRefused             evidence-refused   a file that is not what was recorded
    │   ├── Locked                      locked             a passphrase is missing or wrong
    │   ├── ClockDoubted                clock-doubted      a time before one that is on record
    │   ├── RegisterExists              register-exists
    │   └── RefusedInLiveRegister       refused-in-live-register   replay-only content
    ├── BudgetExhausted                 budget-exhausted   the step budget ran out: NO-GO
    └── MissingExtra                    missing-extra      an optional library is not installed

Every error says what was found, against what, and what to do next. The facts behind the sentence
are attributes in `facts`; `code` is the same word in the command line, in JSON and in the docs.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, ClassVar, Self


class SafeconductError(Exception):
    """The root of the tree.

    Parameters
    ----------
    found : what was found, and against what; a whole sentence.
    remedy : what to do next; a whole sentence.
    facts : the values behind the sentences, JSON-ready, kept as `facts`.
    """

    code: ClassVar[str] = "error"

    def __init__(self, found: str, remedy: str, **facts: Any) -> None:
        self.found, self.remedy, self.facts = found, remedy, facts
        self.file: str | None = None
        self.line: int | None = None
        self.field: str | None = None
        super().__init__(found, remedy)

    def located(
        self, *, file: str | None = None, line: int | None = None, field: str | None = None
    ) -> Self:
        """The same error, told where it happened; what is already known is kept."""
        self.file = self.file or file
        self.line = self.line or line
        self.field = self.field or field
        return self

    @property
    def where(self) -> str:
        """`file:line: field`, as far as it is known; empty when nothing is."""
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return ": ".join(part for part in (place, self.field) if part)

    def __str__(self) -> str:
        said = f"{self.found} {self.remedy}"
        return f"{self.where}: {said}" if self.where else said

    def as_json(self) -> dict[str, Any]:
        """The one error body of every door: `code`, `message`, `facts`."""
        spot = {"file": self.file, "line": self.line, "field": self.field}
        known = {key: value for key, value in spot.items() if value is not None}
        return {"code": self.code, "message": str(self), "facts": known | self.facts}


class InputError(SafeconductError):
    """What a person gave cannot be used."""

    code = "bad-input"


class MissingFile(InputError):
    """A file or folder that was named is not there."""

    code = "missing-file"

    @classmethod
    def at(cls, path: PurePath) -> Self:
        """The error that nothing is there."""
        folder = "this folder" if path.parent == PurePath() else path.parent
        return cls(
            f"There is no file {path.name} in {folder}.", "Check the name and the folder."
        ).located(file=str(path))


class FileTooLarge(InputError):
    """A file is larger than anything of its kind can honestly be."""

    code = "file-too-large"


class UnreadableFile(InputError):
    """A file is not what its name says: not text, not YAML, not JSON, not a picture of a road."""

    code = "unreadable-file"


class DuplicateKey(InputError):
    """A mapping names one key twice, so one of the two values would be lost silently."""

    code = "duplicate-key"


class WrongField(InputError):
    """A field is missing, unknown, of the wrong type or out of its range."""

    code = "wrong-field"


class UnknownReference(InputError):
    """An id is used that nothing defines."""

    code = "unknown-reference"


class TimeRefused(InputError):
    """A time cannot be resolved to one instant that is beyond doubt."""

    code = "time-refused"


class BareTime(TimeRefused):
    """A time of day came without a date or without a zone."""

    code = "bare-time"


class NonexistentTime(TimeRefused):
    """A local time that the clocks of its zone skipped."""

    code = "nonexistent-time"


class UnknownZone(TimeRefused):
    """A zone that the pinned time zone database does not know."""

    code = "unknown-zone"


class UnreadableTime(TimeRefused):
    """Text that the grammar of times does not know."""

    code = "unreadable-time"


class EmptySpan(TimeRefused):
    """A span that ends before, or at the moment, it starts."""

    code = "empty-span"


class UnboundedHorizon(TimeRefused):
    """A recurrence was asked for without a stated beginning and end."""

    code = "unbounded-horizon"


class AreaRefused(InputError):
    """An area's outline cannot be used."""

    code = "area-refused"


class SelfCrossingArea(AreaRefused):
    """An outline that crosses itself, so that inside and outside are in doubt."""

    code = "self-crossing-area"


class EmptyArea(AreaRefused):
    """An outline without any surface."""

    code = "empty-area"


class RouteRefused(InputError):
    """A route that no column could drive: edges that do not join, none at all, no end."""

    code = "route-refused"


class PolicyRefused(InputError):
    """A policy file that may not hold: it loosens a HARD rule, or names a rule twice."""

    code = "policy-refused"


class DecisionRefused(InputError):
    """A decision that the verdict, or what was decided before, does not bear."""

    code = "decision-refused"


class DraftRefused(InputError):
    """A draft that lacks something, or a grant for which only one person answers."""

    code = "draft-refused"


class RegisterError(SafeconductError):
    """The register refused to change, or is not what it says it is."""

    code = "register-error"


class IdTaken(RegisterError):
    """An id was written before with other content; ids are written once."""

    code = "id-taken"


class ChainBroken(RegisterError):
    """A writer's entries do not follow one another: a gap, a fork, a wrong previous hash."""

    code = "chain-broken"


class NotCanonical(RegisterError):
    """Bytes that are not the one canonical form of what they say."""

    code = "not-canonical"


class NotARegister(RegisterError):
    """The file is no register of this program, or of a newer version of it."""

    code = "not-a-register"


class RegisterExists(RegisterError):
    """A register is already there, and none is ever overwritten."""

    code = "register-exists"


class KeyRefused(RegisterError):
    """A key that nobody introduced, that was revoked, or whose signature does not hold."""

    code = "key-refused"


class ProofRefused(RegisterError):
    """Hashes that do not lead to the root that they were given for."""

    code = "proof-refused"


class NoteRefused(RegisterError):
    """A head or a key that is not of its published form, or whose signature is wrong."""

    code = "note-refused"


class BundleRefused(RegisterError):
    """A bundle that is not of its form, or that cannot be believed; nothing of it was merged."""

    code = "bundle-refused"


class BackupRefused(RegisterError):
    """A file that is no whole backup; nothing of it was restored."""

    code = "backup-refused"


class EvidenceRefused(RegisterError):
    """A file of evidence that is not what its record says, or that cannot be opened any more."""

    code = "evidence-refused"


class Locked(RegisterError):
    """A passphrase is missing, or it is not the one that this was locked with."""

    code = "locked"


class ClockDoubted(RegisterError):
    """The clock tells a time before one that is on record, so no time can be believed."""

    code = "clock-doubted"


class RefusedInLiveRegister(RegisterError):
    """Content that only a replay may hold: an assumption, a claimed time."""

    code = "refused-in-live-register"


class BudgetExhausted(SafeconductError):
    """The step budget ran out before the judgement was complete; the answer is NO-GO."""

    code = "budget-exhausted"


class MissingExtra(SafeconductError):
    """An optional library is needed and not installed."""

    code = "missing-extra"
