"""What belongs to a story, beside its words in the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.catalogue.forms import ArticleSourceFormSet, ArticleTopicFormSet, ImageForm, ReviewDetailsForm
from articles.catalogue.models import Article, ArticleSource, ArticleTopic, Image, ReviewDetails
from articles.web.generics import StackedInline, TabularInline


class ArticleSourceInline(TabularInline[ArticleSource, Article]):
    """The outlets that the story rests on."""

    model = ArticleSource
    formset = ArticleSourceFormSet
    extra = 1
    verbose_name_plural = _("Sources")
    fields = ["position", "source", "role", "url", "headline"]
    autocomplete_fields = ["source"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class ArticleTopicInline(TabularInline[ArticleTopic, Article]):
    """The topics that the story is filed under; the first heads it in lists."""

    model = ArticleTopic
    formset = ArticleTopicFormSet
    extra = 1
    verbose_name_plural = _("Topics")
    fields = ["position", "topic"]
    autocomplete_fields = ["topic"]


class ReviewDetailsInline(StackedInline[ReviewDetails, Article]):
    """The product, the judgement and the figures."""

    model = ReviewDetails
    form = ReviewDetailsForm
    verbose_name_plural = pgettext_lazy("of a product", "Review")


class ImageInline(StackedInline[Image, Article]):
    """Pictures, and credits of pictures that are not here."""

    model = Image
    form = ImageForm
    extra = 1
    verbose_name_plural = _("Pictures and credits")
    classes = ["collapse"]
