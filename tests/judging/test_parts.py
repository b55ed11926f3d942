"""A divided criterion is marked part by part; the ranking reads their exact sum."""

import json
from decimal import Decimal

import pytest
from browsers import at
from stage import scoring

from apps.judging.frame import lines_for
from apps.judging.models import Mark, Sheet
from apps.judging.queries import ranking_input
from apps.judging.services import lock_sheet, save_mark, save_marks, save_remark
from tieubieu.errors import DomainError

pytestmark = pytest.mark.usefixtures("in_daklak")
PARTS = [
    {"code": "1.1", "label": "Doanh thu", "max": "25"},
    {"code": "1.2", "label": "Khả năng mở rộng", "max": "15"},
]
OF_GROUP = {
    "2": {"C3": [{"code": "3a", "label": "Hoa văn", "max": "7.5"}, {"code": "3b", "label": "Dáng", "max": "2.5"}]}
}
CHOICES = {"parts": {"C1": PARTS}, "parts_of_group": OF_GROUP}
WHOLE = {"C1-1": "20.25", "C1-2": "14.05", "C2": "32", "C3-1": "7.5", "C3-2": "0", "C4": "8"}


@pytest.fixture
def scene():
    stage = scoring(choices=CHOICES)
    return stage, Sheet.objects.get(judge__person=stage.judges[0]), at("daklak", stage.judges[0])


def full(**changes):
    return {key: Decimal(value) for key, value in (WHOLE | changes).items()}


def save(client, sheet, **asked):
    return client.post(
        f"/cham-diem/{sheet.pk}/luu/", json.dumps({"version": 0, **asked}), content_type="application/json"
    )


def test_a_group_with_a_frame_of_its_own_is_marked_by_it(scene):
    stage, _, _ = scene

    own = [(line.key, line.part, str(line.most)) for line in lines_for(stage.refreshed().rules, "2")]
    common = [line.key for line in lines_for(stage.refreshed().rules, "1")]

    assert own == [("C1-1", "1.1", "25"), ("C1-2", "1.2", "15"), ("C2", "", "40"), ("C3-1", "3a", "7.5"),
                   ("C3-2", "3b", "2.5"), ("C4", "", "10")]  # fmt: skip
    assert common == ["C1-1", "C1-2", "C2", "C3", "C4"]


def test_the_ranking_reads_the_exact_sum_of_the_parts(scene):
    stage, sheet, _ = scene
    save_marks(sheet.pk, full(), remark="", actor=stage.judges[0])
    lock_sheet(sheet.pk, actor=stage.judges[0])

    read = ranking_input(stage.refreshed())["entries"][0]["sheets"][0]["scores"]

    assert read == {"C1": "34.3", "C2": "32", "C3": "7.5", "C4": "8"}
    assert Mark.objects.filter(criterion="C1").count() == 2


def test_a_part_has_its_own_maximum(scene):
    stage, sheet, _ = scene

    with pytest.raises(DomainError, match=r"nội dung 1\.2 phải từ 0 đến 15; đã nhập 15,5"):
        save_mark(sheet.pk, "C1-2", Decimal("15.5"), version=0, actor=stage.judges[0])

    with pytest.raises(DomainError, match="Không có tiêu chí C1 "):
        save_mark(sheet.pk, "C1", Decimal("1"), version=0, actor=stage.judges[0])


def test_a_sheet_with_an_empty_part_is_not_locked(scene):
    stage, sheet, _ = scene
    marks = full()
    save_marks(sheet.pk, {**marks, "C1-2": None}, remark="", actor=stage.judges[0])

    with pytest.raises(DomainError, match=r"Còn tiêu chí chưa chấm: 1\.2\."):
        lock_sheet(sheet.pk, actor=stage.judges[0])

    assert ranking_input(stage.refreshed())["entries"][0]["sheets"] == []


def test_the_page_shows_the_parts_under_their_criterion_with_its_sum(scene):
    stage, sheet, client = scene
    save_marks(sheet.pk, full(), remark="Rất khéo", actor=stage.judges[0])

    page = client.get(f"/cham-diem/{sheet.pk}/").content.decode()

    assert "1.1. Doanh thu" in page
    assert ">34,3</output> / 40" in page
    assert ">7,5</output> / 10" in page
    assert "Rất khéo</textarea>" in page


def test_two_tabs_may_fill_different_boxes_but_not_the_same_one_unasked(scene):
    _, sheet, client = scene
    save(client, sheet, criterion="C1-1", value="20", base=None)

    other_box = save(client, sheet, criterion="C2", value="30", base=None)
    same_box = save(client, sheet, criterion="C1-1", value="11", base=None)

    assert other_box.json() == {"version": 2, "total": "50"}
    assert (same_box.status_code, same_box.json()["changed"], same_box.json()["value"]) == (409, True, "20")
    assert str(sheet.marks.get(part="1.1").value) == "20.00"


def test_a_remark_is_saved_by_itself_and_never_over_another(scene):
    stage, sheet, client = scene

    first = save(client, sheet, remark="Tốt\r\nbền", base="")
    again = save(client, sheet, remark="Tốt\nbền", base="")
    other = save(client, sheet, remark="Kém", base="")

    assert [answer.status_code for answer in (first, again, other)] == [200, 200, 409]
    assert other.json()["value"] == "Tốt\nbền"
    assert save_remark(sheet.pk, "Kém", version=0, base="Tốt\nbền", actor=stage.judges[0]).remark == "Kém"


@pytest.mark.parametrize("remark", ["a" * 4001, "có \x00 lạ", 5, None, ["x"]])
def test_what_is_no_remark_is_refused_with_words(scene, remark):
    _, sheet, client = scene

    answer = save(client, sheet, remark=remark, base="")

    sheet.refresh_from_db()
    assert (answer.status_code, sheet.remark) == (422, "")
    assert "Nhận xét" in answer.json()["message"]
