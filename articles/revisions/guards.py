"""Triggers that keep the record whole, whoever writes: what was published is neither rewritten nor deleted.

Those of samples are exempt from deletion. SQLite deletes what a REPLACE displaces without a word to the triggers of
deletion, so the triggers of insertion refuse that.
"""

from articles.web import triggers
from articles.web.triggers import Trigger, refusal

PREFIX = "articles_record_"
PUBLIC = "('published', 'withdrawn', 'sealed')"
KEPT = "What was published is kept as it was: publish a correction instead."
SEALED_ONLY = "The text of a version can be taken out of the record only by sealing the story."
IN_ORDER = "A version of a story follows on the one before it."
BY_ACT = "The words and the status of a published story change only together with a new version of it."

WORDS = ("headline", "standfirst", "byline", "body_markdown", "body_text")
LAST = "(SELECT max(number) FROM articles_revision WHERE article_id = NEW.id)"
LAST_STATUS = f"""(SELECT kind FROM articles_revision WHERE article_id = NEW.id AND kind IN {PUBLIC}
        ORDER BY number DESC LIMIT 1)"""  # noqa: S608
IS_RECORDED = f"""EXISTS (SELECT 1 FROM articles_revision AS version
        JOIN articles_revisiontext AS text ON text.revision_id = version.id
        WHERE version.article_id = NEW.id AND version.number = {LAST}
        AND {" AND ".join(f"text.{name} = NEW.{name}" for name in WORDS)})"""  # noqa: S608
OLD_WORDS, NEW_WORDS = (", ".join(f"{row}.{name}" for name in ("status", *WORDS)) for row in ("OLD", "NEW"))


def append_only(table: str, taken: str) -> tuple[Trigger, ...]:
    """The triggers that refuse to change or delete rows of ``table``, which tells by ``is_sample`` those of samples.

    ``taken`` is the condition under which a row that is there has what only one row may have.
    """
    name = table.removeprefix("articles_")
    is_there = f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608
    is_real = f"EXISTS (SELECT 1 FROM {table} WHERE NOT is_sample)"  # noqa: S608
    return (
        refusal(f"{PREFIX}{name}_replace", table, "INSERT", KEPT, is_there),
        refusal(f"{PREFIX}{name}_update", table, "UPDATE", KEPT, "TRUE"),
        refusal(f"{PREFIX}{name}_delete", table, "DELETE", KEPT, "NOT OLD.is_sample"),
        refusal(f"{PREFIX}{name}_truncate", table, "TRUNCATE", KEPT, is_real),
    )


TRIGGERS = (
    *append_only("articles_revision", "id = NEW.id"),
    refusal(
        f"{PREFIX}revision_order",
        "articles_revision",
        "INSERT",
        IN_ORDER,
        """NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM articles_revision WHERE article_id = NEW.article_id)
        OR NEW.previous_hash <> coalesce((SELECT hash FROM articles_revision WHERE article_id = NEW.article_id
        ORDER BY number DESC LIMIT 1), '')""",
    ),
    refusal(
        f"{PREFIX}text_replace",
        "articles_revisiontext",
        "INSERT",
        KEPT,
        "EXISTS (SELECT 1 FROM articles_revisiontext WHERE revision_id = NEW.revision_id)",
    ),
    refusal(f"{PREFIX}text_update", "articles_revisiontext", "UPDATE", KEPT, "TRUE"),
    refusal(
        f"{PREFIX}text_delete",
        "articles_revisiontext",
        "DELETE",
        SEALED_ONLY,
        """NOT EXISTS (SELECT 1 FROM articles_revision AS version LEFT JOIN articles_revision AS seal
        ON seal.article_id = version.article_id AND seal.number > version.number AND seal.kind = 'sealed'
        WHERE version.id = OLD.revision_id AND (version.is_sample OR seal.id IS NOT NULL))""",
        names=("articles_revision",),
    ),
    refusal(
        f"{PREFIX}text_truncate",
        "articles_revisiontext",
        "TRUNCATE",
        SEALED_ONLY,
        "EXISTS (SELECT 1 FROM articles_revision WHERE NOT is_sample)",
        names=("articles_revision",),
    ),
    refusal(
        f"{PREFIX}article_insert",
        "articles_article",
        "INSERT",
        BY_ACT,
        f"""NEW.status IN {PUBLIC} OR EXISTS (SELECT 1 FROM articles_article
        WHERE status IN {PUBLIC} AND (id = NEW.id OR slug = NEW.slug))""",  # noqa: S608
    ),
    refusal(
        f"{PREFIX}article_update",
        "articles_article",
        "UPDATE",
        BY_ACT,
        f"""(OLD.status IN {PUBLIC} OR NEW.status IN {PUBLIC}) AND (
        NEW.status NOT IN {PUBLIC} OR NEW.id <> OLD.id OR NEW.is_sample <> OLD.is_sample
        OR (NEW.status <> OLD.status AND NEW.status <> coalesce({LAST_STATUS}, ''))
        OR (NEW.status <> 'sealed' AND ({NEW_WORDS}) <> ({OLD_WORDS}) AND NOT {IS_RECORDED})
        OR (NEW.status = 'sealed' AND (NEW.standfirst <> '' OR NEW.byline <> '' OR NEW.body_markdown <> ''))
        OR (NEW.body_html <> OLD.body_html AND NEW.body_markdown = OLD.body_markdown))""",
        names=("articles_revision", "articles_revisiontext"),
    ),
    refusal(
        f"{PREFIX}article_delete",
        "articles_article",
        "DELETE",
        KEPT,
        f"OLD.status IN {PUBLIC} AND NOT OLD.is_sample",
    ),
)
triggers.register(*TRIGGERS)
