"""Stories that are possibly the same: found when one is imported, decided by an editor."""

from collections.abc import Sequence

from django.db import connection

from articles.catalogue.models import Article
from articles.importing.likeness import ALIKE, Traits, keys_of, resemblance, traits_of
from articles.importing.possible_repeats import PossibleRepeat

# How many stories are compared, those first that share most keys.
MOST_COMPARED = 32
# Every story that is imported takes this path: by hand it takes a sixth of the time that the ORM takes.
LOOK_UP = """
    SELECT article_id, traits FROM articles_likeness WHERE article_id IN (
        SELECT article_id FROM articles_likenesskey WHERE key IN ({places})
        GROUP BY article_id ORDER BY COUNT(*) DESC, article_id LIMIT {most}
    )
"""
WRITE_TRAITS = "INSERT INTO articles_likeness (article_id, traits) VALUES (%s, %s)"
WRITE_KEY = "INSERT INTO articles_likenesskey (article_id, key) VALUES (%s, %s)"


def find_repeats(article: Article) -> list[PossibleRepeat]:
    """Flag the earlier stories that a new one possibly repeats, most alike first, and let later ones find it.

    Call it once, in the transaction that writes the story. It merges nothing and changes no story.
    """
    traits = traits_of(article.headline, article.body_text)
    keys = keys_of(traits)
    found = [
        PossibleRepeat(article=article, other_id=other, resemblance=likeness)
        for likeness, other in alike_stories(traits, keys)
    ]
    PossibleRepeat.objects.bulk_create(found)
    remember(article.pk, traits, keys)
    return found


def alike_stories(traits: Traits, keys: Sequence[int]) -> list[tuple[float, int]]:
    """The stories that are alike, most alike first: the resemblance and the primary key of each."""
    near = _sharing(keys) if keys else []
    scored = [(resemblance(traits, Traits.unpacked(bytes(raw))), pk) for pk, raw in near]
    return sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1]))


def remember(article_id: int, traits: Traits, keys: Sequence[int]) -> None:
    """Let later stories find this one."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE_TRAITS, [article_id, traits.packed()])
        cursor.executemany(WRITE_KEY, [(article_id, key) for key in keys])


def _sharing(keys: Sequence[int]) -> list[tuple[int, bytes]]:
    """The stories that share most keys, with their packed traits."""
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP.format(places=places, most=MOST_COMPARED), keys)
        found: list[tuple[int, bytes]] = cursor.fetchall()
    return found
