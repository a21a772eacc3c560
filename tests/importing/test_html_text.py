"""HTML as Markdown: what it looks like, and that no word is lost on the way."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.formats.html_text import line_of, read
from articles.web.markdown import to_html
from articles.web.plain_text import to_text

# How long an example takes says more of the machine than of the parser.
UNHURRIED = settings(deadline=None)


def shown(page: str) -> list[str]:
    """The words that a reader would see, once the Markdown is on the site."""
    return to_text(to_html(read(page).markdown)).split()


class MarkdownTests:
    @pytest.mark.parametrize(
        ("page", "expected"),
        [
            ("", ""),
            ("  \n ", ""),
            ("Bare words", "Bare words"),
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree"),
            ("<h1>One</h1><h2>Two</h2><h3>Three</h3><h6>Six</h6>", "## One\n\n## Two\n\n### Three\n\n#### Six"),
            ("<h3>Learning C#</h3>", "### Learning C\\#"),
            ("<p>a <b>bold</b> and <i>slanted</i> word</p>", "a **bold** and *slanted* word"),
            ("<p>a<b> bold </b>word</p>", "a **bold** word"),
            ("<p>H<sub>2</sub>O, 10<sup>6</sup>, <s>old</s></p>", "H<sub>2</sub>O, 10<sup>6</sup>, <del>old</del>"),
            ("<p>type <code>a `b`</code></p>", "type `` a `b` ``"),
            ("<p>one<br>two</p>", "one  \ntwo"),
            ("<hr>", "---"),
            ("<blockquote><p>One</p><p>Two</p></blockquote>", "> One\n>\n> Two"),
            ("<ul><li>One</li><li>Two</li></ul>", "-   One\n-   Two"),
            ("<ol start=3><li>One</li><li>Two</li></ol>", "3.  One\n4.  Two"),
            ("<ul><li>One<ul><li>Within</li></ul></li></ul>", "-   One\n    -   Within"),
            ("<ul><li><p>One</p><p>More</p></li><li>Two</li></ul>", "-   One\n\n    More\n\n-   Two"),
            ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
            ("<pre>```</pre>", "````\n```\n````"),
            ("<dl><dt>One</dt><dd>Two</dd></dl>", "One\n\nTwo"),
            (
                "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1</td></tr></table>",
                "| A | B\\|C |\n| --- | --- |\n| 1 |  |",
            ),
            ("<table><tr><td><p>One</p><ul><li>Two</li></ul></td></tr></table>", "One\n\n-   Two"),
            ("<p>* not a list, 1. nor *this*</p>", "\\* not a list, 1. nor \\*this\\*"),
        ],
    )
    def test_what_becomes_of_it(self, page: str, expected: str) -> None:
        assert read(page).markdown == expected

    def test_links_are_made_whole(self) -> None:
        page = '<p><a href="/x_(y)?a=1&amp;b=2">one</a>, <a href="https://b.example/">two</a></p>'
        assert read(page, "https://a.example/news/1").markdown == (
            "[one](https://a.example/x_%28y%29?a=1&b=2), [two](https://b.example/)"
        )

    @pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "/relative", "http://[bad", ""])
    def test_link_that_leads_nowhere_leaves_its_words(self, href: str) -> None:
        assert read(f'<p>see <a href="{href}">this page</a></p>').markdown == "see this page"

    def test_mail_address_stays_a_link(self) -> None:
        assert read('<a href="mailto:desk@a.example">write</a>').markdown == "[write](mailto:desk@a.example)"

    def test_link_after_an_exclamation_mark_makes_no_picture(self) -> None:
        page = '<p>Look!<a href="https://a.example/">Here</a></p>'
        assert 'Look!<a href="https://a.example/"' in to_html(read(page).markdown)

    def test_link_around_blocks(self) -> None:
        page = '<a href="https://a.example/"><h2>Title</h2><p>Text</p></a>'
        assert read(page).markdown == "## [Title](https://a.example/)\n\n[Text](https://a.example/)"


class WordsTests:
    @pytest.mark.parametrize(
        ("page", "words"),
        [
            ("<p>a<script>x()</script>b<style>p{}</style>c<!-- d --></p>", "abc"),
            ("<p>one</p>two", "one two"),
            ("one</p>two", "one two"),
            ("one</br>two", "one two"),
            ("<noscript><p>one</p></noscript>two", "one two"),
            ("<iframe src='x'/>one <script src='y'/>two", "one two"),
            ("<p hidden>one</p>two", "two"),
            ("<html><head><title>no</title></head><body>one</body></html>", "one"),
            ("<?xml version='1.0' encoding='latin-1'?><p>é</p>", "é"),
            ("<p>AT&amp;T &eacute; &lt;b&gt; &foo; &#0;</p>", "AT&T é <b> &foo; \ufffd"),
            ("a < b <3", "a < b <3"),
            ("<table>stray<tr><td>one</td></tr></table>", "stray one"),
            ("<b><p>one</b> two</p>", "one two"),
            ("x\x00\x02\ud800y", "xy"),
            ("<o:p>one</o:p> <my-part>two</my-part>", "one two"),
        ],
    )
    def test_words(self, page: str, words: str) -> None:
        assert read(page).text.split() == words.split()
        assert shown(page) == words.split()

    def test_blocks_stand_apart_in_the_text(self) -> None:
        assert read("<h2>One</h2><ul><li>Two</li></ul><pre>a\n  b</pre>").text == "One\n\nTwo\n\na\n  b"

    def test_pictures_are_counted_and_not_the_ones_that_spy(self) -> None:
        assert read("<img src=a><p><img src=b width=300>x</p><img src=c width=1 height=1>").pictures == 2

    def test_elements_can_be_left_out(self) -> None:
        assert read("<nav>no</nav><p>yes</p>", without="//nav").text == "yes"

    def test_line(self) -> None:
        assert line_of("<p>One\n <b>two</b></p><p>three &amp; four</p>") == "One two three & four"

    @pytest.mark.parametrize(
        "page",
        [
            "<div>" * 100_000 + "deep words",
            "<b><p>" * 50_000 + "deep words",
            "<ul><li>" * 300 + "deep words",
            "<blockquote>" * 300 + "deep words",
            "<table><tr><td>" * 300 + "deep words",
            "<script " * 20_000 + "><p>deep words" + "</script>deep words",
            "<a href='" * 20_000 + "'>deep words",
            "</p>" * 20_000 + "deep words",
        ],
    )
    def test_hostile_nesting_ends_soon(self, page: str) -> None:
        start = time.monotonic()
        assert shown(page)[-2:] == ["deep", "words"]
        assert time.monotonic() - start < 5


TRICKY = (
    "* _ a # 1. - + ` `` [x] (y) ! < & &amp; | --- === word ~~~ \\ \u00a0 \u200b |---| :-- > ``` \t Ω [a]: <b> a_b_c"
    " **x** :: \u2028 <!-- http://x.example x@y.z {: .c} &#35; 1) __ -- 2.\\ \x1c #! ]( **"
).split(" ")
WORDS = st.lists(st.sampled_from(TRICKY) | st.text(max_size=6), min_size=1, max_size=4).map(" ".join)
GLUED = st.lists(st.sampled_from(TRICKY), min_size=1, max_size=4).map("".join)
BLOCKS = "p div h1 h3 h6 li ul ol blockquote pre td th tr table dt section figcaption".split()
MARKS = ["b", "strong", "em", "i", "code", "a href='http://x.example/a(b)_c'", "a", "span", "sub", "del", "font"]

# A piece of HTML, and the words in it; blocks end words, marks don't.
Piece = tuple[str, str]


def leaf(words: str) -> Piece:
    return html.escape(words), words


def around(pieces: list[Piece], tag: str) -> Piece:
    name = tag.split(" ", maxsplit=1)[0]
    words = "".join(piece[1] for piece in pieces)
    inner = "".join(piece[0] for piece in pieces)
    return f"<{tag}>{inner}</{name}>", f"\n{words}\n" if name in BLOCKS else words


PIECES: st.SearchStrategy[Piece] = st.recursive(
    st.one_of((WORDS | GLUED).map(leaf), st.sampled_from([("<br>", "\n"), ("<hr>", "\n")])),
    lambda inner: st.builds(around, st.lists(inner, max_size=4), st.sampled_from(BLOCKS + MARKS)),
    max_leaves=14,
)


class EveryWordStaysTests:
    @UNHURRIED
    @given(st.lists(PIECES, max_size=4))
    def test_no_letter_is_lost_or_added(self, pieces: list[Piece]) -> None:
        """Letter by letter: where tags are nested as HTML forbids, it is for the parser to say where words end."""
        page, words = "".join(piece[0] for piece in pieces), "".join(piece[1] for piece in pieces)
        kept = read(words.replace("&", "&amp;").replace("<", "&lt;")).text
        assert "".join(shown(page)) == "".join(kept.split())

    @UNHURRIED
    @given(st.lists(PIECES, max_size=4))
    def test_markdown_says_what_the_page_says(self, pieces: list[Piece]) -> None:
        page = "".join(piece[0] for piece in pieces)
        assert shown(page) == read(page).text.split()

    @UNHURRIED
    @given(st.lists(st.sampled_from([*TRICKY, "<", ">", "</", "/>", "=", "'", '"', "p", "a href", "br"]) | st.text()))
    def test_anything_can_be_read(self, pieces: list[str]) -> None:
        page = "".join(pieces)
        assert shown(page) == read(page).text.split()
