"""One facility: who sees it, who changes what, and two people at once."""

from datetime import date
from uuid import uuid4

import pytest
from browsers import at
from makers import AGENTS, EA_KAO, KEEPERS, OF_FACILITIES, TAN_LAP, made, merged, neighbours, wearing
from stage import TAX_CODES, acting_for, commune_officer, person

from apps.accounts.access import Hat
from apps.accounts.models import Role
from apps.facilities.models import AgentKind, CraftVillage, Facility, FacilityYear, Product, Standing
from apps.facilities.services.registering import revise_facility, typed_of
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
TYPED = {
    "name": "Hợp tác xã Mới", "kind": "cooperative", "tax_code": "0312687878", "commune_code": EA_KAO,
    "craft_village_id": "", "address": "Buôn Mới", "representative": "", "contact_name": "", "phone": "", "email": "",
    "website": "", "version": "1",
}  # fmt: skip


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER, name="Nguyễn Thị Tâm")


@pytest.fixture
def maker():
    return made()


def page(maker, rest=""):
    return f"/co-so/{maker.pk}/{rest}"


def typed(maker, **changes):
    values = {name: value or "" for name, value in typed_of(maker).items()}
    return {**values, "version": maker.version, **changes}


# --- Seeing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_everybody_of_the_authority_and_of_the_facility_sees_it(maker, hat):
    answer = at("daklak", wearing(hat, maker)).get(page(maker))

    assert answer.status_code == 200
    assert maker.name in answer.content.decode()


@pytest.mark.parametrize("who", ["commune", "owner", "asking"])
@pytest.mark.parametrize("rest", ["", "sua/", "lien-he/", "so-lieu/", "so-lieu/2025/"])
def test_a_neighbour_and_one_who_merely_asked_get_the_404_of_nothing(maker, who, rest):
    client = at("daklak", getattr(neighbours(maker), who))

    answer, nothing = client.get(page(maker, rest)), client.get(f"/co-so/{uuid4()}/{rest}")

    assert (answer.status_code, nothing.status_code) == (404, 404)
    assert answer.content == nothing.content
    assert client.post(page(maker, rest), TYPED).status_code == 404


def test_another_provinces_facility_is_not_here(maker, khanhhoa):
    with inside(khanhhoa):
        client = at("khanhhoa", person("chuyen-vien", Role.OFFICER))

    assert client.get(page(maker)).status_code == 404


def test_the_page_tells_eligibility_with_reason_and_day(officer, maker):
    words = at("daklak", officer).get(page(maker)).content.decode()

    assert "Là cơ sở CNNT" in words
    assert "Sản xuất tại phường Ea Kao, tỉnh Đắk Lắk (khoản 1 Điều 1 Nghị định số 235/2025/NĐ-CP)." in words


def test_the_page_tells_what_happened_in_words(officer, maker):
    village = CraftVillage.objects.create(
        name="Làng gốm Thử", commune_code=EA_KAO, recognised_on=date(2020, 1, 1), decision="1"
    )
    values = {**typed_of(maker), "commune_code": TAN_LAP, "kind": "company", "craft_village_id": village.pk}
    revise_facility(maker.pk, values, version=1, actor=officer)

    words = at("daklak", officer).get(page(maker)).content.decode()

    assert "Sửa thông tin cơ sở" in words
    assert "Nguyễn Thị Tâm" in words
    for change in ("Phường Ea Kao</span> → Phường Tân Lập", "Hợp tác xã</span> → Doanh nghiệp"):
        assert change in words
    assert "–</span> → Làng gốm Thử" in words


def test_a_merged_facility_leads_to_the_one_that_stands_for_it(officer, maker):
    survivor = made("Cơ sở còn lại", TAX_CODES[1])
    merged(maker, survivor)

    words = at("daklak", officer).get(page(maker)).content.decode()

    assert page(survivor) in words
    assert page(maker, "sua/") not in words


