"""What belongs to a story, as an editor fills it in."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.catalogue.models import Article, Image, ReviewDetails, Source, Topic
from articles.catalogue.pictures import PictureError, make_master
from articles.web.fields import LinesField, PairsField, keep_untouched
from articles.web.generics import BaseInlineFormSet, ModelForm

PICTURES = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
FEW_LINES = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})


class SourceForm(ModelForm[Source]):
    """An outlet, under a name that no other has."""

    home_page = forms.URLField(
        label=gettext_lazy("Home page"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )
    feed_url = forms.URLField(
        label=gettext_lazy("Feed"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text=gettext_lazy("What is new in it becomes drafts. Leave empty to follow none."),
    )

    class Meta:
        model = Source
        fields = ["name", "slug", "home_page", "description", "feed_url", "is_licensed"]

    def clean_name(self) -> str:
        """Raise ValidationError if another outlet has this name in whatever case."""
        return _free_name(self)


class TopicForm(ModelForm[Topic]):
    """A topic, under a name that no other has."""

    class Meta:
        model = Topic
        fields = ["name", "slug", "description"]

    def clean_name(self) -> str:
        """Raise ValidationError if another topic has this name in whatever case."""
        return _free_name(self)


class ReviewDetailsForm(ModelForm[ReviewDetails]):
    """The figures of a review, with its lists written line by line."""

    pros = LinesField(
        label=pgettext_lazy("good about a product", "For"),
        required=False,
        help_text=gettext_lazy("One on each line."),
        widget=FEW_LINES,
    )
    cons = LinesField(
        label=pgettext_lazy("bad about a product", "Against"),
        required=False,
        help_text=gettext_lazy("One on each line."),
        widget=FEW_LINES,
    )
    specs = PairsField(
        label=gettext_lazy("Details"),
        required=False,
        help_text=gettext_lazy("One on each line, as “Weight: 1.2 kg”."),
        widget=FEW_LINES,
    )

    class Meta:
        model = ReviewDetails
        fields = ["product", "maker", "price", "currency", "score", "scale", "pros", "cons", "verdict", "specs"]

    def clean(self) -> dict[str, Any]:
        """Leave alone what was not touched."""
        super().clean()
        keep_untouched(self)
        return self.cleaned_data


class ImageForm(ModelForm[Image]):
    """A picture that every browser can show, or a credit alone."""

    file = forms.ImageField(
        label=gettext_lazy("File"),
        required=False,
        validators=[FileExtensionValidator(PICTURES)],
        help_text=gettext_lazy(
            "AVIF, GIF, JPEG, PNG or WebP. It is stored without its metadata, at most 2,000 pixels wide."
        ),
    )

    class Meta:
        model = Image
        fields = ["position", "file", "alt", "caption", "credit"]
        help_texts = {"credit": gettext_lazy("If you leave it empty, the one that its metadata states.")}

    def clean(self) -> dict[str, Any]:
        """Take the master of a new picture in its place, and its credit where none is given."""
        super().clean()
        upload = self.cleaned_data.get("file")
        if isinstance(upload, UploadedFile):
            self._take(upload)
        return self.cleaned_data

    def _take(self, upload: UploadedFile) -> None:
        upload.seek(0)
        try:
            master = make_master(upload.read())
        except PictureError as error:
            self.add_error("file", str(error))
            return
        stem = PurePath(upload.name or "picture").stem
        self.cleaned_data["file"] = ContentFile(master.content, name=f"{stem}.{master.suffix}")
        self.cleaned_data["credit"] = self.cleaned_data.get("credit") or master.credit


class OnceEachFormSet(BaseInlineFormSet[Any, Article, Any]):
    """Rows of which no two may name the same in ``once``, as the database demands."""

    once: tuple[str, ...] = ()

    def clean(self) -> None:
        """Mark rows that repeat another, or that take over what another row held when the form was opened."""
        super().clean()
        rows = [form for form in self.forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        stored = {self._key(form.initial) for form in rows if form.instance.pk}
        seen = set()
        for form in rows:
            key = self._key(form.cleaned_data)
            is_moved = form.instance.pk is None or key != self._key(form.initial)
            if form.cleaned_data and (key in seen or (is_moved and key in stored)):
                form.add_error(
                    self.once[0], _("This is in the list already; to change the order, change the positions.")
                )
            seen.add(key)

    def _key(self, values: dict[str, Any]) -> tuple[object, ...]:
        found = (values.get(name) for name in self.once)
        return tuple(value.pk if isinstance(value, Model) else value or "" for value in found)


class ArticleSourceFormSet(OnceEachFormSet):
    """The outlets that a story rests on."""

    once = ("source", "url")


class ArticleTopicFormSet(OnceEachFormSet):
    """The topics that a story is filed under."""

    once = ("topic",)


def _free_name(form: SourceForm | TopicForm) -> str:
    name = " ".join(form.cleaned_data["name"].split())
    if type(form.instance).objects.filter(name__iexact=name).exclude(pk=form.instance.pk).exists():
        raise forms.ValidationError(_("This name is in use already."))
    return name
