"""A judge's sheets: the list, the autosave that a phone talks to, and the lock with its receipt."""

import json
import re
from uuid import uuid4

import pytest
from browsers import at
from stage import person, scored, scoring

from apps.accounts.models import Role
from apps.judging.models import Mark, Sheet
from apps.judging.services import recuse
from apps.judging.states import SheetState
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")


def sheet_of(stage, judge=0, entry=0):
    return Sheet.objects.get(judge__person=stage.judges[judge], entry=stage.entries[entry])


def save(client, sheet, criterion="C1", value="35.5", version=0, **extra):
    body = json.dumps({"criterion": criterion, "value": value, "version": version})
    return client.post(f"/cham-diem/{sheet.pk}/luu/", body, content_type="application/json", **extra)


@pytest.fixture
def scene():
    stage = scoring()
    return stage, sheet_of(stage), at("daklak", stage.judges[0])


def test_a_saved_mark_answers_with_the_next_version_and_the_running_total(scene):
    _, sheet, client = scene

    first = save(client, sheet)
    second = save(client, sheet, "C2", "30", 1)

    assert (first.status_code, first.json()) == (200, {"version": 1, "total": "35,5"})
    assert second.json() == {"version": 2, "total": "65,5"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("35.5", "35.50"),
        ("35,5", "35.50"),
        ("0", "0.00"),
        ("0,25", "0.25"),
        ("40", "40.00"),
        (" 12 ", "12.00"),
        (None, None),
        ("", None),
    ],
)
def test_a_mark_is_read_as_a_judge_types_it(scene, typed, kept):
    _, sheet, client = scene

    answer = save(client, sheet, value=typed)

    value = sheet.marks.filter(criterion="C1").values_list("value", flat=True).first()
    assert answer.status_code == 200
    assert (None if value is None else str(value)) == kept


def test_the_same_mark_again_is_the_answer_that_got_lost(scene):
    _, sheet, client = scene
    save(client, sheet)

    again = save(client, sheet)

    assert (again.status_code, again.json()) == (200, {"version": 1, "total": "35,5"})


def test_a_mark_from_an_older_screen_is_refused_and_changes_nothing(scene):
    _, sheet, client = scene
    save(client, sheet)

    stale = save(client, sheet, value="12")

    assert stale.status_code == 409
    assert "sửa ở nơi khác" in stale.json()["message"]
    assert str(sheet.marks.get().value) == "35.50"


@pytest.mark.parametrize(
    ("criterion", "value", "told"),
    [
        ("C1", "40.01", "Điểm tiêu chí C1 phải từ 0 đến 40; đã nhập 40,01."),
        ("C3", "11", "Điểm tiêu chí C3 phải từ 0 đến 10; đã nhập 11."),
        ("C1", "1.005", "có thể hiểu hai cách"),
        ("C1", "1,005", "tối đa hai chữ số sau dấu phẩy"),
        ("C1", "-1", "“-1” không phải là số"),
        ("C1", "1e1", "“1e1” không phải là số"),
        ("C1", "NaN", "“NaN” không phải là số"),
        ("C1", "ba mươi", "“ba mươi” không phải là số"),
        ("C1", "٣", "không phải là số"),
        ("C1", "9" * 400, "không phải là số"),
        ("C1", 35.5, "không phải là số"),
        ("C1", True, "không phải là số"),
        ("C1", ["35"], "không phải là số"),
        ("C9", "1", "Không có tiêu chí C9"),
        ("", "1", "Không có tiêu chí"),
        ("C1\x00", "1", "Không có tiêu chí"),
        ("C" * 5000, "1", "Không có tiêu chí"),
    ],
)
def test_what_is_no_legal_mark_is_refused_with_words(scene, criterion, value, told):
    _, sheet, client = scene

    answer = save(client, sheet, criterion, value)

    assert answer.status_code == 422
    assert told in answer.json()["message"]
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "khong-phai-json",
        "[]",
        "null",
        "1",
        '{"criterion": "C1"}',
        '{"criterion": "C1", "value": "1"}',
        '{"criterion": "C1", "value": "1", "version": null}',
        '{"criterion": "C1", "value": "1", "version": "moi"}',
        b"\xff\xfe\x00",
        "[" * 100000,
    ],
)
def test_what_is_no_autosave_is_told_to_reload(scene, body):
    _, sheet, client = scene

    answer = client.post(f"/cham-diem/{sheet.pk}/luu/", body, content_type="application/json")

    assert answer.status_code == 400
    assert "tải lại trang" in answer.json()["message"]


def test_an_expired_sign_in_leads_to_the_way_in(scene):
    _, sheet, _ = scene

    answer = save(at("daklak"), sheet)

    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/tai-khoan/dang-nhap/?next=")
    assert not Mark.objects.exists()


def test_a_forged_post_without_the_csrf_token_saves_nothing(scene):
    _, sheet, client = scene
    client.handler.enforce_csrf_checks = True

    answer = save(client, sheet)

    assert answer.status_code == 403
    assert not Mark.objects.exists()


def test_saving_and_locking_are_posts(scene):
    _, sheet, client = scene

    assert client.get(f"/cham-diem/{sheet.pk}/luu/").status_code == 405
    assert client.get(f"/cham-diem/{sheet.pk}/khoa/").status_code == 405


def fill(client, sheet):
    for version, (code, value) in enumerate({"C1": "32", "C2": "32", "C3": "8", "C4": "8"}.items()):
        assert save(client, sheet, code, value, version).status_code == 200


