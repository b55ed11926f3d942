"""Entries that were there before the search key get theirs; going back needs nothing, the column goes."""

from django.db import migrations

from tieubieu.lib.text import fold


def fold_names(apps, editor):
    Entry = apps.get_model("dossiers", "Entry")
    rows = list(Entry.objects.filter(name_folded="").only("pk", "name"))
    for row in rows:
        row.name_folded = fold(row.name)
    Entry.objects.bulk_update(rows, ["name_folded"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [("dossiers", "0003_screening_has_views_marks_and_dissolved_sets")]

    operations = [migrations.RunPython(fold_names, migrations.RunPython.noop)]
