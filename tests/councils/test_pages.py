"""The pages of a session: the desk, the phones, and what neither tells to whom."""

from io import BytesIO

import pytest
from browsers import at
from chamber import LOW, marked, sitting
from desks import owner
from python_calamine import CalamineWorkbook
from stage import MARKS, facility, person, scored

from apps.accounts.models import Role
from apps.councils.models import Choice, Way
from apps.councils.services import cast_vote, close_session, depart, leave_out
from apps.rounds.states import Phase
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
HOME = "/ky-binh-chon/THU-2026/hoi-dong/"
FOLLOW, LIVE, STATUS = f"{HOME}theo-doi/", f"{HOME}theo-doi/phan/", f"{HOME}tinh-hinh/"
PAGES = [HOME, FOLLOW, LIVE, STATUS, f"{HOME}bien-ban/", f"{HOME}danh-sach.xlsx"]


def desk(held, verb, **given):
    client = at("daklak", held.officer)
    sent = {"seen": held.now.version, "item": held.item.pk, "muc": "1"} | given
    return client.post(f"{HOME}lam/{verb}/", sent)


def member(held, seat):
    return at("daklak", held.members[seat].person)


def text(answer):
    return answer.content.decode()


def test_the_session_is_opened_run_and_sealed_at_the_desk():
    stage = scored(2)
    client = at("daklak", stage.officer)
    members = [str(m.pk) for m in stage.round.appointments.filter(body="council")]

    client.post(HOME, {"present": members, "way": Way.HANDS})
    session = stage.round.sessions.get()
    item = str(session.items.get().pk)

    def act(verb, **given):
        session.refresh_from_db()
        return client.post(f"{HOME}lam/{verb}/", {"seen": session.version, "item": item, "muc": "1"} | given)

    act("mo-bieu-quyet", entries=[str(stage.entries[0].pk)])
    act("kiem-phieu", ballot=str(session.ballots.get().pk), approve="6", against="1")
    act("khong-chon", entries=[str(stage.entries[1].pk)], reason="Trùng cơ cấu")
    answer = act("be-mac")

    assert answer.status_code == 302
    assert stage.refreshed().phase == Phase.CONCLUDED
    assert session.selections.filter(outcome="selected").count() == 1
    page = text(client.get(HOME))
    assert "Đã bế mạc" in page
    assert "Trùng cơ cấu" in page
    assert "Tính lại từ dữ liệu hiện có: khớp" in page


def test_without_a_quorum_it_does_not_open_and_keeps_what_was_ticked():
    stage = scored()
    here = [str(m.pk) for m in stage.round.appointments.filter(body="council")[:2]]

    answer = at("daklak", stage.officer).post(HOME, {"present": here, "way": Way.OWN})

    page = text(answer)
    assert answer.status_code == 422
    assert "có mặt 2/7, cần ít nhất 5" in page
    assert all(f'value="{one}" checked>' in page for one in here)
    assert 'value="own" checked>' in page
    assert stage.refreshed().phase == Phase.SCORED


@pytest.mark.parametrize(
    ("verb", "given", "words"),
    [
        ("kiem-phieu", {"approve": "năm"}, "phải là số nguyên"),
        ("kiem-phieu", {"approve": "8"}, "Số phiếu không khớp"),
        ("mo-bieu-quyet", {"entries": ["khong-phai-ma"]}, "Danh sách chọn gửi lên không hợp lệ"),
        ("ghi-y-kien", {"text": " "}, "ghi ý kiến thảo luận"),
        ("ghi-y-kien", {"text": "Được", "seen": "xyz"}, "tải lại trang"),
        ("vao-hop", {"member": ""}, "không hợp lệ"),
        ("be-mac", {}, "Còn một biểu quyết chưa kết thúc"),
    ],
)
def test_bad_input_gets_its_words_and_writes_nothing(verb, given, words):
    held = sitting()
    ballot = held.opened(0)
    before = held.session.log.count()

    answer = desk(held, verb, ballot=str(ballot.pk), **given)

    assert answer.status_code in (409, 422)
    assert words in text(answer)
    assert held.session.log.count() == before


def test_what_was_typed_is_kept_when_it_is_refused():
    held = sitting()
    ballot = held.opened(0)

    answer = desk(held, "kiem-phieu", ballot=str(ballot.pk), approve="5", against="9")

    assert 'name="approve" inputmode="numeric" maxlength="3" value="5"' in text(answer)


def test_a_second_secretary_sees_what_the_first_one_did():
    held = sitting()
    seen = held.now.version
    depart(held.session.pk, held.members[6].pk, actor=held.officer)

    answer = desk(held, "ghi-y-kien", text="Ý kiến", seen=seen)

    assert answer.status_code == 409
    assert "Phiên họp vừa có thay đổi: thành viên rời phiên họp" in text(answer)
    assert ">Ý kiến</textarea>" in text(answer)


