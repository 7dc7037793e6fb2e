"""A judgement is the same byte for byte, and the register's head, on whichever store it rests."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.files.replay import entries_of
from safeconduct.app.cases import check_moment
from safeconduct.app.opening import Opened
from safeconduct.register import register_head, roots_of
from safeconduct.register.copying import copy
from tests.contracts.test_store_contract import MAKERS
from tests.golden.bundled import moments, opened
from tests.postgres import drop_made

CASES = ("aleppo-2016-11-04-russian-pause", "homs-2014-02-old-city")


@pytest.mark.law(10)
@pytest.mark.parametrize("name", CASES)
def test_all_stores_give_the_same_head_and_the_same_sealed_judgements(name, tmp_path):
    bundled = opened(name)
    assert bundled.case is not None
    asked = moments(name)[:4]
    assert len(asked) > 2
    expected = [check_moment(bundled, moment).judgement.sealed for moment in asked]
    heads = {}
    for kind, maker in MAKERS.items():
        folder = tmp_path / kind
        folder.mkdir()
        store = maker(folder)(replay=True)
        store.append_all(entries_of(bundled.case))
        answers = answers_of(bundled, store, asked)
        assert answers == expected, kind
        heads[kind] = register_head(roots_of(store))
        store.close()
    assert len(set(heads.values())) == 1
    drop_made()


def answers_of(bundled: Opened, store, asked):
    """The sealed judgements that rest on this store alone: its entries, areas and network."""
    on_it = Opened(name=bundled.name, title=bundled.title, store=store, policy=bundled.policy)
    return [check_moment(on_it, moment).judgement.sealed for moment in asked]


def test_a_register_that_was_moved_twice_gives_the_same_judgements(tmp_path: Path):
    bundled = opened(CASES[1])
    asked = moments(CASES[1])
    file, server = (
        MAKERS["sqlite"](tmp_path)(replay=True),
        MAKERS["postgres"](tmp_path)(replay=True),
    )
    assert copy(bundled.store, file) == copy(file, server)
    expected = answers_of(bundled, bundled.store, asked)
    assert answers_of(bundled, server, asked) == expected
    file.close()
    server.close()
    drop_made()
