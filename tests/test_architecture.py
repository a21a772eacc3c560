"""Who may import whom: the README's house style, held against every import in the tree.

Imports inside functions and behind TYPE_CHECKING count too: they are the same knowledge, only later.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the top down. A concept may import those on the lines below its own; neighbours on a line never each other.
LAYERS = (
    {"reading"},
    {"search", "feeds", "api"},
    {"drafting", "importing"},
    {"corrections"},
    {"revisions"},
    {"summaries"},
    {"catalogue"},
    {"outbox"},
    {"publishing"},
    {"web"},
)
HEIGHTS = {concept: len(LAYERS) - number for number, layer in enumerate(LAYERS) for concept in layer}
# The registries and shells on top of all concepts; nothing imports them.
ASSEMBLY = {"models", "admin", "urls", "apps", "management", "templatetags", "migrations"}
# Inside a concept: models <- forms <- views <- urls; the admin stands beside the views.
ROLES = {"models": 0, "forms": 1, "views": 2, "admin": 2, "urls": 3}
SITE_KNOWS = {"articles.urls", "articles.publishing"}
SITE_KNOWERS = {"newsroom.urls", "newsroom.settings", "newsroom.wsgi"}
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals", "django.test.signals")
REQUESTS = ("django.http", "django.shortcuts", "django.views")
VAGUE = {"utils", "helpers", "services", "common"}


@dataclass(frozen=True)
class Arrow:
    """One module imports another, both by their dotted names."""

    importer: str
    imported: str

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported}"


def imports_in(source: str, module: str, *, is_package: bool = False) -> Iterator[Arrow]:
    """Every import in ``source``, wherever it stands. ``from a import b`` gives ``a.b``, which may be a name in a."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Arrow(module, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = absolute(node, module, is_package=is_package)
            yield from (Arrow(module, f"{base}.{alias.name}") for alias in node.names)


def absolute(node: ast.ImportFrom, module: str, *, is_package: bool) -> str:
    """The dotted name after ``from``, with the leading dots of a relative import worked out."""
    parents = module.split(".") if is_package else module.split(".")[:-1]
    base = parents[: len(parents) - node.level + 1] if node.level else []
    return ".".join([*base, *([node.module] if node.module else [])])


def fault_of(arrow: Arrow) -> str:
    """Why this import is not allowed, or "" if it is."""
    importer, imported = arrow.importer.split("."), arrow.imported.split(".")
    match importer[0], imported[0]:
        case "articles", "newsroom":
            return "the app never imports the site"
        case "newsroom", "articles":
            return fault_of_site(arrow)
        case "articles", "articles":
            return fault_in_app(importer[1:], imported[1:])
    return fault_outside(arrow)


def fault_of_site(arrow: Arrow) -> str:
    """The site knows the app by its addresses and by what it publishes, from where it is put together."""
    is_known = any(f"{arrow.imported}.".startswith(f"{name}.") for name in SITE_KNOWS)
    is_knower = arrow.importer in SITE_KNOWERS
    return "" if is_known and is_knower else "newsroom knows only articles.urls and articles.publishing"


def fault_outside(arrow: Arrow) -> str:
    """What the app may not take from Django, or not everywhere."""
    if arrow.imported.startswith(SIGNALS):
        return "no signals: the upper concept calls down, in the open"
    if arrow.imported.endswith(".mark_safe") and arrow.importer != "articles.web.markdown":
        return "only articles.web.markdown vouches for markup"
    if is_model(arrow.importer.split(".")) and arrow.imported.startswith(REQUESTS):
        return "a model never sees a request"
    return ""


def fault_in_app(importer: list[str], imported: list[str]) -> str:
    """Within the app; both names come without ``articles``, and either may be empty: the app's own package."""
    if not importer or not imported:
        return ""
    if is_assembly(imported):
        is_registry = importer[0] in ("admin", "urls") and imported[1:2] == importer[:1]
        is_own = importer[0] in ASSEMBLY and importer[0] == imported[0]
        return "" if is_own or is_registry else "nothing imports the assembly but its registries"
    if imported[0] not in HEIGHTS:
        return f"{imported[0]} has no place among the layers"
    if importer[0] == imported[0]:
        return fault_in_concept(importer, imported)
    is_down = is_assembly(importer) or HEIGHTS[importer[0]] > HEIGHTS[imported[0]]
    return "" if is_down else "the arrow runs up or sideways"


def fault_in_concept(importer: list[str], imported: list[str]) -> str:
    """Models <- forms <- views <- urls; modules with other names have no place in that row."""
    if len(importer) < 2 or len(imported) < 2:
        return ""
    low, high = ROLES.get(importer[1]), ROLES.get(imported[1])
    is_upward = low is not None and high is not None and (low < high or (low == high and importer[1] != imported[1]))
    return f"{importer[1]} stands below {imported[1]}" if is_upward else ""


def is_assembly(module: list[str]) -> bool:
    """Whether this module of the app, named without ``articles.``, is a registry or a shell."""
    return module[0] in ASSEMBLY or (len(module) > 1 and module[1] in ("admin", "urls"))


