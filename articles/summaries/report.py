"""What the checks say of a bullet, as plain data for JSON and as text for people."""

from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext_lazy as _

from articles.summaries.checks import AMBER, RED, Finding, Flag
from articles.summaries.evidence import select
from articles.summaries.pool import Pool

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What editors call a flag, by its colour and its kind.
FLAG_NAMES: "dict[tuple[str, str], StrOrPromise]" = {
    (RED, "number"): _("Red flag, number"),
    (RED, "name"): _("Red flag, name"),
    (RED, "unsupported"): _("Red flag, unsupported"),
    (AMBER, "number"): _("Amber flag, number"),
    (AMBER, "name"): _("Amber flag, name"),
    (AMBER, "negation"): _("Amber flag, negation"),
    (AMBER, "antonym"): _("Amber flag, antonym"),
}


class SelectorData(TypedDict):
    """A selector: see ``evidence.Selector``."""

    field: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class FlagData(TypedDict):
    """A flag: see ``checks.Flag``."""

    kind: str
    colour: str
    words: list[str]
    reason: str


class FindingData(TypedDict):
    """A finding: see ``checks.Finding``; shares and score are rounded to four places."""

    bullet: str
    coverage: float
    level: str
    score: float
    evidence: list[SelectorData]
    flags: list[FlagData]
    unchecked: list[str]


def as_data(finding: Finding, pool: Pool) -> FindingData:
    """A finding as what ``json.dumps`` takes."""
    selectors = [select(passage, pool) for passage in finding.evidence.passages]
    return {
        "bullet": finding.bullet,
        "coverage": round(finding.evidence.coverage, 4),
        "level": finding.evidence.level,
        "score": round(finding.score, 4),
        "evidence": [
            {"field": s.field, "exact": s.exact, "prefix": s.prefix, "suffix": s.suffix, "start": s.start, "end": s.end}
            for s in selectors
        ],
        "flags": [flag_data(flag) for flag in finding.flags],
        "unchecked": list(finding.unchecked),
    }


def flag_data(flag: Flag) -> FlagData:
    """A flag as what ``json.dumps`` takes."""
    return {"kind": flag.kind, "colour": flag.colour, "words": list(flag.words), "reason": flag.reason}


def flag_name(flag: FlagData) -> str:
    """What editors call a flag; one of another site's kind by that."""
    colour, kind = flag["colour"], flag["kind"]
    return str(FLAG_NAMES.get((colour, kind), f"{colour.capitalize()} flag, {kind}"))


def as_text(finding: Finding) -> str:
    """A finding in lines: the bullet, its level, its flags, what was not checked, its passages."""
    lines = [f"• {finding.bullet}", f"  {finding.evidence.level}, coverage {finding.evidence.coverage:.2f}"]
    lines += [f"  {flag.colour} {flag.kind}: {flag.reason}" for flag in finding.flags]
    if finding.unchecked:
        lines.append(f"  not checked, as the article is not in English: {', '.join(finding.unchecked)}")
    lines += [f"  [{p.field} {p.start}-{p.end}] {p.text}" for p in finding.evidence.passages]
    return "\n".join(lines)
