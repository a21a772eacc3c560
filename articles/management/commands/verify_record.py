"""``verify_record``: whether what was published is recorded as it was."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.corrections.verify import altered_notices
from articles.revisions.verify import digest, verify


class Command(BaseCommand):
    help = (
        "Checks the chain of versions of every story, its notices, and the last version against what stands. "
        "Exits with 1 and names the first break of each story if the record does not hold."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every story and tell."""
        findings = list(verify())
        broken = [(finding.slug, finding.fault) for finding in findings if finding.fault]
        broken += list(altered_notices())
        for slug, fault in broken:
            self.stderr.write(f"{slug}: {fault}")
        if broken:
            raise SystemExit(1)
        self.stdout.write(f"The record of {len(findings)} stor{'y' if len(findings) == 1 else 'ies'} holds.")
        self.stdout.write(f"Its hash is {digest(findings)}.")
