"""Addresses of feeds, sitemaps and robots.txt."""

from django.urls import path

from articles.feeds import notices, receipts, sitemaps, views

app_name = "feeds"
urlpatterns = [
    path("feed.<str:extension>", views.latest, name="latest"),
    path("reviews/feed.<str:extension>", views.reviews, name="reviews"),
    path("corrections/feed.<str:extension>", notices.corrections, name="corrections"),
    path("articles/<label:slug>/feed.<str:extension>", views.changes, name="changes"),
    path("topics/<label:slug>/feed.<str:extension>", views.topic, name="topic"),
    path("sources/<label:slug>/feed.<str:extension>", views.source, name="source"),
    path("reports/<str:code>/feed.<str:extension>", receipts.report, name="report"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.sitemap_pages, name="sitemap_pages"),
    path("sitemap-stories-<int:block>.xml", sitemaps.sitemap_stories, name="sitemap_stories"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
