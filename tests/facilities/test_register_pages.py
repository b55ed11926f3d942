"""The register as a list: what is found, by whom, in which order, and its workbook."""

import unicodedata
from datetime import date
from io import BytesIO

import pytest
from browsers import at
from makers import CACAO, EA_KAO, TAN_LAP, made, merged, wearing
from python_calamine import CalamineWorkbook
from stage import TAX_CODES, acting_for, commune_officer, person

from apps.accounts.access import Hat
from apps.accounts.models import Role
from apps.facilities.models import CraftVillage, Facility, FacilityYear
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
LIST = {Hat.ADMINISTRATOR, Hat.OFFICER, Hat.LEADER, Hat.AUDITOR, Hat.COMMUNE_OFFICER}


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def words_of(who, **asked):
    return at("daklak", who).get("/co-so/", asked).content.decode()


def rows_of(who, **asked):
    data = at("daklak", who).get("/co-so/co-so.xlsx", asked).content
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    "typed",
    [
        CACAO,
        unicodedata.normalize("NFD", CACAO),
        "cong ty tnhh cacao nam truong son",
        "CACAO NAM TRƯỜNG SƠN",
        "nam truong son cacao",
        "ca cao nam trường sơn",
        "Trường Sơn",
        "0100233488",
        "0905000111",
    ],
)
def test_every_way_of_typing_it_finds_nam_truong_son(officer, typed):
    made(CACAO, phone="0905000111")
    made("Hợp tác xã Ca cao Ea Kao", TAX_CODES[1])

    found = words_of(officer, tim=typed)

    assert "0100233488" in found
    assert TAX_CODES[1] not in found


@pytest.mark.parametrize(("kept", "typed"), [("Cơ sở Hoà Phú", "Hòa Phú"), ("Cơ sở Hòa Phú", "hoà phú")])
def test_where_the_tone_stands_does_not_matter(officer, kept, typed):
    made(kept)

    assert "0100233488" in words_of(officer, tim=typed)


@pytest.mark.parametrize("typed", ["Cu Mgar", "cư m'gar", "Cư M’gar"])
def test_signs_inside_a_name_do_not_matter(officer, typed):
    made("Hợp tác xã Cư M'gar")

    assert "0100233488" in words_of(officer, tim=typed)


@pytest.mark.parametrize("typed", ["%", "_", "\\", "' or 1=1 --", "x" * 5000, "a " * 400, "...", "🙂"])
def test_search_takes_any_words(officer, typed):
    made()

    assert at("daklak", officer).get("/co-so/", {"tim": typed}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"xa": EA_KAO},
        {"loai": "company"},
        {"tinh_trang": "proposed"},
        {"xuat_khau": "co"},
        {"xa": EA_KAO, "loai": "company", "tim": "mot"},
    ],
)
def test_each_filter_narrows_list_and_workbook_alike(officer, asked):
    one = made("Cơ sở một", kind="company", standing="proposed")
    made("Cơ sở hai", TAX_CODES[1], commune_code=TAN_LAP)
    FacilityYear.objects.create(facility=one, year=2025, exports=5)

    found = words_of(officer, **asked)

    assert ("Cơ sở một" in found, "Cơ sở hai" in found) == (True, False)
    assert [row[0] for row in rows_of(officer, **asked)[1:]] == ["Cơ sở một"]


def test_exporting_goes_by_the_latest_figure_that_is_known(officer):
    once, still, never = made("Từng"), made("Đang", TAX_CODES[1]), made("Không", TAX_CODES[2])
    for maker, year, exports in [(once, 2024, 5), (once, 2025, 0), (still, 2024, 5), (still, 2025, None)]:
        FacilityYear.objects.create(facility=maker, year=year, exports=exports)

    assert [row[0] for row in rows_of(officer, xuat_khau="co")[1:]] == ["Đang"]
    assert [row[0] for row in rows_of(officer, xuat_khau="khong")[1:]] == ["Không", "Từng"]
    assert never.years.count() == 0


def test_eligibility_is_a_filter(officer):
    Facility.objects.all().delete()
    made("Trong tỉnh")

    assert [row[0] for row in rows_of(officer, doi_tuong="co")[1:]] == ["Trong tỉnh"]
    assert rows_of(officer, doi_tuong="khong")[1:] == []


@pytest.mark.parametrize("asked", [{"xa": "99999"}, {"loai": "x"}, {"tinh_trang": "?"}, {"doi_tuong": "1"}])
def test_a_value_that_is_no_choice_narrows_nothing(officer, asked):
    made()

    assert "0100233488" in words_of(officer, **asked)


