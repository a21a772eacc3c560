"""The gate: what no named editor has approved comes out nowhere.

Every address that the site answers to is asked, in each of its forms, while secrets wait behind the gate. A new
address is walked as soon as there is one; if it has a parameter of a new name, its values are to be given here.
"""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from articles.catalogue.models import Article
from articles.corrections.mail import tell_editors
from articles.corrections.models import Follower, Report
from articles.management.commands.export_site import lines
from articles.revisions import acts
from articles.summaries import ties
from articles.summaries.models import Bullet
from articles.summaries.points import Point, add_drafts, approve, reject, reword
from tests.world import NOON, correct, edie, make_article, make_review, rita

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET, SEEN = "zyxsecret", "zyxseen"
STATION = "Kestrel has switched on a second ground station."

Routes = dict[str, list[str]]


def draft(article: Article, *texts: str) -> list[Bullet]:
    return add_drafts(article, texts, model="some-model", prompt_version="1")


@pytest.fixture
def story(db: None) -> Article:
    """A story with points that readers see, and with one secret for each way of not being approved."""
    article = make_article(slug="story", headline=f"Kestrel {SEEN}", bullets=[f"Kestrel {SEEN}.", STATION])
    draft(article, f"Kestrel {SECRET} replaced.")
    reworded, rejected, approved, *_ = draft(
        article, f"{SECRET} {STATION}", f"{SECRET} rejected.", f"Kestrel machine {SEEN}.", f"Kestrel {SECRET}."
    )
    reword(reworded, f"{SECRET} reworded.", by=edie())
    reject(rejected, by=edie(), reason=f"{SECRET} reason.")
    why = acts.Approval(approved, override=f"{SEEN} override.")
    acts.approve_points(article, [why], by=edie(), kind="update", reason="A point was added.")
    ties.choose(Bullet.objects.get(text=f"Kestrel {SECRET}."), [("body", 0, 7)], by=edie())
    take_back(article)
    return article


def take_back(article: Article) -> None:
    """Reword a point that readers saw, without approving its new words; and leave one of Edie's own unapproved."""
    seen = Bullet.objects.get(article=article, text=STATION)
    points = [
        Point(bullet.text, True, bullet.pk) if bullet != seen else Point(f"{SECRET} after.", False, bullet.pk)
        for bullet in Bullet.objects.visible().filter(article=article)
    ]
    points.append(Point(f"{SECRET} of Edie's.", False))
    article.refresh_from_db()
    acts.change(article, article.wording, points, by=edie(), kind="minor", reason="A point was taken out.")


