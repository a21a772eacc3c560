"""The address of the metrics."""

from django.urls import path

from articles.publishing import metrics

app_name = "publishing"
urlpatterns = [path("metrics", metrics.metrics, name="metrics")]
