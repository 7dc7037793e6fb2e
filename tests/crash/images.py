"""What a power cut may leave of a recording, by several models of what a disk had done by then.

What was synced is there. Of what was asked for since a file's last sync anything may be there: none
of it, all, the first part, any part, in any order, by whole sectors, or the length without the
content. A name that was made or taken away since the folder's last sync may be there or not. What
was written before a failed sync may be lost for good, though later syncs succeed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.crash.disk import Log, Op

MODELS = (
    "none",
    "all",
    "prefix",
    "subset",
    "reordered",
    "torn-512",
    "torn-4096",
    "lengths",
    "names",
    "contents",
)

Files = dict[int, bytearray]
Image = dict[str, bytes]


def cached(log: Log, upto: int) -> Image:
    """What a program that opens the files after a kill sees: all that was asked for."""
    return _Disk(log).played(log.ops[:upto], None).finished("all", random.Random(0))


def image(log: Log, upto: int, model: str, chance: random.Random) -> Image:
    """What a power cut before operation `upto` may leave: the bytes of each file by name."""
    return _Disk(log).played(log.ops[:upto], chance).finished(model, chance)


class _Disk:
    def __init__(self, log: Log) -> None:
        self.names = {name: number for number, name in enumerate(log.base)}
        self.files: Files = {
            number: bytearray(content) for number, content in enumerate(log.base.values())
        }
        self.open: list[Op] = []
        self.names_open: list[Op] = []

    def played(self, ops: Sequence[Op], chance: random.Random | None) -> _Disk:
        """The disk after these; without chance even a failed sync lost nothing."""
        for op in ops:
            match op.what:
                case "write" | "truncate":
                    self.open.append(op)
                case "link" | "unlink":
                    self.names_open.append(op)
                case "sync":
                    self._settle(op.file, None)
                case "failed-sync":
                    self._settle(op.file, chance)
                case "sync-names":
                    self._name(self.names_open)
                    self.names_open = []
        return self

    def _settle(self, file: int, chance: random.Random | None) -> None:
        for op in self.open:
            if op.file == file and (chance is None or chance.random() < 0.5):
                self._do(op)
        self.open = [op for op in self.open if op.file != file]

    def finished(self, model: str, chance: random.Random) -> Image:
        """What is found when the machine starts again."""
        every, names = self.open, self.names_open
        if model in ("none", "names"):
            done: list[Op] = []
        elif model in ("all", "contents"):
            done = every
        elif model == "prefix":
            done = every[: chance.randint(0, len(every))]
        else:
            done = [op for op in every if chance.random() < 0.5]
        if model == "reordered":
            chance.shuffle(done)
        if model.startswith("torn"):
            done = [part for op in done for part in _torn(op, int(model[5:]), chance)]
        for op in done:
            self._do(op)
        if model == "lengths":
            for op in every:
                content = self.files.setdefault(op.file, bytearray())
                content.extend(bytes(max(0, op.offset + len(op.data) - len(content))))
        if model in ("all", "names"):
            self._name(names)
        elif model == "prefix":
            self._name(names[: chance.randint(0, len(names))])
        elif model not in ("none", "contents"):
            self._name([op for op in names if chance.random() < 0.5])
        return {
            name: bytes(self.files.get(number, b"")) for name, number in sorted(self.names.items())
        }

    def _do(self, op: Op) -> None:
        content = self.files.setdefault(op.file, bytearray())
        if op.what == "truncate":
            del content[op.offset :]
            content.extend(bytes(op.offset - len(content)))
            return
        content.extend(bytes(max(0, op.offset - len(content))))
        content[op.offset : op.offset + len(op.data)] = op.data

    def _name(self, ops: Sequence[Op]) -> None:
        for op in ops:
            if op.what == "link":
                self.names[op.name] = op.file
            elif self.names.get(op.name) == op.file:
                del self.names[op.name]


def _torn(op: Op, sector: int, chance: random.Random) -> list[Op]:
    """Of one write, the parts that lie in some of the sectors that it touches."""
    if op.what == "truncate":
        return [op]
    parts, at, end = [], op.offset, op.offset + len(op.data)
    while at < end:
        upto = min(end, at - at % sector + sector)
        if chance.random() < 0.5:
            parts.append(op._replace(offset=at, data=op.data[at - op.offset : upto - op.offset]))
        at = upto
    return parts
