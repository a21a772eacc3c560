from django.db import migrations

from articles.search import index


def install(apps, schema_editor):
    index.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    index.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    """The search index and its triggers.

    A migration that comes with a change to the index ends with this same operation. One that rebuilds a table on
    SQLite, which drops its triggers, ends with ``RunPython(triggers.put_back, triggers.take_away)``.
    """

    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(install, uninstall)]
