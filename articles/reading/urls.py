"""Addresses of the pages that readers read."""

from django.urls import path

app_name = "reading"
urlpatterns: list = []
