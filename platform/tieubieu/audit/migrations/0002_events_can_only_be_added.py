from django.db import migrations

from tieubieu.audit.guard import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_events_and_their_chain")]

    operations = [append_only("audit_event"), append_only("audit_anchoredhead")]
