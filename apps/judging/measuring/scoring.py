"""Scoring all sheets of the panel, beside one bare SQL aggregate over the same rows. Call inside the province."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models.functions import Now

from apps.judging.measuring.crowd import Panel
from apps.judging.models import Mark, Sheet, Snapshot
from apps.judging.queries import ranking_input
from apps.judging.ranking import rank
from apps.judging.services import close_scoring, compute_snapshot
from apps.judging.services.marking import lines_of
from apps.judging.states import SheetState
from tenants.benchmarks.bare import asked
from tenants.benchmarks.figures import Figure, number, proof_figure, seconds, typical

TIMES = 5
BARE = """
SELECT entry.code, sum(mark.value), count(DISTINCT sheet.id)
FROM judging_mark mark JOIN judging_sheet sheet ON sheet.id = mark.sheet_id
JOIN dossiers_entry entry ON entry.id = sheet.entry_id
WHERE entry.round_id = %s AND sheet.state = 'locked' GROUP BY entry.code
"""


def figures(panel: Panel) -> list[Figure]:
    """Fill and lock every sheet, close scoring, and hold the result against what the database alone adds up."""
    _finish(panel)
    job = close_scoring(panel.round.pk, actor=panel.officer)
    sheets, marks = Sheet.objects.count(), Mark.objects.count()
    made: list[Snapshot] = []
    whole = seconds(lambda: made.append(compute_snapshot(panel.round.pk, job_id=job)))
    document = ranking_input(panel.round)
    pure = typical([seconds(lambda: rank(document)) for _ in range(TIMES)])
    bare = typical([seconds(lambda: asked(BARE, [panel.round.pk])) for _ in range(TIMES)])
    told = f"{sheets} phiếu, {marks} ô điểm: đọc, xếp hạng, niêm phong"
    return [
        Figure("Tính kết quả", whole, "s", None, told),
        Figure("  gấp một câu lệnh SQL trần cộng cùng các dòng", whole / bare, "×", None, f"{number(bare * 1000)} ms"),
        Figure("  riêng xếp hạng, không đọc ghi", pure, "s", None, f"trung vị của {TIMES}"),
        proof_figure("Tổng điểm khác với SQL", len(made[0].body["results"]), list(different(made[0], panel.round.pk))),
    ]


def _finish(panel: Panel) -> None:
    """What nobody has marked yet gets the most it may, and every sheet is locked; who locks is not measured here."""
    sheets = list(Sheet.objects.select_related("entry__round"))
    marked = set(Mark.objects.values_list("sheet_id", "criterion", "part"))
    Mark.objects.bulk_create(
        [
            Mark(sheet=sheet, criterion=line.criterion, part=line.part, value=line.most)
            for sheet in sheets
            for line in lines_of(sheet)
            if (sheet.pk, line.criterion, line.part) not in marked
        ],
        batch_size=2000,
    )
    Mark.objects.filter(value=None).update(value=Decimal(0))
    Sheet.objects.update(state=SheetState.LOCKED, locked_at=Now())


def different(snapshot: Snapshot, round_id: UUID) -> Iterator[str]:
    """The entries whose exact total is not the mean that the database gets."""
    means = {code: Fraction(total) / count for code, total, count in asked(BARE, [round_id])}
    for entry in snapshot.body["results"]:
        if Fraction(entry["total_exact"]) != means.get(entry["id"]):
            yield f"{entry['id']}: {entry['total_exact']} và {means.get(entry['id'])}"
