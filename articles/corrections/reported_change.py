"""The form in which an editor puts right what a report is about: the passage, the words, and what readers are told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article, Wording
from articles.corrections.change_form import AccountForm, NoticeFields
from articles.corrections.drafts import CHANGED_MEANWHILE, UNCHANGED, Draft, last_version
from articles.corrections.marking import spot_of
from articles.corrections.models import Report
from articles.corrections.notices import MINOR, Origin
from articles.corrections.passages import sentences_around
from articles.revisions.record import words_of
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from articles.web.fields import ProseField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS = {"headline": 2, "standfirst": 3, "byline": 1, "body_markdown": 18}
LABELS = {
    "headline": gettext_lazy("Headline"),
    "standfirst": gettext_lazy("Standfirst"),
    "byline": gettext_lazy("Byline"),
    "body_markdown": gettext_lazy("Body"),
}
TWICE = gettext_lazy("You changed this passage here and in the words below. Change it in one place.")


@dataclass(frozen=True)
class Passage:
    """The sentences that a report is about, in the text that an editor changes, as the form's ``field`` holds it."""

    field: str
    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    def reworded(self, words: str) -> str:
        """The whole text with other words in place of the passage."""
        return f"{self.text[: self.start]}{words}{self.text[self.end :]}"


class ReportedChangeForm(AccountForm):
    """The passage of ``report`` and all the words of its story, with the account of the change.

    The passage is there where it stands in one text; it can be changed there or in the words, not in both. A form
    that was opened before the story was last changed is refused.
    """

    override_reason = ProseField(
        label=gettext_lazy("Why a point stands"),
        required=False,
        help_text=gettext_lazy(
            "Only where the checks find no passage for a point that you reworded, and it is right all the same."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, article: Article, report: Report, editor: Any, kind: str = ""
    ) -> None:
        self.article, self.report, self.editor = article, report, editor
        self.reports = [report, *Report.objects.waiting().filter(duplicate_of=report)]
        self.bullets = list(Bullet.objects.filter(article=article))
        self.passage = _passage(article, report, self.bullets)
        super().__init__(data, initial=self._initial(kind))
        for name, rows in WORDS.items():
            is_needed = name in ("headline", "body_markdown")
            self.fields[name] = _prose(LABELS[name], rows, is_needed=is_needed)
        for number, bullet in enumerate(self._shown(), start=1):
            self.fields[_name_of(bullet)] = _prose(_("Point %(number)d") % {"number": number}, 2)
        if self.passage:
            rows = 2 + len(self.passage.words) // 90
            self.fields["passage"] = _prose(_("How it should read"), rows)

    def clean(self) -> dict[str, Any]:
        """Hold the change and its account against the rules."""
        super().clean()
        if self.cleaned_data.get("version") != last_version(self.article):
            raise forms.ValidationError(CHANGED_MEANWHILE)
        if self.passage and "passage" in self.changed_data:
            self._put_passage(self.passage)
        if not self.errors:
            self.check_account()
        if not self.errors and self.notice().kind == MINOR and not self._changes():
            self.add_error(None, UNCHANGED)
        return self.cleaned_data

    def draft(self) -> Draft:
        """All that a valid form publishes: an emptied point is taken out, and points that nobody approved stay."""
        wording = Wording(*(self._text(name) for name in ("headline", "standfirst", "body_markdown", "byline")))
        reason = self.cleaned_data["override_reason"]
        points = [
            Point(text, bullet.status == Bullet.Status.APPROVED, bullet.pk, override=reason)
            for bullet in self.bullets
            if (text := self._text(_name_of(bullet)) if _name_of(bullet) in self.fields else bullet.text)
        ]
        version = self.cleaned_data["version"]
        return Draft(self.article, wording, points, self.notice(), self.reports, version=version)

    @property
    def passage_field(self) -> forms.BoundField:
        """The field of the passage, where there is one."""
        return self["passage"]

    @property
    def are_words_open(self) -> bool:
        """Whether all the words are to be seen at once: without a passage, and where something in them is wrong."""
        return self.passage is None or bool(self.non_field_errors()) or any(field.errors for field in self.words_fields)

    @property
    def words_fields(self) -> list[forms.BoundField]:
        """The fields of the words, in the order of the page."""
        points = [_name_of(bullet) for bullet in self._shown()]
        return [
            self[name] for name in ("headline", "standfirst", "byline", *points, "override_reason", "body_markdown")
        ]

    @property
    def notice_fields(self) -> list[forms.BoundField]:
        """The fields of the account."""
        return [self[name] for name in NoticeFields.base_fields]

    def _initial(self, kind: str) -> dict[str, Any]:
        report = self.report
        is_summary = report.bullet_position or report.kind == Report.Kind.SUMMARY
        return {
            **{name: getattr(self.article, name) for name in WORDS},
            **{_name_of(bullet): bullet.text for bullet in self.bullets},
            "passage": self.passage.words if self.passage else "",
            "version": last_version(self.article),
            "change_kind": kind,
            "change_severity": report.severity,
            "change_origin": Origin.SUMMARY if is_summary else Origin.STORY,
        }

    def _put_passage(self, passage: Passage) -> None:
        if passage.field in self.changed_data:
            self.add_error("passage", TWICE)
            return
        self.cleaned_data[passage.field] = passage.reworded(self.cleaned_data["passage"]).strip()
        self.changed_data.append(passage.field)

    def _text(self, name: str) -> str:
        """A text as it was sent, or as it stands if it was left alone."""
        text: str = (self.cleaned_data if name in self.changed_data else self.initial)[name]
        return text

    def _changes(self) -> bool:
        return any(name in self.changed_data for name in self.initial if not name.startswith("change_"))

    def _shown(self) -> list[Bullet]:
        return [bullet for bullet in self.bullets if bullet.status == Bullet.Status.APPROVED]


def _passage(article: Article, report: Report, bullets: list[Bullet]) -> Passage | None:
    """The sentences that ``report`` is about in the texts as they are written; None where they can't be told."""
    words = words_of(article)
    spot = spot_of(report, replace(words, body_text=words.body_markdown))
    if spot is None:
        return None
    shown = [bullet for bullet in bullets if bullet.status == Bullet.Status.APPROVED]
    field = "body_markdown" if spot.field == "body_text" else spot.field
    field = _name_of(shown[spot.index]) if field == "bullets" else field
    text = words.bullets[spot.index] if spot.field == "bullets" else getattr(article, field)
    start, end = sentences_around(text, spot.start, spot.end)
    return Passage(field, text, start, start + len(text[start:end].rstrip()))


def _prose(label: "StrOrPromise", rows: int, *, is_needed: bool = False) -> ProseField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return ProseField(label=label, required=is_needed, widget=widget)


def _name_of(bullet: Bullet) -> str:
    return f"point_{bullet.pk}"
