"""What an editor hands in to be imported, and what one decides on what an import left open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.corrections.change_form import ABOUT, NoticeFields, field_of
from articles.importing.diffs import Line, lines_of, lines_of_diff
from articles.importing.files import MAX_BYTES, NAME_LENGTH
from articles.importing.formats import FORMATS, site_lines
from articles.importing.merge import Verdict
from articles.importing.proposals import ProposedChange, ProposedField
from articles.importing.uploads import HeldFile

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_BYTES = 20_000_000
STORY_FORMATS = [name for name in FORMATS if name != site_lines.NAME]
# Those that go by a word, not by a proper name.
FORMAT_NAMES = {"text": pgettext_lazy("format of a file", "text"), "feed": pgettext_lazy("format of a file", "feed")}


class FilesInput(forms.ClearableFileInput):
    """A chooser of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked as one is."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The list of files; an empty one where none was chosen."""
        return [super(FilesField, self).clean(file, initial) for file in data or []]


class UploadForm(forms.Form):
    """Files, or text from the clipboard, or both."""

    chosen = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=gettext_lazy(
            "Text exports, Markdown, feeds, stored web pages and lists of sources (OPML), several at once."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste a story"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("auto", gettext_lazy("By content")),
            *((name, FORMAT_NAMES.get(name, name)) for name in STORY_FORMATS),
        ],
    )

    def clean_chosen(self) -> list[HeldFile]:
        """Raise ValidationError for files that are too big for a form, and for the export of a site."""
        files: list[UploadedFile] = self.cleaned_data["chosen"]
        for file in files:
            if (file.size or 0) > MAX_BYTES:
                size = {"file": file.name, "most": MAX_BYTES // 1_000_000}
                raise forms.ValidationError(_("%(file)s: more than %(most)s MB, which is no story.") % size)
        if sum(file.size or 0 for file in files) > MOST_BYTES:
            most = {"most": MOST_BYTES // 1_000_000}
            raise forms.ValidationError(_("More than %(most)s MB at once: choose fewer files.") % most)
        held = [HeldFile(file.name or "", file.read()) for file in files]
        for one in held:
            if one.starts_with(site_lines.MARK):
                message = _("%(file)s: the export of a whole site comes in by the command import_articles.")
                raise forms.ValidationError(message % {"file": one.name})
        return held

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError if there is nothing to import."""
        super().clean()
        if not self.errors and not self.held():
            raise forms.ValidationError(_("Choose a file, or paste the text of a story."))
        return self.cleaned_data

    def held(self) -> list[HeldFile]:
        """What a valid form hands in."""
        text = self.cleaned_data["text"]
        pasted = [HeldFile("", text.encode())] if text.strip() else []
        return [*self.cleaned_data["chosen"], *pasted]


class Row(NamedTuple):
    """A field of a proposal as the form shows it: how story and file differ, and the choice, unless it is decided.

    ``before`` is what the import before said, where both changed it since.
    """

    field: ProposedField
    lines: list[Line]
    before: list[str]
    choice: forms.BoundField | None


class DecisionForm(NoticeFields):
    """For each field that waits: the file's side, the story's, or later. A public story asks for its notice."""

    SIDES = [
        ("", gettext_lazy("Decide later")),
        ("take", gettext_lazy("Take what the file says")),
        ("keep", gettext_lazy("Keep what the story says")),
    ]

    def __init__(self, change: ProposedChange, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.change = change
        self.proposed = list(change.fields.select_related("decided_by"))
        if not change.article.is_public:
            for name in ABOUT:
                del self.fields[field_of(name)]
        for proposed in self.proposed:
            if not proposed.decision:
                self.fields[_name(proposed)] = forms.ChoiceField(
                    label=proposed.label, choices=self.SIDES, required=False, widget=forms.RadioSelect
                )

    def rows(self) -> Iterator[Row]:
        """The fields of the proposal, decided ones too."""
        for proposed in self.proposed:
            choice = None if proposed.decision else self[_name(proposed)]
            before = lines_of(proposed.base) if proposed.verdict == Verdict.CONFLICT else []
            yield Row(proposed, lines_of_diff(proposed.ours, proposed.theirs), before, choice)

    def about(self) -> list[forms.BoundField]:
        """What a public story asks of the change."""
        return [self[field_of(name)] for name in ABOUT if field_of(name) in self.fields]

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError if nothing was decided."""
        super().clean()
        if not self._chosen("take") and not self._chosen("keep"):
            raise forms.ValidationError(_("Choose a side for at least one field."))
        return self.cleaned_data

    def write(self, *, by: "User") -> None:
        """Do as a valid form says. Raises ActError and ProposalError as ``ProposedChange.take`` does."""
        taken, kept = self._chosen("take"), self._chosen("keep")
        if taken:
            self.change.take(taken, by=by, notice=self.notice())
        if kept:
            self.change.keep(kept, by=by)

    def _chosen(self, side: str) -> list[str]:
        return [one.field for one in self.proposed if self.cleaned_data.get(_name(one)) == side]


def _name(proposed: ProposedField) -> str:
    return f"side-{proposed.pk}"
