"""What holds for the project as a whole: its dependencies, settings, templates and style sheets."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command, get_commands
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))

# What a page may not hold: each would need a hole in the content security policy, or trust in what someone typed.
# A block of structured data is no script: the policy lets it stand, and no browser runs it.
BANNED_MARKUP = {
    "inline script": r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)",
    "inline style": r"<style\b",
    "style attribute": r"<[^>]*\sstyle\s*=",
    "event attribute": r"<[^>]*\son\w+\s*=",
    "htmx event attribute": r"\shx-on\b",
    "script address": r"javascript:",
    "unescaped value": r"\|\s*safe(seq)?\b|autoescape\s+off",
    "asset of another site": r"<(?:script|link|img|source|iframe)\b[^>]*\b(?:src|srcset|href)\s*=\s*.?(?:https?:)?//",
}


def manage(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """Run a management command with the site's own settings and nothing but ``env`` in the environment."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-W", "error", str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env={**inherited, **env})


class DependencyTests:
    def test_each_says_why_it_is_there(self) -> None:
        lines = list(dependency_lines((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
        assert len(lines) > 10
        assert [line for line in lines if not re.search(r"\S\s+# \w", line)] == []

    def test_lines_are_found_in_both_kinds_of_list(self) -> None:
        text = (
            'dependencies = [\n    "a~=1", # why\n]\n[project.optional-dependencies]\nb = ["b~=2"] # why\nname = "c"\n'
        )
        assert list(dependency_lines(text)) == ['    "a~=1", # why', 'b = ["b~=2"] # why']


class ReadmeTests:
    def test_its_commands_exist(self) -> None:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        made = set(re.findall(r"(?:^|`(?:[A-Z]+=\w+ )?)make ([a-z]+)", readme, re.MULTILINE))
        assert {"run", "test"} <= made <= targets
        assert set(re.findall(r"manage\.py ([a-z_]+)", readme)) <= get_commands().keys()


class MigrationTests:
    @pytest.mark.django_db
    def test_models_have_no_change_without_a_migration(self) -> None:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


class SettingsTests:
    @pytest.mark.parametrize(
        ("env", "missing"),
        [
            ({}, "SECRET_KEY and ALLOWED_HOSTS not set"),
            ({"SECRET_KEY": "k" * 60}, "ALLOWED_HOSTS not set"),
            ({"ALLOWED_HOSTS": "news.example"}, "SECRET_KEY not set"),
        ],
    )
    def test_refuses_to_start_and_says_what_is_missing(self, tmp_path: Path, env: dict[str, str], missing: str) -> None:
        done = manage("check", VAR_DIR=str(tmp_path), **env)
        assert done.returncode != 0
        assert missing in done.stderr

    @pytest.mark.parametrize("code", ["fr", "nonsense", "../ar"])
    def test_refuses_a_language_that_it_does_not_speak(self, tmp_path: Path, code: str) -> None:
        env = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "news.example", "LANGUAGE_CODE": code}
        done = manage("check", VAR_DIR=str(tmp_path), **env)
        assert done.returncode != 0
        assert f"LANGUAGE_CODE is {code!r}, which has no catalogue: set one of ar, en" in done.stderr

    @pytest.mark.parametrize("code", ["en-gb", "AR", "ar-eg"])
    def test_starts_in_a_language_that_it_speaks(self, tmp_path: Path, code: str) -> None:
        env = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "news.example", "LANGUAGE_CODE": code}
        done = manage("check", VAR_DIR=str(tmp_path), **env)
        assert done.returncode == 0, done.stderr

    def test_deployed_with_tls_it_passes_every_check(self, tmp_path: Path) -> None:
        key = "".join(chr(33 + number) for number in range(60))
        env = {"SECRET_KEY": key, "ALLOWED_HOSTS": "news.example", "SITE_URL": "https://news.example"}
        done = manage("check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **env)
        assert done.stdout == "System check identified no issues (2 silenced).\n", done.stderr

    def test_deployed_with_tls_it_sends_readers_there(self, tmp_path: Path) -> None:
        ask = """
from django.test import Client
print(Client().get("/about/")["Location"])
print(Client().get("/healthz").status_code)
print(Client().get("/healthz", secure=True)["Strict-Transport-Security"])
"""
        (tmp_path / "static").mkdir()
        env = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "testserver", "SITE_URL": "https://testserver"}
        done = manage("shell", "--no-imports", "-c", ask, VAR_DIR=str(tmp_path), **env)
        assert done.stdout == "https://testserver/about/\n200\nmax-age=31536000\n", done.stderr

    @pytest.mark.django_db
    def test_a_plain_local_site_asks_for_no_tls(self) -> None:
        assert settings.SITE_URL.startswith("http:")
        answer = Client().get("/about/")
        assert answer.status_code == 200
        assert "Strict-Transport-Security" not in answer
        assert "upgrade-insecure-requests" not in answer["Content-Security-Policy"]
        assert not settings.SESSION_COOKIE_SECURE
        assert not settings.CSRF_COOKIE_SECURE


class TemplateTests:
    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
    def test_markup_needs_no_hole_in_the_policy(self, path: Path) -> None:
        assert banned_in(path.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        "markup",
        [
            "<script>go()</script>",
            "<style>p{}</style>",
            '<p class="a" style="color:red">',
            '<a href="/" onclick="go()">',
            '<a hx-on:click="go()">',
            '<a href="javascript:go()">',
            "{{ body|safe }}",
            "{% autoescape off %}",
            '<img alt="" src="https://cdn.example/a.png">',
            '<script src="//cdn.example/a.js"></script>',
        ],
    )
    def test_checker_can_fail(self, markup: str) -> None:
        assert len(banned_in(markup)) == 1

    def test_static_files_exist(self) -> None:
        named = {name for path in TEMPLATES for name in re.findall(r"{% static ['\"]([^'\"]+)", path.read_text())}
        assert len(named) > 5
        assert [name for name in sorted(named) if not finders.find(name)] == []


class StyleTests:
    @pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: path.name)
    def test_nothing_is_loaded_from_elsewhere(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"@import|url\(\s*[\"']?(?:https?:|data:|//)|[\"'`](?:https?:)?//\w", text) == []

    @pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
    def test_files_named_in_style_sheets_exist(self, path: Path) -> None:
        named = re.findall(r"url\(\s*[\"']?([^\"')#]+)", path.read_text(encoding="utf-8"))
        assert [name for name in named if not (path.parent / name).exists()] == []


def dependency_lines(text: str) -> Iterator[str]:
    """The lines of pyproject.toml that name a dependency: inside a list, or a list on one line."""
    is_inside = False
    for line in text.splitlines():
        if is_inside and re.match(r'\s*"', line):
            yield line
        if re.match(r'[\w-]+ = \["[\w-]+(\[[\w,-]+\])?\s*[~=<>!]', line):
            yield line
        is_inside = bool(re.match(r"(dependencies|dev) = \[$", line)) or (is_inside and not line.startswith("]"))


def banned_in(markup: str) -> list[str]:
    """What this markup holds that no page may."""
    return [name for name, pattern in BANNED_MARKUP.items() if re.search(pattern, markup)]
