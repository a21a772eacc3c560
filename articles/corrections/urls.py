"""Addresses of reports and their receipts."""

from django.urls import path, register_converter

from articles.corrections import views
from articles.web.slugs import SlugInPath

register_converter(SlugInPath, "story")

app_name = "corrections"
urlpatterns = [
    path("articles/<story:slug>/report/", views.report_create, name="report_create"),
    path("report/", views.site_report_create, name="site_report_create"),
    path("reports/<str:code>/", views.report, name="report"),
]
