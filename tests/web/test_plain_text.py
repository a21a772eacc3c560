"""The plain text that belongs to a story's markup."""

from articles.web.markdown import to_html
from articles.web.plain_text import to_text


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
