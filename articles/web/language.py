"""The language that the interface speaks, for elements that hold its words."""

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi


def attributes() -> dict[str, str]:
    """``lang`` and ``dir`` of the interface's words: of a page, and of what stands among the words of a story."""
    return {"lang": get_language() or settings.LANGUAGE_CODE, "dir": "rtl" if get_language_bidi() else "ltr"}
