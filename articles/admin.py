"""Registry: the admin of each concept, and what the admin calls itself."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.catalogue import admin as catalogue
from articles.catalogue import labels_admin as labels
from articles.corrections import admin as corrections
from articles.corrections import record_admin as record
from articles.drafting import admin as drafting
from articles.importing import admin as importing
from articles.importing import repeats_admin as repeats
from articles.outbox import admin as outbox
from articles.revisions import admin as revisions

__all__ = [
    "catalogue",
    "corrections",
    "drafting",
    "importing",
    "labels",
    "outbox",
    "record",
    "repeats",
    "revisions",
]

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("Desk")
