"""Addresses of reports and their receipts."""

from django.urls import path

from articles.corrections import views

app_name = "corrections"
urlpatterns = [
    path("articles/<label:slug>/report/", views.report_create, name="report_create"),
    path("report/", views.site_report_create, name="site_report_create"),
    path("reports/<str:code>/", views.report, name="report"),
]
