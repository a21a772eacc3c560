"""The forms of the desk: rating a report, answering it in words, and finding the one that it repeats."""

from collections.abc import Mapping
from typing import Any

from django import forms

from articles.corrections.codes import read_code
from articles.corrections.models import AnswerTemplate, Report
from articles.corrections.notices import Severity
from articles.web.fields import ProseField

Outcome = Report.Outcome
ELSEWHERE = "something besides the words of the story, like a picture, a credit or a link"
# What an answer in words can say of a story, whose words are changed by a correction.
ON_STORY = [
    (Outcome.NO_CHANGE, "No change"),
    (Outcome.CORRECTED, f"Corrected: {ELSEWHERE}"),
    (Outcome.UPDATED, f"Updated: {ELSEWHERE}"),
]


class RatingForm(forms.Form):
    """How grave the error is."""

    severity = forms.ChoiceField(choices=Severity.choices)

    def __init__(self, data: Mapping[str, Any] | None = None, *, report: Report) -> None:
        super().__init__(data, initial={"severity": report.severity})


class AnswerForm(forms.Form):
    """An answer in words."""

    outcome = forms.ChoiceField()
    words = ProseField(
        label="Answer",
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text="Readers see this on the receipt and in the record of the story.",
        error_messages={"required": "Say in public what came of the report."},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, report: Report, words: str = "", outcome: str = ""
    ) -> None:
        super().__init__(data, initial={"outcome": outcome or Outcome.NO_CHANGE, "words": words})
        choices = ON_STORY if report.article_id else Outcome.choices
        self.fields["outcome"] = forms.ChoiceField(choices=choices)


def with_template(typed: str, template: AnswerTemplate | None) -> str:
    """What was typed so far, and under it the words of a template."""
    return "\n\n".join(part for part in (typed.strip(), template.text if template else "") if part)


class DuplicateForm(forms.Form):
    """Which report this one repeats. ``cleaned_data["code"]`` is that report."""

    code = forms.CharField(label="Duplicate of", widget=forms.TextInput(attrs={"placeholder": "R-…", "size": 20}))

    def clean_code(self) -> Report:
        """Raise ValidationError if there is no such report."""
        found = Report.objects.filter(code=read_code(self.cleaned_data["code"], "R")).first()
        if found is None:
            raise forms.ValidationError("There is no report with this code.")
        return found
