"""The filters of the corrections log. One that can't be used is left out, and said so."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.catalogue.models import Source, Topic
from articles.corrections.models import Correction
from articles.corrections.models.correction import CorrectionQuerySet
from articles.corrections.notices import SEVERITIES, Kind, Origin
from articles.web import moments

MOST_LABELS = 200
MONTH = "%Y-%m"
# Filters that name a column of the correction itself.
COLUMNS = ("kind", "severity", "origin")
UNKNOWN = {
    "kind": gettext_lazy("We don’t know this kind, so it is left out."),  # noqa: RUF001
    "severity": gettext_lazy("We don’t know this severity, so it is left out."),  # noqa: RUF001
    "origin": gettext_lazy("We don’t know this origin, so it is left out."),  # noqa: RUF001
    "source": gettext_lazy("We don’t know this source, so it is left out."),  # noqa: RUF001
    "topic": gettext_lazy("We don’t know this topic, so it is left out."),  # noqa: RUF001
    "month": gettext_lazy("We don’t know this month, so it is left out."),  # noqa: RUF001
}


class LogFilterForm(forms.Form):
    """What the log is limited to: ``?kind=&severity=&origin=&source=&topic=&month=``, each optional."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a notice", "Kind"),
        choices=[("", gettext_lazy("All kinds")), *Kind.choices],
        required=False,
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        choices=[("", gettext_lazy("Critical, major and minor")), *SEVERITIES.items()],
        required=False,
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("Where the error came from"),
        choices=[("", gettext_lazy("Anywhere")), *Origin.choices],
        required=False,
    )
    source = forms.ModelChoiceField(
        Source.objects.all(), label=pgettext_lazy("a filter", "Source"), to_field_name="slug", required=False
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=pgettext_lazy("a filter", "Topic"), to_field_name="slug", required=False
    )
    month = forms.CharField(label=gettext_lazy("Month"), widget=forms.Select, required=False)

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__({name: value.replace("\0", "") for name, value in given.items()}, auto_id="f-%s")
        self._offer("source", _("All sources"), _sources)
        self._offer("topic", _("All topics"), _topics)
        self._offer("month", _("Any month"), _months)
        self.full_clean()

    @property
    def notes(self) -> list[str]:
        """What was left out, in sentences."""
        return [str(UNKNOWN[name]) for name in self.errors]

    @property
    def used(self) -> dict[str, str]:
        """The filters that limit the log, as an address names them."""
        return {name: self.data[name] for name in self.fields if self.cleaned_data.get(name)}

    def apply(self, corrections: CorrectionQuerySet) -> CorrectionQuerySet:
        """The corrections that pass; months are those of the site's time zone."""
        chosen = self.cleaned_data
        corrections = corrections.filter(**{name: chosen[name] for name in COLUMNS if chosen.get(name)})
        if source := chosen.get("source"):
            corrections = corrections.filter(article__in=source.article_sources.values("article"))
        if topic := chosen.get("topic"):
            corrections = corrections.filter(article__in=topic.articles.values("pk"))
        if month := chosen.get("month"):
            start, end = month_around(month)
            corrections = corrections.filter(published_at__gte=start, published_at__lt=end)
        return corrections

    def clean_month(self) -> datetime | None:
        """The first moment of the month. Raises ValidationError for what is none."""
        given = self.cleaned_data["month"]
        if not given:
            return None
        month = read_month(given)
        if month is None:
            raise forms.ValidationError(_("There is no such month."))
        return month

    def _offer(self, name: str, all_label: str, found: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Offer what is ``found`` once it is shown, and what is asked for, too: a link may name any."""

        asked = self.data.get(name, "")

        @cache
        def choices() -> list[tuple[str, str]]:
            offered = {"": all_label, **dict(found())}
            offered.setdefault(asked, asked)
            return list(offered.items())

        widget: Any = self.fields[name].widget
        widget.choices = choices


def read_month(text: str) -> datetime | None:
    """The first moment of a month as an address writes it, 2026-11, in the site's time zone; None if it is none."""
    try:
        month = datetime.strptime(text, MONTH)  # noqa: DTZ007 (the zone is set below)
    except ValueError:
        return None
    return timezone.make_aware(month) if 1900 <= month.year < 3000 else None


def month_around(at: datetime) -> tuple[datetime, datetime]:
    """The first moments of the month of ``at`` and of the next, in the site's time zone."""
    local = timezone.localtime(at)
    start = datetime(local.year, local.month, 1)  # noqa: DTZ001 (the zone is set below)
    end = datetime(local.year + local.month // 12, local.month % 12 + 1, 1)  # noqa: DTZ001
    return timezone.make_aware(start), timezone.make_aware(end)


def _sources() -> Iterable[tuple[str, str]]:
    corrected = Source.objects.filter(article_sources__article__corrections__isnull=False).distinct()
    return corrected.order_by("name").values_list("slug", "name")[:MOST_LABELS]


def _topics() -> Iterable[tuple[str, str]]:
    corrected = Topic.objects.filter(articles__corrections__isnull=False).distinct()
    return corrected.order_by("name").values_list("slug", "name")[:MOST_LABELS]


def _months() -> Iterable[tuple[str, str]]:
    months = Correction.objects.datetimes("published_at", "month", order="DESC")
    return ((month.strftime(MONTH), moments.month(month)) for month in months)