@pytest.fixture
def site(story: Article) -> Routes:
    """Stories in every state with secrets of their own; the values of the parameters that addresses have."""
    review = make_review(slug="review", bullets=[f"Quiet {SEEN}."])
    hidden = [make_article(slug=status, status=status, bullets=[]) for status in ("draft", "in_review", "withdrawn")]
    for article in (review, *hidden):
        draft(article, f"Kestrel {SECRET} {article.slug}.")
    lost = draft(review, f"Pell {SECRET} lost.")
    Bullet.objects.filter(pk__in=[bullet.pk for bullet in lost]).update(under_review_at=NOON)
    story.take_slug("moved")
    story.save()
    Report.objects.create(article=story, kind="fact", what="It is 40.", code="7K3M9QXTWP")
    notice = correct(review, standfirst="The third in a year.")
    follower = Follower.objects.create(article=story, email="rita@example.org")
    return {
        "articles/ slug": ["moved", "story", "review", "draft", "in_review", "withdrawn", "none"],
        "topics/ slug": ["networks", "none"],
        "sources/ slug": ["nordlys-tech", "none"],
        "reports/ code": ["7K3M9QXTWP"],
        "corrections/ code": [notice.code],
        "history/ number": ["1", "2", "3"],
        "follow/ token": [follower.token],
        "feed extension": ["rss", "atom", "json"],
        "sitemap block": ["1", "2"],
        "media/ path": ["none.png"],
    }


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Every route of the site but those of the admin."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and route != "admin/":
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses(route: str, values: Routes) -> Iterator[str]:
    """The addresses of a route, one for each of the values of its parameters. Raises KeyError for an unknown one."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", route)
    pattern = re.sub(r"<[^>]+>", "{}", route)
    for chosen in product(*(values_of(route, name, values) for name in names)):
        yield "/" + pattern.format(*chosen)


def values_of(route: str, name: str, values: Routes) -> list[str]:
    for key, known in values.items():
        part, _, parameter = key.partition(" ")
        if parameter == name and part in route:
            return known
    raise KeyError(f"Give the gate's walk values for <{name}> of {route}.")


def fragments() -> set[str]:
    """The names of all fragments: what htmx may ask for."""
    pages = (path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    return {name for page in pages for name in re.findall(r"{% partialdef ([\w-]+)", page)}


def queries(route: str) -> list[dict[str, str]]:
    """What may be asked for in the address."""
    if route.startswith("search"):
        return [{}, {"q": "Kestrel"}, {"q": SEEN}, {"q": "machine", "source": "nordlys-tech"}]
    if route.endswith("report/"):
        return [{"version": str(version), "bullet": str(place)} for version in range(4) for place in range(6)]
    return [{}]


def body_of(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return f"{answer.headers} {content.decode(errors='replace')}"


@pytest.mark.django_db
class WalkTests:
    def test_no_address_in_any_form_shows_what_nobody_approved(self, site: Routes) -> None:
        forms: list[dict[str, str]] = [{}]
        forms += [{"HX-Request": "true", "HX-Target": name} for name in sorted(fragments())]
        shown: set[str] = set()
        for route in routes(get_resolver().url_patterns):
            for address, query, headers in product(addresses(route, site), queries(route), forms):
                body = body_of(rita().get(address, query, headers=headers))
                assert SECRET not in body, (address, query, headers)
                if SEEN in body:
                    shown.add(route)
        assert {"", "articles/<label:slug>/", "articles/<label:slug>/brief/", "articles/<label:slug>/summary/"} <= shown
        assert {"search/", "feed.<str:extension>", "topics/<label:slug>/", "articles/<label:slug>/report/"} <= shown

    def test_walk_finds_what_gets_out(self, story: Article) -> None:
        approve(story, Bullet.objects.get(text=f"Kestrel {SECRET}."), by=edie(), override="Edie was there.")
        for address in ("/", "/articles/story/", "/articles/story/brief/", "/articles/story/summary/", "/feed.json"):
            assert SECRET in body_of(rita().get(address)), address

    def test_walk_knows_every_route(self, site: Routes) -> None:
        walked = {route: list(addresses(route, site)) for route in routes(get_resolver().url_patterns)}
        assert len(walked) > 20
        assert all(walked.values())
        with pytest.raises(KeyError, match="<shoe>"):
            list(addresses("articles/<int:shoe>/", site))

    def test_search_finds_no_story_by_it(self, site: Routes) -> None:
        assert rita().get("/search/", {"q": SEEN}).context["results"]
        for query in (SECRET, f'"Kestrel {SECRET}"', SECRET[:6]):
            assert not rita().get("/search/", {"q": query}).context["results"]

    def test_export_leaves_it_here(self, site: Routes) -> None:
        exported = "\n".join(lines())
        assert SEEN in exported
        assert SECRET not in exported

    def test_no_mail_carries_it(self, site: Routes, settings: Settings, mailoutbox: list[EmailMessage]) -> None:
        settings.EMAIL_IS_SET_UP = True
        settings.EDITORS_EMAIL = "desk@example.org"
        for report in Report.objects.all():
            tell_editors.call(report.pk)
        answers = {"kind": "fact", "what": "It is 40.", "bullet": "4", "email": "rita@example.org"}
        assert rita().post("/articles/moved/report/", answers).status_code in (302, 303)
        assert mailoutbox
        assert [mail.subject for mail in mailoutbox if SECRET in str(mail.message())] == []


# Outside ``summaries``, these read or write points without ``visible``.
READERS = {
    "catalogue/admin.py",  # counts them for editors
    "corrections/reported_change.py",  # shows an editor what readers see of them, to correct it
    "drafting/review/decisions.py",  # carries out what an editor decides on the review screen
    "drafting/review/screen.py",  # shows them to that editor
    "revisions/seen.py",  # remembers what an editor saw of them in a form
    "importing/standing.py",  # holds a story against a file, for editors; without a machine's drafts
    "importing/restoring.py",  # writes those that another site showed
}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
RELATIONS = {"bullets", "bullet_events"}
QUERIES = set("all filter exclude values values_list get first last count exists order_by iterator annotate".split())


def ways_past(source: str) -> list[str]:
    """Where a module asks for points or their history without ``visible`` first."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            found += ways_of_attribute(ast.unparse(node).split("."))
        if isinstance(node, ast.Call):
            found += ways_of_call(node)
    return found


