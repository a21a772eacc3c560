"""A story as an editor writes it, saved through the verbs."""

from copy import copy
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import inlineformset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.catalogue.models import Article, Wording
from articles.revisions.acts import ADDITIONS
from articles.revisions.seen import StaleError, demand_seen, write_state
from articles.summaries.forms import BulletForm, BulletFormSet
from articles.summaries.models import Bullet
from articles.summaries.points import Point, blocked_points, reject, write_points
from articles.web.fields import ProseField, keep_untouched
from articles.web.generics import ModelForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import QueryDict

WORDS = ["headline", "standfirst", "byline", "body_markdown"]
# What a change of points alone may be: a change of words comes with its notice.
KINDS = [("", "---------"), *((kind.value, kind.label) for kind in ADDITIONS)]
DETAILS = ["kind", "language", "published_at", "updated_as_stated", "is_edited", "is_from_archive"]

Bullets = cast("type[BulletFormSet]", inlineformset_factory(Article, Bullet, form=BulletForm, formset=BulletFormSet))
STALE = gettext_lazy(
    "Nothing was saved: the story has changed since you opened this form. What you typed is still here. "
    "If you save again, it takes the place of what is told below; to work from that, open the story again."
)


class ArticleForm(ModelForm[Article]):
    """The words, points and dates of a story; how a public one changes, a form above this one says.

    It reads the points from the form set that the same request carries: ``shows_change`` says whether what readers
    see of words or points differs.
    """

    standfirst = ProseField(
        label=gettext_lazy("Standfirst"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    body_markdown = ProseField(
        label=gettext_lazy("Body"),
        help_text=gettext_lazy("Markdown. A blank line starts a paragraph, ## a heading, > a quotation."),
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField"}),
    )
    address = forms.SlugField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=100,
        allow_unicode=True,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy(
            "The last part of the story's address. Leave empty to make it from the headline. "
            "A published story keeps its old address too: it leads to the new one."
        ),
    )

    seen = forms.CharField(label="", required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = [*WORDS, *DETAILS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["address"] = self.instance.slug
        self.initial["seen"] = write_state(self.instance) if self.instance.pk else ""
        self.points: list[Point] = []
        self.wording = self.instance.wording
        self.shows_change = False
        self.rejected: list[Bullet] = []

    def clean_seen(self) -> str:
        """Raise ValidationError if the story changed after the form was opened; the next try overwrites knowingly."""
        try:
            if self.instance.pk:
                demand_seen(self.instance, self.cleaned_data["seen"])
        except StaleError as error:
            data = cast("QueryDict", self.data).copy()
            data["seen"] = self.initial["seen"]
            self.data = data
            self.add_error(None, [STALE, *error.changes])
        return ""

    def clean_address(self) -> str:
        """Raise ValidationError for an address that leads to another story."""
        address: str = self.cleaned_data["address"]
        if address and self.instance.is_slug_taken(address):
            raise forms.ValidationError(_("This address leads to another story: choose another one."))
        return address

    def clean(self) -> dict[str, Any]:
        """Hold the words against the points and the dates."""
        super().clean()
        keep_untouched(self)
        bullets = Bullets(self.data, instance=self.instance)
        if bullets.is_valid():
            self.points, self.rejected = bullets.points(), bullets.rejected()
            if not self.errors:
                self._hold_against_story()
        if self.instance.is_public and not self.errors:
            self._compare()
        self._demand_date()
        return self.cleaned_data

    def write(self, *, by: "User") -> None:
        """Save a valid form: a draft as it is, a public story as a change with its reason."""
        article = self.instance
        for draft in self.rejected:
            reject(draft, by=by)
        if not article.slug or self.cleaned_data["address"] != article.slug:
            article.take_slug(self.cleaned_data["address"])
        if not article.is_public:
            article.word(article.wording)
            article.save()
            write_points(article, self.points, by=by)
            return
        article.save(update_fields=["slug", *DETAILS])
        self.write_change(by=by)

    def write_change(self, *, by: "User") -> None:
        """Change the words and points of a public story, with what readers are told of it."""
        raise NotImplementedError

    def _wording(self) -> Wording:
        answers = self.cleaned_data
        return Wording(answers["headline"], answers["standfirst"], answers["body_markdown"], answers["byline"])

    def _hold_against_story(self) -> None:
        """Name the red flags against each point, held against the words of this form, that give no reason for it."""
        story = copy(self.instance)
        story.word(self._wording())
        for finding in blocked_points(story, self.points):
            reasons = " ".join(flag.reason for flag in finding.red_flags)
            message = _("“%(point)s”: %(reasons)s Correct the point, or say beside it why it stands all the same.")
            self.add_error(None, message % {"point": finding.bullet, "reasons": reasons})

    def _compare(self) -> None:
        self.wording = self._wording()
        shown = Bullet.objects.visible().filter(article=self.instance).values_list("text", flat=True)
        points = [point.text for point in self.points if point.is_approved]
        self.shows_change = self.wording != self.instance.wording or points != list(shown)

    def _demand_date(self) -> None:
        """As the database does: a published story of our own has its date."""
        answers = self.cleaned_data
        if self.instance.is_published and not answers.get("is_from_archive") and answers.get("published_at") is None:
            fault = _("A published story needs its date, unless it came from the archive.")
            self.add_error("published_at", fault)


class SealForm(forms.Form):
    """Why the words of a story have to go."""

    reason = ProseField(
        label=gettext_lazy("Legal cause"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Readers see this at the story's address. Don't repeat what has to go."),
        error_messages={"required": gettext_lazy("Say for what legal cause: readers see this reason.")},
    )
