"""The forms of the admin as a browser sends them back."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client

from articles.catalogue.models import Article
from articles.summaries.models import Bullet
from tests.world import desk

LIST = "/admin/articles/article/"

Answers = dict[str, Any]


class _FormReader(HTMLParser):
    """Collects what a browser would send of the fields in the page's main form."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.answers: Answers = {}
        self.textarea = ""
        self.select = ""
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "form":
            self.is_inside = found.get("id", "").endswith("_form") and found.get("id") != "logout-form"
        elif tag == "textarea":
            self.textarea = name
            self.answers[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in found or self.select not in self.answers):
            self.answers[self.select] = found.get("value", "")
        elif tag == "input" and self.is_inside and name:
            self._take_input(name, found)

    def _take_input(self, name: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in found):
            return
        self.answers[name] = found.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops the first line end and sends the others as CRLF (HTML, form submission).
            self.answers[self.textarea] = self.answers[self.textarea].removeprefix("\n").replace("\n", "\r\n")
            self.textarea = ""
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.is_inside = False

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.answers[self.textarea] += data


def sheet(client: Client, path: str) -> Answers:
    """What the browser would send back of the form at ``path`` if the editor touched nothing."""
    reader = _FormReader()
    page = client.get(path)
    assert page.status_code == 200, page.status_code
    reader.feed(page.text)
    return reader.answers


def story_path(article: Article) -> str:
    """The address of a story's form."""
    return f"{LIST}{article.pk}/change/"


def send(client: Client, path: str, answers: Answers, button: str = "_continue") -> Any:
    """Press ``button`` under a form filled in with ``answers``."""
    return client.post(path, {**answers, button: "on"})


def save(article: Article, button: Any = "_continue", client: Any = None, **changes: Any) -> Any:
    """Edie opens the story's form, changes what ``changes`` says, and presses ``button``."""
    client = client or desk()
    return send(client, story_path(article), {**sheet(client, story_path(article)), **changes}, button)


def messages_of(answer: Any) -> list[str]:
    """What the admin says of what was done."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def errors_of(answer: Any) -> dict[str, list[str]]:
    """What is wrong with the fields of the story itself."""
    return {name: list(found) for name, found in answer.context["adminform"].form.errors.items()}


def points_of(article: Article) -> list[tuple[int, str]]:
    """The numbers and texts of a story's points, drafts included."""
    return list(Bullet.objects.filter(article=article).values_list("position", "text"))


def fresh(article: Article) -> Article:
    """The story as the database has it now."""
    return Article.objects.get(pk=article.pk)
