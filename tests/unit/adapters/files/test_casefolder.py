"""Finding the case that a person means."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.files.casefolder import bundled_cases, find_case
from safeconduct.errors import MissingFile, UnknownReference
from tests.unit.adapters.files.small_case import write


@pytest.fixture
def bundled(tmp_path: Path) -> tuple[Path, ...]:
    names = ("alder-2030", "alder-2030-may", "birch-2031")
    return tuple(write(tmp_path / name) for name in names)


def test_the_beginning_of_a_name_is_enough(bundled: tuple[Path, ...]) -> None:
    assert find_case("bir", bundled) == bundled[2]


def test_a_whole_name_wins_over_one_that_goes_on(bundled: tuple[Path, ...]) -> None:
    assert find_case("alder-2030", bundled) == bundled[0]


def test_a_beginning_that_fits_several_lists_them(bundled: tuple[Path, ...]) -> None:
    with pytest.raises(UnknownReference) as refused:
        find_case("alder", bundled)
    assert str(refused.value) == (
        '2 bundled cases begin with "alder": alder-2030, alder-2030-may. Write more of the name.'
    )


def test_a_beginning_that_fits_none_lists_all(bundled: tuple[Path, ...]) -> None:
    with pytest.raises(UnknownReference) as refused:
        find_case("elm", bundled)
    assert str(refused.value) == (
        'No folder is called "elm", and no bundled case begins so. Give the path of a case folder, '
        "or one of: alder-2030, alder-2030-may, birch-2031."
    )


def test_a_folder_that_is_there_is_taken_first(
    bundled: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    own = write(tmp_path / "bir")
    assert find_case("bir", bundled).resolve() == own


def test_a_folder_without_a_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"holds no case\.yaml\. Name the folder in which it"):
        find_case(str(tmp_path))


def test_a_path_that_leads_nowhere_is_not_taken_for_a_name(bundled: tuple[Path, ...]) -> None:
    with pytest.raises(MissingFile) as refused:
        find_case("cases/birch-2031", bundled)
    assert str(refused.value) == (
        "cases/birch-2031: There is no folder cases/birch-2031. Check the path of the case folder."
    )


def test_the_package_brings_cases_and_each_is_found_by_its_name() -> None:
    folders = bundled_cases()
    assert folders
    assert [find_case(folder.name) for folder in folders] == list(folders)
