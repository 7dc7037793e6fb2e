"""YAML read strictly, with the line on which everything stood.

YAML guesses: 10:00 becomes 600, `no` becomes false, 1e3 a float, 0o17 fifteen. Here only `null`
(or nothing), `true`, `false` and plain decimal numbers are anything but text. What a case file has
no use for is refused: anchors and aliases (a few lines of them can expand to gigabytes), tags, keys
that stand twice, keys that are no text, a second document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml  # at the top: nothing imports this module before there is a YAML file to read

from safeconduct.adapters.files.plaintext import MEBIBYTE, read_text
from safeconduct.errors import DuplicateKey, SafeconductError, UnreadableFile, WrongField

YAML_LIMIT = 2 * MEBIBYTE
DEEPEST = 40

# The compiled parser reads a case ten times as fast; the other one is part of every installation.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Sixteen digits hold every whole number that canonical JSON can carry; longer ones stay text.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_WORDS: Mapping[str, bool | None] = {"": None, "null": None, "true": True, "false": False}

E = TypeVar("E", bound=SafeconductError)


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML file as plain data, and where each part of it stood.

    Parameters
    ----------
    data : mappings, lists, text, whole numbers, true, false and None.
    lines : the line of every part by its path, such as `statements[3].acts[0].undertaking`; the
        whole file is the empty path. A member of a mapping stands on the line of its key.
    file : the path as it was given, for messages; empty for what stands in no file.
    """

    data: Any
    lines: Mapping[str, int]
    file: str

    def line_of(self, path: str) -> int:
        """The line of the part at `path`, or else of the nearest part around it."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 1)

    def located(self, error: E) -> E:
        """The same error, told in which file and on which line its field stood.

        An error that names a file already is about that one, and is left as it is. A file whose
        lines are not known is named without one.
        """
        if error.file is not None:
            return error
        line = self.line_of(error.field or "") if self.lines else None
        return error.located(file=self.file or None, line=line)

    @contextmanager
    def locating(self) -> Iterator[None]:
        """Locates every error that comes out of the block."""
        try:
            yield
        except SafeconductError as error:
            self.located(error)
            raise


def read_yaml(path: Path) -> Marked:
    """What a YAML file says, each part with its line.

    At most 2 MiB and 40 levels deep; an empty file is None.

    Raises
    ------
    DuplicateKey : a mapping names one key twice; the message gives both lines.
    UnreadableFile : not YAML, or a part of YAML that is refused here: see the module.
    All that `read_text` raises. Every error has its file, and its line where there is one.
    """
    return parse_yaml(read_text(path, YAML_LIMIT), str(path))


def parse_yaml(text: str, file: str) -> Marked:
    """What YAML text says; `file` is the name that messages give it. Raises as `read_yaml`.

    >>> marked = parse_yaml("opens: 10:00\\nroads: [no, 7]", "two.yaml")
    >>> marked.data, marked.line_of("roads[1]")
    ({'opens': '10:00', 'roads': ['no', 7]}, 2)
    """
    reader = _Reader(file)
    try:
        data = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as wrong:
        raise _syntax(wrong, file) from None
    return Marked(data, reader.lines, file)


class _Reader:
    """One pass over the parser's events: data as it goes, and the line of every path."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[str, int] = {}

    def document(self, events: Iterator[Any]) -> Any:
        next(events)  # the start of the stream
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            return None
        data = self._node(next(events), events, "", 1)
        next(events)  # the end of the document
        if not isinstance(following := next(events), yaml.StreamEndEvent):
            raise self._refused(
                following,
                "A second document starts here.",
                "Keep one document in one file, without `---` between.",
            )
        return data

    def _node(self, event: Any, events: Iterator[Any], path: str, depth: int) -> Any:
        self.lines.setdefault(path, _line(event))
        self._refuse_indirection(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > DEEPEST:
            raise self._refused(
                event,
                f"The file nests deeper than {DEEPEST} levels.",
                "Check the indentation and the brackets around here.",
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path, depth)
        return self._sequence(events, path, depth)

    def _sequence(self, events: Iterator[Any], path: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, f"{path}[{len(items)}]", depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], path: str, depth: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        stood: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event)
            if key in stood:
                raise DuplicateKey(
                    f'The key "{key}" stands here and on line {stood[key]}; one of the two values '
                    "would be lost.",
                    "Remove one, or join the two.",
                    key=key,
                    lines=[stood[key], _line(event)],
                ).located(file=self.file, line=_line(event), field=f"{path}.{key}".lstrip("."))
            stood[key] = _line(event)
            inside = f"{path}.{key}" if path else key
            self.lines[inside] = stood[key]
            members[key] = self._node(next(events), events, inside, depth + 1)
        return members

    def _key(self, event: Any) -> str:
        self._refuse_indirection(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refused(
                event, "A list or a mapping is used as a key.", "Use a text as the key."
            )
        # A key is text however it is written, so that edges can be called 1, 2, 3.
        return self._text(event)

    def _scalar(self, event: Any) -> str | int | bool | None:
        text = self._text(event)
        is_plain = event.implicit[0]  # neither in quotes nor a block of text
        if not is_plain:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _NUMBER.fullmatch(text) else text

    def _text(self, event: Any) -> str:
        text = str(event.value)
        try:
            text.encode()
        except UnicodeEncodeError:  # an escape such as "\\ud800" is half of a character
            raise self._refused(
                event, "A text holds half of a character.", "Write the character itself."
            ) from None
        return text

    def _refuse_indirection(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(
                event, f"*{event.anchor} stands for another part of the file.", "Write it out here."
            )
        if event.anchor is not None:
            raise self._refused(
                event,
                f"&{event.anchor} names a part of the file to be repeated elsewhere.",
                "Take the name out, and write the part out wherever it is needed.",
            )
        if event.tag is not None:
            raise self._refused(
                event,
                f"The tag {event.tag} asks for a value of a special type.",
                "Take the tag out; quotation marks make a text of anything.",
            )

    def _refused(self, event: Any, found: str, remedy: str) -> UnreadableFile:
        return UnreadableFile(found, remedy).located(file=self.file, line=_line(event))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _syntax(wrong: yaml.YAMLError, file: str) -> UnreadableFile:
    mark = getattr(wrong, "problem_mark", None) or getattr(wrong, "context_mark", None)
    problem = getattr(wrong, "problem", None) or getattr(wrong, "reason", None) or "unknown error"
    return UnreadableFile(
        f"This is not YAML: {problem}.",
        "Check the indentation, the quotation marks and the brackets here and on the line above.",
    ).located(file=file, line=None if mark is None else mark.line + 1)


def mapping_of(marked: Marked) -> dict[str, Any]:
    """The file's data, which must be a mapping; WrongField when it is anything else."""
    if not isinstance(marked.data, dict):
        found = "nothing" if marked.data is None else "a single value"
        found = "a list" if isinstance(marked.data, list) else found
        raise marked.located(
            WrongField(
                f"The file holds {found} where names with values are expected.",
                "Begin with lines such as `title: ...`.",
            )
        )
    return marked.data
