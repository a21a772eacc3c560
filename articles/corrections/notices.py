"""What is said in public of a change: the rules of wording, as pure functions.

A correction states the error and the fact, without excuse. Source: the site's style, "Words".
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.corrections.passages import MAX_PASSAGE, changed_passages
from articles.revisions.chain import Words
from articles.summaries.numbers import find_numbers
from articles.web import moments

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_TEXT = 2000
PROSE = ("wrote", "says", "text", "ground")
ENDS = (".", "?", "…", "؟")


class Kind(TextChoices):
    """What a notice is."""

    CORRECTION = "correction", gettext_lazy("Correction")
    CLARIFICATION = "clarification", gettext_lazy("Clarification")
    UPDATE = "update", pgettext_lazy("a kind of change", "Update")
    NOTE = "note", gettext_lazy("Editor's note")
    WITHDRAWAL = "withdrawal", gettext_lazy("Withdrawn")


MINOR = "minor"  # a change without a notice, of which ``Notice.text`` holds the reason


class Severity(TextChoices):
    """How grave the error was."""

    CRITICAL = "critical", gettext_lazy("Critical: it can do harm, or turns the story on its head")
    MAJOR = "major", gettext_lazy("Major: a fact that matters to the story")
    MINOR = "minor", gettext_lazy("Minor: a detail")


# How grave it was, in a word.
SEVERITIES: "dict[str, StrOrPromise]" = {
    Severity.CRITICAL: pgettext_lazy("how grave an error is", "Critical"),
    Severity.MAJOR: pgettext_lazy("how grave an error is", "Major"),
    Severity.MINOR: pgettext_lazy("how grave an error is", "Minor"),
}


class Origin(TextChoices):
    """Where the error came from."""

    STORY = "story", gettext_lazy("Our edit")
    SUMMARY = "summary", gettext_lazy("Our summary")
    SOURCE = "source", gettext_lazy("The source")


# The kinds that come with a change of words.
CHANGING = (Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE)
# The words that a notice of a kind is made with, and those that it must hold.
FIXED: "dict[str, StrOrPromise]" = {
    # Translators: as it stands in “An earlier version said …” and in “An earlier version left out …”
    Kind.CORRECTION: pgettext_lazy("in every notice of this kind", "An earlier version"),
    # Translators: as it stands in “This story has been changed to make clear …”
    Kind.CLARIFICATION: pgettext_lazy("in every notice of this kind", "make clear"),
    # Translators: as it stands in “This has happened since it was published.”
    Kind.UPDATE: pgettext_lazy("in every notice of this kind", "since"),
    # Translators: as it stands in “We no longer stand by this story because …”
    Kind.WITHDRAWAL: pgettext_lazy("in every notice of this kind", "no longer stand by this story"),
}


@dataclass(frozen=True)
class Notice:
    """A public account of a change.

    ``wrote`` is the passage as it stood and ``says`` as it stands now, both word for word; one of them is "" for a
    passage that was left out or is taken out. ``text`` is what readers
    are told; left empty, it is made of the two. ``ground`` is the public reason why a change of a fact is no
    correction, where no second editor has agreed.
    """

    kind: str
    severity: str
    origin: str
    wrote: str = ""
    says: str = ""
    text: str = ""
    ground: str = ""


def with_passages(notice: Notice, before: Words, after: Words) -> Notice:
    """``notice`` with the sentences in which two versions differ, if it names no passage itself.

    A passage too long to be shown is left for the editor to choose.
    """
    if notice.wrote or notice.says or notice.kind not in CHANGING:
        return notice
    pairs = zip(texts_of(before), texts_of(after), strict=True)
    wrote, says = next((changed_passages(one, other) for one, other in pairs if one != other), ("", ""))
    return notice if max(len(wrote), len(says)) > MAX_PASSAGE else replace(notice, wrote=wrote, says=says)


def worded(notice: Notice, replaced_at: datetime | None = None) -> Notice:
    """``notice`` with its text as readers will see it, its white space folded.

    ``replaced_at`` is when the notice was published that this one takes the place of: the text then says so.
    """
    notice = replace(notice, **{name: " ".join(getattr(notice, name).split()) for name in PROSE})
    if not notice.text:
        notice = replace(notice, text=_made(notice))
    if notice.text and replaced_at:
        told = {"notice": notice.text, "day": moments.long_day(replaced_at)}
        text = _("%(notice)s This replaces our notice of %(day)s.") % told
        notice = replace(notice, text=text)
    return notice


def withdrawal(reason: str, severity: str, origin: str) -> Notice:
    """The notice of a withdrawal for this ``reason``, a clause or sentences of its own."""
    reason = " ".join(reason.split())
    text = _("We no longer stand by this story. %(reason)s") % {"reason": reason}
    if reason[:1].islower():
        text = _("We no longer stand by this story because %(reason)s") % {"reason": reason}
    text = text.strip()
    return Notice(Kind.WITHDRAWAL, severity, origin, text=text if text.endswith(ENDS) else f"{text}.")


def faults_of(notice: Notice) -> dict[str, str]:
    """What is wrong with a worded ``notice``, by field: empty if nothing is."""
    faults = {
        "kind": "" if notice.kind in Kind.values else _("Choose what kind of notice this is."),
        "severity": "" if notice.severity in Severity.values else _("Say how grave it is: critical, major or minor."),
        "origin": "" if notice.origin in Origin.values else _("Say where the error came from."),
        "wrote": _fault_of_wrote(notice),
        "says": _fault_of_says(notice),
        "text": _fault_of_text(notice),
    }
    return {field: fault for field, fault in faults.items() if fault}


def changes_fact(wrote: str, says: str) -> bool:
    """Whether a figure of the passage ``wrote`` is gone from ``says``: a sure sign that a fact was wrong."""
    kept = {number.value for number in find_numbers(says)}
    return any(number.value not in kept for number in find_numbers(wrote) if not number.is_implied)


def texts_of(words: Words) -> tuple[str, ...]:
    """The texts of a version, the body first, where the corrected words can be marked."""
    return words.body_text, words.headline, words.standfirst, "\n\n".join(words.bullets), words.byline


def _made(notice: Notice) -> str:
    """The words of the style for this kind, "" without the passages that they need."""
    wrote, says, text = notice.wrote, notice.says, ""
    match notice.kind:
        case Kind.CORRECTION if wrote and says:
            # Translators: here and below, “said” and “says” are passages in their quotation marks with their full stops
            text = _("An earlier version said %(said)s It now says %(says)s")
        case Kind.CORRECTION if wrote:
            text = _("An earlier version said %(said)s This was wrong and has been taken out.")
        case Kind.CORRECTION if says:
            text = _("An earlier version left out %(says)s")
        case Kind.CLARIFICATION if says[:1].islower():
            text = _("This story has been changed to make clear that %(clause)s.")
        case Kind.CLARIFICATION if says:
            text = _("This story has been changed to make clear: %(says)s")
        case Kind.UPDATE if says:
            text = _("The story now says %(says)s This has happened since it was published.")
    return text % {"said": _quoted(wrote), "says": _quoted(says), "clause": says.rstrip(".")}


def _quoted(words: str) -> str:
    """``words`` in quotation marks as the end of a sentence, with one full stop."""
    sentence = _("“%(words)s”") if words.endswith(ENDS) else _("“%(words)s”.")
    return sentence % {"words": words}


def _fault_of_wrote(notice: Notice) -> str:
    if notice.kind in CHANGING and not (notice.wrote or notice.says):
        return _("Give the passage as we wrote it, or as it now reads, word for word.")
    return _too_long() if len(notice.wrote) > MAX_PASSAGE else ""


def _fault_of_says(notice: Notice) -> str:
    if notice.says and notice.says == notice.wrote:
        return _("This is what we wrote before: nothing would be put right.")
    return _too_long() if len(notice.says) > MAX_PASSAGE else ""


def _too_long() -> str:
    words = ngettext(
        "Shorten the passage to %(limit_value)d character.",
        "Shorten the passage to %(limit_value)d characters.",
        MAX_PASSAGE,
    )
    return words % {"limit_value": MAX_PASSAGE}


def _fault_of_text(notice: Notice) -> str:
    if not notice.text:
        return _("Say in public what changed and why.")
    if len(notice.text) > MAX_TEXT:
        words = ngettext(
            "Shorten the notice to %(count)d character.", "Shorten the notice to %(count)d characters.", MAX_TEXT
        )
        return words % {"count": MAX_TEXT}
    own = notice.text.replace(notice.wrote or "\0", "").replace(notice.says or "\0", "")
    if "!" in own:
        return _("A notice has no exclamation marks.")
    if notice.says.rstrip(".") not in notice.text:
        return _("The notice has to hold the words as they now read: “%(words)s”.") % {"words": notice.says}
    fixed = str(FIXED.get(notice.kind, ""))
    return "" if fixed in notice.text else _("A notice of this kind holds the words “%(words)s”.") % {"words": fixed}
