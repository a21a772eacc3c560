"""Registry: the addresses of each concept."""

from django.urls import include, path, register_converter

from articles.web import health, media
from articles.web.slugs import SlugInPath

register_converter(SlugInPath, "label")

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("media/<path:path>", media.media),
    path("", include("articles.publishing.urls")),
    path("", include("articles.corrections.urls")),
    path("", include("articles.search.urls")),
    path("", include("articles.feeds.urls")),
    path("", include("articles.reading.urls")),
]
