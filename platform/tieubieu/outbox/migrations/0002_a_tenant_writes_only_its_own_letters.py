from django.db import migrations

# A tenant's role is called tb_<schema>. It holds INSERT alone; the policy keeps it from writing a
# letter in another tenant's name, which would make a worker act there. The owner is not bound by it.
OWN_NAME = """
CREATE POLICY outbox_own_name ON outbox_message FOR INSERT
WITH CHECK (schema = substr(current_user::text, 4))
"""
RELAY = """
CREATE POLICY outbox_relay ON outbox_message FOR ALL
USING (current_user = 'tb_public') WITH CHECK (current_user = 'tb_public')
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_messages_and_ticks")]

    operations = [
        migrations.RunSQL(
            ["ALTER TABLE outbox_message ENABLE ROW LEVEL SECURITY", OWN_NAME, RELAY],
            [
                "DROP POLICY outbox_relay ON outbox_message",
                "DROP POLICY outbox_own_name ON outbox_message",
                "ALTER TABLE outbox_message DISABLE ROW LEVEL SECURITY",
            ],
        )
    ]
