"""Made-up pages: no word of any gets lost, and what is written by the grammar is read back."""

from dataclasses import asdict, dataclass, field
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from articles.importing.decoding import decode
from articles.importing.documents import Document, ParseError
from articles.importing.formats.text_export import parse
from articles.web.markdown import to_html
from articles.web.plain_text import to_text
from tests.importing.stories import STATEMENT, export
from tests.importing.text_export.pages import credits_of, names_of, words_of

LABELS = (
    "{}", "{}", "{}.", "{} went on and on, as such sentences do when they have to be longer than eighty signs.", "• {}",
    "  • {}", "    ◦ {}", "- {}.", "1. {}", "2) {}", "•\n{}", "Updated: {}", "Updated: Jan 9 {}", "Published: {}",
    "Credits: {}", "Photo by {}", "It is {}. Credit: {}", "Source: {}", "Sources:", "Source: {} (https://{}.example/)",
    "Via: {}", "[Edited] {}", "(EDITED)", "By {}", "Jane {}", "Jane Doe", "*{}*", "## {}", "{}: {}", "{}\t{}", "***",
    "---", "Pros", "Cons", "Pros: {}, {}", "Verdict", "Verdict: {}", "8/10", "Rating: 4/5 – {}", "Price: $99",
    "Price: $9 {}", "Specs", "Summary", "Key takeaways:", "{} Review: {}", "Recent Posts", "Comments", "Home",
    "3 min read", "Jan 9", "top of page", "bottom of page", "&bull; {}", "\u200b{}\u200b", "{}\n{}", "{},\nand {}",
    "We say {}.", STATEMENT,
)  # fmt: skip
LINES = st.lists(
    st.tuples(st.sampled_from(LABELS), st.sampled_from(["", " 9", " and", ", x", "\xa0", " " * 3, "?"])), max_size=12
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], exclude_characters="&"), max_size=60)


def kept(document: Document) -> str:
    """Everything that a document says: its fields, its warnings, its body as readers see it."""
    return f"{asdict(document)} {to_text(to_html(document.body))}"


class NothingIsLostTests:
    @given(LINES, st.sampled_from(["\n\n", "\n"]))
    @example([("{} Review: {}", "")], "\n\n")
    def test_every_line_is_found_again(self, lines: list[tuple[str, str]], between: str) -> None:
        marks = [f"w{number}w" for number in range(len(lines))]
        written = [
            label.replace("{}", mark, 1).replace("{}", f"{mark}too") + more
            for mark, (label, more) in zip(marks, lines, strict=True)
        ]
        try:
            document = parse(between.join(written))
        except ParseError:
            return
        said = kept(document)
        second = [f"{mark}too" for mark in marks]
        assert [mark for mark in marks + second if mark in " ".join(written) and mark not in said] == []

    @given(st.text(max_size=300), st.text(max_size=60))
    @example("\u2003\n1.\n2", "")
    @example("0\n\x85\n&#10;0", "")
    def test_any_text_is_a_story_or_refused(self, text: str, statement: str) -> None:
        try:
            document = parse(text, statement)
        except ParseError:
            return
        assert document.headline
        assert document.body

    @given(st.binary(max_size=300))
    def test_any_bytes_are_a_story_or_refused(self, raw: bytes) -> None:
        try:
            document = parse(decode(raw)[0])
        except ParseError:
            return
        assert document.body

    @given(st.lists(WORDS, max_size=8))
    def test_words_of_the_text_stay_word_for_word(self, paragraphs: list[str]) -> None:
        paragraphs = [" ".join(f"Then {words} it was.".split()) for words in paragraphs]
        document = parse(export("Title of it", "Text.", *paragraphs))
        assert words_of(document) == ["Text.", *paragraphs]


@dataclass
class Written:
    """A page by the grammar, and what it says."""

    lines: list[str] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=dict)


NAMES = ["Mara Quill", "Jonas Pell", "Ines van der Calder"]
OUTLETS = ["Nordlys Tech", "SCMP", "Halden Wire", "Tom’s Bench", "Quay & Lantern"]
SIGNS = "•-*–▪●◦‣"
TITLES = ["Kestrel Opens a Second Ground Station", "Varro’s chip is late, again", "Why “cheap” dishes rust: a guess"]
SUBJECTS = ["Kestrel", "The mayor of Ebb", "A laundry", "Limpet’s “plate’", "“Varro”", "One of 4,000 users"]
ENDS = [
    "opened it on Monday",
    "paid US$676 million (or so)",
    "said: “Not now”",
    "has a 15% share *of it*",
    "won_in_ebb",
]


