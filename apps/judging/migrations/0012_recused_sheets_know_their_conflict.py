import django.db.models.deletion
from django.db import migrations, models

# Until now the words of the reason told that a conflict had taken a sheet. The earliest upheld one that covers its
# entry did; one that was taken back meanwhile had been upheld.
FILL = """
UPDATE judging_sheet SET recused_for_id = (
    SELECT c.id FROM judging_conflict c
    JOIN rounds_appointment a ON a.person_id = c.person_id
    JOIN dossiers_entry e ON e.round_id = c.round_id
    JOIN facilities_facility named ON named.id = c.facility_id
    JOIN facilities_facility owning ON owning.id = e.facility_id
    WHERE a.id = judging_sheet.judge_id AND e.id = judging_sheet.entry_id
    AND COALESCE(named.merged_into_id, named.id) = COALESCE(owning.merged_into_id, owning.id)
    AND (
        c.entry_id IS NULL OR c.entry_id = e.id OR c.entry_id = e.merged_into_id
        OR EXISTS (SELECT FROM dossiers_entry m WHERE m.id = c.entry_id AND m.merged_into_id = e.id)
    )
    AND (c.state = 'upheld' OR c.taken_back_at IS NOT NULL)
    ORDER BY c.decided_at, c.id LIMIT 1
)
WHERE state = 'recused' AND reason = 'Xung đột lợi ích'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('judging', '0011_tries_to_type_paper_are_counted'),
    ]

    operations = [
        migrations.AddField(
            model_name='sheet',
            name='recused_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets_taken', to='judging.conflict', verbose_name='không chấm vì xung đột'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('recused_for__isnull', True), ('state', 'recused'), _connector='OR'), name='only_a_recused_sheet_was_taken_by_a_conflict'),
        ),
    ]
