"""A round is set up from nothing to open by an officer with a browser, and nobody else."""

from datetime import timedelta

import pytest
from browsers import at
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from setups import BASE, WHOLE, frame_form, one_page, page, rules_form, shown
from stage import commune_officer, opened, person, planned

from apps.accounts.models import Person, Role
from apps.rounds.models import Body, Level, Round
from apps.rounds.services import appoint
from apps.rounds.states import Phase
from tenants.gateways import inside
from tieubieu.notices.models import Notice
from tieubieu.uploads.models import StoredFile

pytestmark = pytest.mark.usefixtures("in_daklak")
PARTS = [
    "", "ke-hoach/", "can-cu/", "quy-dinh/", "khung-diem/", "thoi-han/", "to-chuc/hoi-dong/",
    "to-chuc/ban-giam-khao/", "to-chuc/to-giup-viec/",
]  # fmt: skip
FORMS = ["phu-trach/", "can-cu/sua/", "khung-diem/chung/", "khung-diem/2/", "so-luong-muc-thuong/", "thoi-han/filing/",
         "to-chuc/hoi-dong/nguoi-moi/", "chep/"]  # fmt: skip


def test_a_round_goes_from_nothing_to_open_by_its_pages(client, officer):
    for number in range(12):
        person(f"nguoi-{number:02}", name=f"Trần Văn {number:02}")

    made = client.post(f"{BASE}/moi/", {"area": "province:66", "year": "2026", "ordinal": "1", "code": "", "name": ""})
    round = Round.objects.get()
    assert made.headers["Location"] == page("DAKLAK-2026")
    assert (round.code, round.area_code, round.officer) == ("DAKLAK-2026", "66", officer)
    assert round.name == ("Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu cấp tỉnh, tỉnh Đắk Lắk, năm 2026")

    client.post(
        page(round.code, "ke-hoach/"),
        {"number": "145/KH-UBND", "issued_on": "02/03/2026", "authority": "UBND tỉnh Đắk Lắk"},
    )
    client.post(page(round.code, "quy-dinh/"), rules_form())
    client.post(page(round.code, "khung-diem/chung/"), frame_form(WHOLE, version="1"))
    client.post(
        page(round.code, "so-luong-muc-thuong/"),
        {"version": "2", "total": "30", "group_1": "10", "award-TOTAL_FORMS": "1", "award-INITIAL_FORMS": "0",
         "award-0-name": "Giải A", "award-0-amount": "3.000.000", "award-0-basis": "Nghị quyết 10/2024/NQ-HĐND"},
    )  # fmt: skip
    start = timezone.localdate() + timedelta(days=1)
    client.post(page(round.code, "thoi-han/"), {"start": f"{start:%d/%m/%Y}", "officer": str(officer.pk)})
    people = list(Person.objects.filter(login__startswith="nguoi-").order_by("login"))
    for at_, member in enumerate(people[:7]):
        post = "chair" if at_ == 0 else "member"
        client.post(page(round.code, "to-chuc/hoi-dong/"), {"person": str(member.pk), "post": post})
    for at_, member in enumerate(people[7:10]):
        post = "chair" if at_ == 0 else "member"
        client.post(page(round.code, "to-chuc/ban-giam-khao/"), {"person": str(member.pk), "post": post})
    client.post(page(round.code, "duyet/"))
    round.refresh_from_db()
    assert round.phase == Phase.PLANNED
    client.post(page(round.code, "mo/"))

    round.refresh_from_db()
    assert round.phase == Phase.OPEN
    assert round.rules["pass_mark"] == "72.5"
    assert round.rules["council"] == {"quorum": "3/4", "approve_over": "1/2"}
    assert (round.rules["casting_vote"], round.rules["filing_grace_minutes"]) == (True, 10)
    assert round.rules["tie_break"] == ["C2", "C1"]
    assert round.rules["quota"] == {"total": 30, "1": 10}
    assert round.rules["awards"] == [{"name": "Giải A", "amount": 3_000_000, "basis": "Nghị quyết 10/2024/NQ-HĐND"}]
    assert [part["code"] for part in round.rules["criteria"][0]["parts"]] == ["1.1", "1.2"]
    assert Notice.objects.filter(about_id=str(round.pk)).count() == 10  # the officer opened it and is not told


