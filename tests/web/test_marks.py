"""Passages are marked in the markup of a story, and nothing else about it changes."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.web.markdown import to_html
from articles.web.marks import Span, text_with_marks, with_marks
from articles.web.plain_text import to_text

CONTROL = re.compile(r'(?:<a class="ev__n[^>]*>| <a class="ev__next").*?</a>')
VOID = {"br", "hr"}
BODY = """A **bold *start*** of [a link](https://a.example "x > y") &amp; more.

- One `code`
- Two

| x | y |
|---|---|
| 1 < 2 | b |

```
if x:

    y
```

> Quoted  text<br>on two lines, with&nbsp;a gap.
"""
PIECES = st.sampled_from(
    (
        "a ,b*c* ,**d *e*** ,[f g](https://a.example) ,`h`,&lt;i&gt; ,&amp;,&nbsp; ,\n\n,\n- j ,\n> k ,<br>,"
        "<del>n,</del>,\n\n```\n\nl  m\n```\n\n,\n\n| o | p |\n|---|---|\n| q | r |\n\n"
    ).split(",")
)


class Tree(HTMLParser):
    """Reads marked markup: fails where elements cross or links nest; keeps ids and the text of marks by point."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.marked: dict[str, str] = {}
        self.points: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            assert "a" not in self.open
        if tag not in VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag == "mark":
            self.points = (given["data-ev"] or "").split()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            for point in self.points:
                self.marked[point] = self.marked.get(point, "") + data


def span_of(text: str, words: str, point: int = 1, **changes: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), point, **{"id": f"e{point}", **changes})


def mark(html: str, *wanted: tuple[str, int]) -> str:
    text = to_text(html)
    return with_marks(html, [span_of(text, words, point) for words, point in wanted])


def number(point: int, *, is_inline: bool = False) -> str:
    kind = "ev__n ev__n--in" if is_inline else "ev__n"
    return f'<a class="{kind}" href="#b{point}" aria-label="Supports point {point}" lang="en">{point}</a>'


def bare(text: str) -> str:
    return "".join(text.split())


class WithMarksTests:
    def test_a_sentence(self) -> None:
        assert mark("<p>One. Two. Three.</p>", ("Two.", 1)) == (
            f'<p>One. {number(1)}<mark class="ev" id="e1" data-ev="1">Two.</mark> Three.</p>'
        )

    def test_elements_inside_stay_nested(self) -> None:
        assert mark("<p>a <em>b c</em> d</p>", ("c d", 2)) == (
            f'<p>a <em>b {number(2)}<mark class="ev" id="e2" data-ev="2">c</mark></em>'
            '<mark class="ev" data-ev="2"> d</mark></p>'
        )

    def test_controls_stand_outside_links(self) -> None:
        html = '<p>See <a href="/x">the report now</a>.</p>'
        span = span_of(to_text(html), "report", next_id="e1-2")
        assert with_marks(html, [span]) == (
            f'<p>See {number(1)}<a href="/x">the <mark class="ev" id="e1" data-ev="1">report</mark> now</a>'
            ' <a class="ev__next" href="#e1-2" dir="ltr" lang="en">next passage</a>.</p>'
        )

    def test_passage_of_two_points_has_both_numbers_and_places(self) -> None:
        assert mark("<p>One.</p>", ("One.", 4), ("One.", 1)) == (
            f'<p>{number(1)}{number(4)}<span id="e4"></span><mark class="ev" id="e1" data-ev="1 4">One.</mark></p>'
        )

    def test_overlapping_passages_share_a_mark(self) -> None:
        assert mark("<p>a b c</p>", ("a b", 1), ("b c", 2)) == (
            f'<p>{number(1)}<mark class="ev" id="e1" data-ev="1">a </mark>'
            f'{number(2, is_inline=True)}<mark class="ev" id="e2" data-ev="1 2">b</mark>'
            '<mark class="ev" data-ev="2"> c</mark></p>'
        )

    def test_numbers_that_may_share_a_line_leave_the_margin_to_the_first(self) -> None:
        long = "It goes on and on, " * 5
        marked = mark(f"<p>One. Two. {long}. Three.</p>", ("One.", 1), ("Two.", 2), ("Three.", 3))
        assert [number(point, is_inline=point == 2) in marked for point in (1, 2, 3)] == [True] * 3

    def test_third_number_of_a_passage_is_in_the_line(self) -> None:
        marked = mark("<p>One.</p>", ("One.", 1), ("One.", 2), ("One.", 3))
        assert number(1) + number(2) + number(3, is_inline=True) in marked

    def test_passage_over_blocks_has_a_mark_in_each(self) -> None:
        marked = mark("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", ("a\n\nb", 1))
        assert marked.count("<mark") == 2
        assert marked.count(number(1)) == 1

    def test_entities_stay_entities(self) -> None:
        marked = mark("<p>a &lt;b&gt; &amp; c</p>", ("<b> &", 1))
        assert ">&lt;b&gt; &amp;</mark> c" in marked

    def test_nothing_to_mark(self) -> None:
        html = to_html(BODY)
        assert with_marks(html, []) == html
        beyond = Span(10_000, 10_001, 1, "e1")
        assert with_marks(html, [beyond]) == html.replace("&nbsp;", "\xa0")

    @given(st.data())
    def test_text_stays_and_every_passage_is_marked(self, data: st.DataObject) -> None:
        html = to_html(data.draw(st.lists(PIECES, max_size=12).map("".join)) or "x")
        self.check(html, data.draw(spans_in(to_text(html))))

    @pytest.mark.parametrize("width", [1, 7, 40, 500])
    def test_every_place_of_a_story(self, width: int) -> None:
        html = to_html(BODY)
        size = len(to_text(html))
        for start in range(size):
            self.check(html, [Span(start, min(start + width, size), 1, "e1"), Span(0, size, 2, "e2")])

    def check(self, html: str, spans: list[Span]) -> None:
        text, marked = to_text(html), with_marks(html, spans)
        tree = Tree(marked)
        assert to_text(CONTROL.sub("", marked)) == text
        assert len(tree.ids) == len(set(tree.ids))
        for span in spans:
            wanted = bare(text[span.start : span.end])
            assert (span.id in tree.ids) == bool(wanted or tree.marked.get(str(span.point)))
            assert bare(tree.marked.get(str(span.point), "")) == wanted


class TextWithMarksTests:
    def test_plain_text_is_escaped_and_its_spaces_kept_and_no_link_stands_in_it(self) -> None:
        assert text_with_marks("a  <b>", [Span(3, 6, 1, "e1", "e1-2")]) == (
            'a  <mark class="ev" id="e1" data-ev="1">&lt;b&gt;</mark>'
        )

    @given(st.text(max_size=20))
    @example("")
    def test_without_passages_it_is_the_text(self, text: str) -> None:
        assert Tree(text_with_marks(text, [])).ids == []


def spans_in(text: str) -> st.SearchStrategy[list[Span]]:
    """Up to four passages of ``text``, each of a point of its own."""
    places = st.tuples(st.integers(0, max(0, len(text) - 1)), st.integers(1, 30))
    return st.lists(places, max_size=4).map(
        lambda found: [
            Span(start, min(start + size, len(text)), point, f"e{point}")
            for point, (start, size) in enumerate(found, start=1)
            if start < len(text)
        ]
    )
