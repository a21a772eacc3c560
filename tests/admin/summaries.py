"""The review screen of a summary as an editor uses it."""

from typing import Any

from django.test import Client

from articles.catalogue.models import Article
from articles.summaries.models import Bullet
from articles.summaries.points import add_drafts
from tests.admin.sheets import LIST, Answers, sheet
from tests.world import desk, make_article

RIGHT = "Kestrel has switched on a second ground station."
WRONG = "Kestrel says that 81,000 homes can order a dish."
CHANGE: Answers = {"kind": "update", "reason": "It has a summary now."}


def drafted(*texts: str, **changes: Any) -> Article:
    """A story whose points a machine has drafted; a draft itself unless ``changes`` say otherwise."""
    article = make_article(bullets=[], **{"status": "draft", **changes})
    add_drafts(article, texts or (RIGHT, WRONG), model="Abridger", prompt_version="3")
    return article


def path_of(article: Article) -> str:
    """The address of a story's screen."""
    return f"{LIST}{article.pk}/summary/"


def point(article: Article, position: int) -> Bullet:
    """The point of a story that stands there now."""
    return Bullet.objects.get(article=article, position=position)


def press(article: Article, act: str, position: int = 0, client: Client | None = None, **typed: Any) -> Any:
    """Edie opens the screen, types and ticks, and presses a button; ``position`` says of which point."""
    client = client or desk()
    return send(client, article, {**sheet(client, path_of(article)), **typed}, act, position)


def send(client: Client, article: Article, answers: Answers, act: str, position: int = 0) -> Any:
    """Press a button under a page that was opened before."""
    name = f"{act}-{point(article, position).pk}" if position else act
    return client.post(path_of(article), {**answers, "act": name})


def tick(article: Article, *positions: int) -> Answers:
    """The ticks that approve these points."""
    return {"tick": [point(article, position).pk for position in positions]}


def typed(what: str, article: Article, position: int, words: str) -> Answers:
    """What is typed about a point: its "text", its "override", or why it is rejected, "because"."""
    return {f"{what}-{point(article, position).pk}": words}


def state(article: Article) -> list[tuple[str, str]]:
    """The words and the status of each point."""
    return list(Bullet.objects.filter(article=article).values_list("text", "status"))
