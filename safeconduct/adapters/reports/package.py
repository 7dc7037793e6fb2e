"""The parts of an Office file (`.docx`, `.xlsx`), unpacked as far as any honest one would be."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from safeconduct.adapters.reports.limits import MARKED_UP_BYTES, PARTS, UNPACKED_BYTES
from safeconduct.errors import FileTooLarge, UnreadableFile

__all__ = ["Package", "forbids"]

_CHUNK = 1 << 16
_KEPT = 32  # bytes of a chunk that are looked at again with the next, for words on the seam
_FORBIDDEN = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


class Package:
    """The parts of an Office file.

    Raises
    ------
    UnreadableFile : it is no whole package, or it is encrypted.
    FileTooLarge : it says that it unpacks to more than is read.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise _damaged(str(error)) from None
        infos = self._zip.infolist()
        if len(infos) > PARTS:
            raise FileTooLarge(
                f"The file has {len(infos)} parts, but no more than {PARTS} are read.", _BY_ITSELF
            )
        if any(one.flag_bits & 1 for one in infos):
            raise UnreadableFile(
                "The file is locked with a password.", "Open it and save it without one."
            )
        _check_size("The file", sum(one.file_size for one in infos), UNPACKED_BYTES)
        self.names = [one.filename for one in infos]
        if len(set(self.names)) < len(self.names):
            raise _damaged("it has two parts of one name")

    def part(self, name: str) -> bytes:
        """The content of one part, looked at while it is unpacked.

        Raises
        ------
        FileTooLarge : it unpacks to more than is read, whatever it said before.
        UnreadableFile : it is damaged, or declares a document type.
        """
        return b"".join(self._unpacked(name))

    def check(self) -> None:
        """Looks at every part that is markup; what it says of sizes is not believed.

        Raises
        ------
        Both that `part` raises.
        """
        for name in self.names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                for _ in self._unpacked(name):
                    pass

    def _unpacked(self, name: str) -> Iterator[bytes]:
        total, seam = 0, b""
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    total += len(chunk)
                    _check_size(f"Its part {name}", total, MARKED_UP_BYTES)
                    forbids(seam + chunk)
                    seam = chunk[-_KEPT:]
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise _damaged(f"its part {name}: {error}") from None
        except (KeyError, NotImplementedError, RuntimeError) as error:
            raise _damaged(f"its part {name}: {error}") from None


def forbids(markup: bytes) -> None:
    """Refuses markup that declares a document type or an entity; no Office file has a use for it.

    Raises
    ------
    UnreadableFile : it does.
    """
    if any(word in markup for word in _FORBIDDEN):
        raise UnreadableFile(
            "The file declares a document type or entities in its markup, as no Office program "
            "does; through them a small file can grow without end or ask for other files.",
            "Ask for the file again from whoever sent it, or save it anew.",
        )


_BY_ITSELF = "Check that it is the right file; hand in the report as plain text if it is."


def _check_size(what: str, size: int, limit: int) -> None:
    if size > limit:
        raise FileTooLarge(
            f"{what} unpacks to {size >> 20} MiB or more, but no more than {limit >> 20} MiB are "
            "read.",
            _BY_ITSELF,
            size=size,
            limit=limit,
        )


def _damaged(why: str) -> UnreadableFile:
    return UnreadableFile(
        f"The file is no whole Office file: {why}.",
        "It may be cut short: fetch it again, or save it anew.",
    )