@pytest.mark.parametrize("part", [*PARTS, *FORMS])
def test_every_page_of_the_set_up_shows(client, draft, part):
    assert client.get(page(draft.code, part)).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_an_auditor_reads_the_set_up_and_changes_nothing(draft, part):
    auditor = at("daklak", person("kiem-tra", Role.AUDITOR))

    assert auditor.get(page(draft.code, part)).status_code == 200
    assert "Lưu " not in shown(auditor.get(page(draft.code, part)))


@pytest.mark.parametrize("part", [*FORMS[:-1], "duyet/", "mo/", "sua-lai/"])
def test_the_forms_are_refused_to_an_auditor(draft, part):
    auditor = at("daklak", person("kiem-tra", Role.AUDITOR))

    assert auditor.post(page(draft.code, part)).status_code == 403


@pytest.mark.parametrize("part", [*PARTS, *FORMS])
@pytest.mark.parametrize("role", [None, Role.COMMUNE_OFFICER])
def test_for_others_the_set_up_does_not_exist(draft, part, role):
    stranger = person("la-mat") if role is None else commune_officer()
    browser = at("daklak", stranger)

    real, unreal = browser.get(page(draft.code, part)), browser.get(page("KHONG-CO", part))

    assert (real.status_code, unreal.status_code) == (404, 404)
    assert real.content == unreal.content


def test_a_judge_sees_the_cockpit_but_not_the_set_up():
    stage = opened()
    judge = at("daklak", stage.judges[0])

    assert judge.get(f"{BASE}/{stage.round.code}/").status_code == 200
    assert judge.get(page(stage.round.code)).status_code == 404


def test_the_neighbour_has_no_such_round(draft, khanhhoa):
    with inside(khanhhoa):
        neighbour = at("khanhhoa", person("chuyen-vien", Role.OFFICER))

    assert neighbour.get(page(draft.code)).status_code == 404


def test_a_commune_officer_plans_rounds_of_the_own_commune_only():
    browser = at("daklak", commune_officer("24121"))

    offered = shown(browser.get(f"{BASE}/moi/"))
    made = browser.post(f"{BASE}/moi/", {"area": "commune:24121", "year": "2026", "ordinal": "1"})
    refused = browser.post(f"{BASE}/moi/", {"area": "province:66", "year": "2026", "ordinal": "1"})

    round = Round.objects.get()
    assert "province:66" not in offered
    assert (round.level, round.area_code) == (Level.COMMUNE, "24121")
    assert browser.get(made.headers["Location"]).status_code == 200
    assert refused.status_code == 422


def test_a_round_that_is_there_already_is_told_beside_the_field(client, draft):
    again = client.post(f"{BASE}/moi/", {"area": "province:66", "year": "2026", "ordinal": "1", "name": "Tên tự đặt"})

    assert again.status_code == 422
    assert "Đã có kỳ này: DAKLAK-2026" in shown(again)
    assert "Tên tự đặt" in shown(again)


@pytest.mark.parametrize("code", ["dak-lak", "ĐẮK-2026", "A B", "MOI--2026", "-A"])
def test_a_code_that_cannot_be_an_address_is_refused(client, code):
    answer = client.post(
        f"{BASE}/moi/", {"area": "province:66", "year": "2026", "ordinal": "1", "code": code, "name": "Kỳ"}
    )

    assert answer.status_code == 422
    assert "chữ in hoa không dấu" in shown(answer)


