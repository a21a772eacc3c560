"""The points of a story as an editor writes them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.catalogue.models import Article
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from articles.web.fields import ProseField
from articles.web.generics import BaseInlineFormSet, ModelForm

LAST = 32_767


class BulletForm(ModelForm[Bullet]):
    """One point: its text, where it stands and whether readers may see it."""

    order = forms.IntegerField(label=_("Position"), required=False, min_value=1, max_value=LAST)
    text = forms.CharField(
        label=pgettext_lazy("of a point", "Text"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the point, or tick Delete.")},
    )
    is_approved = forms.BooleanField(label=pgettext_lazy("a point is", "Approved"), required=False)
    is_checked = forms.BooleanField(label=_("Still right"), required=False)
    override_reason = ProseField(
        label=_("Right in spite of red flags, because"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Bullet
        fields = ["text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        self.initial["order"] = None if is_new else self.instance.position
        self.fields["is_checked"].disabled = self.instance.under_review_at is None
        self.initial["is_approved"] = is_new or self.instance.status == Bullet.Status.APPROVED

    def has_changed(self) -> bool:
        """An empty row with a number or a tick is still an empty row."""
        return super().has_changed() and (self.instance.pk is not None or "text" in self.changed_data)

    def clean_text(self) -> str:
        """The point on one line; as it is stored, if no more than white space differs."""
        text = " ".join(self.cleaned_data["text"].split())
        stored: str = self.instance.text
        return stored if text == " ".join(stored.split()) else text

    def point(self) -> Point:
        """The point that a valid form gives."""
        answers = self.cleaned_data
        return Point(
            answers["text"],
            answers["is_approved"],
            self.instance.pk,
            is_checked=answers["is_checked"],
            override=answers["override_reason"],
        )


class BulletFormSet(BaseInlineFormSet[Bullet, Article, Any]):
    """All points of a story. It saves nothing: ``points`` go through ``write_points``."""

    def points(self) -> list[Point]:
        """The points of a valid form: without the deleted ones, by position, those without one last."""
        kept = [form for form in self._kept_forms() if form.cleaned_data.get("text")]
        kept.sort(key=lambda form: form.cleaned_data["order"] or LAST)
        return [form.point() for form in kept]

    def rejected(self) -> list[Bullet]:
        """The machine's drafts that a valid form deletes, as they are stored."""
        return list(Bullet.objects.waiting().filter(pk__in=[form.instance.pk for form in self.deleted_forms]))

    def save(self, commit: bool = True) -> list[Bullet]:
        """Say for the admin's log what changed; nothing is written."""
        kept = [form for form in self._kept_forms() if form.has_changed()]
        self.new_objects = [form.instance for form in kept if form.instance.pk is None]
        self.changed_objects = [(form.instance, form.changed_data) for form in kept if form.instance.pk]
        self.deleted_objects = [form.instance for form in self.deleted_forms if form.instance.pk]
        return []

    def _kept_forms(self) -> list[BulletForm]:
        return [form for form in self.forms if not form.cleaned_data.get("DELETE")]