def test_a_complete_sheet_is_locked_once_and_shows_its_receipt(scene):
    _, sheet, client = scene
    fill(client, sheet)

    page = client.post(f"/cham-diem/{sheet.pk}/khoa/", follow=True).content.decode()

    sheet.refresh_from_db()
    assert sheet.state == SheetState.LOCKED
    shown = re.search(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}", page).group()
    assert shown.replace(" ", "") == sheet.receipt_code
    again = client.post(f"/cham-diem/{sheet.pk}/khoa/", follow=True).content.decode()
    assert "Phiếu đã khóa hoặc không còn được chấm" in again
    assert Sheet.objects.get(pk=sheet.pk).receipt_code == sheet.receipt_code


def test_an_incomplete_sheet_says_what_is_missing(scene):
    _, sheet, client = scene
    save(client, sheet)

    page = client.post(f"/cham-diem/{sheet.pk}/khoa/", follow=True).content.decode()

    assert "Còn tiêu chí chưa chấm: C2, C3, C4" in page
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.DRAFT


def test_a_locked_sheet_takes_no_mark_and_keeps_the_ones_it_has(scene):
    _, sheet, client = scene
    fill(client, sheet)
    client.post(f"/cham-diem/{sheet.pk}/khoa/")

    answer = save(client, sheet, "C1", "40", 4)

    assert answer.status_code == 409
    assert "đã khóa" in answer.json()["message"]
    assert str(sheet.marks.get(criterion="C1").value) == "32.00"


def test_a_closed_round_takes_no_mark():
    stage = scored()
    sheet = sheet_of(stage)

    answer = save(at("daklak", stage.judges[0]), sheet, "C1", "40", 1)

    assert answer.status_code == 409
    assert "message" in answer.json()


def paths(sheet_id):
    return [("get", f"/cham-diem/{sheet_id}/"), ("post", f"/cham-diem/{sheet_id}/luu/"),
            ("post", f"/cham-diem/{sheet_id}/khoa/")]  # fmt: skip


def ask(client, method, path):
    body = json.dumps({"criterion": "C1", "value": "1", "version": 0})
    return client.get(path) if method == "get" else client.post(path, body, content_type="application/json")


@pytest.mark.parametrize("who", ["another judge", "the officer", "a council member", "a stranger"])
def test_somebody_elses_sheet_is_the_same_404_as_none(scene, who):
    stage, sheet, _ = scene
    people = {
        "another judge": stage.judges[1],
        "the officer": stage.officer,
        "a council member": stage.council[0],
        "a stranger": person("la-mat"),
    }
    client = at("daklak", people[who])

    for (method, theirs), (_, nobodys) in zip(paths(sheet.pk), paths(uuid4()), strict=True):
        real, unreal = ask(client, method, theirs), ask(client, method, nobodys)
        assert (real.status_code, unreal.status_code) == (404, 404)
        assert real.content == unreal.content
    assert not Mark.objects.exists()


def test_a_judge_next_door_finds_nothing(scene, khanhhoa):
    _, sheet, _ = scene
    with inside(khanhhoa):
        neighbour = at("khanhhoa", person("giam-khao-0"))

    assert [ask(neighbour, *asked).status_code for asked in paths(sheet.pk)] == [404, 404, 404]


def test_a_recused_judge_does_not_see_the_entry_any_more(scene):
    stage, sheet, client = scene
    recuse(sheet.pk, reason="Người nhà", actor=stage.officer)

    assert [ask(client, *asked).status_code for asked in paths(sheet.pk)[:1]] == [404]
    assert "THU-2026-001" not in client.get("/cham-diem/").content.decode()


def test_the_list_counts_what_is_done_and_leads_to_each_sheet():
    stage = scoring(2)
    client = at("daklak", stage.judges[0])
    fill(client, sheet_of(stage))
    client.post(f"/cham-diem/{sheet_of(stage).pk}/khoa/")

    page = client.get("/cham-diem/").content.decode()

    assert "Đã xong 1 / 2 phiếu" in page
    assert page.count('href="/cham-diem/') >= 2
    assert "THU-2026-001" in page
    assert "THU-2026-002" in page


def test_whoever_judges_nothing_gets_a_list_that_teaches():
    page = at("daklak", person("moi", Role.OFFICER)).get("/cham-diem/")

    assert page.status_code == 200
    assert "Chưa có phiếu nào được giao" in page.content.decode()


def test_a_sheet_shows_the_entry_but_no_other_judge_and_no_place(scene):
    stage, sheet, client = scene

    page = client.get(f"/cham-diem/{sheet.pk}/").content.decode()

    assert "Sản phẩm 0" in page
    assert "Sản phẩm dùng trong kiểm thử" in page
    assert [str(judge) for judge in stage.judges[1:] if str(judge) in page] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_for_one_sheet_as_for_three(count, django_assert_num_queries):
    stage = scoring(count)
    client = at("daklak", stage.judges[0])

    client.get("/khong-co/")
    with django_assert_num_queries(7):
        client.get("/cham-diem/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_sheet_asks_the_same_questions_among_one_as_among_three(count, django_assert_num_queries):
    stage = scoring(count)
    client = at("daklak", stage.judges[0])

    client.get("/khong-co/")
    with django_assert_num_queries(14):
        client.get(f"/cham-diem/{sheet_of(stage).pk}/")


def test_an_autosave_asks_few_questions(scene, django_assert_num_queries):
    _, sheet, client = scene

    client.get("/khong-co/")
    with django_assert_num_queries(9):
        save(client, sheet)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_form_in_place_of_json_is_told_and_breaks_nothing(kind):
    stage = scoring()
    sheet = Sheet.objects.filter(judge__person=stage.judges[0]).get()
    body = "--x--\r\n" if kind.startswith("multipart") else "criterion=C1"

    answer = at("daklak", stage.judges[0]).post(f"/cham-diem/{sheet.pk}/luu/", body, content_type=kind)

    assert answer.status_code == 400
    assert "xin tải lại trang" in answer.json()["message"]
