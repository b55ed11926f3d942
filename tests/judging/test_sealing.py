"""The seal, the lock that a chair opens, the versions that stay, and what comes too late."""

import json
from decimal import Decimal

import pytest
from browsers import at
from django.db import ProgrammingError, transaction
from stage import MARKS, person, scored, scoring

from apps.accounts.models import Role
from apps.judging.models import LateDraft, LockedVersion, Mark, Reopening, Sheet
from apps.judging.services import (
    close_scoring,
    lock_sheet,
    mark_absent,
    open_scores,
    recuse,
    reopen_sheet,
    save_mark,
    save_marks,
)
from apps.judging.states import SheetState
from tenants.gateways import inside
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")
TEMPTING = {"C1": "37.31", "C2": "32", "C3": "8", "C4": "8"}
ROUND = "/cham-diem/ky/THU-2026"


def sheet_of(stage, judge=0, entry=0):
    return Sheet.objects.get(judge__person=stage.judges[judge], entry=stage.entries[entry])


def finish(stage, judge, marks=MARKS, entry=0, remark="Bí mật của tôi"):
    sheet = sheet_of(stage, judge, entry)
    save_marks(sheet.pk, {c: Decimal(v) for c, v in marks.items()}, remark=remark, actor=stage.judges[judge])
    return lock_sheet(sheet.pk, actor=stage.judges[judge])


def entry_page(stage, who, entry=0):
    return at("daklak", who).get(f"{ROUND}/ho-so/{stage.entries[entry].pk}/")


# --- Reopening ---------------------------------------------------------------------------------------
def test_a_chair_reopens_with_a_reason_and_the_locked_version_stays():
    stage = scoring()
    locked = finish(stage, 1)

    reopen_sheet(locked.pk, reason="Nhầm dòng", actor=stage.council[0])
    save_mark(locked.pk, "C1", Decimal("20"), version=Sheet.objects.get(pk=locked.pk).version, actor=stage.judges[1])
    again = lock_sheet(locked.pk, actor=stage.judges[1])

    first, second = LockedVersion.objects.order_by("number")
    assert (first.marks, first.receipt_code, first.reopening.reason) == (MARKS, locked.receipt_code, "Nhầm dòng")
    assert (second.marks["C1"], second.receipt_code) == ("20", again.receipt_code)
    assert first.receipt_code != second.receipt_code
    assert [e.facts["reason"] for e in Event.objects.filter(tag="judging.sheet.reopened")] == ["Nhầm dòng"]
    assert "Nhầm dòng" in Notice.objects.get(person=stage.judges[1], subject__contains="được mở lại").text


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_nothing_is_reopened_without_a_reason(reason):
    stage = scoring()
    locked = finish(stage, 1)

    with pytest.raises(DomainError, match=r"[Ll]ý do"):
        reopen_sheet(locked.pk, reason=reason, actor=stage.council[0])

    assert Sheet.objects.get(pk=locked.pk).state == SheetState.LOCKED


def test_a_panel_chair_does_not_reopen_their_own_sheet():
    stage = scoring()
    locked = finish(stage, 0)

    with pytest.raises(DomainError, match="tự mở lại"):
        reopen_sheet(locked.pk, reason="Đổi ý", actor=stage.judges[0])


def test_nothing_is_reopened_after_scoring_closed():
    stage = scored()

    with pytest.raises(WrongState):
        reopen_sheet(sheet_of(stage, 1).pk, reason="Muộn", actor=stage.council[0])

    assert not Reopening.objects.exists()


def test_what_was_locked_cannot_be_changed_by_the_application():
    stage = scoring()
    finish(stage, 1)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LockedVersion.objects.update(marks={})


