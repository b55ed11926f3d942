"""The list of rounds, duties, the timeline, the front page and the public announcement."""

from datetime import timedelta
from io import BytesIO

import pytest
from browsers import at
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from stage import concluded, decided, filed, opened, person, planned, scored, scoring, windows

from apps.accounts.models import OrganisationalUnit, Role
from apps.recognition.services import publish_results
from apps.rounds.models import Level, Window
from apps.rounds.queries.timeline import STOPS, duties, timeline
from apps.rounds.services import advance, plan_round, remind_officers
from tenants.gateways import inside
from tieubieu.moments import transaction_time
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")


def plan(code, officer, level=Level.PROVINCE, area="66", year=2026, ordinal=1):
    return plan_round(
        code=code, level=level, year=year, ordinal=ordinal, name=f"Kỳ {code}", area_code=area, actor=officer
    )


def words(answer):
    return answer.content.decode()


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER, name="Nguyễn Thị Minh Tâm")


def test_the_list_is_filtered_by_year_level_and_phase(officer):
    plan("TINH-2025", officer, year=2025)
    plan("TINH-2026", officer)
    plan("XA-2026", officer, Level.COMMUNE, "24121")
    client = at("daklak", officer)

    by_year = words(client.get("/ky-binh-chon/?nam=2025"))
    by_level = words(client.get("/ky-binh-chon/?cap=commune"))
    by_phase = words(client.get("/ky-binh-chon/?giai_doan=open"))
    nonsense = words(client.get("/ky-binh-chon/?nam=abc&cap=x"))

    assert ["TINH-2025" in by_year, "TINH-2026" in by_year] == [True, False]
    assert ["XA-2026" in by_level, "TINH-2026" in by_level] == [True, False]
    assert "Không có kỳ nào khớp" in by_phase
    assert "TINH-2025" in nonsense


def test_the_export_holds_the_filtered_rows_with_their_areas(officer):
    plan("TINH-2026", officer)
    plan("XA-2026", officer, Level.COMMUNE, "24121")

    book = at("daklak", officer).get("/ky-binh-chon/ky-binh-chon.xlsx?cap=province")

    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[:4] for row in rows[1:]] == [["TINH-2026", "Kỳ TINH-2026", "cấp tỉnh", "Tỉnh Đắk Lắk"]]


@pytest.mark.parametrize(
    ("path", "budget"), [("/ky-binh-chon/", 11), ("/ky-binh-chon/viec-can-lam/?cua=moi-nguoi", 8), ("/", 11)]
)
def test_the_lists_ask_the_same_number_of_questions_for_one_and_for_fifty(officer, path, budget):
    windows(plan("A-0", officer), officer)
    client = at("daklak", officer)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for number in range(1, 50):
        windows(plan(f"A-{number}", officer, year=2026, ordinal=number + 1), officer)
    at("daklak")  # looks the host up again: the building may have taken longer than that is remembered

    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert (len(one), len(many)) == (budget, budget)


def test_a_commune_officer_sees_the_own_commune_and_a_stranger_nothing(officer):
    plan("TINH-2026", officer)
    plan("XA-2026", officer, Level.COMMUNE, "24121")
    plan("XA-KHAC-2026", officer, Level.COMMUNE, "24133")
    local = person("can-bo-xa", Role.COMMUNE_OFFICER)
    local.unit = OrganisationalUnit.objects.create(name="UBND xã", commune_code="24121")
    local.save()

    own = words(at("daklak", local).get("/ky-binh-chon/"))
    none = words(at("daklak", person("la-mat")).get("/ky-binh-chon/"))

    assert ["XA-2026" in own, "XA-KHAC-2026" in own, "TINH-2026" in own] == [True, False, False]
    assert "Chưa có kỳ bình chọn nào" in none


def test_nobody_reads_the_lists_without_signing_in():
    for path in ("/ky-binh-chon/", "/ky-binh-chon/viec-can-lam/", "/ky-binh-chon/moi/", "/ky-binh-chon/lich/"):
        assert at("daklak").get(path).status_code == 302


@pytest.mark.parametrize(
    ("build", "here"),
    [(planned, 1), (opened, 2), (scoring, 4), (scored, 5), (concluded, 6), (decided, 7)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_the_timeline_knows_where_the_round_stands_and_who_answers(build, here):
    stage = build()

    steps = timeline(stage.refreshed())

    assert [step.state for step in steps] == ["done"] * here + ["current"] + ["next"] * (len(STOPS) - here - 1)
    assert all(step.who == stage.officer.full_name for step in steps)
    assert [step.note for step in steps if step.note] == (["Trễ: quá hạn 1 ngày"] if build is planned else [])


def test_a_published_round_without_complaints_left_is_all_done():
    stage = decided()
    publish_results(stage.round.pk, actor=stage.officer)
    fresh = {step.state for step in timeline(stage.refreshed())}
    past = transaction_time() - timedelta(days=1)
    Window.objects.filter(kind="complaint").update(opens_at=past - timedelta(days=20), closes_at=past)

    assert fresh == {"done", "current"}
    assert {step.state for step in timeline(stage.refreshed())} == {"done"}


def test_a_step_whose_window_has_passed_is_late_in_words():
    stage = opened()
    now = transaction_time()
    stage.round.windows.filter(kind="filing").update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=2)
    )

    (duty,) = [duty for duty in duties([stage.refreshed()]) if duty.label == "Nhận hồ sơ"]
    page = words(at("daklak", stage.officer).get("/ky-binh-chon/viec-can-lam/"))

    assert (duty.is_late, duty.lateness) == (True, "quá hạn 2 ngày")
    assert "Trễ hạn" in page
    assert "Trễ: quá hạn 2 ngày" in words(at("daklak", stage.officer).get(f"/ky-binh-chon/{stage.round.code}/"))


