"""Markdown in, safe HTML out, and the plain text that belongs to it."""

import inspect
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.web.markdown import escape, is_too_hard, to_html
from articles.web.plain_text import to_text

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


class PlainTests:
    """Text without signs takes a short way, which has to lead to the same place."""

    @given(st.text(alphabet="aZé9.)(\"'“’#=+-:!$\\*_[]<&|~{} \n\xa0\u2028", max_size=40).map(str.strip).filter(bool))
    @example("A line.\n\nAnother: 5 - 3 = 2!")
    @example("1. One")
    @example("1) One")
    @example("A line\n\n===")
    @example("A line \n\nAnother")
    def test_short_way_is_the_long_one(self, text: str) -> None:
        # The ampersand takes the long way; the heading before it ends whatever is open.
        assert to_html(f"{text}\n\n# &") == "\n".join(filter(None, [to_html(text), "<h2>&amp;</h2>"]))


class HostileTests:
    """Texts that Python-Markdown or the sanitiser would take minutes over are shown as plain words instead."""

    @pytest.mark.parametrize(
        "piece",
        ["[", "![", "](", "[](", "[a](<", "[`", "*a ", "_", "`", "`a ", "<a ", "<http://a", "<![CDATA[", "<p><b id=1>",
         '<x y="', "\\", "&", "# a\n", "a\n=\n", "---\n", "> ", ">", "* 1. ", "1. 1. ", "- > ", "a\n\n",
         "`|\n", "a  \n"],
    )  # fmt: skip
    def test_hundred_thousand_signs_of_a_kind(self, piece: str) -> None:
        text = (piece * 100_000)[:100_000]
        assert is_too_hard(text)
        assert len(to_text(to_html(text)).split()) >= 1

    @pytest.mark.parametrize(
        "text",
        ["[" * 50_000 + "]" * 50_000, "\n".join("`" * size for size in range(3, 400)), f"```{' ' * 5000}",
         "|a" * 9000 + "|\n" + "|-" * 9000 + "|", "\n".join("    " * depth + "- a" for depth in range(300)),
         "a" * 200_001],
    )  # fmt: skip
    def test_other_shapes(self, text: str) -> None:
        assert is_too_hard(text)

    def test_words_are_shown_paragraph_by_paragraph_and_nothing_acts(self) -> None:
        html = to_html("a " + "[" * 20_000 + "\n\n<script>alert(1)</script> &amp; \\*b\\*\n\n\n# c")
        first, *rest = html.split("\n")
        assert (first[:6], len(first)) == ("<p>a [", 20_009)
        assert rest == ["<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; *b*</p>", "<p># c</p>"]

    def test_escaped_words_come_out_as_they_were(self) -> None:
        words = " ".join(["[a]*b_`c`", "<d>", "&amp;", "\\e"] * 4000)
        assert is_too_hard(escape(words))
        assert to_text(to_html(escape(words))) == words

    @given(st.lists(st.sampled_from(["[", "*", "`", "<", ">", "- ", "\n", "\n\n", "a ", "]("]), min_size=1, max_size=5))
    @settings(max_examples=20, deadline=None)
    def test_what_is_converted_is_within_the_bounds(self, pieces: list[str]) -> None:
        text = ("".join(pieces) * 100_000)[:100_000]
        steps = sum(
            (block.count("[") + block.count("*") + block.count("<")) * len(block) for block in text.split("\n\n")
        )
        assert is_too_hard(text) or steps < 100_000_000
        assert to_html(text) or not text.strip(" \n>-")

    @pytest.mark.parametrize(
        "text",
        ["A paragraph of a usual length, with [a link](https://a.example/) and *some* `code`.\n\n" * 900,
         "- [an item](https://a.example/) of a list\n" * 250, "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 300,
         "```\nfor item in items:\n    print(item[0])\n```\n\nText.\n\n" * 100],
    )  # fmt: skip
    def test_long_stories_are_converted(self, text: str) -> None:
        assert not is_too_hard(text)

    def test_deep_in_the_stack_words_are_shown_plain_and_the_next_text_is_converted(self) -> None:
        text = "- *a*\n    - b"

        def at_depth(left: int) -> str:
            return at_depth(left - 1) if left else to_html(text)

        room = sys.getrecursionlimit() - len(inspect.stack())
        deeper = (at_depth(room - spare) for spare in range(90, 0, -1))
        assert next(html for html in deeper if html != to_html(text)) == f"<p>{text}</p>"
        assert to_html("*a*") == "<p><em>a</em></p>"


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
