"""A first-time user on a phone makes an account, names a facility, and goes on at once or asks."""

import pytest
from browsers import at
from django.core.cache import cache
from makers import EA_KAO, TAN_LAP, made, merged
from stage import TAX_CODES, acting_for, commune_officer, person

from apps.accounts.access import Hat, wears
from apps.accounts.models import Person, Policy, Role
from apps.facilities.models import AgentKind, Facility, FacilityAgent, Standing
from tenants.gateways import inside
from tieubieu.audit.queries import events_of

pytestmark = pytest.mark.usefixtures("in_daklak", "empty_cache")
START = "/tai-khoan/dang-ky/"
ACCOUNT = {"full_name": "H'Hen Niê", "login": "0905 000 111", "password": "mot cau de nho"}
OWN = {"name": "Hợp tác xã Ea Tu", "kind": "cooperative", "commune_code": EA_KAO, "address": "Buôn Ea Tu"}


@pytest.fixture
def empty_cache(in_daklak):
    cache.clear()
    yield
    cache.clear()


def signed_up(client=None, **changes):
    client = client or at("daklak")
    client.post(START, {**ACCOUNT, **changes})
    return client


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0905 000 111", "0905000111"), ("+84 905.000.111", "0905000111"), (" Hen@Example.VN ", "hen@example.vn")],
)
def test_an_account_is_made_by_telephone_or_mail_and_signed_in(typed, stored):
    client = at("daklak")

    answer = client.post(START, {**ACCOUNT, "login": typed})

    assert answer.headers["location"] == f"{START}co-so/"
    who = Person.objects.get(login=stored)
    assert (who.full_name, stored in (who.phone, who.email)) == ("H'Hen Niê", True)
    assert client.get(f"{START}co-so/").status_code == 200
    assert events_of(who).last().tag == "accounts.person.signed_up"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"full_name": ""}, "Họ và tên"),
        ({"full_name": "A\u202eb"}, "ký tự ẩn"),
        ({"login": "12"}, "không đúng dạng"),
        ({"login": "a@b"}, "không đúng dạng"),
        ({"login": ""}, "Số điện thoại"),
        ({"password": "ngan"}, "10"),
        ({"password": "1234567890"}, "Mật khẩu"),
    ],
)
def test_what_cannot_be_is_told_and_the_rest_is_kept(changes, told):
    answer = at("daklak").post(START, {**ACCOUNT, **changes})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert told in words
    assert ("H&#x27;Hen Niê" in words) == ("full_name" not in changes)
    assert ACCOUNT["password"] not in words
    assert not Person.objects.exists()


def test_a_program_that_fills_every_box_gets_no_account():
    answer = at("daklak").post(START, {**ACCOUNT, "trang_web": "http://x"})

    assert answer.status_code == 422
    assert not Person.objects.exists()


@pytest.mark.parametrize("kept", [{"phone": "0905000111"}, {"login_": "0905000111"}])
def test_a_contact_that_is_somebodys_makes_no_second_account(kept):
    Person.objects.create_person(
        kept.get("login_", "co-san"), "mat-khau-thu-nghiem", full_name="Có sẵn", phone=kept.get("phone", "")
    )

    answer = at("daklak").post(START, ACCOUNT)

    assert answer.status_code == 422
    assert "đã có tài khoản" in answer.content.decode()
    assert Person.objects.count() == 1


def test_one_place_makes_so_many_accounts_an_hour_and_another_place_is_not_held():
    answers = [at("daklak").post(START, {**ACCOUNT, "login": f"090500{n:04}"}).status_code for n in range(21)]

    assert answers == [302] * 20 + [422]
    assert at("daklak").post(START, {**ACCOUNT, "login": "0912345678"}, REMOTE_ADDR="10.9.8.7").status_code == 302


def test_one_provinces_throttle_is_none_next_door(khanhhoa):
    for n in range(21):
        at("daklak").post(START, {**ACCOUNT, "login": f"090500{n:04}"})
    with inside(khanhhoa):
        cache.clear()
        answer = at("khanhhoa").post(START, ACCOUNT)

    assert answer.status_code == 302


def test_where_only_the_invited_may_there_is_no_form():
    Policy.objects.create(is_sign_up_open=False)

    page = at("daklak").get(START).content.decode()

    assert "theo lời mời" in page
    assert "<form class" not in page
    at("daklak").post(START, ACCOUNT)
    assert not Person.objects.exists()


# --- The facility ------------------------------------------------------------------------------------


def test_a_facility_nobody_knows_is_proposed_and_its_proposer_is_its_owner_at_once():
    client = signed_up()

    step = client.post(f"{START}co-so/", {"tax_code": "0100 233 488"})
    answer = client.post(step.headers["location"], OWN)

    assert answer.headers["location"] == "/co-so/cua-toi/"
    maker, who = Facility.objects.get(), Person.objects.get()
    assert (maker.standing, maker.tax_code, maker.phone) == (Standing.PROPOSED, "0100233488", "0905000111")
    assert wears(who, maker, Hat.OWNER)
    assert client.get(f"/co-so/{maker.pk}/").status_code == 200
    assert "Hợp tác xã Ea Tu" in client.get("/co-so/cua-toi/").content.decode()


