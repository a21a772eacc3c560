"""Addresses of reports and their receipts."""

from django.urls import path

from articles.corrections import following, log, receipts, views

app_name = "corrections"
urlpatterns = [
    path("articles/<label:slug>/report/", views.report_create, name="report_create"),
    path("report/", views.site_report_create, name="site_report_create"),
    path("reports/<str:code>/", receipts.report, name="report"),
    path("reports/<str:code>/reply/", receipts.report_reply, name="report_reply"),
    path("reports/<str:code>/annotation.jsonld", receipts.report_annotation, name="report_annotation"),
    path("articles/<label:slug>/follow/", following.follow, name="follow"),
    path("follow/<slug:token>/confirm/", following.follow_confirm, name="follow_confirm"),
    path("follow/<slug:token>/stop/", following.follow_stop, name="follow_stop"),
    path("corrections/", log.log, name="log"),
    path("corrections/corrections.csv", log.log_csv, name="log_csv"),
    path("corrections/record/", log.record, name="record"),
    path("corrections/<str:code>/", log.correction, name="correction"),
]
