import uuid

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40, verbose_name="loại")),
                ("subject_kind", models.CharField(max_length=80)),
                ("subject_id", models.CharField(max_length=64)),
                ("template", models.CharField(max_length=40, verbose_name="mẫu")),
                ("template_version", models.CharField(max_length=16, verbose_name="phiên bản mẫu")),
                ("content_hash", models.CharField(max_length=71, verbose_name="mã nội dung")),
                ("sha256", models.CharField(max_length=64, verbose_name="mã tệp")),
                ("size", models.PositiveIntegerField(verbose_name="số byte")),
                ("pages", models.PositiveIntegerField(verbose_name="số trang")),
                ("storage_name", models.CharField(max_length=255)),
                ("is_demo", models.BooleanField(default=False, verbose_name="dữ liệu minh họa")),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="lập lúc"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject_kind", "subject_id", "content_hash"), name="one_document_per_content"
                    )
                ],
            },
        ),
    ]