def sentences(draw: st.DrawFn, least: int, most: int) -> list[str]:
    number = st.integers(0, 99)
    parts = st.tuples(st.sampled_from(SUBJECTS), number, st.sampled_from(ENDS))
    drawn = draw(st.lists(parts, min_size=least, max_size=most))
    return [f"{subject} and {count} others {end}." for subject, count, end in drawn]


@st.composite
def pages(draw: st.DrawFn) -> Written:
    """A page with any of the parts that the grammar knows, each written in one of its ways."""
    page = Written()
    headline = draw(st.sampled_from(TITLES))
    byline = draw(st.sampled_from(["", *NAMES]))
    updated = draw(st.sampled_from(["", "Jan 9", "Jan 9, 2024", "9 January 2024"]))
    if byline:
        page.lines.append(
            draw(st.sampled_from(["  • {}", "• {}", "By {}", "{}" if updated else "by {}"])).format(byline)
        )
    page.lines.append(headline)
    if updated:
        page.lines.append(draw(st.sampled_from(["Updated: {}", "UPDATED : {}", "Last updated: {}"])).format(updated))
    paragraphs = sentences(draw, 1, 5)
    is_edited = draw(st.booleans())
    credits_ = _write_body(draw, page, paragraphs, is_edited=is_edited)
    bullets = sentences(draw, 0, 3)
    sign = draw(st.sampled_from(SIGNS))
    page.lines += [f"{draw(st.sampled_from(['', '  ']))}{sign} {bullet}" for bullet in bullets]
    sources = draw(st.lists(st.sampled_from(OUTLETS), max_size=3, unique=True))
    if sources:
        page.lines.append(f"{draw(st.sampled_from(['Source', 'Sources', 'SOURCE ']))}: {', '.join(sources)}")
    statement = STATEMENT if draw(st.booleans()) else ""
    page.lines += [statement] if statement else []
    page.says = {
        "headline": headline, "byline": byline, "updated": updated, "is_edited": is_edited, "words": paragraphs,
        "credits": credits_, "bullets": tuple(bullets), "sources": sources, "statement": statement,
    }  # fmt: skip
    return page


def _write_body(draw: st.DrawFn, page: Written, paragraphs: list[str], *, is_edited: bool) -> list[tuple[str, int]]:
    """Write the paragraphs with credits between them; the credits with their places."""
    placed: list[tuple[str, int]] = []
    for place, words in enumerate(paragraphs):
        flag = draw(st.sampled_from(["[Edited] ", "[EDITED]\xa0", "(edited)"])) if is_edited and not place else ""
        page.lines.append(f"{flag}{words}")
        if draw(st.booleans()):
            name = draw(st.sampled_from(["Shutterstock", "Ann Wu / Getty Images", "Kestrel"]))
            label = draw(st.sampled_from(["Credits", "Credit", "CREDITS ", "Image credit", "Photo credits"]))
            page.lines.append(f"{label}: {name}")
            placed.append((name, place + 1))
    return placed


class GrammarTests:
    @given(pages(), st.data())
    def test_page_is_read_back(self, page: Written, data: st.DataObject) -> None:
        between = data.draw(st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\n\xa0\n", "\r\r"]))
        chrome = data.draw(st.sampled_from([["top of page", "bottom of page"], ["Top of page", ""], ["", ""]]))
        encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
        text = between.join([chrome[0], *page.lines, chrome[1]])
        document = parse(decode(text.encode(encoding, "ignore" if encoding == "cp1252" else "strict"))[0])
        if encoding != "cp1252" or text.encode("cp1252", "ignore").decode("cp1252") == text:
            assert {
                "headline": document.headline,
                "byline": document.byline,
                "updated": document.updated_as_stated,
                "is_edited": document.is_edited,
                "words": words_of(document),
                "credits": credits_of(document),
                "bullets": document.bullets,
                "sources": names_of(document),
                "statement": document.statement,
            } == page.says

    @given(pages())
    def test_only_what_is_missing_is_warned_of(self, page: Written) -> None:
        document = parse(export(*page.lines))
        missing = {
            f"needs {part}" for part, name in (("summary", "bullets"), ("source", "sources")) if not page.says[name]
        }
        assert {message for _, message in document.warnings} == missing