def test_the_plan_keeps_a_signed_file_that_is_really_a_paper(client, draft):
    good = {"number": "1/KH", "issued_on": "02/03/2026", "authority": "UBND tỉnh"}
    bad = client.post(
        page(draft.code, "ke-hoach/"),
        {**good, "file": SimpleUploadedFile("ke-hoach.pdf", b"<script>alert(1)</script>")},
    )

    nothing_kept = StoredFile.objects.count()
    client.post(page(draft.code, "ke-hoach/"), {**good, "file": SimpleUploadedFile("Kế hoạch.pdf", one_page())})
    served = client.get(page(draft.code, "ke-hoach/tep/"))

    assert bad.status_code == 422
    assert "1/KH" in shown(bad)
    assert nothing_kept == 0
    assert Round.objects.get().plan_number == "1/KH"
    assert served.content == one_page()


def test_a_plan_of_tomorrow_is_refused_and_what_was_typed_stays(client, draft):
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = client.post(
        page(draft.code, "ke-hoach/"),
        {"number": "145/KH", "issued_on": f"{tomorrow:%d/%m/%Y}", "authority": "UBND tỉnh"},
    )

    assert answer.status_code == 422
    assert "145/KH" in shown(answer)
    assert "không thể ở tương lai" in shown(answer)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"pass_mark": "60"}, "không được hạ"),
        ({"pass_mark": "bảy mươi"}, "không phải là số"),
        ({"tie_1": "C1", "tie_2": "C1"}, "mỗi tiêu chí một lần"),
        ({"filing_grace_minutes": "500"}, "120"),
    ],
)
def test_an_unlawful_choice_is_told_live_and_on_saving_and_is_not_kept(client, draft, change, told):
    live = client.post(page(draft.code, "quy-dinh/kiem-tra/"), rules_form(**change))
    saved = client.post(page(draft.code, "quy-dinh/"), rules_form(**change))

    assert told in shown(live)
    assert saved.status_code == 422
    assert told in shown(saved)
    assert Round.objects.get().choices == {}


def test_lawful_choices_are_told_so_while_typing(client, draft):
    assert "phù hợp với quy định" in shown(client.post(page(draft.code, "quy-dinh/kiem-tra/"), rules_form()))


def test_a_frame_that_does_not_add_up_is_told_and_what_was_typed_stays(client, draft):
    short = WHOLE | {"C1": [("Doanh thu của cơ sở", "25")]}

    live = client.post(page(draft.code, "khung-diem/chung/kiem-tra/"), frame_form(short))
    saved = client.post(page(draft.code, "khung-diem/chung/"), frame_form(short))

    assert "còn thiếu 15" in shown(live)
    assert saved.status_code == 422
    assert "cộng lại 25 điểm, phải bằng 40" in shown(saved)
    assert "Doanh thu của cơ sở" in shown(saved)


def test_a_group_may_have_a_frame_of_its_own_and_give_it_back(client, draft):
    client.post(page(draft.code, "khung-diem/chung/"), frame_form(WHOLE))
    own = WHOLE | {"C2": [("Công nghệ chế biến", "30"), ("An toàn thực phẩm", "10")]}
    client.post(page(draft.code, "khung-diem/2/"), frame_form(own, version="1"))

    assert list(Round.objects.get().choices["parts_of_group"]) == ["2"]
    assert "An toàn thực phẩm" in shown(client.get(page(draft.code, "khung-diem/")))

    client.post(page(draft.code, "khung-diem/2/"), {"bo": "1"})
    assert Round.objects.get().choices["parts_of_group"] == {}


def test_the_sample_frame_says_that_it_is_one(client, draft):
    words = shown(client.get(page(draft.code, "khung-diem/chung/?mau=1")))

    assert "Khung điểm mẫu để minh họa" in words
    assert "không phải Phụ lục số 3" in words


