from django.db import migrations

from tieubieu.audit.guard import append_only


class Migration(migrations.Migration):
    dependencies = [("judging", "0001_sheets_and_snapshots")]

    operations = [append_only("judging_snapshot")]
