"""The administrator's pages of people: who sees them, what is found, what is written and refused."""

import unicodedata
from io import BytesIO

import pytest
from browsers import at
from makers import EA_KAO
from python_calamine import CalamineWorkbook
from stage import person

from apps.accounts.models import OrganisationalUnit, Person, Role
from tenants.gateways import inside
from tieubieu.audit.models import Event

pytestmark = pytest.mark.usefixtures("in_daklak")
LIST = "/tai-khoan/nguoi-dung/"
NEW = f"{LIST}moi/"
SEEING = {Role.ADMINISTRATOR, Role.AUDITOR}


@pytest.fixture
def administrator():
    return person("quan-tri", Role.ADMINISTRATOR, name="Hoàng Quản Trị")


@pytest.fixture
def commune():
    return OrganisationalUnit.objects.create(name="UBND xã Ea Kao", commune_code=EA_KAO)


def told(**other):
    return {"full_name": "Nguyễn Văn Hòa", "login": "nguyen.van.hoa", "roles": ["officer"]} | other


def listed(who, **asked):
    return at("daklak", who).get(LIST, asked).content.decode()


@pytest.mark.parametrize("role", Role)
def test_who_sees_the_list_and_who_writes(role):
    somebody = person("ai-do", role)
    browser = at("daklak", somebody)
    sees, writes = role in SEEING, role == Role.ADMINISTRATOR

    assert browser.get(LIST).status_code == (200 if sees else 404)
    assert browser.get(f"{LIST}{somebody.pk}/").status_code == (200 if sees else 404)
    assert browser.get("/tai-khoan/don-vi/").status_code == (200 if sees else 404)
    for address in (NEW, f"{LIST}{somebody.pk}/sua/", "/tai-khoan/don-vi/moi/"):
        assert browser.get(address).status_code == (200 if writes else 403 if sees else 404)
    assert ("Thêm người dùng" in browser.get(LIST).content.decode()) is writes


def test_every_official_reads_the_table_of_actions(commune):
    officer = person("can-bo-xa", Role.COMMUNE_OFFICER)
    Person.objects.filter(pk=officer.pk).update(unit=commune)
    others = [person(role.value, role) for role in Role if role != Role.COMMUNE_OFFICER]

    answers = [at("daklak", who).get("/tai-khoan/vai-tro/").status_code for who in [officer, *others]]

    assert answers == [200] * len(Role)


@pytest.mark.parametrize("act", ["ngung", "mo-lai", "ma-mot-lan"])
@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.ADMINISTRATOR)])
def test_nobody_else_touches_an_account(administrator, role, act):
    browser = at("daklak", person("ai-do", *([role] if role else [])))

    answer = browser.post(f"{LIST}{administrator.pk}/{act}/")

    assert answer.status_code == (403 if role in SEEING else 404)
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.has_usable_password()


def test_a_stranger_is_asked_to_sign_in(administrator):
    assert at("daklak").get(LIST).status_code == 302
    assert at("daklak", person("chu-co-so")).get("/tai-khoan/vai-tro/").status_code == 404


@pytest.mark.parametrize(
    "typed",
    ["Nguyễn Văn Hòa", "nguyễn văn hoà", "nguyen van hoa", "HOA NGUYEN", "nvh@", unicodedata.normalize("NFD", "Hòa")],
)
def test_every_way_of_typing_finds_the_person(administrator, typed):
    Person.objects.create_person("hoa", None, full_name="Nguyễn Văn Hòa", email="nvh@daklak.example")
    person("khac", name="Trần Thị Khác")

    found = listed(administrator, tim=typed)

    assert "Nguyễn Văn Hòa" in found
    assert "Trần Thị Khác" not in found


