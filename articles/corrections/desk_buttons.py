"""The buttons of a report's screen: each is one act of the desk, with the form that stands beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.corrections import desk
from articles.corrections.desk_forms import AnswerForm, DuplicateForm, RatingForm, with_template
from articles.corrections.models import AnswerTemplate, Report

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Sent = Mapping[str, Any]


@dataclass(frozen=True)
class Done:
    """What came of a button, in words; ``is_off`` says that the report needs nobody any more."""

    words: str
    is_off: bool = False


class Screen:
    """The forms of a report's screen. Those of the button that was pressed hold what was sent."""

    def __init__(self, report: Report, sent: Sent | None = None) -> None:
        self.report = report
        self.sent = sent or {}
        self.rating = RatingForm(self._sent_by("_take_up"), report=report)
        self.answer = AnswerForm(self._sent_by("_answer"), report=report)
        self.duplicate = DuplicateForm(self._sent_by("_duplicate"))

    def press(self, by: "User") -> Done | None:
        """Do what the button that was pressed says; None if its form is to be shown again. Raises DeskError."""
        act = next((act for name, act in BUTTONS.items() if name in self.sent), None)
        return act(self, by) if act else None

    def use_template(self, by: "User") -> None:
        """Put the words of a template under those that were typed; nothing is sent yet."""
        key = str(self.sent["_template"])
        template = AnswerTemplate.objects.filter(pk=key).first() if key.isdecimal() else None
        words = with_template(self.sent.get("words", ""), template)
        self.answer = AnswerForm(report=self.report, words=words, outcome=self.sent.get("outcome", ""))

    def give_answer(self, by: "User") -> Done | None:
        """Answer in words."""
        if not self.answer.is_valid():
            return None
        desk.answer([self.report], by=by, **self.answer.cleaned_data)
        return Done(_("Answered."), is_off=True)

    def take_up(self, by: "User") -> Done | None:
        """Say that it is being checked, and how grave it is."""
        if not self.rating.is_valid():
            return None
        desk.take_up(self.report, by=by, **self.rating.cleaned_data)
        return Done(_("Taken up."))

    def take_over(self, by: "User") -> Done:
        """Check it in place of somebody else."""
        desk.hand_to(self.report, by)
        return Done(_("Taken over."))

    def repeat(self, by: "User") -> Done | None:
        """Call it a duplicate."""
        if not self.duplicate.is_valid():
            return None
        lead = self.duplicate.cleaned_data["code"]
        desk.merge(self.report, lead, by=by)
        return Done(_("A duplicate of %(code)s.") % {"code": lead}, is_off=True)

    def separate(self, by: "User") -> Done:
        """Let it have an answer of its own."""
        desk.separate(self.report)
        return Done(_("Separated."))

    def set_aside(self, by: "User") -> Done:
        """Call it spam."""
        desk.set_aside(self.report, by=by)
        return Done(_("Set aside as spam."), is_off=True)

    def bring_back(self, by: "User") -> Done:
        """Call it no spam."""
        self.report.bring_back()
        return Done(_("Back in the queue."))

    def _sent_by(self, button: str) -> Sent | None:
        return self.sent if button in self.sent else None


BUTTONS: dict[str, Callable[[Screen, "User"], Done | None]] = {
    "_template": Screen.use_template,
    "_answer": Screen.give_answer,
    "_take_up": Screen.take_up,
    "_take_over": Screen.take_over,
    "_duplicate": Screen.repeat,
    "_separate": Screen.separate,
    "_spam": Screen.set_aside,
    "_not_spam": Screen.bring_back,
}
