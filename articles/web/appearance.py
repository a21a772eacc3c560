"""Reading settings: theme and text size, kept in one cookie that says nothing about who reads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COOKIE = "reading"
THEMES = {
    "auto": pgettext_lazy("theme", "Auto"),
    "light": pgettext_lazy("theme", "Light"),
    "dark": pgettext_lazy("theme", "Dark"),
}
TEXTS = {
    "s": pgettext_lazy("text size", "Small"),
    "m": pgettext_lazy("text size", "Normal"),
    "l": pgettext_lazy("text size", "Large"),
    "xl": pgettext_lazy("text size", "XL"),
}


@dataclass(frozen=True)
class ReadingSettings:
    """A reader's theme and text size; the defaults are the page that everyone shares."""

    theme: str = "auto"
    text: str = "m"

    @property
    def themes(self) -> list[tuple[str, "StrOrPromise"]]:
        """Values and names of the themes, for the form."""
        return list(THEMES.items())

    @property
    def texts(self) -> list[tuple[str, "StrOrPromise"]]:
        """Values and names of the text sizes, for the form."""
        return list(TEXTS.items())


def chosen(theme: str, text: str) -> ReadingSettings:
    """Settings from outside: what is not known falls back to the default."""
    return ReadingSettings(theme if theme in THEMES else "auto", text if text in TEXTS else "m")


def from_cookie(value: str) -> ReadingSettings:
    """The settings that a cookie holds, whatever else it may hold."""
    theme, _, text = value.partition(".")
    return chosen(theme, text)


def as_cookie(settings: ReadingSettings) -> str:
    """The one value of the cookie that holds these settings, "" for the defaults: these need no cookie."""
    return "" if settings == ReadingSettings() else f"{settings.theme}.{settings.text}"