def test_work_waits_for_whom_it_is_given_to_and_for_nobody_else():
    stage = opened()
    keeper = person("nguoi-giu-han", Role.OFFICER)
    stage.round.windows.filter(kind="filing").update(officer=keeper)

    theirs = words(at("daklak", keeper).get("/ky-binh-chon/viec-can-lam/"))
    others = words(at("daklak", person("nguoi-khac", Role.OFFICER)).get("/ky-binh-chon/viec-can-lam/"))
    everybodys = words(at("daklak", person("nguoi-nua", Role.LEADER)).get("/ky-binh-chon/viec-can-lam/?cua=moi-nguoi"))

    assert "Nhận hồ sơ; khi hết hạn thì đóng nhận hồ sơ" in theirs
    assert "Không có việc nào chờ tài khoản này" in others
    assert "Nhận hồ sơ; khi hết hạn thì đóng nhận hồ sơ" in everybodys


def test_duties_are_exported():
    stage = opened()

    book = at("daklak", stage.officer).get("/ky-binh-chon/viec-can-lam.xlsx?cua=moi-nguoi")

    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert {row[1] for row in rows[1:]} == {"Nhận hồ sơ", "Thông báo"}


def test_screening_has_the_supplements_beside_it():
    stage = filed()
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    assert {duty.label for duty in duties([stage.refreshed()])} == {"Kiểm tra hồ sơ", "Bổ sung hồ sơ"}


def test_anybody_reads_the_announcement_of_an_open_round():
    stage = opened()
    stage.officer.phone, stage.officer.full_name = "0905 123 456", "Nguyễn Thị Minh Tâm"
    stage.officer.save()

    page = words(at("daklak").get(f"/thong-bao-ky/{stage.round.code}/"))

    for told in (
        "Đang nhận hồ sơ", "Hợp tác xã", "Nhóm sản phẩm thủ công mỹ nghệ", "0905 123 456",
        "Kế hoạch số 12/KH-UBND", "Phiếu đăng ký tham gia bình chọn", "Tiêu chí về tính văn hóa và thẩm mỹ",
    ):  # fmt: skip
        assert told.lower() in page.lower()


def test_the_announcement_says_when_filing_begins_and_when_it_ended():
    before = opened(code="TRUOC-2026")
    now = transaction_time()
    before.round.windows.filter(kind="filing").update(
        opens_at=now + timedelta(days=3), closes_at=now + timedelta(days=9)
    )
    early = words(at("daklak").get("/thong-bao-ky/TRUOC-2026/"))
    before.round.windows.filter(kind="filing").update(opens_at=now - timedelta(days=9), closes_at=now)
    late = words(at("daklak").get("/thong-bao-ky/TRUOC-2026/"))

    assert "Bắt đầu nhận hồ sơ lúc" in early
    assert "Đăng nhập để gửi hồ sơ" not in early
    assert "đã kết thúc vào" in late
    assert "Đăng nhập để gửi hồ sơ" not in late


def test_a_round_that_nobody_announced_is_the_same_404_as_none(officer):
    plan("NHAP-2026", officer)
    client = at("daklak")

    real, unreal = client.get("/thong-bao-ky/NHAP-2026/"), client.get("/thong-bao-ky/KHONG-CO/")

    assert (real.status_code, unreal.status_code) == (404, 404)
    assert real.content == unreal.content


def test_a_planned_round_is_announced_once_its_notice_is_out():
    stage = planned()
    client = at("daklak")

    told = client.get(f"/thong-bao-ky/{stage.round.code}/")
    stage.round.windows.filter(kind="announce").update(opens_at=transaction_time() + timedelta(days=1))

    assert told.status_code == 200
    assert client.get(f"/thong-bao-ky/{stage.round.code}/").status_code == 404


def test_the_front_page_calls_for_open_rounds_and_not_for_drafts_or_the_neighbours(officer, khanhhoa):
    plan("NHAP-2026", officer, year=2030)
    with inside(khanhhoa):
        neighbour = opened(code="KHANHHOA-2026")

    here, there = words(at("daklak").get("/")), words(at("khanhhoa").get("/"))

    assert ["NHAP-2026" in here, "KHANHHOA-2026" in here] == [False, False]
    assert neighbour.round.name in there


def test_the_front_page_no_longer_calls_when_filing_has_ended():
    stage = opened()
    assert "Đang mời tham gia bình chọn" in words(at("daklak").get("/"))

    stage.round.windows.filter(kind="filing").update(
        opens_at=transaction_time() - timedelta(days=9), closes_at=transaction_time()
    )

    assert "Đang mời tham gia bình chọn" not in words(at("daklak").get("/"))


def test_the_announcement_shows_no_draft_and_nobody_but_the_contact():
    stage = opened()
    page = words(at("daklak").get(f"/thong-bao-ky/{stage.round.code}/"))

    assert [member.full_name for member in [*stage.council, *stage.judges] if member.full_name in page] == []


def test_officers_are_reminded_once_of_what_is_late_and_of_what_is_nearly_due():
    stage = opened()
    keeper = person("nguoi-giu-han", Role.OFFICER)
    now = transaction_time()
    stage.round.windows.filter(kind="filing").update(officer=keeper, closes_at=now + timedelta(days=1))

    counts = [remind_officers(), remind_officers()]
    stage.round.windows.filter(kind="filing").update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    remind_officers()

    subjects = Notice.objects.filter(person=keeper).values_list("subject", flat=True)
    assert counts == [1, 1]
    assert sorted(subject.split(":")[0] for subject in subjects) == ["Sắp đến hạn", "Trễ hạn"]
