"""Addresses made from names."""

from collections.abc import Callable
from unicodedata import normalize

from django.utils.text import slugify

SLUG_LENGTH = 100


def make_slug(name: str, is_taken: Callable[[str], bool], *, fallback: str) -> str:
    """A slug for ``name`` that is not taken: in Latin letters, or in its own script where that is another.

    ``fallback`` serves a name without letters. At most ``SLUG_LENGTH`` characters, cut between words; a taken one
    gets the first free number from 2.
    """
    latin = slugify(name)
    own_script = slugify(normalize("NFC", name), allow_unicode=True)
    stem = _cut(latin if 2 * len(latin) > len(own_script) else own_script) or fallback
    slug, number = stem, 1
    while is_taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _cut(slug: str) -> str:
    if len(slug) <= SLUG_LENGTH:
        return slug
    head = slug[: SLUG_LENGTH + 1]
    return head.rpartition("-")[0] or slug[:SLUG_LENGTH]