def test_the_list_is_narrowed_by_role_unit_and_account(administrator, commune):
    person("a", Role.OFFICER, name="Người Chuyên Viên")
    Person.objects.create_person("b", None, full_name="Người Của Xã", unit=commune)
    Person.objects.create_person("c", None, full_name="Người Đã Nghỉ", is_active=False)

    def names(**asked):
        found = listed(administrator, **asked)
        return {name for name in ("Người Chuyên Viên", "Người Của Xã", "Người Đã Nghỉ") if name in found}

    assert names() == {"Người Chuyên Viên", "Người Của Xã", "Người Đã Nghỉ"}
    assert names(vai_tro="officer") == {"Người Chuyên Viên"}
    assert names(vai_tro="khong") == {"Người Của Xã", "Người Đã Nghỉ"}
    assert names(don_vi=commune.pk) == {"Người Của Xã"}
    assert names(tai_khoan="khong") == {"Người Đã Nghỉ"}
    assert names(vai_tro="la", don_vi="la", tai_khoan="la") == names()
    assert "Không có người dùng nào khớp" in listed(administrator, tim="khong ai ten the")


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_asks_the_same_questions_for_one_person_as_for_fifty(
    administrator, commune, count, django_assert_num_queries
):
    for number in range(count):
        made = person(f"nguoi-{number:02}", Role.OFFICER, Role.LEADER)
        Person.objects.filter(pk=made.pk).update(unit=commune)
    browser = at("daklak", administrator)

    with django_assert_num_queries(BUDGET):
        page = browser.get(LIST, {"tim": "nguoi", "vai_tro": "officer"}).content.decode()

    assert page.count('<tr><th scope="row">') == count


BUDGET = 9


def test_the_workbook_holds_the_rows_of_the_list(administrator, commune):
    Person.objects.create_person("b", None, full_name="=HYPERLINK(1)", unit=commune)
    person("a", Role.OFFICER, name="Người Chuyên Viên")

    data = at("daklak", administrator).get(f"{LIST}nguoi-dung.xlsx", {"don_vi": commune.pk}).content
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()

    assert [row[:4] for row in rows[1:]] == [["=HYPERLINK(1)", "b", "", "UBND xã Ea Kao"]]


def test_an_official_is_added_with_roles_and_audited(administrator, commune):
    given = told(position="Trưởng phòng", unit=commune.pk, email=" Hoa@Daklak.example ", phone="0905 123 456")

    answer = at("daklak", administrator).post(NEW, given | {"roles": ["officer", "commune_officer"]})

    made = Person.objects.get(login="nguyen.van.hoa")
    assert answer.headers["location"] == f"{LIST}{made.pk}/"
    assert made.roles() == {"officer", "commune_officer"}
    assert (made.email, made.phone, made.unit) == ("hoa@daklak.example", "0905123456", commune)
    assert not made.has_usable_password()
    tags = Event.objects.filter(subject_id=str(made.pk), actor_id=str(administrator.pk)).order_by("seq")
    assert [event.tag for event in tags] == ["accounts.person.added", "accounts.person.roles_changed"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"login": "quan-tri"}, "đã có người dùng"),
        ({"login": "QUAN-TRI"}, "đã có người dùng"),
        ({"login": "có dấu"}, "chỉ gồm chữ không dấu"),
        ({"login": "a"}, "ít nhất 3 ký tự"),
        ({"full_name": "Tên\u202eẩn"}, "ký tự"),
        ({"full_name": ""}, "bắt buộc"),
        ({"email": "trung@daklak.example"}, "Thư điện tử này là của"),
        ({"email": "sai"}, "nguyen.van.hoa"),
        ({"phone": "12"}, "không đúng dạng"),
        ({"roles": ["root"]}, "root"),
        ({"roles": ["commune_officer"]}, "Cán bộ cấp xã phải thuộc một đơn vị có xã"),
        ({"unit": "khong-phai"}, "nguyen.van.hoa"),
        ({"login": "x" * 400}, "150"),
    ],
)
def test_bad_input_gets_its_words_and_keeps_what_was_typed(administrator, wrong, words):
    Person.objects.filter(pk=administrator.pk).update(email="trung@daklak.example")
    before = Person.objects.count()

    answer = at("daklak", administrator).post(NEW, told(position="Chức vụ đã gõ", **wrong))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chức vụ đã gõ" in page
    assert words in page
    assert Person.objects.count() == before


