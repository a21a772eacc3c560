"""Runs of text with their marks, such as emphasis and links, as Markdown."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from articles.web.markdown import escape

MAIL = re.compile(r"mailto:[\w.+-]+@[\w.-]+", re.ASCII | re.IGNORECASE)

Style = tuple[str, ...]
# The marks that a style writes, outermost first.
RICH: Style = ("a", "del", "strong", "em", "sub", "sup", "code")
LINKED: Style = ("a",)
PLAIN: Style = ()
SIGNS = {"strong": ("**", "**"), "em": ("*", "*")} | {tag: (f"<{tag}>", f"</{tag}>") for tag in ("del", "sub", "sup")}


class Run(NamedTuple):
    """Text that stands under the same marks; a break starts a new line within the paragraph."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""
    is_break: bool = False


def text_of(runs: Iterable[Run], *, is_code: bool = False) -> str:
    """The words alone: on one line, or line by line as code has them."""
    text = "".join(run.text for run in runs)
    return text.strip("\n") if is_code else " ".join(text.split())


def write(runs: Iterable[Run], style: Style, *, is_one_line: bool = False) -> str:
    """A paragraph as Markdown with the marks of ``style``; without marks and on request it stays on one line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.is_break and style and not is_one_line:
            lines.append([])
        else:
            lines[-1].append(run)
    return "  \n".join(filter(None, (_write_runs(_folded(line), style) for line in lines)))


def _folded(runs: list[Run]) -> list[Run]:
    """``runs`` with single spaces, also where one run ends and the next begins, and none at the edges."""
    folded: list[Run] = []
    ends_in_space = True
    for run in runs:
        text = re.sub(r"\s+", " ", run.text)
        text = text.removeprefix(" ") if ends_in_space else text
        if text:
            folded.append(run._replace(text=text, is_break=False))
            ends_in_space = text.endswith(" ")
    if folded and ends_in_space:
        folded[-1] = folded[-1]._replace(text=folded[-1].text[:-1])
    return folded


def _write_runs(runs: Sequence[Run], style: Style) -> str:
    if not style:
        return _escaped("".join(run.text for run in runs))
    mark, rest = style[0], style[1:]
    written = ""
    for value, group in groupby(runs, key=lambda run: run.href if mark == "a" else mark in run.marks):
        within = list(group)
        if not value:
            written += _write_runs(within, rest)
        elif mark == "code":
            written += _code("".join(run.text for run in within))
        else:
            # An exclamation mark before a link would make a picture of it.
            written = re.sub(r"!$", r"\\!", written) if mark == "a" else written
            written += _marked(_write_runs(within, rest), mark, str(value))
    return written


def _marked(text: str, mark: str, href: str) -> str:
    """``text`` between the signs of ``mark``, white space at its edges outside of them."""
    core = text.strip(" ")
    if not core:
        return text
    opening, closing = ("[", f"]({_address(href)})") if mark == "a" else SIGNS[mark]
    return text[: text.index(core)] + opening + core + closing + text[text.index(core) + len(core) :]


def _code(text: str) -> str:
    core = text.strip(" ")
    if not core:
        return text
    fence = "`" * (1 + max(map(len, re.findall("`+", core)), default=0))
    inner = f" {core} " if "`" in (core[0], core[-1]) else core
    return text[: text.index(core)] + fence + inner + fence + text[text.index(core) + len(core) :]


def _address(href: str) -> str:
    quoted = re.sub(r"[()\[\]]", lambda sign: f"%{ord(sign[0]):02X}", href)
    return re.sub(r"&(?=#|\w+;)", "&amp;", quoted)


def _escaped(text: str) -> str:
    """Plain text as Markdown, the white space at its edges kept."""
    core = escape(text)
    if not core:
        return text
    return " " * text[:1].isspace() + core + " " * text[-1:].isspace()
