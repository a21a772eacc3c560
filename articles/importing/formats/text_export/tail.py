"""The tail of a page: the summary as a list, the sources, and whatever else stands below the story."""

import re
from itertools import takewhile

from django.utils.translation import gettext as _

from articles.importing.documents import LineWarning, StatedSource
from articles.importing.formats.text_export.body import find_headings
from articles.importing.formats.text_export.lines import Kind, Line, Lines, Warnings, line_of
from articles.importing.formats.text_export.sources import LABEL_ALONE, Named, only_once, read_label

SUMMARY_HEADING = re.compile(
    r"(?:(?:article|news|quick|the)\s+)?(?:summary|key (?:facts|points|take-?aways)|take-?aways?|highlights|main points"
    r"|at a glance|in (?:brief|short|summary|a nutshell)|the (?:gist|short version)|tl;?dr|to sum up):?",
    re.IGNORECASE,
)
OUTLET_LENGTH = 100


def take_sources(lines: Lines, warnings: Warnings) -> tuple[tuple[StatedSource, ...], int, Lines]:
    """The outlets that the page names, the number of the line where the last of them start (0), and the other lines.

    The last "Source:" lines count, and those that end a section of a round-up; any other stays in the text.
    """
    lines = _spell_out(lines)
    places = [place for place, line in enumerate(lines) if line.kind is Kind.SOURCE]
    if not places:
        return (), 0, lines
    texts = [place for place, line in enumerate(lines[: places[-1]]) if line.is_text]
    last = [place for place in places if not texts or place > texts[-1]]
    headings = find_headings(lines, []) if last != places else set()
    taken = [place for place in places if place in last or _ends_section(lines, place, headings)]
    sources: list[StatedSource] = []
    for place in taken:
        line = lines[place]
        named = read_label(line.says) or Named(())
        sources += named.sources
        if named.doubt:
            warnings.append(LineWarning(line.number, named.doubt))
        if place not in last:
            warnings.append(LineWarning(line.number, _("a source within the text: listed with the others")))
    rest = [line for place, line in enumerate(lines) if place not in taken]
    return only_once(sources), lines[last[0]].number, rest


def _ends_section(lines: Lines, place: int, headings: set[int]) -> bool:
    """Whether the next line of text is a heading."""
    below = next((other for other in range(place, len(lines)) if lines[other].is_text), place)
    return below in headings


def _spell_out(lines: Lines) -> Lines:
    """Outlets in a list or on a line below the bare word "Source:", each as a "Source:" line."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.is_text and LABEL_ALONE.fullmatch(line.says):
            names = list(takewhile(lambda other: other.is_item, lines[place + 1 :])) or lines[place + 1 : place + 2]
            below = lines[place + 1 + len(names) :]
            outlets = [line_of(name.number, f"Source: {name.says}") for name in names if _may_be_outlet(name)]
            are_all = names and len(outlets) == len(names) and all(line.kind is Kind.SOURCE for line in outlets)
            if are_all and not any(other.is_text and other.is_finished for other in below):
                return [*lines[:place], *outlets, *below]
    return lines


def _may_be_outlet(line: Line) -> bool:
    is_short = len(line.says) <= OUTLET_LENGTH or "://" in line.says
    return is_short and not (line.is_finished and line.is_text) and line.kind in (Kind.TEXT, Kind.ITEM)


def take_summary(lines: Lines, warnings: Warnings) -> tuple[tuple[str, ...], Lines]:
    """The list that ends the story; where nothing precedes it, it is the story itself."""
    run = _last_run(lines)
    rest = lines[: len(lines) - len(run)]
    if run and rest and rest[-1].is_text and SUMMARY_HEADING.fullmatch(rest[-1].says):
        what = _("“%(line)s” heads the summary: left out") % {"line": rest[-1].says}
        warnings.append(LineWarning(rest[-1].number, what))
        rest = rest[:-1]
    if run and not rest:
        what = _("the list is the only text: kept as the story, not as its summary")
        warnings.append(LineWarning(run[0].number, what))
        return (), run
    if run and run[0].is_numbered:
        warnings.append(LineWarning(run[0].number, _("a numbered list ends the story: read as its summary")))
    warnings += [
        LineWarning(line.number, _("“%(line)s” does not head the last list: kept in the text") % {"line": line.says})
        for line in rest
        if line.is_text and SUMMARY_HEADING.fullmatch(line.says)
    ]
    return tuple(line.says for line in run), rest


def take_late_summary(lines: Lines) -> tuple[tuple[str, ...], Lines]:
    """The list that ends what stands below the story's source, and the lines without it."""
    run = _last_run(lines)
    return tuple(line.says for line in run), lines[: len(lines) - len(run)]


def _last_run(lines: Lines) -> Lines:
    """The items at the end that belong together: of one sign, apart from those that are set in deeper."""
    run = list(takewhile(lambda line: line.is_item, reversed(lines)))[::-1]
    margin = min((line.indent for line in run), default=0)
    signs = [(place, _sign_of(line)) for place, line in enumerate(run) if line.indent == margin]
    others = [place for place, sign in signs if sign != signs[-1][1]]
    return run[next((place for place, _ in signs if place > others[-1]), 0) :] if others else run


def _sign_of(line: Line) -> str:
    return "1" if line.is_numbered else line.sign
