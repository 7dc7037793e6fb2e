"""Drafts that a person accepts: statements, the report's record, and who answered for it.

Nothing of a report enters a register by itself. What is accepted is written down as a file of
records, the way a person would have typed it, and goes in under the checks of such a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import yaml

from safeconduct.adapters.files.draftfile import GRANTS, Known, Written, written
from safeconduct.adapters.files.shorthand import with_act_ids
from safeconduct.app.office import fresh_id
from safeconduct.errors import DraftRefused
from safeconduct.register.codec import TAG
from safeconduct.spacetime import utc
from safeconduct.wire import Draft, Excerpt, Field, Reading

__all__ = ["Acceptance", "OnRecord", "Signatures", "as_file"]

_GRANTING = frozenset(act.value for act in GRANTS)
_ROLE = "reader of reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Who answers for what is accepted.

    Parameters
    ----------
    by, second : names; only commitments to them go into entries. role, second_role : what they
        are, in clear.
    call_back : who of the party was asked, when, with what answer; no names of people.
    """

    by: str
    role: str = ""
    second: str = ""
    second_role: str = ""
    call_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What of a report is on record already.

    Parameters
    ----------
    source : whether the report itself is.
    acts : by the id of each of its statements, the id of the act.
    """

    source: bool = False
    acts: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Acceptance:
    """One reading on its way into a register, draft by draft.

    Parameters
    ----------
    source : the id that the report's record gets, and by which its statements begin.
    actors, areas : the ids that the register or case has.
    outlet : the id of the actor that the report's writer speaks for; empty for none known.
    at : now, in UTC seconds.
    on_record : what was accepted of the same report before.
    new_id : gives an id that nobody else draws, from words.
    """

    reading: Reading
    source: str
    actors: Collection[str]
    areas: Collection[str]
    signed: Signatures
    at: int
    outlet: str = ""
    on_record: OnRecord = field(default_factory=OnRecord)
    new_id: Callable[..., str] = fresh_id
    _acts: dict[str, str] = field(default_factory=dict)
    _statements: list[dict[str, Any]] = field(default_factory=list)
    _accepted: list[dict[str, Any]] = field(default_factory=list)
    _same: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for draft in self.reading.drafts:
            if act := self.on_record.acts.get(self.id_of(draft)):
                self._acts[draft.id] = act

    def is_on_record(self, draft: Draft) -> bool:
        """Whether it was accepted before."""
        return self.id_of(draft) in self.on_record.acts

    def id_of(self, draft: Draft) -> str:
        """The id of the statement that a draft becomes, or became, unless an edit changes it."""
        return f"{self.source}-{draft.id.removeprefix('draft-')}"

    def proposed(self, draft: Draft) -> Written:
        """The draft as the statement it would become, by what was accepted until now."""
        known = Known(actors=self.actors, areas=self.areas, acts=self._acts, outlet=self.outlet)
        return written(self.reading, draft, id=self.id_of(draft), source=self.source, known=known)

    def accept(
        self, draft: Draft, record: Mapping[str, Any] | None = None, same_as: str = ""
    ) -> str:
        """The draft is accepted; the id of its statement.

        Parameters
        ----------
        record : the statement as a person edited it; None for the proposed one.
        same_as : the id of a statement on record that tells the same: both stay, and count once.

        Raises
        ------
        DraftRefused : something is still to be said of it, or nobody answers for a grant.
        """
        proposed = self.proposed(draft)
        if record is None and proposed.open:
            raise DraftRefused(
                f"{draft.id} is not whole: {' '.join(proposed.open)}",
                "Edit it, and say what is missing; or leave it out.",
                draft=draft.id,
            )
        statement = with_act_ids(dict(record if record is not None else proposed.record))
        self._check_grant(draft, statement)
        self._statements.append(statement)
        acts = statement.get("acts")
        if isinstance(acts, list) and acts and isinstance(acts[0], dict):
            self._acts[draft.id] = str(acts[0].get("id"))
        self._accepted.append(self._signed(draft, statement, edited=record is not None))
        if same_as:
            self._same.append(self._told_before(statement, same_as))
        return str(statement.get("id"))

    def accept_all(self) -> list[tuple[Draft, str]]:
        """Accepts every draft that is whole, in order; those that are not, each with why not.

        What was accepted before is passed over.
        """
        left: list[tuple[Draft, str]] = []
        for draft in self.reading.drafts:
            if self.is_on_record(draft):
                continue
            try:
                self.accept(draft)
            except DraftRefused as refusal:
                left.append((draft, str(refusal)))
        return left

    def records(self) -> dict[str, Any]:
        """What was accepted, in the sections of a file of records; empty for nothing."""
        if not self._statements:
            return {}
        found = {
            "sources": [] if self.on_record.source else [self._source()],
            "statements": self._statements,
            "same_statements": self._same,
            "drafts_accepted": self._accepted,
        }
        return {section: records for section, records in found.items() if records}

    def _check_grant(self, draft: Draft, statement: Mapping[str, Any]) -> None:
        acts = statement.get("acts")
        verbs = {str(one.get(TAG)) for one in acts or () if isinstance(one, dict)} & _GRANTING
        if verbs and not self.signed.second and not self.signed.call_back:
            raise DraftRefused(
                f"{draft.id} is {', '.join(sorted(verbs))}, which may add cover, and "
                f"only {self.signed.by} answers for it.",
                "Name a second person with --second, or say with --call-back who of the party was "
                "asked whether it was said so.",
                draft=draft.id,
            )

    def _source(self) -> dict[str, Any]:
        report = self.reading.report
        told = report.publisher.of(report.text) if report.publisher else report.told_publisher
        return {
            "id": self.source,
            "publisher": told or "not named",
            "link": report.source if "://" in report.source else "",
            "published": report.published.isoformat() if report.published else "",
        }

    def _signed(
        self, draft: Draft, statement: Mapping[str, Any], *, edited: bool
    ) -> dict[str, Any]:
        signed = self.signed
        made = {
            "id": f"{statement.get('id')}-accepted",
            "statement": statement.get("id"),
            "source": self.source,
            "report_sha256": hashlib.sha256(self.reading.report.text.encode()).hexdigest(),
            "words": [{"start": one.start, "end": one.end} for one in sorted(set(_places(draft)))],
            "by": signed.role or _ROLE,
            "person": signed.by,
            "second": (signed.second_role or _ROLE) if signed.second else "",
            "second_person": signed.second,
            "call_back": signed.call_back,
            "accepted_at": utc(self.at),
            "edited": edited,
            "reader": self.reading.reader,
        }
        return {name: value for name, value in made.items() if value not in ("", False)}

    def _told_before(self, statement: Mapping[str, Any], same_as: str) -> dict[str, Any]:
        return {
            "id": self.new_id("same", self.source),
            "statements": [same_as, statement.get("id")],
            "by": self.signed.role or _ROLE,
            "at": utc(self.at),
            "why": "A person who read both reports says so.",
        }


def as_file(records: Mapping[str, Any], zone: str) -> str:
    """A file of records as a person would have written it, in YAML.

    Parameters
    ----------
    zone : the IANA zone of its local times.
    """
    return yaml.dump(
        {"zone": zone or "UTC", **records},
        Dumper=_Plain,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )


class _Plain(yaml.SafeDumper):
    """Writes everything out: files of records have no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _places(draft: Draft) -> Iterator[Excerpt]:
    """Every excerpt that something of a draft was read from."""
    for one in fields(draft):
        value = getattr(draft, one.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Field):
                yield from inner.at
