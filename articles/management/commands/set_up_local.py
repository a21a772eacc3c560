"""Gives a new local site its first stories and its editor."""

import os
import secrets
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from articles.importing.fixtures import load_once
from articles.importing.report import lines_of, totals
from articles.summaries.ties import tie_all
from articles.web.site import absolute_url

USERNAME = "editor"
# What only the verbs of publishing and importing write: editors read it.
RECORDS = (
    "correction",
    "evidence",
    "feeditem",
    "formerslug",
    "importeddocument",
    "importrun",
    "likeness",
    "likenesskey",
    "loadedfixture",
    "original",
    "possiblerepeat",
    "proposedchange",
    "proposedfield",
    "proposedcorrection",
    "revision",
    "revisiontext",
)
REMOVABLE = ("article", "articlesource", "articletopic", "bullet", "image", "reviewdetails", "source", "topic")


class Command(BaseCommand):
    help = "Loads the seeds and samples once and makes one editor account; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=settings.BASE_DIR / "fixtures", help="folder to load from")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up; exits with 1 if a story could not be loaded. The seeds come last and so stand first.

        Points that a run before this one left without evidence get it now.
        """
        results = [result for name in ("samples", "seeds") for result in load_once(options["fixtures"] / name)]
        failed = [result for result in results if result.is_error]
        for result in failed:
            self.stderr.write("\n".join(lines_of(result)))
        if results:
            self.stdout.write(f"Stories: {totals(Counter(result.outcome for result in results), is_dry_run=False)}")
        tie_all()
        for line in make_editor():
            self.stdout.write(line)
        if failed:
            raise SystemExit(1)


@transaction.atomic
def make_editor() -> list[str]:
    """Make the editor account unless it is there; lines that say how to sign in."""
    sign_in = absolute_url(reverse("admin:index"))
    if User.objects.filter(username=USERNAME).exists():
        return [f"Editors sign in at {sign_in}"]
    password = secrets.token_urlsafe(12)
    editor = User.objects.create_user(USERNAME, password=password, is_staff=True)
    editor.groups.add(make_group())
    kept = settings.VAR_DIR / "editor-password.txt"
    write_secret(kept, password)
    return [
        f"Sign in at {sign_in} as {USERNAME} with the password {password} (kept in {kept}).",
        f"Please change it at {absolute_url(reverse('admin:password_change'))}",
    ]


def make_group() -> Group:
    """The group of editors: they write, review and answer; they neither rewrite records nor manage accounts."""
    group, is_new = Group.objects.get_or_create(name="Editors")
    if is_new:
        ours = Permission.objects.filter(content_type__app_label="articles")
        reads = Q(codename__startswith="view_")
        writes = Q(codename__regex="^(add|change)_") & ~Q(content_type__model__in=RECORDS)
        removes = Q(codename__startswith="delete_", content_type__model__in=REMOVABLE)
        group.permissions.set(ours.filter(reads | writes | removes))
    return group


def write_secret(path: Path, secret: str) -> None:
    """Write ``secret`` to a new file that its owner alone may read, in place of an older one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(f"{secret}\n")
