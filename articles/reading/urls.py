"""Addresses of the pages that readers read."""

from django.urls import path

from articles.reading import about, history, offline, saved, settings, views

app_name = "reading"
urlpatterns = [
    path("", views.home, name="home"),
    path("articles/<label:slug>/", views.article, name="article"),
    path("articles/<label:slug>/brief/", views.article_brief, name="article_brief"),
    path("articles/<label:slug>/history/", history.article_history, name="article_history"),
    path("articles/<label:slug>/history/<int:number>/", history.article_version, name="article_version"),
    path("articles/<label:slug>/summary/", views.article_summary, name="article_summary"),
    path("reviews/", views.reviews, name="reviews"),
    path("topics/", views.topics, name="topics"),
    path("topics/<label:slug>/", views.topic, name="topic"),
    path("sources/", views.sources, name="sources"),
    path("sources/<label:slug>/", views.source, name="source"),
    path("about/", about.about, name="about"),
    path("about/corrections/", about.about_corrections, name="about_corrections"),
    path("about/ai/", about.about_ai, name="about_ai"),
    path("about/privacy/", about.about_privacy, name="about_privacy"),
    path("saved/", saved.saved, name="saved"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("settings/", settings.settings, name="settings"),
]
