"""Registry: the addresses of each concept."""

from django.urls import include, path

from articles.web import health, media

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("media/<path:path>", media.media),
    path("", include("articles.corrections.urls")),
    path("", include("articles.search.urls")),
    path("", include("articles.feeds.urls")),
    path("", include("articles.reading.urls")),
]
