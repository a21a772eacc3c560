"""The text export: a page of the publication's old site as plain lines.

Page chrome, an optional byline, the title, an optional "Updated:" line, paragraphs with photo credits between them,
the summary as a list, the source, the standing statement, page chrome; ``docs/text-exports.md`` has the grammar. Every
line that is none of these stays in the body, where it stands, and is reported if it does not look like a paragraph.
"""

from datetime import UTC, datetime, tzinfo

from django.utils.translation import gettext as _

from articles.importing.documents import Document, LineWarning, ParseError
from articles.importing.formats.text_export import furniture, pieces
from articles.importing.formats.text_export.body import Block, find_headings, place_credits, warn_of_body, write_blocks
from articles.importing.formats.text_export.head import take_head
from articles.importing.formats.text_export.lines import Kind, Lines, Warnings, read_lines
from articles.importing.formats.text_export.reviews import take_review
from articles.importing.formats.text_export.statement import take_statement
from articles.importing.formats.text_export.tail import take_late_summary, take_sources, take_summary

__all__ = ["parse"]


def parse(text: str, statement: str = "", zone: tzinfo = UTC) -> Document:
    """The story that a text export holds.

    ``statement`` is the site's standing statement, "" as long as it has none: a page whose own differs gets a warning.
    ``zone`` is that of days of publication. Raises ParseError for a file without a title or without text, for one
    with several pages, and for one that is too long for a story.
    """
    warnings: Warnings = []
    inside, outside = pieces.cut(text, warnings)
    lines = read_lines(inside, warnings)
    credit_lines = [line for line in lines if line.kind is Kind.CREDIT]
    credited = [line.number for line in credit_lines]
    head, lines = take_head([line for line in lines if line.kind is not Kind.CREDIT], warnings)
    stated, stated_at, lines = take_statement(furniture.without_last(lines), statement, warnings)
    sources, named_at, lines = take_sources(lines, warnings)
    story, late = _part(lines, stated_at, named_at)
    review, story = take_review(head.headline, story, credited, warnings)
    bullets, story = take_summary(story, warnings)
    if not bullets:
        bullets, late = take_late_summary(late)
    late = furniture.without_links(late, warnings) + read_lines(outside, warnings)
    blocks = _write(story, late, credited, warnings)
    if not blocks:
        message = _("the story “%(headline)s” has no text after its title; export it again")
        raise ParseError(1, message % {"headline": head.headline})
    for need, stands in ((_("needs summary"), bullets), (_("needs source"), sources)):
        if not stands:
            warnings.append(LineWarning(0, need))
    return Document(
        headline=head.headline,
        body="\n\n".join(block.markdown for block in blocks),
        byline=head.byline,
        kind="review" if review else "news",
        published_at=_midnight(head.published, zone),
        updated_as_stated=head.updated,
        is_edited=head.is_edited,
        is_from_archive=True,
        credits=place_credits(credit_lines, blocks),
        bullets=bullets,
        sources=sources,
        review=review,
        statement=stated,
        warnings=tuple(sorted(set(warnings))),
    )


def _part(lines: Lines, stated_at: int, named_at: int) -> tuple[Lines, Lines]:
    """The story, and what stands below its source or, without one, below the statement; all if nothing is above."""
    between = [line for line in lines if line.is_text and stated_at < line.number < named_at]
    end = stated_at if stated_at and (not named_at or (stated_at < named_at and not between)) else named_at
    story = [line for line in lines if line.number < end]
    late = lines[len(story) :]
    if not any(line.is_text for line in story) or (not named_at and len(story) < len(late)):
        return lines, []
    return story, late


def _write(story: Lines, late: Lines, credited: list[int], warnings: Warnings) -> list[Block]:
    """The blocks of the body, with a warning for each line that may not belong there."""
    headings = find_headings(story, credited)
    warnings += [LineWarning(line.number, _("below the story: kept in the text")) for line in late]
    warn_of_body(story, headings, warnings)
    return write_blocks(story, headings) + write_blocks(late, ())


def _midnight(day: str, zone: tzinfo) -> datetime | None:
    return datetime.fromisoformat(day).replace(tzinfo=zone).astimezone(UTC) if day else None
