from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('judging', '0002_snapshots_refuse_change'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mark',
            name='one_mark_per_criterion',
        ),
        migrations.AddField(
            model_name='mark',
            name='part',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='nội dung của tiêu chí'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(fields=('sheet', 'criterion', 'part'), name='one_mark_per_box'),
        ),
    ]