def test_an_act_that_is_none_is_no_page():
    held = sitting()

    assert desk(held, "xoa-het").status_code == 404


def test_a_member_votes_on_the_phone_and_sees_it_kept():
    held = sitting(way=Way.OWN)
    ballot = held.opened(0)
    client = member(held, 2)

    page = text(client.get(FOLLOW))
    assert "Tán thành" in page
    client.post(f"{HOME}phieu/{ballot.pk}/", {"choice": "against"})

    page = text(client.get(FOLLOW))
    assert "Đã bỏ phiếu: <strong>Không tán thành</strong>" in page
    assert "Đã bỏ phiếu 1 / 7" in page


def test_the_phone_says_why_nobody_votes_below_the_quorum():
    held = sitting(present=5, way=Way.OWN)
    ballot = held.opened(0)
    depart(held.session.pk, held.members[4].pk, actor=held.officer)
    client = member(held, 2)

    page = text(client.get(FOLLOW))
    client.post(f"{HOME}phieu/{ballot.pk}/", {"choice": "approve"})

    assert "Dừng biểu quyết" in page
    assert "có mặt 4/7, cần ít nhất 5" in page
    assert 'name="choice"' not in page
    assert ballot.voters.exclude(choice="").count() == 0


def test_before_the_session_the_phone_waits_and_the_desk_asks_who_is_there():
    stage = scored()

    assert "Phiên họp chưa khai mạc" in text(at("daklak", stage.council[1]).get(HOME))
    assert "Khai mạc phiên họp" in text(at("daklak", stage.officer).get(HOME))


