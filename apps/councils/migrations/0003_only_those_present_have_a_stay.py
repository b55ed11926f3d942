from django.db import migrations


class Migration(migrations.Migration):
    """Until now one row said of each member whether they were there; from now on a row is a stay in the room."""

    dependencies = [("councils", "0002_sessions_are_held_event_by_event")]

    operations = [
        migrations.RunSQL(
            "DELETE FROM councils_attendance WHERE NOT present",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "UPDATE councils_attendance SET arrived_at = councils_session.opened_at, left_at = councils_session.closed_at"
            " FROM councils_session WHERE councils_session.id = councils_attendance.session_id",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
