"""What a review adds to a story."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONG_SCALE = 10


def check_lines(value: object) -> None:
    """Raise ValidationError unless ``value`` is a list of non-empty strings."""
    if not isinstance(value, list) or not all(isinstance(line, str) and line.strip() for line in value):
        raise ValidationError(_("Give a list of short texts."))


def check_pairs(value: object) -> None:
    """Raise ValidationError unless ``value`` is a list of pairs of non-empty strings."""
    pairs = value if isinstance(value, list) else [None]
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) and p.strip() for p in pair)):
            raise ValidationError(_("Give a list of pairs: the name of the detail and its value."))


class ReviewDetails(models.Model):
    """The product, the judgement and the figures of a review."""

    article = models.OneToOneField(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="review"
    )
    product = models.CharField(_("product"), max_length=200)
    maker = models.CharField(_("maker"), max_length=200, blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$")],
        help_text=_("ISO 4217, for example USD."),
    )
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=1, null=True, blank=True)
    scale = models.DecimalField(_("out of"), max_digits=5, decimal_places=1, default=Decimal(10))
    pros = models.JSONField(
        pgettext_lazy("what speaks for a product", "for"), default=list, blank=True, validators=[check_lines]
    )
    cons = models.JSONField(
        pgettext_lazy("what speaks against a product", "against"), default=list, blank=True, validators=[check_lines]
    )
    verdict = models.TextField(_("verdict"), blank=True)
    specs = models.JSONField(_("specs"), default=list, blank=True, validators=[check_pairs])

    class Meta:
        verbose_name = verbose_name_plural = _("review details")
        constraints = [
            models.CheckConstraint(condition=~Q(product=""), name="review_has_product"),
            models.CheckConstraint(
                condition=Q(price__isnull=True, currency="") | (Q(price__isnull=False, price__gte=0) & ~Q(currency="")),
                name="review_price_has_currency",
                violation_error_message=_("Give the price together with its currency."),
            ),
            models.CheckConstraint(condition=Q(scale__gt=0), name="review_scale_is_positive"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("scale")),
                name="review_score_is_on_scale",
                violation_error_message=_("The score lies outside its scale."),
            ),
        ]

    def __str__(self) -> str:
        return self.product

    @property
    def has_price(self) -> bool:
        return self.price is not None

    @property
    def has_score(self) -> bool:
        return self.score is not None

    @property
    def scale_label(self) -> str:
        """The scale without a needless decimal: 10, 100, 7.5."""
        return f"{self.scale.normalize():f}"

    @property
    def score_label(self) -> str:
        """The score with one decimal on short scales (8.0 out of 10) and none that is needless on long ones."""
        if self.score is None:
            return ""
        return f"{self.score.normalize():f}" if self.scale > LONG_SCALE else f"{self.score:.1f}"

    @property
    def score_percent(self) -> Decimal | None:
        """The score as a share of its scale, 0 to 100, for drawing."""
        return None if self.score is None else (100 * self.score / self.scale).quantize(Decimal("0.1"))
