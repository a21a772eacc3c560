"""Pieces of pages: rendered once for what they show, and never taken for others."""

from dataclasses import dataclass, field

import pytest
from django.template import Context, Template
from django.utils import translation

from articles.catalogue.facets import Facet
from articles.catalogue.models import Topic
from articles.web import fragments
from articles.web.fragments import content_of, render_piece

FACETS = "components/_facets.html"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    fragments.forget()


def facet(name: str = "Chips", count: int = 3) -> Facet:
    """A topic in a rail."""
    return Facet("topic", 1, name, name.lower(), count)


def renderings() -> int:
    """How many pieces have been rendered."""
    return fragments._kept.cache_info().misses


class PieceTests:
    def test_same_content_is_rendered_once(self) -> None:
        first = render_piece(FACETS, {"items": [facet()]})
        assert "Chips" in first
        assert render_piece(FACETS, {"items": [facet()]}) == first
        assert renderings() == 1

    @pytest.mark.parametrize(
        "changed",
        [
            {"items": [facet("Wafers")]},
            {"items": [facet(count=4)]},
            {"items": [facet(), facet("Phones")]},
            {"items": []},
            {"items": [facet()], "current": "chips"},
            {"items": [facet()], "all_url": "/topics/", "all_label": "All topics"},
        ],
    )
    def test_whatever_changes_shows(self, changed: dict[str, object]) -> None:
        assert render_piece(FACETS, changed) != render_piece(FACETS, {"items": [facet()]})

    def test_each_language_has_its_own(self) -> None:
        with translation.override("ar"):
            assert "3 \u0623\u062e\u0628\u0627\u0631" in render_piece(FACETS, {"items": [facet()]}).replace(
                '<span class="vh">', ""
            ).replace("</span>", "")
        with translation.override("en"):
            assert "stories" in render_piece(FACETS, {"items": [facet()]})

    @pytest.mark.django_db
    def test_record_is_refused_since_it_may_look_something_up(self) -> None:
        topic = Topic.objects.create(name="Chips", slug="chips")
        with pytest.raises(TypeError, match="is a record"):
            render_piece(FACETS, {"items": [topic]})

    def test_tag_gives_the_piece_what_it_names_alone_and_trims_it(self) -> None:
        template = Template('{% load newsroom %}{% piece "components/_facets.html" items=topics %}')
        html = template.render(Context({"topics": [facet()], "current": "chips"}))
        assert html == render_piece(FACETS, {"items": [facet()]}).strip()


@dataclass
class Held:
    """Something that holds a list."""

    names: list[str] = field(default_factory=list)


class ContentTests:
    def test_lists_and_what_holds_them_compare_by_what_they_hold(self) -> None:
        assert content_of([1, [Held(["a"])]]) == content_of([1, [Held(["a"])]])
        assert hash(content_of([1, [Held(["a"])]]))
        assert content_of(Held(["a"])) != content_of(Held(["b"]))
        assert content_of([1, 2]) != content_of([2, 1])

    def test_what_holds_the_same_but_is_another_thing_differs(self) -> None:
        assert content_of(Held(["a"])) != content_of([["a"]])
