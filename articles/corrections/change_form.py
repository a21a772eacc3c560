"""The form of a story as editors change it once it is public: with the account that readers get of the change."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article
from articles.corrections.acts import publish
from articles.corrections.drafts import (
    CorrectionError,
    Draft,
    SecondEditorNeededError,
    check,
)
from articles.corrections.models import Correction, ProposedCorrection
from articles.corrections.notices import MINOR, Kind, Notice, Origin, Severity
from articles.corrections.seconding import propose
from articles.revisions.acts import change
from articles.revisions.forms import ArticleForm
from articles.web.fields import ProseField

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django_stubs_ext import StrOrPromise

NOTHING = ("", "---------")
KINDS = [
    NOTHING,
    *[(kind.value, kind.label) for kind in Kind if kind != Kind.WITHDRAWAL],
    (MINOR, gettext_lazy("Spelling, style or a point more: no notice")),
]
ABOUT = ["kind", "severity", "origin", "wrote", "says", "text", "ground"]


def prose(label: "StrOrPromise", help_text: "StrOrPromise", rows: int = 2) -> ProseField:
    """A text that may be left empty."""
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return ProseField(label=label, required=False, help_text=help_text, widget=widget)


class NoticeFields(forms.Form):
    """What readers are told of a change."""

    change_kind = forms.ChoiceField(label=gettext_lazy("Kind of change"), choices=KINDS, required=False)
    change_severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        choices=[NOTHING, *Severity.choices],
        required=False,
        help_text=gettext_lazy("A critical error is told at the top of the story."),
    )
    change_origin = forms.ChoiceField(
        label=gettext_lazy("Where the error came from"), choices=[NOTHING, *Origin.choices], required=False
    )
    change_wrote = prose(
        gettext_lazy("We wrote"),
        gettext_lazy("Word for word. Leave both passages empty to take the sentences that differ."),
    )
    change_says = prose(gettext_lazy("It now says"), gettext_lazy("Word for word as the story now has it."))
    change_reason = prose(
        gettext_lazy("Notice or reason"),
        gettext_lazy(
            "Readers see this. Leave it empty to have the notice made of the two passages; "
            "a change of spelling or style needs a reason here."
        ),
    )
    change_ground = prose(
        gettext_lazy("Why it is no correction"),
        gettext_lazy(
            "Only where a clarification replaces a figure, or a fact that a reader calls wrong, and there is no second "
            "editor to agree."
        ),
    )

    def notice(self) -> Notice:
        """What a valid form says of the change."""
        answers = self.cleaned_data
        return Notice(**{name: answers.get(field_of(name), "") for name in ABOUT})

    def tell(self, error: CorrectionError) -> None:
        """Show what is wrong with the notice beside the fields that say it."""
        for name, fault in error.faults.items():
            field = field_of(name)
            self.add_error(field if field in self.fields else None, fault)


class AccountForm(NoticeFields):
    """A change with the account of it.

    ``editor`` is who fills it in. ``proposed`` is what a second editor has to agree to, once the form was written.
    """

    editor: "User"
    proposed: ProposedCorrection | None = None

    def draft(self) -> Draft:
        """All that a valid form publishes."""
        raise NotImplementedError

    def publish(self, *, by: "User") -> None:
        """Publish the change with its account, or leave it to a second editor."""
        try:
            publish(self.draft(), by=by)
        except SecondEditorNeededError:
            self.proposed = propose(self.draft(), by=by)

    def check_account(self) -> None:
        """Hold the account against the rules, and show what is wrong with it."""
        notice = self.notice()
        if not notice.kind:
            self.add_error("change_kind", _("Say what kind of change this is: the story is published."))
        elif notice.kind == MINOR:
            if not notice.text:
                self.add_error("change_reason", _("Say what changed and why: readers see this reason."))
        else:
            self._check_notice()

    def _check_notice(self) -> None:
        try:
            check(self.draft(), by=self.editor)
        except SecondEditorNeededError:
            return
        except CorrectionError as error:
            self.tell(error)


class PublicArticleForm(AccountForm, ArticleForm):
    """The words, points and dates of a story; of a public one, a change comes with its account."""

    change_supersedes = forms.ModelChoiceField(
        label=gettext_lazy("Replaces the notice"),
        queryset=Correction.objects.none(),
        required=False,
        help_text=gettext_lazy("If an earlier notice was wrong. The new one says that it takes its place."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        supersedes = self.fields["change_supersedes"]
        if isinstance(supersedes, forms.ModelChoiceField) and self.instance.pk:
            supersedes.queryset = Correction.objects.filter(article=self.instance).standing()

    def clean(self) -> dict[str, Any]:
        """Hold the account of a change against the rules."""
        answers = super().clean()
        if self.instance.is_public and not self.errors and self._has_account():
            self.check_account()
        return answers

    def write_change(self, *, by: "User") -> None:
        """Publish the change with its account, or leave it to a second editor; what readers don't see needs none."""
        if not self._has_account():
            change(self.instance, self.wording, self.points, by=by, kind="", reason="")
            return
        self.publish(by=by)

    def _has_account(self) -> bool:
        """Whether readers are to be told of something: a change that they see, or a notice alone."""
        answers = self.cleaned_data
        return self.shows_change or answers["change_kind"] == Kind.NOTE or bool(answers["change_supersedes"])

    def draft(self) -> Draft:
        """All that a valid form publishes."""
        stored = Article.objects.get(pk=self.instance.pk)
        supersedes = self.cleaned_data["change_supersedes"]
        return Draft(stored, self.wording, self.points, self.notice(), supersedes=supersedes)


def field_of(name: str) -> str:
    """The field of the form for a part of a notice."""
    return "change_reason" if name == "text" else f"change_{name}"


class WithdrawForm(forms.Form):
    """Why we no longer stand by a story."""

    reason = ProseField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Readers see this in place of the story."),
        error_messages={"required": gettext_lazy("Say why we no longer stand by this story: readers see this reason.")},
    )
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=Severity.choices, initial=Severity.CRITICAL)
    origin = forms.ChoiceField(
        label=gettext_lazy("Where the error came from"), choices=Origin.choices, initial=Origin.STORY
    )
