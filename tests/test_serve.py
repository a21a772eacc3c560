"""The local run: its secret, its port and its static files. Served for real in tests/browser."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from newsroom import local, serve


class LocalEnvTests:
    def test_is_written_once_and_for_its_owner_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "var" / "local.env"
        monkeypatch.setattr(local, "VAR_DIR", file.parent)
        monkeypatch.setattr(local, "LOCAL_ENV", file)
        local.write_local_env()
        written = file.read_text()
        assert file.stat().st_mode & 0o777 == 0o600
        assert "ALLOWED_HOSTS=localhost,127.0.0.1\n" in written
        local.write_local_env()
        assert file.read_text() == written


class PortTests:
    def test_a_taken_port_is_named_before_anything_is_written(self, tmp_path: Path) -> None:
        with socket.create_server((serve.HOST, 0)) as other:
            port = other.getsockname()[1]
            command = [sys.executable, "-m", "newsroom.serve", "--port", str(port)]
            env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=local.BASE_DIR)
        assert done.returncode == 1
        assert done.stderr == (
            f"Port {port} is taken by another program. Choose another one: make run PORT={port + 1}\n"
        )
        assert not (tmp_path / "var").exists()

    def test_a_port_just_left_is_free(self) -> None:
        with socket.create_server((serve.HOST, 0)) as other:
            port = other.getsockname()[1]
            assert not serve.is_free(port)
        assert serve.is_free(port)


class WorkerTests:
    def test_one_that_ends_is_started_again_after_growing_pauses(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(serve, "FIRST_PAUSE", 0.01)
        starts = tmp_path / "starts"
        worker = serve.Worker(["sh", "-c", f"echo >> {starts}; [ $(wc -l < {starts}) = 3 ] && exec sleep 60; exit 7"])
        worker.start()
        wait_until(lambda: starts.exists() and len(starts.read_text()) == 3)
        worker.stop()
        assert capfd.readouterr().out.splitlines() == [
            "The worker ended with 7; starting it again in 0.01 s",
            "The worker ended with 7; starting it again in 0.02 s",
        ]

    def test_one_that_is_stopped_is_not(self, capfd: pytest.CaptureFixture[str]) -> None:
        worker = serve.Worker(["sleep", "60"])
        worker.start()
        wait_until(lambda: worker.process is not None)
        worker.stop()
        assert worker.process
        assert worker.process.returncode == -signal.SIGTERM
        assert capfd.readouterr().out == ""


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so. Fails after ten seconds."""
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class CollectStaticTests:
    @pytest.fixture
    def styles(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A style sheet among the site's static files, none of them collected yet."""
        styles = tmp_path / "files" / "css" / "a.css"
        styles.parent.mkdir(parents=True)
        styles.write_text("a {}")
        monkeypatch.setattr(serve, "VAR_DIR", tmp_path)
        return styles

    def collect(self, styles: Path) -> list[str]:
        """The names of the files collected when the site is set up now."""
        called: list[str] = []
        with override_settings(STATICFILES_DIRS=[styles.parent.parent]), pytest.MonkeyPatch.context() as patch:
            patch.setattr(serve, "call_command", lambda name, **_: called.append(name))
            serve.collect_static()
        return called

    def test_once_for_the_same_files(self, styles: Path) -> None:
        assert self.collect(styles) == ["collectstatic"]
        assert self.collect(styles) == []

    def test_again_when_a_file_changes_comes_or_goes(self, styles: Path) -> None:
        self.collect(styles)
        styles.write_text("a { color: red }")
        assert self.collect(styles) == ["collectstatic"]
        other = styles.with_name("b.css")
        other.write_text("b {}")
        assert self.collect(styles) == ["collectstatic"]
        other.unlink()
        assert self.collect(styles) == ["collectstatic"]