@pytest.mark.parametrize(
    ("who", "status"),
    [("chair", 302), ("panel chair", 302), ("judge", 403), ("member", 404), ("officer", 403), ("stranger", 404)],
)
def test_only_a_chair_reopens_through_the_page(who, status):
    stage = scoring()
    locked = finish(stage, 1)
    people = {
        "chair": stage.council[0], "panel chair": stage.judges[0], "judge": stage.judges[2],
        "member": stage.council[1], "officer": stage.officer, "stranger": person("la-mat"),
    }  # fmt: skip

    answer = at("daklak", people[who]).post(
        f"{ROUND}/ho-so/{stage.entries[0].pk}/mo-lai/{locked.pk}/", {"ly_do": "Ghi nhầm"}
    )

    assert answer.status_code == status
    assert Reopening.objects.exists() == (status == 302)


def test_the_judge_reads_every_locked_version_and_the_reason():
    stage = scoring()
    locked = finish(stage, 1, TEMPTING)
    reopen_sheet(locked.pk, reason="Nhầm dòng C1", actor=stage.council[0])

    page = at("daklak", stage.judges[1]).get(f"/cham-diem/{locked.pk}/").content.decode()

    assert "37,31" in page
    assert "Nhầm dòng C1" in page


def test_the_auditor_reads_the_versions_after_closing_and_not_before():
    stage = scoring()
    auditor = person("kiem-tra", Role.AUDITOR)
    for judge in range(3):
        finish(stage, judge, TEMPTING)
    before = entry_page(stage, auditor).content.decode()

    close_scoring(stage.round.pk, actor=stage.officer)

    after = entry_page(stage, auditor).content.decode()
    assert "37,31" not in before
    assert after.count("Bí mật của tôi") == 3


# --- The seal ----------------------------------------------------------------------------------------
def test_scores_stay_sealed_until_all_sheets_are_locked():
    stage = scoring()
    finish(stage, 0)
    finish(stage, 1, TEMPTING)
    sealed = {who: entry_page(stage, who).content.decode() for who in (stage.judges[0], stage.council[0])}
    finish(stage, 2)

    opened = {who: entry_page(stage, who).content.decode() for who in (stage.judges[0], stage.council[0])}

    for who, page in sealed.items():
        assert "đang niêm phong" in page
        assert "37,31" not in page
        assert "Bí mật" not in page
        assert "37,31" in opened[who]


def test_who_runs_the_round_reads_no_scores_even_unsealed():
    stage = scoring()
    for judge in range(3):
        finish(stage, judge, TEMPTING)

    page = entry_page(stage, stage.officer).content.decode()

    assert "37,31" not in page
    assert "Bí mật" not in page


def test_the_chair_breaks_the_seal_with_a_reason_for_those_who_have_locked():
    stage = scoring()
    finish(stage, 0)
    finish(stage, 1, TEMPTING)

    open_scores(stage.refreshed(), stage.entries[0].pk, reason="Giám khảo 3 nằm viện", actor=stage.council[0])

    assert "37,31" in entry_page(stage, stage.judges[0]).content.decode()
    still = entry_page(stage, stage.judges[2]).content.decode()
    assert "37,31" not in still
    assert [e.facts["reason"] for e in Event.objects.filter(tag="judging.scores.opened")] == ["Giám khảo 3 nằm viện"]
    with pytest.raises(WrongState, match="mở niêm phong rồi"):
        open_scores(stage.round, stage.entries[0].pk, reason="Nữa", actor=stage.council[0])


def test_an_opened_entry_tells_nothing_of_the_sealed_one_beside_it():
    stage = scoring(2)
    finish(stage, 0, entry=1)
    finish(stage, 1, TEMPTING, entry=1)
    open_scores(stage.refreshed(), stage.entries[0].pk, reason="Thử", actor=stage.council[0])

    assert "37,31" not in entry_page(stage, stage.judges[0], entry=1).content.decode()


def test_a_reopened_sheet_seals_the_entry_again():
    stage = scoring()
    for judge in range(3):
        finish(stage, judge, TEMPTING)
    reopen_sheet(sheet_of(stage, 1).pk, reason="Sửa", actor=stage.council[0])

    assert "37,31" not in entry_page(stage, stage.judges[0]).content.decode()


