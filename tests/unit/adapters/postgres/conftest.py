"""Registers on the tests' server: made for one test, and dropped after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from safeconduct.adapters.postgres import PostgresStore
from tests.postgres import drop_made, new_address
from tests.unit.register.writers import a_chain


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a register that is not there yet."""
    yield new_address()
    drop_made()


@pytest.fixture
def filled(empty: str) -> str:
    """A closed register with three entries of one writer."""
    store = PostgresStore.create(empty)
    store.append_all(a_chain(3))
    store.close()
    return empty
