"""Markdown in, safe HTML out, and the plain text that belongs to it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.web.markdown import escape, to_html, to_text

PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)


class ToHtmlTests:
    @pytest.mark.parametrize(
        "hostile",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            '<a href="javascript:alert(1)">x</a>',
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            '<p style="position:fixed" onclick="alert(1)" class="x" id="y">x</p>',
            "<iframe src=https://elsewhere.example></iframe>",
            "<style>* { display: none }</style>",
        ],
    )
    def test_nothing_that_acts_gets_through(self, hostile: str) -> None:
        html = to_html(f"Before.\n\n{hostile}\n\nAfter.")
        for sign in ("script", "onerror", "onload", "onclick", "style", "class", "id=", "iframe", "data:", "alert(1)>"):
            assert sign not in html
        assert to_text(html).startswith("Before.")
        assert to_text(html).endswith("After.")

    def test_pictures_are_dropped(self) -> None:
        assert to_html("A ![cat](https://cats.example/1.png) sat.") == "<p>A  sat.</p>"

    def test_first_level_headings_become_second_level(self) -> None:
        assert to_html("# One\n\n## Two") == "<h2>One</h2>\n<h2>Two</h2>"

    def test_links_keep_address_and_title_and_lose_their_opener(self) -> None:
        html = to_html('[SCMP](https://scmp.example/a "The report")')
        assert html == '<p><a href="https://scmp.example/a" title="The report" rel="noopener">SCMP</a></p>'

    def test_lists_tables_and_code_stay(self) -> None:
        html = to_html("- a\n- b\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n\n```\ncode\n```")
        for tag in ("<ul>", "<table>", "<th", "<td", "<pre><code>"):
            assert tag in html


class ToTextTests:
    def test_blocks_are_parted_by_a_blank_line_and_words_by_one_space(self) -> None:
        assert to_text("<p>One\n two.</p><p>Three <em>four</em>.</p>") == "One two.\n\nThree four."

    def test_list_items_and_cells_are_blocks(self) -> None:
        html = to_html("- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |")
        assert to_text(html) == "a\n\nb\n\nx\n\ny\n\n1\n\n2"

    def test_code_keeps_its_spaces(self) -> None:
        assert to_text(to_html("```\nif x:\n    y\n```")) == "if x:\n    y"

    def test_entities_are_read(self) -> None:
        assert to_text("<p>a &lt; b &amp; c</p>") == "a < b & c"


class EscapeTests:
    @given(PLAIN)
    @example("#")
    @example("## no heading ##")
    @example("C #")
    @example("1. no list")
    @example("> no quote")
    @example("a_b_c *d* `e` [f](g) ![h](i)")
    @example("AT&T &amp; &copy; <b>bold</b> 1 < 2")
    @example("<:@1>")
    @example("&#1")
    @example("---")
    @example("~~~")
    @example("back\\slash \\*")
    @example("| a | b |")
    def test_renders_as_exactly_the_words(self, words: str) -> None:
        assert to_text(to_html(escape(words))) == " ".join(words.split())

    @given(PLAIN)
    def test_renders_as_exactly_the_words_in_a_list(self, words: str) -> None:
        shown = to_text(to_html(f"- {escape(words)}\n- end"))
        assert shown == "\n\n".join(filter(None, [" ".join(words.split()), "end"]))

    @given(st.lists(PLAIN.filter(str.strip), min_size=1, max_size=4))
    @example(["~~~", "code", "~~~"])
    @example(["[a]: b", "[a]"])
    def test_paragraphs_stay_apart(self, paragraphs: list[str]) -> None:
        shown = to_text(to_html("\n\n".join(map(escape, paragraphs))))
        assert shown == "\n\n".join(" ".join(words.split()) for words in paragraphs)

    @pytest.mark.parametrize("words", ["Plain words, with 7.5% of them (mostly) - dull.", "It’s “2024” now."])
    def test_plain_words_stay_readable(self, words: str) -> None:
        assert escape(words) == words
