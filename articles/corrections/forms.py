"""The forms in which a reader reports an error, and contradicts an answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles.catalogue.models import Article
from articles.corrections.limits import few_links
from articles.corrections.models import MAX_QUOTE, MAX_RIGHT, MAX_WHAT, Report
from articles.corrections.places import Place
from articles.web.fields import ProseField

NO_KIND = dict.fromkeys(["required", "invalid_choice"], _("Choose what kind of error it is."))
NO_ADDRESS = _("An email address needs an @ sign, like name@example.org.")
ATTENTION = (
    _("One thing needs your attention"),
    _("Two things need your attention"),
    _("Three things need your attention"),
    _("Four things need your attention"),
    _("Five things need your attention"),
    _("Six things need your attention"),
)
TOO_LONG = ngettext_lazy(
    "Shorten this to %(limit_value)d character.", "Shorten this to %(limit_value)d characters.", "limit_value"
)
BAD_URL = _("Give a web address that starts with https:// or http://, like https://example.org/page.")


class SiteReportForm(forms.Form):
    """What is wrong with the site as a whole. The address is asked for only where mail is set up."""

    kind = forms.ChoiceField(
        label=_("What kind of error is it?"),
        choices=[choice for choice in Report.Kind.choices if choice[0] != Report.Kind.SUMMARY],
        initial=Report.Kind.FACT,
        widget=forms.RadioSelect,
        error_messages=NO_KIND,
    )
    what = ProseField(
        label=_("What is wrong?"),
        help_text=_("One or two sentences are enough."),
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[MaxLengthValidator(MAX_WHAT, TOO_LONG), few_links],
        error_messages={"required": _("Tell us what is wrong, so an editor knows what to check.")},
    )
    right = ProseField(
        label=_("What is right?"),
        help_text=_("The right fact, if you know it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[MaxLengthValidator(MAX_RIGHT, TOO_LONG)],
    )
    url = forms.URLField(
        label=_("Where can we check?"),
        help_text=_("A link to the page that you mean, or to one that shows the right fact."),
        required=False,
        max_length=1000,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": BAD_URL, "max_length": _("Give an address of at most 1000 characters.")},
    )
    email = forms.EmailField(
        label=_("Email"),
        help_text=_(
            "Only used to answer you, never shown, and deleted 30 days after. "
            "You can follow your report by its code either way."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": NO_ADDRESS},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, auto_id="%s", **options)
        if not settings.EMAIL_IS_SET_UP:
            del self.fields["email"]

    @property
    def faults_in_words(self) -> str:
        """How many answers won't do, as the head of their list."""
        return str(ATTENTION[len(self.errors) - 1])

    def report(self) -> Report:
        """The report that valid answers make; not saved yet."""
        return Report(**self.cleaned_data)


class StoryReportForm(SiteReportForm):
    """What is wrong in ``article`` at ``place``."""

    field_order = ["quote", "kind", "what", "right", "url", "email"]

    quote = ProseField(
        label=_("The passage"),
        help_text=_("The words that are wrong, if it is about certain words."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "quote"}),
        validators=[
            MaxLengthValidator(
                MAX_QUOTE,
                ngettext_lazy(
                    "Shorten the passage to %(limit_value)d character.",
                    "Shorten the passage to %(limit_value)d characters.",
                    "limit_value",
                ),
            )
        ],
    )
    kind = forms.ChoiceField(
        label=_("What kind of error is it?"),
        choices=Report.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=NO_KIND,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, article: Article, place: Place) -> None:
        kind = Report.Kind.FACT if place.bullet is None else Report.Kind.SUMMARY
        super().__init__(data, initial={"quote": place.quote, "kind": kind})
        self.article = article
        self.place = place
        self.fields["quote"].widget.attrs |= {"lang": article.language, "dir": article.direction}
        self.fields["what"].error_messages["required"] = _(
            "Tell us what is wrong with the passage, so an editor knows what to check."
        )
        self.fields["url"].help_text = _("A link to a page that shows the right fact.")
        if place.quote:
            self.fields["quote"].help_text = _("Copied from the story. Change it if you need to.")

    def report(self) -> Report:
        """The report that valid answers make; not saved yet. A passage taken out takes its context along."""
        report = super().report()
        report.article = self.article
        report.version = self.place.version
        report.bullet_position = self.place.bullet
        if report.quote:
            report.prefix, report.suffix = self.place.prefix, self.place.suffix
        return report


class FollowForm(forms.Form):
    """Where to write to if a story is corrected."""

    email = forms.EmailField(
        label=_("Email"),
        help_text=_("We ask this address first whether it wants to hear from us. It is used for nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="%s")


class ContradictionForm(forms.Form):
    """What a reader says to an answer without a change, once."""

    words = ProseField(
        label=_("What do you say to it?"),
        help_text=_("An editor reads it and looks again. You can answer once."),
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[MaxLengthValidator(MAX_WHAT, TOO_LONG)],
        error_messages={"required": _("Say what an editor should look at again.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="%s")
