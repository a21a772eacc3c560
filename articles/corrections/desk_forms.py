"""The forms of the desk: rating a report, answering it in words, and finding the one that it repeats."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.corrections.codes import read_code
from articles.corrections.models import AnswerTemplate, Report
from articles.corrections.notices import Severity
from articles.web.fields import ProseField

Outcome = Report.Outcome
# What an answer in words can say of a story, whose words are changed by a correction.
ON_STORY = [
    (Outcome.NO_CHANGE, Outcome.NO_CHANGE.label),
    (
        Outcome.CORRECTED,
        _("Corrected: something besides the words of the story, like a picture, a credit or a link"),
    ),
    (Outcome.UPDATED, _("Updated: something besides the words of the story, like a picture, a credit or a link")),
]


class RatingForm(forms.Form):
    """How grave the error is."""

    severity = forms.ChoiceField(label=_("Severity"), choices=Severity.choices)

    def __init__(self, data: Mapping[str, Any] | None = None, *, report: Report) -> None:
        super().__init__(data, initial={"severity": report.severity})


class AnswerForm(forms.Form):
    """An answer in words."""

    outcome = forms.ChoiceField(label=_("Outcome"))
    words = ProseField(
        label=_("Answer"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text=_("Readers see this on the receipt and in the record of the story."),
        error_messages={"required": _("Say in public what came of the report.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, report: Report, words: str = "", outcome: str = ""
    ) -> None:
        super().__init__(data, initial={"outcome": outcome or Outcome.NO_CHANGE, "words": words})
        choices = ON_STORY if report.article_id else Outcome.choices
        self.fields["outcome"] = forms.ChoiceField(label=_("Outcome"), choices=choices)


def with_template(typed: str, template: AnswerTemplate | None) -> str:
    """What was typed so far, and under it the words of a template."""
    return "\n\n".join(part for part in (typed.strip(), template.text if template else "") if part)


class DuplicateForm(forms.Form):
    """Which report this one repeats. ``cleaned_data["code"]`` is that report."""

    code = forms.CharField(label=_("Duplicate of"), widget=forms.TextInput(attrs={"placeholder": "R-…", "size": 20}))

    def clean_code(self) -> Report:
        """Raise ValidationError if there is no such report."""
        found = Report.objects.filter(code=read_code(self.cleaned_data["code"], "R")).first()
        if found is None:
            raise forms.ValidationError(_("There is no report with this code."))
        return found