def test_a_commune_officer_of_a_unit_without_commune_is_refused_at_the_edit_too(administrator, commune):
    office = OrganisationalUnit.objects.create(name="Sở Công Thương")
    officer = Person.objects.create_person("can-bo", None, full_name="Cán Bộ", unit=commune)
    browser, address = at("daklak", administrator), f"{LIST}{officer.pk}/sua/"
    given = {"full_name": "Cán Bộ", "roles": ["commune_officer"], "version": 1}
    assert f'<option value="{commune.pk}" selected>UBND xã Ea Kao</option>' in browser.get(address).content.decode()

    assert browser.post(address, given | {"unit": office.pk}).status_code == 422
    assert officer.grants.count() == 0
    assert browser.post(address, given | {"unit": commune.pk}).status_code == 302
    assert officer.grants.count() == 1


def test_an_edit_changes_details_and_roles_and_tells_both(administrator):
    officer = person("chuyen-vien", Role.OFFICER, name="Tên Cũ")

    at("daklak", administrator).post(
        f"{LIST}{officer.pk}/sua/", {"full_name": "Tên Mới", "roles": ["leader"], "version": 1}
    )

    officer = Person.objects.get(pk=officer.pk)
    assert (officer.full_name, officer.roles()) == ("Tên Mới", {"leader"})
    roles = Event.objects.get(subject_id=str(officer.pk), tag="accounts.person.roles_changed")
    assert (roles.facts["granted"], roles.facts["revoked"]) == (["leader"], ["officer"])
    assert Event.objects.get(tag="accounts.person.changed").facts == {
        "version": 2,
        "changes": {"full_name": ["Tên Cũ", "Tên Mới"], "roles": [["officer"], ["leader"]]},
    }


def test_an_edit_that_changes_nothing_records_nothing(administrator):
    officer = person("chuyen-vien", Role.OFFICER, name="Tên Cũ")

    at("daklak", administrator).post(
        f"{LIST}{officer.pk}/sua/", {"full_name": "Tên Cũ", "roles": ["officer"], "version": 1}
    )

    assert not Event.objects.filter(subject_id=str(officer.pk)).exists()


def test_the_second_of_two_administrators_sees_what_the_first_changed_and_loses_nothing(administrator, commune):
    officer = person("chuyen-vien", Role.OFFICER, name="Lê Văn Hai")
    address = f"{LIST}{officer.pk}/sua/"
    first, second = at("daklak", administrator), at("daklak", person("quan-tri-2", Role.ADMINISTRATOR))
    unchanged = {"full_name": "Lê Văn Hai", "roles": ["officer"], "version": 1}
    first.post(address, unchanged | {"phone": "0905 123 456", "position": "Phó phòng", "roles": ["officer", "leader"]})

    mine = unchanged | {"unit": commune.pk, "position": "Trưởng phòng"}
    told_so = second.post(address, mine)

    words = " ".join(told_so.content.decode().split())
    assert told_so.status_code == 409
    assert "Hoàng Quản Trị đã lưu" in words
    assert "<td>–</td><td>Phó phòng</td><td>Trưởng phòng</td>" in words
    assert "Chuyên viên, Lãnh đạo" in words.replace("Lãnh đạo, Chuyên viên", "Chuyên viên, Lãnh đạo")
    form = told_so.context["form"]
    joined = {name: form[name].value() for name in ("full_name", "phone", "position", "unit", "roles", "version")}
    assert joined == {
        "full_name": "Lê Văn Hai", "phone": "0905123456", "position": "Trưởng phòng", "unit": str(commune.pk),
        "roles": ["leader", "officer"], "version": 2,
    }  # fmt: skip
    assert second.post(address, joined).status_code == 302
    kept = Person.objects.get(pk=officer.pk)
    assert (kept.phone, kept.position, kept.unit, kept.version) == ("0905123456", "Trưởng phòng", commune, 3)
    assert kept.roles() == {"officer", "leader"}


def test_the_same_edit_sent_twice_is_told_and_changes_nothing_more(administrator):
    officer = person("chuyen-vien", Role.OFFICER, name="Lê Văn Hai")
    browser, given = at("daklak", administrator), {"full_name": "Lê Văn Ba", "roles": ["officer"], "version": 1}

    answers = [browser.post(f"{LIST}{officer.pk}/sua/", given).status_code for _ in range(2)]

    assert answers == [302, 409]
    assert Person.objects.get(pk=officer.pk).version == 2