def test_the_owner_of_the_survivor_sees_what_was_merged_into_it(maker):
    survivor, owner = made("Cơ sở còn lại", TAX_CODES[1]), person("chu")
    acting_for(survivor, owner)

    assert at("daklak", owner).get(page(maker)).status_code == 404
    merged(maker, survivor)
    assert at("daklak", owner).get(page(maker)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_facilitys_page_asks_the_same_questions_whatever_hangs_on_it(
    officer, maker, count, django_assert_num_queries
):
    for number in range(count):
        Product.objects.create(facility=maker, name=f"Sản phẩm {number}", group="1")
        FacilityYear.objects.create(facility=maker, year=2020 + number, workers=number)
        acting_for(maker, person(f"nguoi-{number}"), AgentKind.STAFF)
        revise_facility(maker.pk, {"phone": f"090500011{number}"}, version=number + 1, actor=officer)
    client = at("daklak", officer)

    with django_assert_num_queries(18):
        client.get(page(maker))


# --- Writing down ------------------------------------------------------------------------------------


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_who_may_write_down_a_facility(maker, hat):
    client = at("daklak", wearing(hat, maker))

    answer = client.post("/co-so/moi/", TYPED)

    assert answer.status_code == (302 if hat in KEEPERS else 404)
    assert Facility.objects.filter(tax_code="0312687878").exists() == (hat in KEEPERS)


def test_a_commune_officer_writes_down_for_the_own_commune_only():
    client = at("daklak", commune_officer(EA_KAO))

    answer = client.post("/co-so/moi/", {**TYPED, "commune_code": TAN_LAP})

    assert answer.status_code == 422
    assert not Facility.objects.exists()
    assert client.post("/co-so/moi/", TYPED).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "Tên cơ sở"),
        ("name", "Cơ sở \u202egnod", "ký tự ẩn"),
        ("name", "x" * 251, "250"),
        ("kind", "tap_doan", "Loại hình"),
        ("tax_code", "12345", "phải có 10, 12 hoặc 13 chữ số"),
        ("tax_code", "0100233488", "đã có trong danh sách"),
        ("commune_code", "99999", "Xã, phường, đặc khu"),
        ("craft_village_id", "khong", "Làng nghề"),
        ("phone", "12", "không đúng dạng"),
        ("email", "khong-phai-thu", "Thư điện tử"),
        ("website", "javascript:alert(1)", "Trang thông tin"),
        ("address", "", "Địa chỉ"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_what_was_typed_is_kept(officer, maker, field, value, told):
    answer = at("daklak", officer).post("/co-so/moi/", {**TYPED, "contact_name": "H'Hen Niê", field: value})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert told in words
    assert "H&#x27;Hen Niê" in words
    assert Facility.objects.count() == 1


def test_a_check_digit_that_does_not_fit_is_a_warning_that_can_be_confirmed(officer):
    client = at("daklak", officer)
    odd = {**TYPED, "tax_code": "0312687879"}

    asked = client.post("/co-so/moi/", odd)

    assert asked.status_code == 422
    assert "không khớp; xin đối chiếu" in asked.content.decode()
    assert not Facility.objects.exists()
    tick = asked.context["form"].tick
    assert client.post("/co-so/moi/", {**odd, "tax_code": "0312687870", "confirmed": tick}).status_code == 422
    assert client.post("/co-so/moi/", {**odd, "confirmed": tick}).status_code == 302
    assert Facility.objects.get().tax_code == "0312687879"


# --- Correcting --------------------------------------------------------------------------------------


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_who_may_correct_a_registered_facility(maker, hat):
    client = at("daklak", wearing(hat, maker))

    answer = client.post(page(maker, "sua/"), typed(maker, name="Tên mới"))

    assert answer.status_code == (302 if hat in KEEPERS else 403)
    assert (Facility.objects.get().name == "Tên mới") == (hat in KEEPERS)


@pytest.mark.parametrize("standing", [Standing.PROPOSED, Standing.REFUSED])
def test_an_owner_corrects_all_of_it_while_it_is_only_proposed(maker, standing):
    maker.standing = standing
    maker.save()
    owner, staff = wearing(Hat.OWNER, maker), wearing(Hat.STAFF, maker)
    sent = typed(maker, name="Tên mới", commune_code=TAN_LAP)

    assert at("daklak", staff).post(page(maker, "sua/"), sent).status_code == 403
    assert at("daklak", owner).post(page(maker, "sua/"), sent).status_code == 302
    assert (Facility.objects.get().name, Facility.objects.get().commune_code) == ("Tên mới", TAN_LAP)


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_who_may_correct_the_contacts(maker, hat):
    answer = at("daklak", wearing(hat, maker)).post(
        page(maker, "lien-he/"), {"address": "Buôn Mới", "phone": "+84 905.000.111", "name": "Tên lạ", "version": 1}
    )

    assert answer.status_code == (302 if hat in AGENTS else 403)
    kept = Facility.objects.get()
    assert (kept.phone, kept.name) == ("0905000111" if hat in AGENTS else "", maker.name)


def test_a_commune_officer_does_not_give_a_facility_away_to_another_commune(maker):
    answer = at("daklak", commune_officer(EA_KAO)).post(page(maker, "sua/"), typed(maker, commune_code=TAN_LAP))

    assert answer.status_code == 422
    assert Facility.objects.get().commune_code == EA_KAO


def test_the_second_of_two_officers_sees_what_changed_and_loses_nothing(officer, maker):
    second = at("daklak", person("thu-hai", Role.OFFICER))
    mine = typed(maker, phone="0905000222", representative="H'Hen Niê")
    at("daklak", officer).post(page(maker, "sua/"), typed(maker, phone="0905000111", address="Buôn Mới"))

    answer = second.post(page(maker, "sua/"), mine)

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Nguyễn Thị Tâm đã lưu" in words
    assert "0905 000 111" in words
    assert Facility.objects.get().phone == "0905000111"
    again = {name: answer.context["form"][name].value() for name in TYPED}
    assert (again["phone"], again["address"], again["version"]) == ("0905000222", "Buôn Mới", 2)
    again["craft_village_id"] = again["craft_village_id"] or ""
    assert second.post(page(maker, "sua/"), again).status_code == 302
    kept = Facility.objects.get()
    assert (kept.phone, kept.address, kept.representative) == ("0905000222", "Buôn Mới", "H'Hen Niê")


@pytest.mark.parametrize("version", ["", "x", "99", "-1", "0"])
def test_a_version_that_never_was_overwrites_nothing(officer, maker, version):
    answer = at("daklak", officer).post(page(maker, "sua/"), typed(maker, name="Tên mới", version=version))

    assert answer.status_code in (409, 422)
    assert Facility.objects.get().name == maker.name


def test_the_form_offers_the_provinces_communes_and_a_search_box_where_there_is_script(officer):
    words = at("daklak", officer).get("/co-so/moi/").content.decode()

    assert '<option value="24169">Phường Ea Kao</option>' in words
    assert "data-search" in words
    assert words.count('<option value="2') == 102
