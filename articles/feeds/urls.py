"""Addresses of feeds, sitemaps and robots.txt."""

from django.urls import path, register_converter

from articles.feeds import sitemaps, views
from articles.web.slugs import SlugInPath

register_converter(SlugInPath, "label")

app_name = "feeds"
urlpatterns = [
    path("feed.<str:extension>", views.latest, name="latest"),
    path("topics/<label:slug>/feed.<str:extension>", views.topic, name="topic"),
    path("sources/<label:slug>/feed.<str:extension>", views.source, name="source"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.sitemap_pages, name="sitemap_pages"),
    path("sitemap-stories-<int:block>.xml", sitemaps.sitemap_stories, name="sitemap_stories"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
