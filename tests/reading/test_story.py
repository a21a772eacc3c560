"""What a story's page shows besides its words."""

from articles.reading.story import lead_and_rest


class LeadAndRestTests:
    def split(self, html: str, standfirst: str = "") -> tuple[str, str]:
        return lead_and_rest(standfirst, html)

    def test_first_paragraph_is_taken_out(self) -> None:
        assert self.split("<p>One.</p>\n<p>Two.</p>") == ("One.", "<p>Two.</p>")

    def test_standfirst_leaves_the_body_whole(self) -> None:
        assert self.split("<p>One.</p>\n<p>Two.</p>", "Standing.") == (
            "Standing.",
            "<p>One.</p>\n<p>Two.</p>",
        )

    def test_single_paragraph_stays(self) -> None:
        assert self.split("<p>One.</p>") == ("", "<p>One.</p>")

    def test_body_that_starts_with_a_heading_stays(self) -> None:
        html = "<h2>Head</h2>\n<p>One.</p>"
        assert self.split(html) == ("", html)