def test_what_was_merged_away_is_shown_when_asked_for(officer):
    survivor = made("Cơ sở còn lại")
    merged(made("Cơ sở đã gộp", TAX_CODES[1]), survivor)

    assert "Cơ sở đã gộp" not in words_of(officer)
    assert "Cơ sở đã gộp" in words_of(officer, tinh_trang="merged")


def test_the_order_is_that_of_a_vietnamese_dictionary(officer):
    for name, code in zip(["Đá", "Ba", "Ân", "An", "Bà"], TAX_CODES, strict=False):
        made(name, code)

    assert [row[0] for row in rows_of(officer)[1:]] == ["An", "Ân", "Ba", "Bà", "Đá"]


def test_the_workbook_says_what_the_platform_knows(officer):
    village = CraftVillage.objects.create(
        name="Làng gốm Thử", commune_code=EA_KAO, recognised_on=date(2020, 1, 1), decision="1/QĐ-UBND"
    )
    maker = made(craft_village=village)
    FacilityYear.objects.create(facility=maker, year=2024, revenue="1500.5", workers=12)
    FacilityYear.objects.create(facility=maker, year=2025, revenue="2000", workers=15)

    heads, row = rows_of(officer)

    told = dict(zip(heads, row, strict=False))
    assert told["Xã, phường, đặc khu"] == "Phường Ea Kao"
    assert told["Làng nghề"] == "Làng gốm Thử"
    assert told["Là cơ sở CNNT"] == "Có"
    assert "khoản 1 Điều 1 Nghị định số 235/2025/NĐ-CP" in told["Lý do"]
    assert (told["Năm số liệu"], told["Doanh thu (triệu đồng)"], told["Lao động (người)"]) == (2025, 2000, 15)


@pytest.mark.parametrize("page", ["2", "0", "-1", "khong", "99999999999999999999"])
def test_any_page_number_shows_a_page(officer, page):
    made()

    assert "0100233488" in words_of(officer, trang=page)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_asks_the_same_questions_for_one_row_as_for_fifty(officer, count, django_assert_num_queries):
    village = CraftVillage.objects.create(
        name="Làng", commune_code=EA_KAO, recognised_on=date(2020, 1, 1), decision="1"
    )
    for number in range(count):
        made(f"Cơ sở {number}", f"{number:010}", craft_village=village)
    client = at("daklak", officer)

    with django_assert_num_queries(10):
        client.get("/co-so/")


@pytest.mark.parametrize("count", [1, 50])
def test_the_workbook_asks_the_same_questions_for_one_row_as_for_fifty(officer, count, django_assert_num_queries):
    for number in range(count):
        FacilityYear.objects.create(facility=made(f"Cơ sở {number}", f"{number:010}"), year=2025, workers=1)
    client = at("daklak", officer)

    with django_assert_num_queries(9):
        client.get("/co-so/co-so.xlsx")


@pytest.mark.parametrize("path", ["/co-so/", "/co-so/co-so.xlsx"])
@pytest.mark.parametrize(
    "hat", [hat for hat in Hat if hat.value not in ("chair", "secretary", "council_member", "judge", "support")]
)
def test_who_sees_the_list(hat, path):
    facility = made()

    answer = at("daklak", wearing(hat, facility)).get(path)

    assert answer.status_code == (200 if hat in LIST else 404)


@pytest.mark.parametrize("asked", [{}, {"xa": TAN_LAP}, {"tim": "Cơ sở"}])
def test_a_commune_officer_sees_the_own_commune_only(asked):
    made("Cơ sở của xã")
    made("Cơ sở xã khác", TAX_CODES[1], commune_code=TAN_LAP)
    officer = commune_officer(EA_KAO)

    assert "Cơ sở xã khác" not in words_of(officer, **asked)
    assert "Cơ sở xã khác" not in str(rows_of(officer, **asked))
    assert "Cơ sở của xã" in words_of(officer)


def test_a_neighbour_province_is_never_in_the_list(officer, khanhhoa):
    with inside(khanhhoa):
        theirs = made("Cơ sở Khánh Hòa", province_code="56")
        acting_for(theirs, person("chu"))

    assert "Cơ sở Khánh Hòa" not in words_of(officer)
    assert "Cơ sở Khánh Hòa" not in str(rows_of(officer))


def test_the_ministry_has_a_register_without_communes(national):
    with inside(national):
        officer = person("chuyen-vien", Role.OFFICER)
        answer = at("quocgia", officer).get("/co-so/")

    assert answer.status_code == 200
    assert "Chưa có cơ sở nào" in answer.content.decode()
