"""Addresses of reports and their receipts."""

from django.urls import path

from articles.corrections import receipts, views

app_name = "corrections"
urlpatterns = [
    path("articles/<label:slug>/report/", views.report_create, name="report_create"),
    path("report/", views.site_report_create, name="site_report_create"),
    path("reports/<str:code>/", receipts.report, name="report"),
    path("reports/<str:code>/reply/", receipts.report_reply, name="report_reply"),
    path("reports/<str:code>/annotation.jsonld", receipts.report_annotation, name="report_annotation"),
]
