"""Triggers that keep published corrections as they are."""

from articles.revisions.guards import append_only
from articles.web import triggers

TRIGGERS = append_only(
    "articles_correction",
    "id = NEW.id OR code = NEW.code OR revision_id = NEW.revision_id OR supersedes_id = NEW.supersedes_id"
    " OR (article_id = NEW.article_id AND number = NEW.number)",
)
triggers.register(*TRIGGERS)