def test_of_a_known_facility_nothing_is_shown_before_somebody_approves():
    maker = made("Tên kín đáo", address="Địa chỉ kín đáo", phone="0912345678")
    client = signed_up()

    step = client.post(f"{START}co-so/", {"tax_code": "0100233488"}).headers["location"]
    asked = client.get(step).content.decode()
    client.post(step, {"kind": "staff"})
    mine = client.get("/co-so/cua-toi/").content.decode()

    agency = FacilityAgent.objects.get()
    assert (agency.facility, agency.kind, agency.approved_at) == (maker, "staff", None)
    for page in (asked, mine):
        assert "kín đáo" not in page
        assert "0912345678" not in page
    assert client.get(f"/co-so/{maker.pk}/").status_code == 404


def test_the_owners_are_told_that_somebody_asks():
    maker, owner = made(), person("chu")
    acting_for(maker, owner)
    acting_for(maker, person("nhan-vien"), AgentKind.STAFF)

    signed_up().post(f"{START}co-so/0100233488/de-nghi/", {"kind": "staff"})

    assert "H'Hen Niê đề nghị" in owner.notices.get().text
    assert not Person.objects.get(login="nhan-vien").notices.exists()


def test_asking_twice_is_asking_once_and_after_a_refusal_it_is_asking_again():
    maker = made()
    client = signed_up()
    step = f"{START}co-so/0100233488/de-nghi/"
    client.post(step, {"kind": "owner"})
    client.post(step, {"kind": "staff"})
    assert FacilityAgent.objects.get().kind == "owner"
    FacilityAgent.objects.update(refused_at="2026-01-01T00:00:00Z", refusal_reason="Không đúng")

    client.post(step, {"kind": "staff"})

    again = FacilityAgent.objects.get()
    assert (again.facility, again.kind, again.refused_at, again.approved_at) == (maker, "staff", None, None)


def test_the_code_of_a_merged_facility_asks_for_its_survivor():
    survivor = made("Còn lại", TAX_CODES[1])
    merged(made("Đã gộp"), survivor)
    client = signed_up()

    client.post(f"{START}co-so/0100233488/de-nghi/", {"kind": "owner"})

    assert FacilityAgent.objects.get().facility == survivor


@pytest.mark.parametrize("tax_code", ["", "12345", "01002334X8"])
def test_a_tax_code_that_is_none_is_told(tax_code):
    assert signed_up().post(f"{START}co-so/", {"tax_code": tax_code}).status_code == 422


@pytest.mark.parametrize("rest", ["khong-phai-ma/moi/", "0100233488/moi/"])
def test_a_step_jumped_to_by_its_address_stores_nothing_wrong(rest):
    made()

    answer = signed_up().post(f"{START}co-so/{rest}", OWN)

    assert answer.status_code == 422
    assert Facility.objects.count() == 1
    assert not FacilityAgent.objects.exists()


def test_asking_for_what_nobody_knows_leads_back():
    answer = signed_up().post(f"{START}co-so/0100233488/de-nghi/", {"kind": "owner"})

    assert answer.headers["location"] == f"{START}co-so/"


@pytest.mark.parametrize("rest", ["co-so/", "co-so/0100233488/moi/", "co-so/0100233488/de-nghi/"])
def test_later_steps_ask_who_is_there(rest):
    assert at("daklak").get(START + rest).status_code == 302


def test_a_person_may_act_for_several_and_one_for_many():
    client = signed_up()
    who = Person.objects.get()
    for code, name in zip(TAX_CODES[:2], ["Một", "Hai"], strict=True):
        client.post(f"{START}co-so/{code}/moi/", {**OWN, "name": name})
    acting_for(Facility.objects.get(name="Một"), person("khac"))

    assert who.facilities_served.count() == 2
    assert Facility.objects.get(name="Một").agents.count() == 2


# --- The queue ---------------------------------------------------------------------------------------

QUEUE = "/co-so/cho-duyet/"


@pytest.fixture
def proposed():
    maker = made("Gốm Tự Lập", standing=Standing.PROPOSED)
    acting_for(maker, person("chu"))
    return maker


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def test_an_officer_approves_and_the_owner_is_told(proposed, officer):
    client = at("daklak", officer)
    assert "Gốm Tự Lập" in client.get(QUEUE).content.decode()

    client.post(f"/co-so/{proposed.pk}/xet/duyet/")

    proposed.refresh_from_db()
    assert proposed.standing == Standing.REGISTERED
    assert Person.objects.get(login="chu").notices.get().subject == "Cơ sở đã được duyệt vào danh sách"
    assert "Gốm Tự Lập" not in client.get(QUEUE).content.decode()


