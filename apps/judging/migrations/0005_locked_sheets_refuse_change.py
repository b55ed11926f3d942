from django.db import migrations

from tieubieu.audit.guard import append_only


class Migration(migrations.Migration):
    dependencies = [("judging", "0004_locked_sheets_are_kept")]

    operations = [append_only(table) for table in ("judging_lockedversion", "judging_reopening", "judging_opening")]
