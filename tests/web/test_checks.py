"""Which versions of SQLite can lose commits, and which caches can count."""

import sqlite3

import pytest
from django.db import connection
from pytest_django import Settings

from articles.web.checks import has_wal_reset_fault, limits_are_counted, sqlite_is_sound


class WalResetFaultTests:
    @pytest.mark.parametrize(
        "version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)]
    )
    def test_versions_with_the_fault(self, version: tuple[int, ...]) -> None:
        assert has_wal_reset_fault(version)

    @pytest.mark.parametrize(
        "version", [(3, 44, 6), (3, 44, 9), (3, 50, 7), (3, 51, 3), (3, 52, 0), (3, 53, 0), (4, 0, 0)]
    )
    def test_versions_without_it(self, version: tuple[int, ...]) -> None:
        assert not has_wal_reset_fault(version)


class SqliteIsSoundTests:
    def test_faulty_version_is_warned_of(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "vendor", "sqlite")
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
        (warning,) = sqlite_is_sound(None)
        assert warning.id == "articles.W001"
        assert "SQLite 3.40.1" in str(warning.msg)

    def test_sound_version_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "vendor", "sqlite")
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
        assert sqlite_is_sound(None) == []

    def test_other_databases_do_not_have_the_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "vendor", "postgresql")
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
        assert sqlite_is_sound(None) == []


class LimitsAreCountedTests:
    @pytest.mark.parametrize(
        ("cache", "processes", "faults"),
        [
            ("locmem.LocMemCache", 1, []),
            ("locmem.LocMemCache", 2, ["articles.E003"]),
            ("redis.RedisCache", 2, []),
            ("dummy.DummyCache", 1, ["articles.E003"]),
        ],
    )
    def test_several_processes_need_a_cache_that_they_share(
        self, settings: Settings, cache: str, processes: int, faults: list[str]
    ) -> None:
        settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{cache}"}}
        settings.SERVER_PROCESSES = processes
        assert [fault.id for fault in limits_are_counted(None)] == faults