def test_a_refusal_needs_a_reason_and_the_owner_may_correct_and_ask_again(proposed, officer):
    client, owner = at("daklak", officer), at("daklak", Person.objects.get(login="chu"))
    client.post(f"/co-so/{proposed.pk}/xet/tu-choi/", {"reason": "  "})
    assert Facility.objects.get().standing == Standing.PROPOSED

    client.post(f"/co-so/{proposed.pk}/xet/tu-choi/", {"reason": "Mã số thuế không đúng"})

    assert Facility.objects.get().standing == Standing.REFUSED
    assert "Mã số thuế không đúng" in Person.objects.get(login="chu").notices.get().text
    assert "Mã số thuế không đúng" in owner.get(f"/co-so/{proposed.pk}/").content.decode()
    owner.post(f"/co-so/{proposed.pk}/duyet-lai/")
    assert Facility.objects.get().standing == Standing.PROPOSED


def test_many_are_approved_at_once_and_one_that_cannot_be_stops_no_other(proposed, officer):
    asking = acting_for(made("Khác", TAX_CODES[1]), person("xin"), approved=False)
    done = made("Đã duyệt", TAX_CODES[2])

    answer = at("daklak", officer).post(
        f"{QUEUE}duyet/",
        {"facility": [str(proposed.pk), str(done.pk), "khong"], "agent": [str(asking.pk)]},
        follow=True,
    )

    assert "Đã duyệt 2 đề nghị" in answer.content.decode()
    proposed.refresh_from_db()
    asking.refresh_from_db()
    assert proposed.standing == Standing.REGISTERED
    assert asking.approved_by == officer


def test_a_commune_officer_has_the_own_communes_queue(proposed):
    mine, other = at("daklak", commune_officer(EA_KAO)), at("daklak", commune_officer(TAN_LAP, "xa-khac"))

    assert "Gốm Tự Lập" in mine.get(QUEUE).content.decode()
    assert "Gốm Tự Lập" not in other.get(QUEUE).content.decode()
    assert other.post(f"/co-so/{proposed.pk}/xet/duyet/").status_code == 404
    other.post(f"{QUEUE}duyet/", {"facility": [str(proposed.pk)]})
    assert Facility.objects.get().standing == Standing.PROPOSED
    mine.post(f"/co-so/{proposed.pk}/xet/duyet/")
    assert Facility.objects.get().standing == Standing.REGISTERED


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, None])
def test_nobody_else_approves(proposed, role):
    client = at("daklak", person("ai-do", *([role] if role else [])))

    assert client.get(QUEUE).status_code == 404
    assert client.post(f"/co-so/{proposed.pk}/xet/duyet/").status_code in (403, 404)
    assert Facility.objects.get().standing == Standing.PROPOSED


def test_an_owner_approves_people_of_the_own_facility_and_ends_them(proposed):
    owner = at("daklak", Person.objects.get(login="chu"))
    mine, theirs = (
        acting_for(proposed, person("xin"), approved=False),
        acting_for(made("Hàng xóm", TAX_CODES[1]), person("xin-khac"), approved=False),
    )

    assert owner.post(f"/co-so/nguoi-lam-thay/{theirs.pk}/duyet/").status_code == 404
    owner.post(f"/co-so/nguoi-lam-thay/{mine.pk}/duyet/")
    mine.refresh_from_db()
    assert mine.approved_at
    owner.post(f"/co-so/nguoi-lam-thay/{mine.pk}/tu-choi/", {"reason": "Đã nghỉ việc"})
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.approved_at, mine.refusal_reason, theirs.approved_at) == (None, "Đã nghỉ việc", None)
    assert "Đã nghỉ việc" in mine.person.notices.first().text or "Đã nghỉ việc" in mine.person.notices.last().text


def test_whoever_merely_asked_does_not_approve_themselves(proposed):
    asking = acting_for(proposed, person("xin"), approved=False)

    at("daklak", asking.person).post(f"/co-so/nguoi-lam-thay/{asking.pk}/duyet/")

    asking.refresh_from_db()
    assert asking.approved_at is None


@pytest.mark.parametrize("count", [1, 50])
def test_the_queue_asks_the_same_questions_for_one_as_for_fifty(officer, count, django_assert_num_queries):
    asking = person("xin")
    for n in range(count):
        maker = made(f"Cơ sở {n}", f"{n:010}", standing=Standing.PROPOSED)
        acting_for(maker, asking, approved=False)
    client = at("daklak", officer)

    with django_assert_num_queries(9):
        client.get(QUEUE)


def test_a_check_digit_that_does_not_fit_warns_and_does_not_stop():
    client = at("daklak", person("nguoi-moi"))

    odd = client.get("/tai-khoan/dang-ky/co-so/0314409059/moi/").content.decode()
    good = client.get("/tai-khoan/dang-ky/co-so/0314409058/moi/").content.decode()
    illegal = client.get("/tai-khoan/dang-ky/co-so/12/moi/")

    assert "Xin xem lại mã số thuế" in odd
    assert "Ghi cơ sở" in odd
    assert "Xin xem lại mã số thuế" not in good
    assert illegal.status_code == 200