def test_who_is_recused_finds_no_entry_at_all():
    stage = scoring(2)
    for judge in (1, 2):
        finish(stage, judge, TEMPTING)
    recuse(sheet_of(stage, 0).pk, reason="Người nhà", actor=stage.officer)

    assert entry_page(stage, stage.judges[0]).status_code == 404
    assert entry_page(stage, stage.judges[0], entry=1).status_code == 200
    assert stage.entries[0].code not in at("daklak", stage.judges[0]).get(f"{ROUND}/tien-do/").content.decode()
    assert "37,31" in entry_page(stage, stage.judges[1]).content.decode()


# --- What comes too late -----------------------------------------------------------------------------
def save(client, sheet, **asked):
    body = json.dumps({"version": 0, **asked})
    return client.post(f"/cham-diem/{sheet.pk}/luu/", body, content_type="application/json")


def test_a_late_mark_is_refused_with_the_time_and_kept_for_the_judge_alone():
    stage = scored()
    sheet, client = sheet_of(stage, 1), at("daklak", stage.judges[1])

    mark = save(client, sheet, criterion="C1", value="39,99", base="32")
    remark = save(client, sheet, remark="Gửi muộn mất rồi", base="")

    assert (mark.status_code, mark.json()["late"], remark.json()["late"]) == (409, True, True)
    assert "Chấm điểm đã đóng lúc" in mark.json()["message"]
    assert str(Mark.objects.get(sheet=sheet, criterion="C1").value) == "32.00"
    own = client.get(f"/cham-diem/{sheet.pk}/").content.decode()
    assert "39,99" in own
    assert "Gửi muộn mất rồi" in own
    assert "39,99" not in entry_page(stage, stage.council[0]).content.decode()


def test_a_judge_who_was_marked_absent_keeps_what_still_came():
    stage = scoring()
    sheet = sheet_of(stage, 1)
    mark_absent(sheet.pk, reason="Ốm", actor=stage.officer)

    answer = save(at("daklak", stage.judges[1]), sheet, criterion="C1", value="30", base=None)

    assert (answer.status_code, answer.json()["late"]) == (409, True)
    assert LateDraft.objects.get().marks == {"C1": "30"}


def test_nothing_is_late_while_scoring_runs():
    stage = scoring()
    locked = finish(stage, 1)

    answer = save(at("daklak", stage.judges[1]), locked, criterion="C1", value="30", base=None)

    assert (answer.status_code, "late" in answer.json()) == (409, False)
    assert not LateDraft.objects.exists()


def test_nobody_else_leaves_a_late_draft_on_a_sheet():
    stage = scored()

    answer = save(at("daklak", stage.judges[0]), sheet_of(stage, 1), criterion="C1", value="1", base=None)

    assert answer.status_code == 404
    assert not LateDraft.objects.exists()


def test_a_neighbours_chair_finds_none_of_it_under_the_same_round_code(khanhhoa):
    stage = scoring()
    for judge in range(3):
        finish(stage, judge, TEMPTING)
    entry, sheet = stage.entries[0].pk, sheet_of(stage, 1).pk
    with inside(khanhhoa):
        chair = at("khanhhoa", scoring().council[0])

    seen = chair.get(f"{ROUND}/tien-do/").content.decode()
    tried = [
        chair.get(f"{ROUND}/ho-so/{entry}/"),
        chair.post(f"{ROUND}/ho-so/{entry}/mo-niem-phong/", {"ly_do": "Tò mò"}),
        chair.post(f"{ROUND}/ho-so/{entry}/mo-lai/{sheet}/", {"ly_do": "Tò mò"}),
    ]

    assert "Đã xong 0 / 3 phiếu" in seen
    assert [answer.status_code for answer in tried] == [404, 404, 404]
    assert not Reopening.objects.exists()
