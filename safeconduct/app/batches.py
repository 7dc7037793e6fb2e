"""What goes into a live register: read, and held against what the register already has."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from safeconduct.adapters.files.batchfile import check_new, read_records
from safeconduct.adapters.files.casefile import Case
from safeconduct.adapters.files.definitions import parts
from safeconduct.adapters.files.replay import AREA, NETWORK
from safeconduct.adapters.files.sections import Claimed
from safeconduct.adapters.files.yamllines import YAML_LIMIT, Marked
from safeconduct.app.opening import Opened
from safeconduct.errors import (
    FileTooLarge,
    IdTaken,
    InputError,
    RefusedInLiveRegister,
    UnknownReference,
    UnreadableFile,
    WrongField,
)
from safeconduct.register import JSON, Entry, canonical, decode, encode
from safeconduct.roads import Network
from safeconduct.situation import records_of
from safeconduct.spacetime import OPEN_END, utc
from safeconduct.spacetime.areas import Area
from safeconduct.vocabulary import AdoptedRoads, Assumption, Record, RequiredWriter

STANDARD_INPUT = "standard input"
TYPED = "what was typed"
"""The places that messages name when no file was read."""


def read_batch(opened: Opened, source: str, text: str | None = None) -> tuple[Record, ...]:
    """The records of a file, every reference known to it or to the register.

    Parameters
    ----------
    source : the path of a YAML file; "-" for standard input.
    text : the content, where it is at hand already; `source` is then what messages call it.

    Raises
    ------
    MissingFile, InputError : with file, line and field; nothing has been written.
    RefusedInLiveRegister : assumptions, or claimed times.
    """
    if text is None and source == "-":
        text, source = _standard_input(), STANDARD_INPUT
    values = read_records(Path(source), text, **_there(opened))
    try:
        _check_required(opened, values)
    except InputError as error:
        raise error.located(file=source) from None
    return values


def check_values(opened: Opened, values: Iterable[Record]) -> None:
    """Nothing, when a live register may take records that a verb has made.

    They are held against the register as the records of a file are.

    Raises
    ------
    InputError : an id is taken, a reference leads nowhere, a route cannot be driven.
    RefusedInLiveRegister : an assumption.
    """
    records = [Claimed(value, 0, "") for value in values]
    for one in records:
        if isinstance(one.value, Assumption):
            raise RefusedInLiveRegister(
                f"{one.value.id} is an assumption, which fills what a replay's sources leave out.",
                "In a live register find out, and record what you find.",
            )
    check_new(records, Marked({}, {}, TYPED), **_there(opened))
    _check_required(opened, [one.value for one in records])


def _check_required(opened: Opened, values: Iterable[Record]) -> None:
    """Nothing, when requirements name writers, offices and requirements that they can mean.

    A misspelt writer would never be heard, and every answer would be NO-GO. So would a requirement
    stay that another one was meant to replace.
    """
    new = [one for one in values if isinstance(one, RequiredWriter)]
    if not new:
        return
    writers = opened.view().writers
    offices = {one.office for one in writers.values()} - {""}
    held = {one.id: one for one in records_of(opened.store.entries())
            if isinstance(one, RequiredWriter)} | {one.id: one for one in new}  # fmt: skip
    for one in new:
        if one.writer and one.writer not in writers:
            raise _unknown("writer", one, sorted(writers))
        if one.office and one.office not in offices:
            raise _unknown("office", one, sorted(offices))
        old = held.get(one.replaces)
        if old and (old.party != one.party or old.decided_at >= one.decided_at):
            raise WrongField(
                f"Requirement {one.id} cannot stand in the place of {old.id}, which is on "
                f"{old.party} and was decided at {utc(old.decided_at)}.",
                f"Replace one on {one.party} that was decided before {utc(one.decided_at)}.",
                id=one.id,
            ).located(field="replaces")


def _unknown(what: str, required: RequiredWriter, known: list[str]) -> UnknownReference:
    name = required.writer or required.office
    return UnknownReference(
        f"Requirement {required.id} asks for the word of the {what} {name}, which this register "
        "does not know.",
        f"Known: {', '.join(known)}. Trust or merge it first, if it is another one.",
        id=name,
    ).located(field=what)


def with_roads(opened: Opened, values: Iterable[Record]) -> Opened:
    """The register as it will be once the roads that are adopted among some records are in it.

    Raises
    ------
    UnknownReference : there is no network to add them to, or it lacks a place that they join.
    InputError : as `roads.adopting.extended`.
    """
    adopted = [one for one in values if isinstance(one, AdoptedRoads)]
    if not adopted:
        return opened
    from safeconduct.roads.adopting import with_adopted  # cutting; only who adopts roads needs it

    there = _there(opened)
    network = opened.network(OPEN_END)
    return replace(opened, grown=with_adopted(network, there["areas"], adopted, there["held"]))


class _There(TypedDict):
    network: Network
    areas: tuple[Area, ...]
    held: tuple[Record, ...]


def _there(opened: Opened) -> _There:
    """What a register has already, that new records may refer to."""
    entries = tuple(opened.store.entries())
    try:
        network = opened.network(OPEN_END)
    except UnknownReference:
        network = Network(id="none", places=(), edges=())
    return {
        "network": network,
        "areas": tuple(decode(Area, e.body) for e in entries if e.kind == AREA),
        "held": tuple(records_of(entries)),
    }


def new_ground(case: Case, entries: Iterable[Entry]) -> Iterator[tuple[str, JSON]]:
    """The areas and the network of a case that a register lacks, without anything that was said.

    Taking the same ground twice adds nothing. A network replaces the one before it, so that roads
    can be drawn better; an area is written once, since undertakings rest on its outline.

    Raises
    ------
    IdTaken : the register has another area, or another record, of an area's id.
    """
    entries = tuple(entries)
    areas = {area.id: area for area in (decode(Area, e.body) for e in entries if e.kind == AREA)}
    others = frozenset(_ids(records_of(entries)))
    for area in case.areas:
        if areas.get(area.id, area) != area or area.id in others:
            raise IdTaken(
                f"The case has an area {area.id}, and the register has that id already, for "
                f"{'a record' if area.id in others else 'an area drawn otherwise'}.",
                "Give the area of the case an id of its own; what was recorded never changes.",
                id=area.id,
            )
        if area.id not in areas:
            yield AREA, encode(area)
    body = _with_held(case, entries).as_json()
    networks = [canonical(entry.body) for entry in entries if entry.kind == NETWORK]
    if networks[-1:] != [canonical(body)]:
        yield NETWORK, body


def _with_held(case: Case, entries: Iterable[Entry]) -> Network:
    """The network of a case with the roads that the register has adopted, cut by its areas."""
    adopted = [one for one in records_of(entries) if isinstance(one, AdoptedRoads)]
    if not adopted:
        return case.network
    from safeconduct.roads.adopting import with_adopted  # cutting; only who adopted roads needs it

    return with_adopted(case.network, case.areas, adopted)


def _ids(records: Iterable[Record]) -> Iterator[str]:
    """The ids of records and of the acts and conditions inside them."""
    for record in records:
        for value, _ in parts(record, ""):
            if isinstance(id := getattr(value, "id", None), str):
                yield id


def _standard_input() -> str:
    """What came on standard input, under the rules that hold for a file."""
    content = sys.stdin.buffer.read(YAML_LIMIT + 1)
    if len(content) > YAML_LIMIT:
        raise FileTooLarge(
            f"More than {YAML_LIMIT} bytes came on standard input, and no more are read.",
            "Check that it is the right text; send it in parts if it is.",
            limit=YAML_LIMIT,
        ).located(file=STANDARD_INPUT)
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise UnreadableFile(
            f"Standard input is no UTF-8 text: the byte 0x{content[wrong.start]:02x} cannot stand "
            "where it stands.",
            "Send UTF-8 text; if it is a picture or a document, it is the wrong thing.",
        ).located(file=STANDARD_INPUT, line=content.count(b"\n", 0, wrong.start) + 1) from None
