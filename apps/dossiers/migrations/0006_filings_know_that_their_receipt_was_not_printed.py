from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_dossiers_know_who_typed_and_for_whom")]

    operations = [
        migrations.AddField(
            model_name="filing",
            name="print_failed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="không lập được bản PDF lúc"),
        ),
    ]
