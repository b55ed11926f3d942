import hashlib
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from stage import MARKS, scored, scoring

from apps.judging import services
from apps.judging.access import own_sheets
from apps.judging.models import Mark, Sheet, Snapshot
from apps.judging.ranking import rank
from apps.judging.services import (
    close_scoring,
    compute_snapshot,
    lock_sheet,
    mark_absent,
    recuse,
    save_mark,
    save_marks,
)
from apps.judging.states import SheetState
from apps.rounds.states import Phase
from tieubieu.binding import PUBLIC, bound
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.canonical import canonical_json
from tieubieu.outbox.models import Message
from tieubieu.progress.models import Job

pytestmark = pytest.mark.usefixtures("in_daklak")


def sheet_of(stage, judge=0, entry=0):
    return Sheet.objects.get(judge__person=stage.judges[judge], entry=stage.entries[entry])


def full(marks=MARKS):
    return {code: Decimal(value) for code, value in marks.items()}


def test_every_judge_gets_every_entry():
    stage = scoring(2)

    assert Sheet.objects.count() == 2 * 3
    assert set(Sheet.objects.values_list("state", flat=True)) == {SheetState.DRAFT}
    assert own_sheets(stage.judges[0]).count() == 2


def test_a_mark_is_saved_and_the_version_moves():
    stage = scoring()
    sheet = sheet_of(stage)

    saved = save_mark(sheet.pk, "C1", Decimal("35.5"), version=0, actor=stage.judges[0])

    assert (saved.version, saved.marks.get().value) == (1, Decimal("35.50"))


def test_the_same_mark_again_is_the_answer_that_got_lost():
    stage = scoring()
    sheet = sheet_of(stage)
    save_mark(sheet.pk, "C1", Decimal("35.5"), version=0, actor=stage.judges[0])

    again = save_mark(sheet.pk, "C1", Decimal("35.5"), version=0, actor=stage.judges[0])

    assert (again.version, Mark.objects.count()) == (1, 1)


def test_a_second_tab_does_not_overwrite_silently():
    stage = scoring()
    sheet = sheet_of(stage)
    save_mark(sheet.pk, "C1", Decimal("35"), version=0, actor=stage.judges[0])

    with pytest.raises(WrongState, match="sửa ở nơi khác"):
        save_mark(sheet.pk, "C1", Decimal("20"), version=0, actor=stage.judges[0])

    assert sheet.marks.get().value == Decimal("35")


@pytest.mark.parametrize(
    ("criterion", "value", "words"),
    [
        ("C1", "40.01", "từ 0 đến 40"),
        ("C3", "10.5", "từ 0 đến 10; đã nhập 10,5"),
        ("C1", "-1", "từ 0 đến 40"),
        ("C9", "1", "Không có tiêu chí C9"),
        ("C1", "1.005", "hai chữ số"),
    ],
)
def test_a_mark_the_form_does_not_allow_is_refused_and_nothing_is_lost(criterion, value, words):
    stage = scoring()
    sheet = sheet_of(stage)
    save_mark(sheet.pk, "C2", Decimal("30"), version=0, actor=stage.judges[0])

    with pytest.raises(DomainError, match=words):
        save_mark(sheet.pk, criterion, Decimal(value), version=1, actor=stage.judges[0])

    assert list(sheet.marks.values_list("criterion", "value")) == [("C2", Decimal("30.00"))]


def test_another_judges_sheet_does_not_exist():
    stage = scoring()

    with pytest.raises(Sheet.DoesNotExist):
        save_mark(sheet_of(stage, judge=1).pk, "C1", Decimal("1"), version=0, actor=stage.judges[0])


def test_an_incomplete_sheet_is_not_locked():
    stage = scoring()
    sheet = sheet_of(stage)
    save_marks(sheet.pk, {"C1": Decimal("30"), "C2": None}, remark="", actor=stage.judges[0])

    with pytest.raises(DomainError, match="C2, C3, C4"):
        lock_sheet(sheet.pk, actor=stage.judges[0])


def test_the_receipt_is_a_commitment_to_what_was_locked():
    stage = scoring()
    sheet = sheet_of(stage)
    save_marks(sheet.pk, full(), remark="Tốt", actor=stage.judges[0])

    locked = lock_sheet(sheet.pk, actor=stage.judges[0])

    told = {"nonce": locked.nonce, "sheet": str(sheet.pk), "scores": MARKS, "remark": "Tốt"}
    assert locked.receipt_code == hashlib.sha256(canonical_json(told)).hexdigest()


def test_a_locked_sheet_takes_no_more_marks():
    stage = scoring()
    sheet = sheet_of(stage)
    save_marks(sheet.pk, full(), remark="", actor=stage.judges[0])
    lock_sheet(sheet.pk, actor=stage.judges[0])

    with pytest.raises(WrongState):
        save_mark(sheet.pk, "C1", Decimal("1"), version=1, actor=stage.judges[0])


def test_scoring_does_not_close_over_an_open_sheet():
    stage = scoring()

    with pytest.raises(DomainError, match="Còn 3 phiếu"):
        close_scoring(stage.round.pk, actor=stage.officer)

    assert stage.refreshed().phase == Phase.SCORING


def test_closing_asks_a_worker_in_the_same_transaction():
    stage = scoring()
    for place, judge in enumerate(stage.judges):
        save_marks(sheet_of(stage, judge=place).pk, full(), remark="", actor=judge)
        lock_sheet(sheet_of(stage, judge=place).pk, actor=judge)

    job = close_scoring(stage.round.pk, actor=stage.officer)

    with bound(PUBLIC):
        asked = Message.objects.get(errand=services.COMPUTE)
    assert asked.args == {"round_id": str(stage.round.pk), "job_id": str(job)}
    assert asked.tenant == "daklak"


def test_the_snapshot_is_made_once_and_replays():
    stage = scored(2)
    job = Job.objects.get(kind="scoring")

    again = compute_snapshot(stage.round.pk, job_id=job.pk)

    snapshot = Snapshot.objects.get()
    assert snapshot == again
    replayed = rank({"rules": snapshot.body["rules"], "entries": snapshot.body["entries"]})
    assert (replayed["digest"], replayed["entries"]) == (snapshot.digest, snapshot.body["results"])
    assert [line["total_exact"] for line in snapshot.body["results"]] == ["80", "80"]
    assert [line["tied"] for line in snapshot.body["results"]] == [True, True]


def test_recused_and_absent_judges_do_not_count():
    stage = scoring()
    recuse(sheet_of(stage, judge=1).pk, reason="Người thân", actor=stage.officer)
    mark_absent(sheet_of(stage, judge=2).pk, reason="Ốm", actor=stage.officer)
    save_marks(sheet_of(stage).pk, full({**MARKS, "C1": "20"}), remark="", actor=stage.judges[0])
    lock_sheet(sheet_of(stage).pk, actor=stage.judges[0])

    snapshot = compute_snapshot(stage.round.pk, job_id=close_scoring(stage.round.pk, actor=stage.officer))

    assert [(line["counted"], line["total_exact"], line["passed"]) for line in snapshot.body["results"]] == [
        (1, "68", False)
    ]


def test_a_recused_judge_does_not_learn_that_the_entry_exists():
    stage = scoring(2)
    recuse(sheet_of(stage, judge=1).pk, reason="Người thân", actor=stage.officer)

    assert [sheet.entry_id for sheet in own_sheets(stage.judges[1])] == [stage.entries[1].pk]


def test_the_application_cannot_change_a_snapshot():
    scored()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Snapshot.objects.update(digest="sha256:0")