def test_a_revoked_role_is_gone_at_the_next_page(administrator):
    officer = person("chuyen-vien", Role.OFFICER, name="Chuyên Viên")
    browser = at("daklak", officer)
    assert browser.get("/co-so/").status_code == 200

    at("daklak", administrator).post(
        f"{LIST}{officer.pk}/sua/", {"full_name": "Chuyên Viên", "roles": [], "version": 1}
    )

    assert browser.get("/co-so/").status_code == 404


def test_whoever_is_closed_is_out_and_comes_back_when_opened(administrator):
    officer = person("chuyen-vien", Role.OFFICER)
    browser, admin = at("daklak", officer), at("daklak", administrator)
    assert browser.get("/co-so/").status_code == 200

    admin.post(f"{LIST}{officer.pk}/ngung/")

    assert browser.get("/co-so/").status_code == 302
    admin.post(f"{LIST}{officer.pk}/mo-lai/")
    assert at("daklak", officer).get("/co-so/").status_code == 200
    happened = Event.objects.filter(subject_id=str(officer.pk)).order_by("seq")
    assert [event.tag for event in happened] == ["accounts.person.deactivated", "accounts.person.reactivated"]


@pytest.mark.parametrize("has_other", [False, True])
def test_the_last_active_administrator_is_not_closed(administrator, has_other):
    person("quan-tri-2", Role.ADMINISTRATOR)
    Person.objects.filter(login="quan-tri-2").update(is_active=has_other)

    page = at("daklak", administrator).post(f"{LIST}{administrator.pk}/ngung/", follow=has_other is False)

    administrator.refresh_from_db()
    assert administrator.is_active is not has_other
    assert has_other or "người quản trị cuối cùng" in page.content.decode()


@pytest.mark.parametrize("has_other", [False, True])
def test_the_last_active_administrator_keeps_the_role(administrator, has_other):
    person("quan-tri-2", Role.ADMINISTRATOR)
    Person.objects.filter(login="quan-tri-2").update(is_active=has_other)

    given = {"full_name": "Hoàng Quản Trị", "roles": ["officer"], "version": 1}
    answer = at("daklak", administrator).post(f"{LIST}{administrator.pk}/sua/", given)

    assert answer.status_code == (302 if has_other else 422)
    assert administrator.grants.filter(role="administrator").exists() is not has_other
    assert administrator.grants.filter(role="officer").exists() is has_other


def test_another_province_is_neither_seen_nor_touched(administrator, khanhhoa):
    with inside(khanhhoa):
        theirs = person("chuyen-vien", Role.ADMINISTRATOR, name="Người Khánh Hòa")
        unit = OrganisationalUnit.objects.create(name="Sở Khánh Hòa")
    browser = at("daklak", administrator)

    assert "Người Khánh Hòa" not in listed(administrator)
    assert b"Kh\xc3\xa1nh H\xc3\xb2a" not in browser.get(f"{LIST}nguoi-dung.xlsx").content
    for part in ("", "sua/"):
        assert browser.get(f"{LIST}{theirs.pk}/{part}").status_code == 404
    for act in ("ngung", "mo-lai", "ma-mot-lan", "sua"):
        assert browser.post(f"{LIST}{theirs.pk}/{act}/", {"full_name": "Bị Sửa"}).status_code == 404
    assert browser.post(f"/tai-khoan/don-vi/{unit.pk}/", {"name": "Bị Sửa"}).status_code == 404
    assert browser.post(NEW, told(unit=unit.pk)).status_code == 422
    assert browser.post(NEW, told(login="chuyen-vien")).status_code == 302
    with inside(khanhhoa):
        theirs.refresh_from_db()
        assert theirs.is_active
        assert theirs.has_usable_password()
        assert theirs.full_name == "Người Khánh Hòa"


def test_the_table_of_actions_is_told_to_officials(administrator):
    browser = at("daklak", administrator)

    everything = browser.get("/tai-khoan/vai-tro/").content.decode()
    of_a_judge = browser.get("/tai-khoan/vai-tro/", {"vai-tro": "judge"}).content.decode()

    assert "Thêm, sửa đơn vị" in everything
    assert "Thêm, sửa đơn vị" not in of_a_judge
    assert browser.get("/tai-khoan/vai-tro/vai-tro.xlsx").status_code == 200
