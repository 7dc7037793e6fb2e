"""Personal text kept erasable: a salted commitment in the entry, the content beside it.

An entry can never be changed, a name must be erasable. So an entry holds only the hash of the name
with a salt; the name and the salt are kept in a table of their own. Without the salt nobody can
test guesses against the hash, and erasing the content leaves every entry and hash as it was.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from safeconduct.errors import WrongField
from safeconduct.register.canonical import JSON, is_digest

SALT_BYTES = 32
"""The length of every salt. It is fixed, so that salt and text cannot be cut in two ways."""

_DOMAIN = b"safeconduct-personal-v1\0"
_PREFIX = "personal:"
_WRITTEN = re.compile(rb'"personal:([0-9a-f]{64})"')
_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


@dataclass(frozen=True, slots=True, order=True)
class Commitment:
    """What an entry holds in place of personal text: 64 hex digits that say nothing by themselves.

    In JSON it is the text `personal:` followed by the digits, so that it can be told from other
    text in any body.
    """

    sha256: str

    def __post_init__(self) -> None:
        if not is_digest(self.sha256):
            raise WrongField(
                f"The commitment {self.sha256!r} is not 64 lower-case hex digits.",
                "Make commitments with `commit`.",
            )

    def __str__(self) -> str:
        return _PREFIX + self.sha256

    def __to_json__(self) -> str:
        return str(self)

    @classmethod
    def __from_json__(cls, data: object) -> Self:
        if not isinstance(data, str) or not data.startswith(_PREFIX):
            raise WrongField(
                f'Found {data!r} where a commitment ("{_PREFIX}" and 64 hex digits) is expected.',
                "Commit to the text first; personal text is never written into an entry.",
            )
        return cls(data.removeprefix(_PREFIX))

    @classmethod
    def __json_schema__(cls) -> dict[str, JSON]:
        return {"type": "string", "pattern": f"^{_PREFIX}[0-9a-f]{{64}}$"}


def commit(value: str, salt: bytes) -> Commitment:
    """The commitment to a text: SHA-256 over a domain tag, the salt and the NFC text in UTF-8.

    Raises
    ------
    WrongField : the salt is not 32 bytes long.
    """
    if len(salt) != SALT_BYTES:
        raise WrongField(
            f"A salt of {len(salt)} bytes was given; salts are {SALT_BYTES} bytes.",
            f"Draw {SALT_BYTES} new random bytes for every text.",
        )
    text = unicodedata.normalize("NFC", value).encode("utf-8")
    return Commitment(hashlib.sha256(_DOMAIN + salt + text).hexdigest())


def verify(commitment: Commitment, value: str, salt: bytes) -> bool:
    """Whether the commitment was made to this text with this salt."""
    return commit(value, salt) == commitment


def same_name(one: str, other: str) -> bool:
    """Whether two texts are one name, written with other capitals, widths or spaces.

    >>> same_name("N. Alder", "n.  ALDER"), same_name("N. Alder", "M. Alder")
    (True, False)
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def commitments_in(data: bytes) -> frozenset[Commitment]:
    """Every commitment that canonical JSON holds as a text of its own."""
    return frozenset(Commitment(found.decode()) for found in _WRITTEN.findall(data))


@dataclass(frozen=True, slots=True)
class Personal:
    """The erasable content of one commitment, kept beside the entries.

    Raises
    ------
    WrongField : the commitment was made to another text, or with another salt.
    """

    commitment: Commitment
    salt: bytes
    value: str

    def __post_init__(self) -> None:
        if not verify(self.commitment, self.value, self.salt):
            raise WrongField(
                f"The content given for {self.commitment} does not match it.",
                "Give the text and the salt that the commitment was made from.",
            )

    @classmethod
    def of(cls, value: str, salt: bytes) -> Self:
        """The content and its commitment, made from a text and a fresh salt."""
        return cls(commit(value, salt), salt, unicodedata.normalize("NFC", value))


def split(body: JSON, salts: Mapping[str, bytes]) -> tuple[JSON, tuple[Personal, ...]]:
    """The body with commitments in place of personal texts, and their contents in path order.

    Parameters
    ----------
    body : JSON; it is not changed.
    salts : for each personal text its path, written as the codec writes paths
        (`contacts[0].name`), and a fresh salt.

    Raises
    ------
    WrongField : no text stands at a path.

    >>> body, (officer,) = split({"officer": "A. B."}, {"officer": bytes(32)})
    >>> officer.value, body == {"officer": str(officer.commitment)}
    ('A. B.', True)
    """
    contents = []
    for path in sorted(salts):
        found = _at(body, _steps(path), path)
        content = Personal.of(found, salts[path])
        body = _with(body, _steps(path), str(content.commitment))
        contents.append(content)
    return body, tuple(contents)


def reveal(body: JSON, content: Callable[[Commitment], str | None]) -> JSON:
    """The body with every personal text that is still known in place of its commitment.

    `content` is asked for each commitment (a store's `personal`); erased ones stay as they are.
    """
    if isinstance(body, dict):
        return {key: reveal(value, content) for key, value in body.items()}
    if isinstance(body, list):
        return [reveal(value, content) for value in body]
    if isinstance(body, str) and body.startswith(_PREFIX):
        return _revealed(body, content)
    return body


def _revealed(text: str, content: Callable[[Commitment], str | None]) -> str:
    hidden = text.removeprefix(_PREFIX)
    known = content(Commitment(hidden)) if is_digest(hidden) else None
    return text if known is None else known


def _steps(path: str) -> list[str | int]:
    return [int(index) if index else key for index, key in _STEP.findall(path)]


def _at(body: JSON, steps: list[str | int], path: str) -> str:
    found: JSON = body
    for step in steps:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            found = None
    if not isinstance(found, str):
        raise WrongField(
            "No text stands here to be kept apart from the entry.",
            "Name only paths of texts that the body holds.",
        ).located(field=path)
    return found


def _with(body: JSON, steps: list[str | int], text: str) -> JSON:
    """A copy of the body with `text` where the steps, known to exist, lead."""
    if not steps:
        return text
    first, rest = steps[0], steps[1:]
    if isinstance(body, list):
        return [_with(part, rest, text) if at == first else part for at, part in enumerate(body)]
    if isinstance(body, dict):
        return {
            key: _with(part, rest, text) if key == first else part for key, part in body.items()
        }
    return body