def test_the_second_of_two_officers_is_told_and_loses_nothing(client, draft):
    client.post(page(draft.code, "quy-dinh/"), rules_form())

    late = client.post(page(draft.code, "quy-dinh/"), rules_form(pass_mark="80"))

    assert late.status_code == 422
    assert "Người khác vừa sửa" in shown(late)
    assert 'value="80"' in shown(late)
    assert Round.objects.get().choices["pass_mark"] == "72.5"


def test_the_legal_bases_start_from_the_law_and_are_kept_in_versions(client, draft):
    start = shown(client.get(page(draft.code, "can-cu/")))
    data = {
        "number": "0", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0",
        "form-0-kind": "Quyết định", "form-0-number": "10/2024/QĐ-UBND", "form-0-issued_on": "01/02/2024",
        "form-0-issuer": "Ủy ban nhân dân tỉnh Đắk Lắk", "form-0-title": "ban hành Quy chế bình chọn",
        "form-1-kind": "",
    }  # fmt: skip
    client.post(page(draft.code, "can-cu/sua/"), data)
    again = client.post(page(draft.code, "can-cu/sua/"), data)
    after = shown(client.get(page(draft.code, "can-cu/")))

    assert "Thông tư số 26/2014/TT-BCT" in start
    assert "Luật Tổ chức chính quyền địa phương ngày 16/06/2025" in start
    assert (
        "Căn cứ Quyết định số 10/2024/QĐ-UBND ngày 01/02/2024 của Ủy ban nhân dân tỉnh Đắk Lắk ban hành Quy chế"
        in after
    )
    assert again.status_code == 422
    assert "Người khác vừa sửa danh sách căn cứ" in shown(again)
    assert draft.bases.count() == 1


def test_a_basis_without_a_kind_is_told_beside_its_line(client, draft):
    data = {"number": "0", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": "ban hành Quy chế"}

    answer = client.post(page(draft.code, "can-cu/sua/"), data)

    assert answer.status_code == 422
    assert "Xin ghi loại văn bản" in shown(answer)
    assert "ban hành Quy chế" in shown(answer)


def test_the_frozen_rules_can_be_read_afterwards():
    stage = planned()

    words = shown(at("daklak", stage.officer).get(page(stage.round.code, "quy-dinh/")))

    assert stage.refreshed().rules_digest in words
    assert "15 ngày làm việc (khoản 1 Điều 20)" in words


def test_an_approved_plan_is_taken_back_with_a_reason():
    stage = planned()
    browser = at("daklak", stage.officer)

    browser.post(page(stage.round.code, "sua-lai/"), {"reason": ""})
    assert stage.refreshed().phase == Phase.PLANNED
    browser.post(page(stage.round.code, "sua-lai/"), {"reason": "Sửa mức thưởng"})
    assert stage.refreshed().phase == Phase.DRAFT


def test_an_act_needs_a_post(client, draft):
    assert [client.get(page(draft.code, part)).status_code for part in ("duyet/", "mo/", "sua-lai/")] == [405] * 3


@pytest.mark.parametrize("path", ["thanh-vien/khong-phai-ma/", "to-chuc/ban-nhac/", "khung-diem/9/", "thoi-han/tea/"])
def test_an_address_of_nothing_is_a_404(client, draft, path):
    assert client.get(page(draft.code, path)).status_code == 404


@pytest.mark.parametrize(("part", "budget"), [("to-chuc/hoi-dong/", 14), ("", 16)])
def test_the_pages_ask_the_same_number_of_questions_for_one_and_for_many(client, draft, officer, part, budget):
    appoint(draft.pk, person("nguoi-0"), body=Body.COUNCIL, actor=officer)
    client.get(page(draft.code, part))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(page(draft.code, part))
    for number in range(1, 7):
        appoint(draft.pk, person(f"nguoi-{number}"), body=Body.COUNCIL, actor=officer)

    with CaptureQueriesContext(connection) as many:
        client.get(page(draft.code, part))

    assert (len(one), len(many)) == (budget, budget)
