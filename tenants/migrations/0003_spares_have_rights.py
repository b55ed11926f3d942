from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0002_rights_have_a_state"),
    ]

    operations = [
        migrations.AddField(
            model_name="spareschema",
            name="rights_state",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
