"""The facility register as officers, leaders, judges and strangers meet it: the list and the workbook in."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from browsers import at
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook
from stage import person, scoring
from workbooks import GOOD, row, workbook

from apps.accounts.models import Role
from apps.facilities.models import Facility
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
PAGES = ["/co-so/", "/co-so/co-so.xlsx", "/co-so/nhap/", "/co-so/nhap/mau.xlsx"]


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def send(client, data, name="co-so.xlsx"):
    return client.post("/co-so/nhap/", {"workbook": SimpleUploadedFile(name, data)})


def link_in(answer):
    return re.search(r'href="(/co-so/nhap/tra-lai/[^"]+)"', answer.content.decode()).group(1)


def test_good_rows_are_kept_and_bad_ones_are_shown_with_reason_and_workbook(officer):
    client = at("daklak", officer)

    answer = send(client, workbook(GOOD, row(tax_code="1", name="Cơ sở lỗi")))

    words = answer.content.decode()
    assert answer.status_code == 200
    assert "Thêm mới 1 cơ sở; 0 cơ sở đã có từ trước; 1 dòng chưa nhập được" in words
    assert "mã đã nhập có 1 chữ số" in words
    back = client.get(link_in(answer))
    rows = CalamineWorkbook.from_filelike(BytesIO(back.content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "Cơ sở lỗi"
    assert Facility.objects.get().name == GOOD[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"hong", "Không đọc được tệp này như một bảng tính Excel"),
        (b"", "Không đọc được tệp này như một bảng tính Excel"),
        (workbook(GOOD, heads=["A", "B"]), "thiếu cột"),
        (workbook(*[row(tax_code="")] * 5001), "tối đa 5000 dòng"),
    ],
    ids=["corrupt", "empty", "columns", "rows"],
)
def test_a_workbook_that_cannot_be_used_is_told_on_the_page(officer, data, told):
    answer = send(at("daklak", officer), data)

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_sending_nothing_is_told_on_the_page(officer):
    answer = at("daklak", officer).post("/co-so/nhap/", {})

    assert answer.status_code == 422


def test_the_link_to_the_returned_rows_is_worthless_next_door(officer, khanhhoa):
    answer = send(at("daklak", officer), workbook(row(tax_code="1")))
    link = link_in(answer)
    with inside(khanhhoa):
        neighbour = at("khanhhoa", person("chuyen-vien", Role.OFFICER))

    there, nothing = neighbour.get(link), neighbour.get("/co-so/nhap/tra-lai/khong-co.xlsx")

    assert at("daklak", officer).get(link).status_code == 200
    assert (there.status_code, nothing.status_code) == (404, 404)
    assert there.content == nothing.content


def test_an_altered_link_and_a_link_past_its_day_are_nothing(officer, time_machine):
    client = at("daklak", officer)
    link = link_in(send(client, workbook(row(tax_code="1"))))

    assert client.get(link.replace("tra-lai/", "tra-lai/x")).status_code == 404
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    client = at("daklak", officer)
    assert client.get(link).status_code == 404


def test_a_link_whose_file_is_gone_is_nothing(officer, tmp_path):
    client = at("daklak", officer)
    link = link_in(send(client, workbook(row(tax_code="1"))))

    for kept in tmp_path.rglob("*.xlsx"):
        kept.unlink()

    assert client.get(link).status_code == 404


def test_the_blank_workbook_can_be_filled_and_sent(officer):
    client = at("daklak", officer)
    heads = CalamineWorkbook.from_filelike(BytesIO(client.get("/co-so/nhap/mau.xlsx").content))

    answer = send(client, workbook(GOOD, heads=heads.get_sheet_by_index(0).to_python()[0]))

    assert "Thêm mới 1 cơ sở" in answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_who_is_there(path):
    answer = at("daklak").get(path)

    assert (answer.status_code, answer.headers["location"]) == (302, f"/tai-khoan/dang-nhap/?next={path}")


@pytest.mark.parametrize("path", PAGES)
def test_whoever_is_not_of_the_authority_gets_the_404_of_nothing(path):
    judge = at("daklak", scoring().judges[0])

    assert judge.get(path).status_code == 404
    assert judge.get(path).content == judge.get("/khong-co/").content


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_may_only_look_sees_no_import(role):
    looker = at("daklak", person("xem", role))

    assert looker.get("/co-so/").status_code == 200
    assert looker.get("/co-so/co-so.xlsx").status_code == 200
    assert looker.get("/co-so/nhap/").status_code == 404
    assert send(looker, workbook(GOOD)).status_code == 404
    assert not Facility.objects.exists()
    assert "/co-so/nhap/" not in looker.get("/co-so/").content.decode()


@pytest.mark.parametrize("path", ["/co-so/?tim=%00", "/ket-qua/%00/", "/ky-binh-chon/a%00b/"])
def test_an_address_with_a_nul_is_a_bad_request_not_a_crash(officer, path):
    answer = at("daklak", officer).get(path)

    assert answer.status_code == 400
    assert "chưa đúng dạng" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_an_import_asks_the_same_questions_for_one_row_as_for_three(officer, count, django_assert_num_queries):
    codes = ["0100233488", "0314409058", "0312687878"]
    data = workbook(*[row(tax_code=code) for code in codes[:count]])
    client = at("daklak", officer)

    client.get("/khong-co/")
    with django_assert_num_queries(15):
        send(client, data)
    assert Facility.objects.count() == count
