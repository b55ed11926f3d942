"""The pages of the assignment: chosen, looked at, confirmed, mended; nobody sees or does there what is not theirs."""

import re

import pytest
from browsers import at
from handing import FILE, PAGE, as_secretary, begin, book, chosen, entry_page, handed, judges_of
from interests import accepted, declared, seat_of
from setups import shown
from stage import acting_for, person, scoring

from apps.accounts.models import Role
from apps.judging.access import assigned_sheets
from apps.judging.queries.assigning import plan_for
from apps.judging.services import uphold_conflict
from apps.rounds.models import Handing
from apps.rounds.services import state_expertise
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
CHOICE = "/ky-binh-chon/THU-2026/thiet-lap/giao-phieu/"


def seen(answer):
    return re.search(r'name="phuong_an" value="([^"]+)"', answer.content.decode()).group(1)


def test_the_way_is_chosen_looked_at_and_confirmed():
    stage = accepted(3, judges=5)
    client = at("daklak", stage.officer)

    client.post(CHOICE, {"handing": "balanced", "judges_per_entry": "3"})
    cockpit = client.get("/ky-binh-chon/THU-2026/")
    page = client.get(PAGE)
    client.post(f"{PAGE}bat-dau/", {"phuong_an": seen(page)})

    assert (stage.refreshed().handing, stage.round.judges_per_entry) == (Handing.BALANCED, 3)
    assert "Xem phương án phân công" in shown(cockpit)
    assert "Bắt đầu chấm điểm?" not in shown(cockpit)
    assert stage.entries[0].code in shown(page)
    assert [len(judges_of(stage, entry)) for entry in range(3)] == [3] * 3
    assert "Đã xong" in shown(client.get(PAGE))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0", "từ 1 trở lên"),
        ("6", "Ban Giám khảo có 5 người"),
        ("ba", "bằng chữ số"),
        ("", "bằng chữ số"),
        ("-2", "từ 1 trở lên"),
        ("100000", "Nhiều nhất 99"),
        ("3' OR 1=1", "bằng chữ số"),
    ],
)
def test_a_number_that_cannot_be_is_told_beside_its_field_and_kept(typed, told):
    stage = accepted(1, judges=5)

    answer = at("daklak", stage.officer).post(CHOICE, {"handing": "balanced", "judges_per_entry": typed})

    words = shown(answer)
    assert answer.status_code == 422
    assert told in words
    assert 'aria-invalid="true"' in words
    if typed:
        assert f'value="{typed.replace(chr(39), "&#x27;")}"' in words
    assert not stage.refreshed().is_balanced


def test_going_back_to_the_whole_panel_forgets_the_number():
    stage = chosen()
    client = at("daklak", stage.officer)

    client.post(CHOICE, {"handing": "whole", "judges_per_entry": "2", "by_expertise": "on"})

    stage.refreshed()
    assert (stage.round.handing, stage.round.judges_per_entry, stage.round.by_expertise) == ("whole", None, False)
    assert "mọi giám khảo" in shown(client.get(PAGE))


def test_the_expertise_of_a_judge_is_stated_on_their_seat():
    stage = accepted(1)
    client = at("daklak", stage.officer)
    seat = seat_of(stage, stage.judges[0])
    page = f"/ky-binh-chon/THU-2026/thiet-lap/thanh-vien/{seat.pk}/"

    client.post(page, {"post": "chair", "seat": "1", "groups": ["2", "1"]})
    wrong = client.post(page, {"post": "chair", "seat": "1", "groups": ["99"]})

    seat.refresh_from_db()
    assert (seat.groups, wrong.status_code) == (["1", "2"], 422)
    assert "Chưa ghi: chấm mọi nhóm" in shown(client.get(CHOICE))


def test_a_council_member_has_no_expertise_to_state():
    stage = accepted(1)
    seat = stage.round.appointments.get(person=stage.council[1])
    page = f"/ky-binh-chon/THU-2026/thiet-lap/thanh-vien/{seat.pk}/"
    client = at("daklak", stage.officer)

    client.post(page, {"post": "member", "seat": "2", "groups": ["1"]})

    seat.refresh_from_db()
    assert seat.groups == []
    assert "Chuyên môn" not in shown(client.get(page))


