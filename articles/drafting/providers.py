"""Who drafts: the seam between asking for a draft and the two ways in which one is made."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from articles.drafting.extractive import draft_bullets
from articles.drafting.prompt import Story
from articles.summaries.word_counts import weights_now

BUILT_IN = "built-in"


@dataclass(frozen=True)
class Usage:
    """How many tokens a server read and wrote, by its own account or, where it gives none, as estimated."""

    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)

    @property
    def tokens(self) -> int:
        """Both together."""
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True)
class Draft:
    """The texts of a draft in their order, what it took, and whether only the start of the story was read."""

    texts: tuple[str, ...]
    usage: Usage = Usage()
    is_cut: bool = False


class DraftError(Exception):
    """There is no draft, and why, as a sentence for an editor; nothing in it comes from the server.

    ``is_temporary`` says that the same may succeed later, after ``wait`` seconds at the earliest.
    """

    def __init__(self, reason: str, *, usage: Usage = Usage(), is_temporary: bool = False, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.usage = usage
        self.is_temporary = is_temporary
        self.wait = wait


class Drafter(Protocol):
    """Something that drafts. ``model`` and ``prompt_version`` are kept with every draft that it makes."""

    @property
    def model(self) -> str: ...

    @property
    def prompt_version(self) -> str: ...

    @property
    def is_remote(self) -> bool:
        """Whether the story leaves the site, takes its time and costs tokens."""

    def draft(self, story: Story) -> Draft:
        """Draft bullets for ``story``. Raises DraftError."""


class BuiltInDrafter:
    """Picks sentences of the story itself: see ``extractive``."""

    model = BUILT_IN
    prompt_version = ""
    is_remote = False

    def draft(self, story: Story) -> Draft:
        """Three to five sentences of the story, fewer if it has no more."""
        texts = draft_bullets(story.text, weights_now())
        if not texts:
            raise DraftError(_("The story has no sentences to draft from."))
        return Draft(tuple(texts))


def has_server() -> bool:
    """Whether the site has a drafting server."""
    return bool(settings.DRAFTING_BASE_URL)


def choose_drafter(*, is_built_in: bool = False) -> Drafter:
    """The drafting server if the site has one, else the built-in drafter; that one also where it is asked for.

    Raises DraftError where a server is set and the SDK to talk to it is not installed.
    """
    if is_built_in or not has_server():
        return BuiltInDrafter()
    try:
        from articles.drafting.server import ServerDrafter  # noqa: PLC0415 (its SDK is an extra, and slow to load)
    except ModuleNotFoundError:
        raise DraftError(_("The drafting server needs the SDK: install the extra “openai”.")) from None
    return ServerDrafter(
        base_url=settings.DRAFTING_BASE_URL,
        api_key=settings.DRAFTING_API_KEY,
        model=settings.DRAFTING_MODEL,
        seconds=settings.DRAFTING_TIMEOUT,
        most_tokens=settings.DRAFTING_MAX_TOKENS,
    )
