"""Form fields that several concepts share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ProseField(forms.CharField):
    """Text from a ``<textarea>`` with plain line ends: browsers send each as CRLF (HTML, form submission)."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """The text with plain line ends, its outer white space stripped."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether more than line ends and outer white space differ."""
        return super().has_changed(self.to_python(initial), data)


class LinesField(ProseField):
    """A list of short texts, one on each line."""

    def prepare_value(self, value: Any) -> Any:
        """The list as it is edited; what was typed stays as it was typed."""
        return value if isinstance(value, str) else "\n".join(self.line_of(entry) for entry in value or [])

    def clean(self, value: Any) -> Any:
        """The list. Raises ValidationError that names the line that won't do."""
        lines = [line.strip() for line in super().clean(value).split("\n")]
        return [self.entry_of(line, number) for number, line in enumerate(lines, start=1) if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines differ."""
        return super().has_changed(self.prepare_value(initial), data)

    def line_of(self, entry: Any) -> str:
        """An entry as a line."""
        return str(entry)

    def entry_of(self, line: str, number: int) -> Any:
        """A line as an entry."""
        return line


class PairsField(LinesField):
    """A list of pairs, each a line of its own: ``Name: value``."""

    def line_of(self, entry: Any) -> str:
        """A pair as a line."""
        return ": ".join(entry)

    def entry_of(self, line: str, number: int) -> list[str]:
        """A line as a pair. Raises ValidationError for a line without a colon between two texts."""
        name, value = (part.strip() for part in line.partition(":")[::2])
        if not (name and value):
            raise ValidationError(_("Line %(number)d: write it as “Name: value”.") % {"number": number})
        return [name, value]


def keep_untouched(form: forms.ModelForm) -> None:  # type: ignore[type-arg]
    """Put back what the sender of a valid form left as it was: a browser rounds times and mends line ends."""
    for name in form.cleaned_data.keys() & form.initial.keys() - set(form.changed_data):
        form.cleaned_data[name] = form.initial[name]
