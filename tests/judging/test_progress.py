"""Where scoring stands: counts without marks, reminders that do not pester, a workbook of the same."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from browsers import at
from django.db.models import F
from python_calamine import CalamineWorkbook
from stage import MARKS, scoring

from apps.judging.models import Reminder, Sheet
from apps.judging.services import lock_sheet, recuse, remind_judges, save_mark, save_marks
from tieubieu.errors import DomainError
from tieubieu.notices.models import Mail, Notice

pytestmark = pytest.mark.usefixtures("in_daklak")
PAGE = "/cham-diem/ky/THU-2026/tien-do/"


def sheet_of(stage, judge=0, entry=0):
    return Sheet.objects.get(judge__person=stage.judges[judge], entry=stage.entries[entry])


def finish(stage, judge):
    sheet = sheet_of(stage, judge)
    save_marks(sheet.pk, {c: Decimal(v) for c, v in MARKS.items()}, remark="", actor=stage.judges[judge])
    lock_sheet(sheet.pk, actor=stage.judges[judge])


def reminders():
    return Notice.objects.filter(subject__startswith="Nhắc chấm điểm")


def test_the_page_counts_and_shows_no_mark():
    stage = scoring(2)
    finish(stage, 0)
    save_mark(sheet_of(stage, 1).pk, "C1", Decimal("37.31"), version=0, actor=stage.judges[1])

    page = at("daklak", stage.council[0]).get(PAGE).content.decode()

    assert "Đã xong 1 / 6 phiếu" in page
    assert "37,31" not in page
    assert stage.entries[1].code in page


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 200), ("officer", 200), ("panel chair", 200), ("judge", 404), ("member", 404)]
)
def test_who_sees_the_progress(who, status):
    stage = scoring()
    people = {"chair": stage.council[0], "officer": stage.officer, "panel chair": stage.judges[0],
              "judge": stage.judges[1], "member": stage.council[1]}  # fmt: skip

    client = at("daklak", people[who])

    assert [client.get(PAGE).status_code, client.get("/cham-diem/ky/THU-2026/tien-do.xlsx").status_code] == [status] * 2


def test_who_is_recused_counts_without_the_entry():
    stage = scoring(2)
    finish(stage, 1)
    recuse(sheet_of(stage, 0).pk, reason="Người nhà", actor=stage.officer)

    page = at("daklak", stage.judges[0]).get(PAGE).content.decode()
    answer = at("daklak", stage.judges[0]).get("/cham-diem/ky/THU-2026/tien-do.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    assert "Đã xong 0 / 3 phiếu" in page
    assert stage.entries[0].code not in page
    assert stage.entries[0].code not in str(book)
    assert stage.entries[1].code in str(book)


def test_a_reminder_is_a_notice_and_a_letter_and_not_twice_a_day(settings):
    stage = scoring()
    finish(stage, 0)
    stage.judges[1].email = "gk1@example.vn"
    stage.judges[1].save()

    told = remind_judges(stage.round.pk, actor=stage.officer)

    assert told == 2
    assert set(reminders().values_list("person", flat=True)) == {stage.judges[1].pk, stage.judges[2].pk}
    assert Mail.objects.get(subject__startswith="Nhắc chấm điểm").address == "gk1@example.vn"
    with pytest.raises(DomainError, match="24 giờ"):
        remind_judges(stage.round.pk, actor=stage.officer)
    settings.JUDGE_REMINDER_HOURS = 1
    Reminder.objects.update(sent_at=F("sent_at") - timedelta(hours=2))
    assert remind_judges(stage.round.pk, actor=stage.officer, judges=[sheet_of(stage, 2).judge_id]) == 1


def test_whoever_was_reminded_long_ago_is_reminded_again():
    stage = scoring()
    remind_judges(stage.round.pk, actor=stage.officer)
    Reminder.objects.update(sent_at=F("sent_at") - timedelta(hours=25))

    assert remind_judges(stage.round.pk, actor=stage.officer) == 3


def test_nobody_is_reminded_when_all_are_done():
    stage = scoring()
    for judge in range(3):
        finish(stage, judge)

    with pytest.raises(DomainError, match="Không còn thành viên"):
        remind_judges(stage.round.pk, actor=stage.officer)


def test_an_unreadable_choice_reminds_nobody():
    stage = scoring()

    page = at("daklak", stage.officer).post("/cham-diem/ky/THU-2026/nhac/", {"giam_khao": "x'; --"}, follow=True)

    assert "Không còn thành viên" in page.content.decode()
    assert not reminders().exists()


def test_a_panel_chair_sees_but_reminds_nobody():
    stage = scoring()

    assert at("daklak", stage.judges[0]).post("/cham-diem/ky/THU-2026/nhac/").status_code == 403
    assert not reminders().exists()


@pytest.mark.parametrize("judges", [1, 51])
def test_the_page_asks_the_same_questions_for_one_sheet_as_for_fifty(judges, django_assert_num_queries):
    stage = scoring(judges=judges)
    client = at("daklak", stage.officer)

    client.get("/khong-co/")
    with django_assert_num_queries(10):
        client.get(PAGE)
