"""Registry: the addresses of each concept."""

from django.urls import include, path

from articles.web import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("", include("articles.reading.urls")),
]
