"""Registry: the addresses of each concept."""

from django.urls import include, path

from articles.web import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("", include("articles.corrections.urls")),
    path("", include("articles.search.urls")),
    path("", include("articles.feeds.urls")),
    path("", include("articles.reading.urls")),
]
