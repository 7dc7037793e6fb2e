"""The verbs of `case`: list, show, check, schema, pin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.casefolder import bundled_cases, find_case
from safeconduct.adapters.files.casenetwork import CASE_FILE
from safeconduct.adapters.files.expected import Gap, Moment
from safeconduct.adapters.files.yamllines import mapping_of, read_yaml
from safeconduct.app.opening import Opened, open_case
from safeconduct.clearance import Finding, Judgement, Status
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Actor, Assumption, Movement, Source, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One bundled case in the list."""

    id: str
    title: str
    movements: tuple[str, ...]


def list_cases() -> tuple[CaseLine, ...]:
    """The bundled cases, by name; nothing in them is checked or judged."""
    lines = []
    for folder in bundled_cases():
        data = mapping_of(read_yaml(folder / CASE_FILE))
        movements = dict.fromkeys(str(one.get("id")) for one in _movements(data))
        lines.append(
            CaseLine(id=folder.name, title=str(data.get("title", "")), movements=tuple(movements))
        )
    return tuple(lines)


def _movements(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The movements as a case file writes them, those that an assumption brings in among them."""
    supplied = (one.get("records") for one in data.get("assumptions", []) if isinstance(one, dict))
    for section in (data, *(one for one in supplied if isinstance(one, dict))):
        yield from (one for one in section.get("movements", []) if isinstance(one, dict))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """What a case holds, for people."""

    opened: Opened
    counts: tuple[tuple[str, int], ...]
    actors: tuple[Actor, ...]
    movements: tuple[Movement, ...]
    statements: tuple[Statement, ...]
    assumptions: tuple[Assumption, ...]
    sources: tuple[Source, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        case = self.opened.case
        assert case is not None  # a summary is only made of a case
        return {
            "id": case.id,
            "title": case.title,
            "summary": case.summary,
            "zone": case.zone,
            "counts": dict(self.counts),
            "movements": [
                {"id": m.id, "version": m.version, "title": m.title} for m in self.movements
            ],
            "assumptions": [
                {"id": a.id, "rule": a.rule, "what": a.what, "why": a.why} for a in self.assumptions
            ],
            "sources": [
                {"id": s.id, "publisher": s.publisher, "link": s.link, "recalled": s.recalled}
                for s in self.sources
            ],
            "network": {
                "label": case.network.label,
                "edges": len(case.network.edges),
                "classes": len(case.network.classes),
                "notes": list(case.network.notes),
            },
            "notes": list(case.notes),
        }


def summarise(wanted: str) -> CaseSummary:
    """What a case holds.

    Raises
    ------
    MissingFile, UnknownReference, InputError : as `open_case`.
    """
    opened = open_case(wanted)
    assert opened.case is not None  # open_case always brings one
    values = [claimed.value for claimed in opened.case.records]
    counted = Counter(type(value).tag for value in values)
    statements = [v for v in values if isinstance(v, Statement)]
    return CaseSummary(
        opened=opened,
        counts=tuple(sorted(counted.items())),
        actors=tuple(v for v in values if isinstance(v, Actor)),
        movements=tuple(v for v in values if isinstance(v, Movement)),
        statements=tuple(sorted(statements, key=lambda s: (s.said_at, s.id))),
        assumptions=tuple(v for v in values if isinstance(v, Assumption)),
        sources=tuple(v for v in values if isinstance(v, Source)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One expected moment held against the judgement made for it."""

    moment: Moment
    judgement: Judgement
    missing: tuple[Gap, ...]

    @property
    def holds(self) -> bool:
        """Whether verdict and gaps are as expected."""
        return self.judgement.verdict.value == self.moment.verdict.value and not self.missing

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "at": utc(self.moment.at),
            "known_at": utc(self.judgement.known_at),
            "movement": self.moment.movement,
            "expected": self.moment.verdict.value,
            "verdict": self.judgement.verdict.value,
            "missing_gaps": [
                {"rule": g.rule, "party": g.party, "code": g.code, "place": g.place}
                for g in self.missing
            ],
            "holds": self.holds,
        }


def check_case(wanted: str) -> tuple[Checked, ...]:
    """Every expected moment of a case, held against its judgement.

    Raises
    ------
    MissingFile, UnknownReference, InputError : as `open_case`.
    """
    opened = open_case(wanted)
    assert opened.case is not None  # open_case always brings one
    return tuple(check_moment(opened, moment) for moment in opened.case.expected)


def check_moment(opened: Opened, moment: Moment) -> Checked:
    """One expected moment, held against the judgement made for it."""
    known = moment.at if moment.known_at is None else moment.known_at
    judgement = opened.judge(moment.at, known).judge(moment.movement)
    missing = tuple(g for g in moment.gaps if not any(_is(g, f) for f in judgement.findings))
    return Checked(moment=moment, judgement=judgement, missing=missing)


def _is(gap: Gap, finding: Finding) -> bool:
    """Whether a finding that is not met is the expected gap."""
    open_still = (Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE)
    return (
        (finding.status in open_still or bool(finding.risk_owner))
        and finding.rule == gap.rule
        and gap.party in ("", finding.party)
        and gap.code in ("", finding.code)
        and (not gap.place or any(s.name == gap.place for s in finding.place))
    )


def pin(wanted: str) -> str:
    """Cut the network of a case at its area borders and keep the result; gives the file's path.

    Raises
    ------
    MissingFile, UnknownReference, InputError : as `open_case`.
    """
    from safeconduct.adapters.files.casenetwork import pin_case  # loads the geometry libraries

    folder = find_case(wanted)
    read_case(folder)
    return str(pin_case(folder))
