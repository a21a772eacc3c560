"""The words that the old site's pages have around every story: menus, buttons, counters. Recognised, and left out.

They are looked for above the title and below the story only: in between, the same words are the story's own.
"""

import re

from django.utils.translation import gettext as _

from articles.importing.documents import LineWarning
from articles.importing.formats.text_export.lines import Lines

MENU = frozenset(
    """about|about us|all posts|articles|blog|contact|contact us|home|latest|latest news|log in|log in / sign up|login
    |menu|more|news|reviews|search|search...|share|sign up|skip to content|skip to main content|subscribe|tech
    |tech news|technology|use tab to navigate through the menu items.""".replace("\n    ", "").split("|")
)
BUTTONS = frozenset(
    """add a rating|all posts|back to top|comment|commenting has been turned off.|comments|copy link|facebook|follow us
    |instagram|like|linkedin|log in|no ratings yet|pinterest|post not marked as liked|print|search|see all|share
    |share this article|share this post|sign up|subscribe|twitter|whatsapp|write a comment|write a comment...
    |write a comment…|x|x (twitter)|youtube""".replace("\n    ", "").split("|")
)
COUNTER = re.compile(
    r"\d+ (?:comments?|likes?|views?)|\d+ like\. post not marked as liked|rated (?:0|nan) out of 5 stars\.?",
    re.IGNORECASE,
)
READING_TIME = re.compile(r"\d+\s*min(?:ute)?s?(?:\s+read)?", re.IGNORECASE)
OTHER_STORIES = frozenset(
    "more stories|more to read|read next|recent posts|related articles|related posts|related stories|you may also like"
    "|you might also like".split("|")
)
LINK_LENGTH = 150


def is_menu(words: str) -> bool:
    """Whether ``words`` above a title belong to the page: an entry of its menu, a counter."""
    return words.casefold() in MENU or is_counter(words)


def is_counter(words: str) -> bool:
    """Whether ``words`` count views, likes, comments or ratings that nobody gave."""
    return bool(COUNTER.fullmatch(words))


def is_button(words: str) -> bool:
    """Whether ``words`` below a story belong to the page: a button, a counter."""
    return words.casefold() in BUTTONS or is_counter(words)


def without_last(lines: Lines) -> Lines:
    """``lines`` without the buttons and counters at their end."""
    end = len(lines)
    while end and is_button(lines[end - 1].says):
        end -= 1
    return lines[:end]


def without_links(lines: Lines, warnings: list[LineWarning]) -> Lines:
    """``lines`` from below a story without buttons, and without the headlines of other stories under their heading."""
    kept: Lines = []
    is_under_heading = False
    for line in lines:
        if is_button(line.says):
            continue
        if line.says.rstrip(":").casefold() in OTHER_STORIES:
            is_under_heading = True
        elif is_under_heading and len(line.says) <= LINK_LENGTH and not line.is_finished:
            what = _("“%(line)s” is a link to another story: left out") % {"line": line.says}
            warnings.append(LineWarning(line.number, what))
        else:
            kept.append(line)
    return kept
