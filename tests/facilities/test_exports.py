"""The workbooks of the facility room: what waits, one facility, an upload that is looked over."""

from uuid import uuid4

import pytest
from browsers import at
from django.core.files.uploadedfile import SimpleUploadedFile
from exports import LIVE_NAME, sheets, words_of
from makers import EA_KAO, OF_FACILITIES, TAN_LAP, made, neighbours, wearing
from stage import TAX_CODES, acting_for, commune_officer, person
from workbooks import GOOD, row, workbook

from apps.accounts.models import Role
from apps.facilities.models import FacilityYear, Standing
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
QUEUE = "/co-so/cho-duyet/cho-duyet.xlsx"


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def waiting(name, tax_code, commune, asker):
    maker = made(name, tax_code, standing=Standing.PROPOSED, commune_code=commune)
    acting_for(maker, person(asker, name=f"Người xin {name}"), approved=False)


def test_what_waits_leaves_as_two_sheets_and_nothing_that_is_done(officer):
    waiting(LIVE_NAME, TAX_CODES[1], EA_KAO, "xin")
    made("Đã duyệt", TAX_CODES[2])

    told = sheets(at("daklak", officer).get(QUEUE))

    assert told["Cơ sở tự đăng ký"][1][:4] == [LIVE_NAME, "Hợp tác xã", TAX_CODES[1], "Phường Ea Kao"]
    assert [told["Người đề nghị"][1][n] for n in (0, 4, 5)] == [f"Người xin {LIVE_NAME}", LIVE_NAME, TAX_CODES[1]]
    assert "Đã duyệt" not in words_of(told)


def test_a_communes_officer_exports_the_own_communes_queue_alone(officer):
    waiting("Gốm Nhà", TAX_CODES[1], EA_KAO, "xin")
    waiting("Gốm Hàng Xóm", TAX_CODES[2], TAN_LAP, "xin-khac")

    told = words_of(sheets(at("daklak", commune_officer(EA_KAO)).get(QUEUE)))

    assert ("Gốm Nhà" in told, "Gốm Hàng Xóm" in told) == (True, False)
    assert "Gốm Hàng Xóm" in words_of(sheets(at("daklak", officer).get(QUEUE)))


def test_the_next_provinces_queue_holds_nothing_of_ours(officer, khanhhoa):
    waiting("Gốm Nhà", TAX_CODES[1], EA_KAO, "xin")
    with inside(khanhhoa):
        theirs = person("chuyen-vien", Role.OFFICER)

    assert len(sheets(at("khanhhoa", theirs).get(QUEUE))["Cơ sở tự đăng ký"]) == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_not_approve_exports_no_queue(role):
    assert at("daklak", person("ai-do", role)).get(QUEUE).status_code == 404


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_a_facilitys_figures_leave_for_whoever_sees_its_page(hat):
    maker, other = made(), made("Cơ sở bên cạnh", TAX_CODES[3])
    FacilityYear.objects.create(facility=maker, year=2024, revenue="100.5", workers=9)
    FacilityYear.objects.create(facility=maker, year=2025, revenue=200, exports=0)
    FacilityYear.objects.create(facility=other, year=2023, revenue=777)

    told = sheets(at("daklak", wearing(hat, maker)).get(f"/co-so/{maker.pk}/so-lieu.xlsx"))

    assert told["Số liệu hằng năm"][1:] == [[2025.0, 200.0, "", "", 0.0], [2024.0, 100.5, 9.0, "", ""]]
    assert "777" not in words_of(told)
    assert told["Đã dự bình chọn"][0][:2] == ["Sản phẩm", "Kỳ bình chọn"]


@pytest.mark.parametrize("who", ["commune", "owner", "asking"])
def test_a_neighbour_gets_the_404_of_nothing_instead_of_figures(who):
    maker = made()
    client = at("daklak", getattr(neighbours(maker), who))

    answer, nothing = (client.get(f"/co-so/{key}/so-lieu.xlsx") for key in (maker.pk, uuid4()))

    assert (answer.status_code, answer.content) == (404, nothing.content)


def sent(client, *rows):
    book = SimpleUploadedFile("co-so.xlsx", workbook(*rows))
    return client.post("/co-so/nhap/", {"workbook": book}).headers["location"]


def test_an_upload_is_exported_whole_with_what_becomes_of_each_row(officer):
    made("Tên cũ", GOOD[2], phone="0905000999")
    client = at("daklak", officer)
    new, wrong = row(name=LIVE_NAME, tax_code=TAX_CODES[1]), row(name="Cơ sở lỗi", tax_code="1")
    page = sent(client, GOOD, new, wrong)

    told = sheets(client.get(f"{page}xem-truoc.xlsx"))

    assert [line[:2] for line in told["Cơ sở mới"][1:]] == [[3.0, LIVE_NAME]]
    assert [2.0, "Tên cũ", "Tên cơ sở", "Tên cũ", GOOD[0]] in told["Đã có, khác bảng tính"]
    assert [told["Chưa nhập được"][1][n] for n in (0, 1)] == [4.0, "Cơ sở lỗi"]
    assert "1 chữ số" in told["Chưa nhập được"][1][-1]
    assert told["Đã có, giống hệt"][1:] == []


def test_somebody_elses_upload_and_a_confirmed_one_have_no_preview(officer):
    client, other = at("daklak", officer), at("daklak", person("nguoi-khac", Role.OFFICER))
    page = sent(client, GOOD)

    client.post(f"{page}xac-nhan/")

    assert other.get(f"{page}xem-truoc.xlsx").status_code == 404
    assert client.get(f"{page}xem-truoc.xlsx").headers["location"] == page