def test_what_is_not_possible_explains_itself_and_offers_no_button():
    stage = chosen(entries=2, judges=3, each=3, by_expertise=True)
    declared(stage, stage.judges[0])
    state_expertise(seat_of(stage, stage.judges[1]).pk, ["1"], actor=stage.officer)

    words = shown(at("daklak", stage.officer).get(PAGE))

    assert f"{stage.entries[0].name}: cần 3 giám khảo, chỉ có 1 chấm được" in words
    assert f"Có xung đột lợi ích: {stage.judges[0].full_name}" in words
    assert f"Ngoài chuyên môn: {stage.judges[1].full_name}" in words
    assert "Giảm số giám khảo mỗi hồ sơ xuống 1" in words
    assert "Cử thêm ít nhất 2 giám khảo" in words
    assert "Ghi thêm chuyên môn" in words
    assert "phuong_an" not in words


def test_loads_that_cannot_be_even_say_why():
    stage = chosen(entries=3, judges=3, each=2)
    for entry in range(3):
        declared(stage, stage.judges[0], entry)

    words = shown(at("daklak", stage.officer).get(PAGE))

    assert "cách nhau 3 phiếu" in words
    assert "nhận 0 phiếu, chấm được nhiều nhất 0 hồ sơ (3 hồ sơ có xung đột lợi ích)" in words


def test_a_plan_that_changed_since_it_was_seen_is_not_carried_out():
    stage = chosen(entries=2, judges=5, each=2)
    client = at("daklak", stage.officer)
    digest = seen(client.get(PAGE))
    for seat in plan_for(stage.round).by_entry[str(stage.entries[0].pk)]:
        declared(stage, seat.person)

    answer = client.post(f"{PAGE}bat-dau/", {"phuong_an": digest}, follow=True)

    assert "thay đổi từ lúc xem" in shown(answer)
    assert not assigned_sheets().exists()


def test_the_button_of_the_cockpit_does_not_begin_scoring_past_the_plan():
    stage = chosen()

    at("daklak", stage.officer).post("/ky-binh-chon/THU-2026/viec/bat-dau-cham/")

    assert stage.refreshed().phase == "screening"


def test_a_judge_is_added_and_taken_off_by_hand():
    stage = handed(entries=1, judges=5, each=2)
    client = at("daklak", as_secretary(stage))
    other = next(n for n in range(5) if n not in judges_of(stage))
    seat = seat_of(stage, stage.judges[other])

    client.post(f"{entry_page(stage)}giao/", {"judge": str(seat.pk), "reason": ""})
    added = judges_of(stage)
    sheet = assigned_sheets().get(judge=seat)
    client.post(f"{entry_page(stage)}bo/{sheet.pk}/", {"ly_do": ""})

    assert other in added
    assert other not in judges_of(stage)


def test_taking_off_too_many_is_told_and_what_was_typed_stays():
    stage = handed(entries=1, judges=5, each=2)
    client = at("daklak", stage.officer)
    sheet = assigned_sheets().first()

    refused = client.post(f"{entry_page(stage)}bo/{sheet.pk}/", {"ly_do": "  "})
    too_long = client.post(f"{entry_page(stage)}bo/{sheet.pk}/", {"ly_do": "dài " * 130})

    assert (refused.status_code, too_long.status_code) == (422, 422)
    assert "chỉ còn 1 / 2 giám khảo" in shown(refused)
    assert "dài dài" in shown(too_long)
    assert len(judges_of(stage)) == 2


