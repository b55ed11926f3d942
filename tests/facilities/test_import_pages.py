"""Importing as officers, leaders and strangers meet it: upload, look, confirm."""

from datetime import timedelta
from io import BytesIO

import pytest
from browsers import at
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from makers import made, neighbours, wearing
from python_calamine import CalamineWorkbook
from stage import TAX_CODES, person, scoring
from workbooks import GOOD, row, workbook

from apps.accounts.access import Hat
from apps.accounts.models import Role
from apps.facilities.models import Facility, ImportBatch
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
PAGES = ["/co-so/nhap/", "/co-so/nhap/mau.xlsx"]
HATS = [hat for hat in Hat if hat not in (Hat.CHAIR, Hat.SECRETARY, Hat.COUNCIL_MEMBER, Hat.JUDGE, Hat.SUPPORT)]


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def send(client, data, name="co-so.xlsx"):
    return client.post("/co-so/nhap/", {"workbook": SimpleUploadedFile(name, data)})


def test_a_workbook_is_sent_looked_at_confirmed_and_its_bad_rows_come_back(officer):
    client = at("daklak", officer)

    page = send(client, workbook(GOOD, row(tax_code="1", name="Cơ sở lỗi"))).headers["location"]
    look = client.get(page).content.decode()

    assert "mã đã nhập có 1 chữ số" in look
    assert not Facility.objects.exists()
    done = client.post(f"{page}xac-nhan/", {"known": "keep"}, follow=True).content.decode()
    assert "Đã nhập bảng tính" in done
    assert Facility.objects.get().name == GOOD[0]
    back = client.get(f"{page}chua-nhap-duoc.xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(back)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "Cơ sở lỗi"


def test_what_differs_is_shown_field_by_field_and_updated_when_asked(officer):
    made("Tên cũ", phone="0905000999")
    client = at("daklak", officer)
    page = send(client, workbook(GOOD)).headers["location"]

    look = client.get(page).content.decode()

    assert "<td>Tên cơ sở</td><td>Tên cũ</td><td>Hợp tác xã Ea Tu</td>" in look
    assert "<td>Điện thoại</td><td>0905 000 999</td><td>0905 000 111</td>" in look
    client.post(f"{page}xac-nhan/", {"known": "update"})
    assert Facility.objects.get().name == "Hợp tác xã Ea Tu"


def test_a_second_confirmation_changes_nothing(officer):
    client = at("daklak", officer)
    page = send(client, workbook(GOOD)).headers["location"]
    client.post(f"{page}xac-nhan/")
    Facility.objects.update(name="Sửa sau khi nhập")

    again = client.post(f"{page}xac-nhan/", {"known": "update"}, follow=True)

    assert "Đã nhập bảng tính" in again.content.decode()
    assert Facility.objects.get().name == "Sửa sau khi nhập"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"hong", "Xin chọn tệp Excel"),
        (b"", "Tệp rỗng"),
        (workbook(GOOD, heads=["A", "B"]), "thiếu cột"),
        (workbook(*[row(tax_code="")] * 5001), "tối đa 5000 dòng"),
        (workbook(), "chưa có dòng nào"),
    ],
    ids=["corrupt", "empty", "columns", "rows", "heads alone"],
)
def test_a_workbook_that_cannot_be_used_is_told_on_the_page(officer, data, told):
    answer = send(at("daklak", officer), data)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_sending_nothing_is_told_on_the_page(officer):
    assert at("daklak", officer).post("/co-so/nhap/", {}).status_code == 422


def test_a_workbook_with_nothing_new_offers_no_confirmation(officer):
    client = at("daklak", officer)
    page = send(client, workbook(row(tax_code="1"))).headers["location"]

    assert "Nhập vào danh sách" not in client.get(page).content.decode()


@pytest.mark.parametrize("rest", ["", "xac-nhan/", "chua-nhap-duoc.xlsx"])
def test_an_upload_is_nothing_to_a_colleague_and_to_the_province_next_door(officer, khanhhoa, rest):
    page = send(at("daklak", officer), workbook(row(tax_code="1"))).headers["location"]
    colleague = at("daklak", person("khac", Role.OFFICER))
    with inside(khanhhoa):
        neighbour = at("khanhhoa", person("chuyen-vien", Role.OFFICER))

    for client in (colleague, neighbour):
        assert client.get(page + rest).status_code == 404
        assert client.get(page + rest).content == client.get("/khong-co/").content
    assert at("daklak", officer).get(page + rest).status_code in (200, 302)


def test_an_upload_past_its_day_is_nothing(officer):
    client = at("daklak", officer)
    page = send(client, workbook(GOOD)).headers["location"]
    ImportBatch.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))

    assert client.get(page).status_code == 404
    assert client.post(f"{page}xac-nhan/").status_code == 404
    assert not Facility.objects.exists()


def test_the_blank_workbook_can_be_filled_and_sent(officer):
    client = at("daklak", officer)
    heads = CalamineWorkbook.from_filelike(BytesIO(client.get("/co-so/nhap/mau.xlsx").content))
    cells = [*GOOD[:6], "", *GOOD[6:]]

    answer = send(client, workbook(cells, heads=heads.get_sheet_by_index(0).to_python()[0]))

    assert answer.status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_who_is_there(path):
    answer = at("daklak").get(path)

    assert (answer.status_code, answer.headers["location"]) == (302, f"/tai-khoan/dang-nhap/?next={path}")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("hat", HATS)
def test_only_an_officer_imports(hat, path):
    maker = made(tax_code="0312687878")
    client = at("daklak", wearing(hat, maker))

    assert client.get(path).status_code == (200 if hat == Hat.OFFICER else 404)
    assert send(client, workbook(GOOD)).status_code == (302 if hat == Hat.OFFICER else 404)
    assert ("/co-so/nhap/" in client.get("/co-so/").content.decode()) == (hat == Hat.OFFICER)


@pytest.mark.parametrize("path", [*PAGES, "/co-so/"])
def test_whoever_is_not_of_the_authority_gets_the_404_of_nothing(path):
    judge = at("daklak", scoring().judges[0])

    assert judge.get(path).status_code == 404
    assert judge.get(path).content == judge.get("/khong-co/").content


def test_neighbours_do_not_import():
    found = neighbours(made())

    assert {at("daklak", who).get("/co-so/nhap/").status_code for who in vars(found).values()} == {404}


@pytest.mark.parametrize("path", ["/co-so/?tim=%00", "/ket-qua/%00/", "/ky-binh-chon/a%00b/"])
def test_an_address_with_a_nul_is_a_bad_request_not_a_crash(officer, path):
    answer = at("daklak", officer).get(path)

    assert answer.status_code == 400
    assert "chưa đúng dạng" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_looking_asks_the_same_questions_for_one_row_as_for_fifty(officer, count, django_assert_num_queries):
    made("Khác", "0100233488")
    client = at("daklak", officer)
    page = send(client, workbook(*[row(tax_code=code) for code in TAX_CODES[:count]])).headers["location"]

    with django_assert_num_queries(13):
        client.get(page)


@pytest.mark.parametrize("count", [1, 50])
def test_confirming_asks_the_same_questions_for_one_row_as_for_fifty(officer, count, django_assert_num_queries):
    client = at("daklak", officer)
    page = send(client, workbook(*[row(tax_code=code) for code in TAX_CODES[:count]])).headers["location"]

    with django_assert_num_queries(30):
        client.post(f"{page}xac-nhan/")
    assert Facility.objects.count() == count
