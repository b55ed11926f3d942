import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0001_sessions_and_selections'),
        ('dossiers', '0005_dossiers_know_who_typed_and_for_whom'),
        ('rounds', '0003_window_changes_cite_their_document'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('state', models.CharField(choices=[('open', 'Đang biểu quyết'), ('closed', 'Đã kiểm phiếu'), ('annulled', 'Đã hủy')], default='open', max_length=8, verbose_name='trạng thái')),
                ('tier', models.CharField(blank=True, max_length=100, verbose_name='mức khen thưởng')),
                ('entitled', models.PositiveSmallIntegerField(verbose_name='số người được biểu quyết')),
                ('approve', models.PositiveSmallIntegerField(default=0, verbose_name='tán thành')),
                ('against', models.PositiveSmallIntegerField(default=0, verbose_name='không tán thành')),
                ('abstain', models.PositiveSmallIntegerField(default=0, verbose_name='không biểu quyết')),
                ('does_chair_approve', models.BooleanField(default=False, verbose_name='chủ tọa tán thành')),
                ('is_adopted', models.BooleanField(default=False, verbose_name='được thông qua')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do hủy')),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='mở lúc')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='kết thúc lúc')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='BallotLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('kind', models.CharField(choices=[('group', 'Xét chọn một nhóm sản phẩm'), ('tie', 'Xếp thứ tự sản phẩm bằng điểm'), ('question', 'Nội dung khác')], max_length=8, verbose_name='loại')),
                ('group', models.CharField(blank=True, max_length=2, verbose_name='nhóm sản phẩm')),
                ('title', models.CharField(max_length=300, verbose_name='nội dung')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='SessionAct',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField(verbose_name='số thứ tự')),
                ('happened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='lúc')),
                ('kind', models.CharField(max_length=40, verbose_name='việc')),
                ('actor_name', models.CharField(max_length=200, verbose_name='ai ghi')),
                ('facts', models.JSONField(default=dict, verbose_name='chi tiết')),
            ],
            options={
                'ordering': ['seq'],
            },
        ),
        migrations.CreateModel(
            name='Voter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('choice', models.CharField(blank=True, choices=[('approve', 'Tán thành'), ('against', 'Không tán thành'), ('abstain', 'Không biểu quyết')], max_length=8, verbose_name='ý kiến')),
                ('cast_at', models.DateTimeField(blank=True, null=True, verbose_name='bỏ phiếu lúc')),
            ],
        ),
        migrations.AlterModelOptions(
            name='attendance',
            options={'ordering': ['arrived_at', 'id']},
        ),
        migrations.AddField(
            model_name='attendance',
            name='arrived_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='đến lúc'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='left_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='rời lúc'),
        ),
        migrations.AddField(
            model_name='selection',
            name='tier',
            field=models.CharField(blank=True, max_length=100, verbose_name='mức khen thưởng'),
        ),
        migrations.AddField(
            model_name='session',
            name='acts',
            field=models.PositiveIntegerField(default=0, verbose_name='số việc đã ghi'),
        ),
        migrations.AddField(
            model_name='session',
            name='chair',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions_chaired', to='rounds.appointment'),
        ),
        migrations.AddField(
            model_name='session',
            name='digest',
            field=models.CharField(blank=True, max_length=71, verbose_name='mã băm'),
        ),
        migrations.AddField(
            model_name='session',
            name='document_id',
            field=models.UUIDField(blank=True, null=True, verbose_name='biên bản'),
        ),
        migrations.AddField(
            model_name='session',
            name='secretary',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions_kept', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='session',
            name='version',
            field=models.PositiveIntegerField(default=0, verbose_name='phiên bản'),
        ),
        migrations.AddField(
            model_name='session',
            name='way',
            field=models.CharField(choices=[('own', 'Từng thành viên bỏ phiếu trên điện thoại'), ('hands', 'Biểu quyết giơ tay, thư ký ghi số phiếu')], default='hands', max_length=5, verbose_name='cách biểu quyết'),
        ),
        migrations.AlterField(
            model_name='session',
            name='opened_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='khai mạc lúc'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('session', 'member'), name='one_open_stay_per_member'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='councils.session'),
        ),
        migrations.AddField(
            model_name='selection',
            name='ballot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='selections', to='councils.ballot'),
        ),
        migrations.AddField(
            model_name='ballotline',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='councils.ballot'),
        ),
        migrations.AddField(
            model_name='ballotline',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballot_lines', to='dossiers.entry'),
        ),
        migrations.AddField(
            model_name='item',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='councils.session'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='councils.item'),
        ),
        migrations.AddField(
            model_name='sessionact',
            name='ballot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log', to='councils.ballot'),
        ),
        migrations.AddField(
            model_name='sessionact',
            name='item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log', to='councils.item'),
        ),
        migrations.AddField(
            model_name='sessionact',
            name='member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='session_acts', to='rounds.appointment'),
        ),
        migrations.AddField(
            model_name='sessionact',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='councils.session'),
        ),
        migrations.AddField(
            model_name='voter',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voters', to='councils.ballot'),
        ),
        migrations.AddField(
            model_name='voter',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='rounds.appointment'),
        ),
        migrations.AddConstraint(
            model_name='ballotline',
            constraint=models.UniqueConstraint(fields=('ballot', 'entry'), name='one_line_per_ballot_and_entry'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('session', 'number'), name='one_item_per_number'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(fields=('session', 'number'), name='one_ballot_per_number'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('session',), name='one_open_ballot_per_session'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('entitled__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('approve'), '+', models.F('against')), '+', models.F('abstain')))), name='no_more_votes_than_voters'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), ('state', 'annulled'), _negated=True), name='an_annulled_ballot_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='sessionact',
            constraint=models.UniqueConstraint(fields=('session', 'seq'), name='one_act_per_number'),
        ),
        migrations.AddConstraint(
            model_name='voter',
            constraint=models.UniqueConstraint(fields=('ballot', 'member'), name='one_voter_per_ballot_and_member'),
        ),
    ]