def ways_of_attribute(parts: list[str]) -> list[str]:
    model, manager, name = ["", *parts][-3:] if len(parts) > 1 else ["", "", ""]
    is_manager = model in ("Bullet", "BulletEvent") and manager in MANAGERS and name != "visible"
    return [".".join(parts)] if is_manager or (manager in RELATIONS and name in QUERIES) else []


def ways_of_call(node: ast.Call) -> list[str]:
    names = [keyword.arg for keyword in node.keywords if keyword.arg and "__" in keyword.arg]
    if ast.unparse(node.func).rpartition(".")[2] in ("prefetch_related", "Prefetch"):
        names += [str(ast.literal_eval(given)) for given in node.args if isinstance(given, ast.Constant)]
    return [name for name in names if name.partition("__")[0] in RELATIONS]


class WayOutTests:
    """``visible`` is the only way out: whoever else reads points is named above."""

    def test_no_other_module_reads_points(self) -> None:
        ways = {
            str(path.relative_to(ROOT / "articles")): ways_past(path.read_text(encoding="utf-8"))
            for path in (ROOT / "articles").rglob("*.py")
            if not {"summaries", "migrations"} & set(path.parts)
        }
        names = {name for name, found in ways.items() if found}
        assert names == READERS

    def test_no_public_template_reads_them(self) -> None:
        pages = [path for path in (ROOT / "templates").rglob("*") if path.is_file() and "admin" not in path.parts]
        assert len(pages) > 30
        assert [page.name for page in pages if re.search(r"\.(bullets|bullet_events)\b", page.read_text())] == []

    def test_only_the_search_index_names_their_table_and_takes_those_approved(self) -> None:
        naming = {path.name: path.read_text() for path in (ROOT / "articles").rglob("*.py")}
        naming = {
            name: text
            for name, text in naming.items()
            if re.search(r"(?<!SELECT article_id )FROM articles_bullet\b", text)
        }
        assert naming.keys() == {"sqlite.py", "postgres.py"}
        assert all("status = 'approved'" in text for text in naming.values())

    @pytest.mark.parametrize(
        "source",
        [
            "Bullet.objects.all()",
            "Bullet.objects.filter(article=a)",
            "Bullet._base_manager.get()",
            "BulletEvent.objects.latest()",
            "article.bullets.all()",
            "story.bullet_events.first()",
            "Article.objects.prefetch_related('bullets')",
            "Article.objects.prefetch_related('topics', 'bullets__evidence')",
            "Article.objects.filter(bullets__text='x')",
        ],
    )
    def test_ways_past_it_are_noticed(self, source: str) -> None:
        assert ways_past(source)

    def test_way_through_it_is_none(self) -> None:
        assert ways_past("Bullet.objects.visible().filter(article=article)") == []
        assert ways_past("[text for text in revision.bullets]; Story(bullets=revision.bullets)") == []
