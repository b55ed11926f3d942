from django.db import migrations

from tieubieu.audit.guard import append_only


class Migration(migrations.Migration):
    dependencies = [("councils", "0003_only_those_present_have_a_stay")]

    operations = [
        migrations.RemoveConstraint(model_name="attendance", name="one_attendance_per_member"),
        migrations.RemoveField(model_name="attendance", name="present"),
        append_only("councils_sessionact"),
    ]