@pytest.mark.parametrize("judge", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_judge_who_cannot_be_chosen_is_told_beside_the_field(judge):
    stage = handed(entries=1, judges=5, each=2)

    answer = at("daklak", stage.officer).post(f"{entry_page(stage)}giao/", {"judge": judge, "reason": "Vì thế"})

    assert answer.status_code == 422
    assert "Vì thế" in shown(answer)


def test_an_unassigned_judge_finds_neither_sheet_nor_entry():
    stage = handed(entries=2, judges=5, each=1)
    sheet = assigned_sheets().filter(entry=stage.entries[0]).get()
    other = next(n for n in range(1, 5) if n not in judges_of(stage))
    client = at("daklak", stage.judges[other])
    followed = f"/cham-diem/ky/THU-2026/ho-so/{stage.entries[0].pk}/"

    answers = [client.get(path).status_code for path in (f"/cham-diem/{sheet.pk}/", followed, PAGE, FILE)]

    assert answers == [404] * 4
    own = at("daklak", sheet.judge.person)
    assert [own.get(path).status_code for path in (f"/cham-diem/{sheet.pk}/", followed)] == [200] * 2


def test_what_a_conflict_took_away_is_balanced_with_one_button():
    stage = handed(entries=3, judges=5, each=2)
    judge = stage.judges[judges_of(stage)[0]]
    uphold_conflict(declared(stage, judge).pk, actor=stage.officer)
    client = at("daklak", stage.officer)

    before = shown(client.get(PAGE))
    page = client.get(f"{PAGE}bu/")
    after = shown(client.post(f"{PAGE}bu/", {"phuong_an": seen(page)}, follow=True))

    assert f"{stage.entries[0].name}: thiếu 1 giám khảo" in before
    assert stage.entries[0].name in shown(page)
    assert stage.entries[1].name not in shown(page)
    assert "Đã giao thêm 1 phiếu" in after
    assert "còn thiếu giám khảo" not in after
    assert "Không hồ sơ nào còn thiếu" in shown(client.get(f"{PAGE}bu/"))


def test_the_workbook_tells_who_scores_what():
    stage = chosen(entries=2, judges=5, each=2)
    client = at("daklak", stage.officer)
    planned = book(client.get(FILE))
    begin(stage)

    rows = book(client.get(FILE))

    assert [row[:2] for row in planned] == [row[:2] for row in rows]
    assert {row[4] for row in planned[1:]} == {"Dự kiến"}
    assert [row[3] for row in rows[1:3]] == [stage.judges[n].full_name for n in judges_of(stage)]
    assert sum(row[1] for row in book(client.get(FILE), 1)[1:]) == 4


@pytest.mark.parametrize("who", ["leader", "auditor", "chair"])
def test_who_only_looks_is_offered_nothing_and_does_nothing(who):
    stage = handed(entries=1, judges=5, each=2)
    people = {"leader": person("lanh-dao", Role.LEADER), "auditor": person("kiem-tra", Role.AUDITOR)}
    client = at("daklak", people.get(who) or stage.council[0])
    sheet = assigned_sheets().first()

    shown_there = shown(client.get(entry_page(stage)))
    posts = [f"{entry_page(stage)}giao/", f"{entry_page(stage)}bo/{sheet.pk}/", f"{PAGE}bu/", f"{PAGE}bat-dau/"]

    assert "Giao thêm" not in shown_there
    assert [client.post(path, {"ly_do": "x"}).status_code for path in posts] == [403] * 4
    assert len(judges_of(stage)) == 2


def test_nobody_else_finds_the_pages():
    stage = handed(entries=1, judges=5, each=2)
    maker = person("chu-co-so")
    acting_for(stage.entries[0].facility, maker)

    for who in (maker, stage.judges[1], stage.council[2]):
        assert [at("daklak", who).get(path).status_code for path in (PAGE, FILE, entry_page(stage))] == [404] * 3


def test_a_neighbour_s_round_and_entry_are_not_there(khanhhoa):
    """The officer next door has a round of the same code and looks for the entry and the sheet by their ids."""
    stage = handed(entries=1, judges=5, each=2)
    sheet = assigned_sheets().first()
    with inside(khanhhoa):
        theirs = handed(entries=1, judges=5, each=2)
    client = at("khanhhoa", theirs.officer)

    assert client.get(PAGE).status_code == 200
    assert stage.judges[0].pk not in [judge.pk for judge in theirs.judges]
    assert client.get(entry_page(stage)).status_code == 404
    assert client.post(f"{entry_page(stage)}bo/{sheet.pk}/", {"ly_do": "x"}).status_code == 404
    assert client.post(f"{entry_page(stage)}giao/", {"judge": str(sheet.judge_id)}).status_code == 404
    assert len(judges_of(stage)) == 2


@pytest.mark.parametrize("entries", [1, 3, 50])
def test_the_pages_ask_the_same_questions_for_one_entry_as_for_three(entries, django_assert_num_queries):
    stage = chosen(entries=entries, judges=5, each=2)
    client = at("daklak", stage.officer)
    client.get("/khong-co/")
    with django_assert_num_queries(14):
        client.get(PAGE)
    begin(stage)

    for path, questions in ((PAGE, 11), (entry_page(stage), 14), (FILE, 8), (f"{PAGE}bu/", 12)):
        with django_assert_num_queries(questions):
            client.get(path)


@pytest.mark.parametrize("judges", [1, 5])
def test_the_choice_asks_the_same_questions_for_one_judge_as_for_five(judges, django_assert_num_queries):
    stage = accepted(1, judges=judges)
    client = at("daklak", stage.officer)
    client.get("/khong-co/")

    with django_assert_num_queries(6):
        client.get(CHOICE)


def test_where_the_whole_panel_scores_the_page_shows_it_and_changes_nothing():
    stage = scoring(2)
    client = at("daklak", stage.officer)

    words = shown(client.get(PAGE))

    assert stage.judges[2].full_name in words
    assert "Còn thiếu" not in words
    assert client.get(f"{PAGE}bu/").status_code == 404
    assert "Giao thêm" not in shown(client.get(entry_page(stage)))