def is_model(module: list[str]) -> bool:
    """Whether this is a concept's ``models`` module or part of its ``models`` package."""
    return module[0] == "articles" and len(module) > 2 and module[2] == "models"


def modules() -> dict[str, Path]:
    """The files of the app and of the site by their dotted names."""
    paths = [path for package in ("articles", "newsroom") for path in (ROOT / package).rglob("*.py")]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


class TreeTests:
    def test_no_import_runs_up_or_sideways(self) -> None:
        arrows = [
            arrow
            for module, path in modules().items()
            for arrow in imports_in(path.read_text(encoding="utf-8"), module, is_package=path.name == "__init__.py")
        ]
        assert len(arrows) > 100
        assert [f"{arrow}: {fault}" for arrow in arrows if (fault := fault_of(arrow))] == []

    def test_each_folder_of_the_app_is_a_concept_or_assembly(self) -> None:
        folders = {path.parent.name for path in (ROOT / "articles").glob("*/__init__.py")}
        assert folders <= HEIGHTS.keys() | ASSEMBLY

    def test_there_is_one_app(self) -> None:
        packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
        assert packages == {"articles", "newsroom", "tests"}

    def test_modules_are_named_after_what_they_do(self) -> None:
        assert [name for name in modules() if VAGUE & {*name.split(".")}] == []


class CheckerTests:
    """The checker can fail: small bad examples, each beside the good one that it could be taken for."""

    @pytest.mark.parametrize(
        ("importer", "imported"),
        [
            ("articles.catalogue.models", "articles.revisions.models.Revision"),
            ("articles.web.htmx", "articles.catalogue.models.Article"),
            ("articles.search.views", "articles.feeds.views"),
            ("articles.corrections.forms", "articles.importing.plan"),
            ("articles.drafting.extractive", "articles.importing.plan"),
            ("articles.reading.views", "articles.models.Article"),
            ("articles.reading.views", "articles.templatetags.newsroom.day"),
            ("articles.reading.views", "articles.reading.urls.app_name"),
            ("articles.reading.views", "articles.corrections.admin.ReportAdmin"),
            ("articles.corrections.models", "articles.corrections.forms.ReportForm"),
            ("articles.corrections.forms", "articles.corrections.views"),
            ("articles.corrections.admin", "articles.corrections.views"),
            ("articles.corrections.admin", "articles.importing.admin"),
            ("articles.catalogue.models.article", "django.http.HttpRequest"),
            ("articles.catalogue.models", "articles.gossip.rumours"),
            ("articles.catalogue.models", "newsroom.settings"),
            ("articles.corrections.models", "django.db.models.signals.post_save"),
            ("articles.feeds.views", "django.utils.safestring.mark_safe"),
            ("newsroom.urls", "articles.reading.views"),
            ("newsroom.serve", "articles.urls"),
        ],
    )
    def test_fault(self, importer: str, imported: str) -> None:
        assert fault_of(Arrow(importer, imported))

    @pytest.mark.parametrize(
        ("importer", "imported"),
        [
            ("articles.revisions.models", "articles.catalogue.models.Article"),
            ("articles.catalogue.models", "articles.web.markdown"),
            ("articles.reading.views", "articles.feeds.structured"),
            ("articles.corrections.forms", "articles.corrections.models.Report"),
            ("articles.corrections.urls", "articles.corrections.views"),
            ("articles.importing.proposals", "articles.corrections.acts"),
            ("articles.corrections.admin", "articles.corrections.models"),
            ("articles.catalogue.admin", "articles.revisions.acts"),
            ("articles.catalogue.models.article", "articles.catalogue.models.source"),
            ("articles.admin", "articles.corrections.admin"),
            ("articles.admin", "articles.corrections.admin.ReportAdmin"),
            ("articles.urls", "articles.web.health"),
            ("articles.models", "articles.corrections.models.Report"),
            ("articles.apps", "articles.web.checks"),
            ("articles.templatetags.newsroom", "articles.web.markdown"),
            ("articles.management.commands.work", "articles.reading.views"),
            ("articles.reading.views", "django.http.HttpRequest"),
            ("articles.web.markdown", "django.utils.safestring.mark_safe"),
            ("newsroom.urls", "articles.urls"),
        ],
    )
    def test_no_fault(self, importer: str, imported: str) -> None:
        assert fault_of(Arrow(importer, imported)) == ""

    def test_imports_are_found_wherever_they_stand(self) -> None:
        source = """
import articles.web.paging as paging
from articles.catalogue import models, slugs
if TYPE_CHECKING:
    from articles.reading import views
def late():
    from . import forms
    from ..web.htmx import render_page
"""
        assert [arrow.imported for arrow in imports_in(source, "articles.corrections.models")] == [
            "articles.web.paging",
            "articles.catalogue.models",
            "articles.catalogue.slugs",
            "articles.reading.views",
            "articles.corrections.forms",
            "articles.web.htmx.render_page",
        ]

    def test_relative_imports_of_a_package_start_in_it(self) -> None:
        (arrow,) = imports_in("from .article import Article", "articles.catalogue.models", is_package=True)
        assert arrow.imported == "articles.catalogue.models.article.Article"
