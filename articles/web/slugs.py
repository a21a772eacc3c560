"""What may stand for a slug in an address."""

from django.urls.converters import StringConverter


class SlugInPath(StringConverter):
    """Path converter for slugs, in whatever script: one segment without the null character.

    PostgreSQL refuses to look for text with that character in it, so such an address leads nowhere.
    """

    regex = r"[^/\0]+"