def test_nothing_new_is_answered_with_304_and_something_new_with_the_part():
    held = sitting(way=Way.OWN)
    client = member(held, 2)

    first = client.get(LIVE)
    again = client.get(LIVE, headers={"if-none-match": first["ETag"]})
    held.opened(0)
    changed = client.get(LIVE, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert again.content == b""
    assert "Biểu quyết số 1" in text(changed)
    assert "<html" not in text(changed)


def test_the_mark_of_one_reader_is_not_anothers():
    held = sitting()

    assert member(held, 1).get(LIVE)["ETag"] != member(held, 2).get(LIVE)["ETag"]


QUIET, MOVED = 7, 23


@pytest.mark.parametrize("entries", [1, 3])
def test_a_poll_costs_the_same_however_much_there_is(entries, django_assert_num_queries):
    held = sitting(*[MARKS] * entries, way=Way.OWN)
    ballot = held.opened(*range(entries))
    for seat in held.members[:entries]:
        cast_vote(ballot.pk, Choice.APPROVE, actor=seat.person)
    client = member(held, 2)
    tag = client.get(LIVE)["ETag"]

    with django_assert_num_queries(QUIET):
        client.get(LIVE, headers={"if-none-match": tag})
    with django_assert_num_queries(MOVED):
        client.get(LIVE)


@pytest.mark.parametrize("entries", [1, 3])
def test_the_desk_costs_the_same_however_much_there_is(entries, django_assert_num_queries):
    held = sitting(*[MARKS] * entries)
    for number in range(entries):
        held.voted(number)
    client = at("daklak", held.officer)
    client.get(HOME)

    with django_assert_num_queries(23):
        client.get(HOME)


def strangers(held):
    return {
        "owner": owner(facility(4, actor=held.officer)),
        "judge": held.stage.judges[1],
        "nobody": person("vua-dang-ky"),
    }


@pytest.mark.parametrize("who", ["owner", "judge", "nobody"])
def test_whoever_does_not_sit_on_the_council_finds_nothing(who):
    held = sitting(way=Way.OWN)
    ballot = held.opened(0)
    client = at("daklak", strangers(held)[who])

    for page in PAGES:
        assert client.get(page).status_code == 404, page
    assert client.post(f"{HOME}phieu/{ballot.pk}/", {"choice": "approve"}).status_code == 404
    assert client.post(f"{HOME}lam/roi-hop/", {"member": str(held.members[0].pk)}).status_code == 404
    assert ballot.voters.exclude(choice="").count() == 0


def test_a_neighbouring_province_finds_the_same_as_what_does_not_exist(khanhhoa):
    sitting()
    with inside(khanhhoa):
        neighbour = person("lang-gieng", Role.OFFICER)
    client = at("khanhhoa", neighbour)

    for page in PAGES:
        here, nowhere = client.get(page), client.get(page.replace("THU-2026", "KHONG-CO"))
        assert (here.status_code, here.content) == (404, nowhere.content), page


def test_a_member_follows_and_does_not_run_the_session():
    held = sitting()
    client = member(held, 3)

    assert client.get(STATUS).status_code == 404
    answer = client.post(f"{HOME}lam/roi-hop/", {"member": str(held.members[0].pk), "seen": held.now.version})

    assert answer.status_code == 403
    assert held.session.attendances.exclude(left_at=None).count() == 0


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
def test_leaders_and_auditors_follow_and_do_nothing(role):
    held = sitting()
    client = at("daklak", person("xem", role))

    assert client.get(HOME).status_code == 200
    assert client.post(f"{HOME}lam/be-mac/", {"seen": held.now.version}).status_code == 403


def test_the_chair_of_the_session_runs_it():
    held = sitting()

    assert member(held, 0).get(STATUS).status_code == 200


def conflicted(**words):
    """The second seat is also the judge who was kept out of the first entry, the best of three."""
    held = sitting({**MARKS, "C1": "38"}, MARKS, LOW, recused=0, **words)
    seat = held.members[1]
    seat.person = held.stage.judges[0]
    seat.save()
    return held


def test_whoever_is_kept_out_learns_neither_name_score_rank_nor_count():
    held = conflicted(way=Way.OWN)
    ballot = held.opened(0)
    for seat in held.members[2:6]:
        cast_vote(ballot.pk, Choice.APPROVE, actor=seat.person)
    hidden, plain = member(held, 1), member(held, 2)

    for page in (FOLLOW, LIVE, f"{HOME}danh-sach.xlsx"):
        assert "THU-2026-001" not in told(hidden, page)
        assert "THU-2026-001" in told(plain, page)
    seen = told(hidden, FOLLOW)
    assert "Thành viên không tham gia nội dung này" in seen
    assert ">86<" not in seen
    assert "86 điểm" not in seen
    assert "86 điểm" in told(plain, FOLLOW)
    assert "Đã bỏ phiếu" not in seen
    assert 'name="choice"' not in seen


def told(client, page):
    answer = client.get(page)
    if not page.endswith("xlsx"):
        return text(answer)
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    return str(rows)


def test_the_rank_that_is_left_has_no_gap():
    held = conflicted()

    rows = (
        CalamineWorkbook.from_filelike(BytesIO(member(held, 1).get(f"{HOME}danh-sach.xlsx").content))
        .get_sheet_by_index(0)
        .to_python()
    )

    assert [(row[0], row[5]) for row in rows[1:]] == [("THU-2026-002", 1.0), ("THU-2026-003", 2.0)]


def test_after_closing_the_minutes_are_kept_from_whoever_was_kept_out():
    held = conflicted()
    held.voted(0, approve=6)
    held.voted(1)
    close_session(held.session.pk, actor=held.officer)
    hidden = member(held, 1)

    assert hidden.get(f"{HOME}bien-ban/").status_code == 404
    seen = told(hidden, FOLLOW)
    assert "THU-2026-001" not in seen
    assert "6/6" not in seen


def test_a_conflicted_chair_runs_the_rest_and_not_that_vote():
    held = conflicted()
    seat, other = held.members[:2]
    other.person, seat.person = person("ngoi-ghe-hai"), other.person
    other.save()
    seat.save()
    client = at("daklak", seat.person)

    page = text(client.get(HOME))
    answer = client.post(
        f"{HOME}lam/mo-bieu-quyet/",
        {"seen": held.now.version, "item": str(held.item.pk), "entries": [str(held.stage.entries[0].pk)]},
    )

    assert "THU-2026-001" not in page
    assert "THU-2026-002" in page
    assert answer.status_code == 403


def test_a_tie_is_shown_as_a_tie():
    held = sitting(MARKS, MARKS)

    page = text(at("daklak", held.officer).get(HOME))

    assert page.count("Bằng điểm") >= 2
    assert "Xếp thứ tự sản phẩm bằng điểm, nhóm 2" in page


def test_passing_over_a_better_one_is_pointed_out_and_not_forbidden():
    held = sitting({**MARKS, "C1": "38"}, MARKS)
    leave_out(held.session.pk, [held.stage.entries[0].pk], reason="Cơ cấu", actor=held.officer)
    held.voted(1)

    page = text(at("daklak", held.officer).get(HOME))

    assert "Xin xem lại cơ cấu" in page
    assert "Sản phẩm 0 (hạng 1)" in page


def test_members_find_their_sessions_in_the_navigation():
    stage = marked(MARKS)

    page = text(at("daklak", stage.council[2]).get("/ky-binh-chon/hop-hoi-dong/"))

    assert FOLLOW in page
    assert FOLLOW not in text(at("daklak", stage.judges[1]).get("/ky-binh-chon/hop-hoi-dong/"))


def test_the_last_word_is_asked_about():
    held = sitting()
    held.voted(0, 1)

    page = text(at("daklak", held.officer).get(HOME))

    assert "Bế mạc phiên họp và niêm phong danh sách?" in page
