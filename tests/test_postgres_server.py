"""Where there is no server, tests that need one step aside, or fail where it is required."""

from __future__ import annotations

import psycopg
import pytest

from tests import postgres


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(database: str) -> None:
        raise psycopg.OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(postgres, "_connection", refused)


def test_without_a_server_a_test_is_skipped_with_the_reason(nowhere, monkeypatch):
    monkeypatch.delenv(postgres.REQUIRED, raising=False)
    with pytest.raises(
        pytest.skip.Exception, match="no PostgreSQL server for tests: connection re"
    ):
        postgres.make_database("none")


def test_where_the_server_is_required_a_test_fails_instead(nowhere, monkeypatch):
    monkeypatch.setenv(postgres.REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception) as caught:
        postgres.make_database("none")
    assert "connection refused, and SAFECONDUCT_REQUIRE_POSTGRES is set." in str(caught.value)
    assert "Provide it, or unset the variable." in str(caught.value)
