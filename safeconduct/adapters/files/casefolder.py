"""Finding a case: a folder of the reader's own, or one that came with the package."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from safeconduct.adapters.files.casenetwork import CASE_FILE
from safeconduct.errors import MissingFile, UnknownReference


def bundled_cases() -> tuple[Path, ...]:
    """The folders of the cases that came with the package, by name."""
    return _cases_in(Path(str(files("safeconduct"))) / "cases")


def find_case(wanted: str, bundled: Sequence[Path] | None = None) -> Path:
    """The folder that a person means: a path, or the beginning of a bundled case's name.

    A folder that is there is taken before any bundled case. The beginning must fit one case only,
    unless it is the whole name of one. `bundled` is for those who bring cases of their own.

    Raises
    ------
    MissingFile : a path (with a slash) to a folder that is not there, or one that holds no case.
    UnknownReference : no bundled case begins so, or several do; the message lists them.
    """
    folder = Path(wanted)
    if wanted and folder.is_dir():
        if not (folder / CASE_FILE).is_file():
            raise MissingFile(
                f"The folder {wanted} holds no {CASE_FILE}.",
                "Name the folder in which it lies.",
            ).located(file=str(folder / CASE_FILE))
        return folder
    if len(folder.parts) > 1:
        raise MissingFile(
            f"There is no folder {wanted}.", "Check the path of the case folder."
        ).located(file=wanted)
    return _by_prefix(wanted, bundled_cases() if bundled is None else bundled)


def _by_prefix(wanted: str, bundled: Sequence[Path]) -> Path:
    exact = [case for case in bundled if case.name == wanted]
    close = exact or [case for case in bundled if case.name.startswith(wanted)]
    if len(close) == 1:
        return close[0]
    names = [case.name for case in close or bundled]
    if close:
        raise UnknownReference(
            f'{len(close)} bundled cases begin with "{wanted}": {", ".join(names)}.',
            "Write more of the name.",
            id=wanted,
            close=names,
        )
    raise UnknownReference(
        f'No folder is called "{wanted}", and no bundled case begins so.',
        f"Give the path of a case folder, or one of: {', '.join(names) or 'none is bundled'}.",
        id=wanted,
        close=names,
    )


def _cases_in(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    return tuple(sorted(one for one in folder.iterdir() if (one / CASE_FILE).is_file()))
