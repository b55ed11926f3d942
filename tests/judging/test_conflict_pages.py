"""A member declares on a phone; an officer decides; strangers and the other province find nothing."""

import pytest
from browsers import at
from interests import accepted, declared, knows
from stage import person

from apps.accounts.models import Role
from apps.judging.models import Affiliation, Conflict, MemberProfile
from apps.judging.services import detect_conflicts
from apps.judging.states import ConflictState
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def scene():
    stage = accepted()
    return stage, f"/cham-diem/ky/{stage.round.code}/xung-dot/", at("daklak", stage.judges[0])


def test_a_member_finds_the_facility_and_declares(scene):
    stage, base, judge = scene
    maker = stage.entries[0].facility

    found = judge.get(f"{base}chon/?q=hop tac xa so 0").content.decode()
    form = judge.get(f"{base}khai/{maker.pk}/")
    wrong = judge.post(f"{base}khai/{maker.pk}/", {"kind": "other", "words": " "})
    sent = judge.post(f"{base}khai/{maker.pk}/?ho-so={stage.entries[0].pk}", {"kind": "family", "words": "Em gái"})
    mine = judge.get("/cham-diem/xung-dot/").content.decode()

    assert maker.name in found
    assert stage.entries[1].facility.name not in found
    assert (form.status_code, wrong.status_code, sent.status_code) == (200, 422, 302)
    assert "Xin ghi rõ lý do khác là gì." in wrong.content.decode()
    assert Conflict.objects.get().entry == stage.entries[0]
    assert "Chờ quyết định" in mine


def test_a_member_states_employers_and_an_address(scene):
    _, _, judge = scene
    page = "/cham-diem/xung-dot/ban-than/"

    wrong = judge.post(page, {"kind": "employer", "name": "X", "tax_code": "12", "since_year": "2020"})
    late = judge.post(page, {"kind": "employer", "name": "X", "since_year": "2020", "until_year": "2010"})
    sent = judge.post(page, {"kind": "enterprise", "name": "Cty TNHH X", "tax_code": "0100233488", "since_year": 2020})
    moved = judge.post(f"{page}dia-chi/", {"address": "12 Lê Lợi, Buôn Ma Thuột"})
    shown = judge.get(page).content.decode()

    assert (wrong.status_code, late.status_code, sent.status_code, moved.status_code) == (422, 422, 302, 302)
    assert "Cty TNHH X" in shown
    assert "từ 2020" in shown
    assert MemberProfile.objects.get().address == "12 Lê Lợi, Buôn Ma Thuột"
    assert judge.post(f"{page}{Affiliation.objects.get().pk}/bo/").status_code == 302
    assert not Affiliation.objects.exists()


def test_nobody_takes_back_what_another_stated(scene):
    stage, _, judge = scene
    theirs = Affiliation.objects.create(person=stage.judges[1], kind="employer", name="Xưởng")

    assert judge.post(f"/cham-diem/xung-dot/ban-than/{theirs.pk}/bo/").status_code == 404
    assert Affiliation.objects.exists()


def test_an_officer_decides_with_a_reason(scene):
    stage, base, _ = scene
    first, second = declared(stage, stage.judges[0]), declared(stage, stage.judges[1], 1)
    officer = at("daklak", stage.officer)

    queue = officer.get(base).content.decode()
    shown = officer.get(f"{base}{first.pk}/").content.decode()
    officer.post(f"{base}{first.pk}/khong-co/", {"reason": ""})
    still = Conflict.objects.get(pk=first.pk).state
    officer.post(f"{base}{first.pk}/khong-co/", {"reason": "Trùng tên"})
    officer.post(f"{base}{second.pk}/co-xung-dot/", {})
    after = officer.get(base).content.decode()

    assert "Chị gái là giám đốc" in queue
    assert "Kết luận có xung đột" in shown
    assert still == ConflictState.OPEN
    assert [c.state for c in Conflict.objects.order_by("made_at")] == [ConflictState.DISMISSED, ConflictState.UPHELD]
    assert "Không có xung đột nào chờ quyết định" in after
    assert "Trùng tên" in after


def test_a_decision_that_is_refused_keeps_what_was_typed(scene):
    stage, base, _ = scene
    found, reason = declared(stage, stage.judges[0]), "Trùng tên " * 60
    officer = at("daklak", stage.officer)

    answer = officer.post(f"{base}{found.pk}/khong-co/", {"reason": reason, "hop-thoai": "khong-co"})
    officer.post(f"{base}{found.pk}/khong-co/", {"reason": "Trùng tên"})
    late = officer.post(f"{base}{found.pk}/co-xung-dot/", {"reason": "Anh em ruột", "hop-thoai": "co-xung-dot"})

    assert answer.status_code == 422
    assert reason.strip() in answer.content.decode()
    assert 'id="khong-co-loi"' in answer.content.decode()
    assert late.status_code in (403, 409)
    assert Conflict.objects.get().state == ConflictState.DISMISSED


def test_the_member_neither_sees_nor_decides_their_own(scene):
    stage, base, _ = scene
    own = declared(stage, stage.council[0])
    chair = at("daklak", stage.council[0])

    assert chair.get(f"{base}{own.pk}/").status_code == 404
    assert chair.post(f"{base}{own.pk}/khong-co/", {"reason": "Không sao"}).status_code == 404
    assert Conflict.objects.get().state == ConflictState.OPEN


def test_whoever_has_no_part_in_the_round_finds_nothing(scene, khanhhoa):
    stage, base, judge = scene
    made = declared(stage, stage.judges[1])
    stranger = at("daklak", person("nguoi-ngoai"))
    with inside(khanhhoa):
        neighbour = at("khanhhoa", person("ben-kia", Role.OFFICER))

    for page in (base, f"{base}xung-dot.xlsx", f"{base}{made.pk}/", f"{base}chon/"):
        assert stranger.get(page).status_code == 404
        assert neighbour.get(page).status_code == 404
    assert stranger.get("/cham-diem/xung-dot/").status_code == 404
    assert judge.get(base).status_code == 404
    assert at("daklak", stage.officer).get(base).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_the_same_questions_for_one_as_for_three(count, django_assert_num_queries):
    stage = accepted(3)
    for number in range(count):
        knows(stage, judge=number, entry=number, phone=f"090512345{number}")
    detect_conflicts(stage.round.pk)
    officer = at("daklak", stage.officer)

    with django_assert_num_queries(7):
        officer.get(f"/cham-diem/ky/{stage.round.code}/xung-dot/")

    assert Conflict.objects.count() == count
