"""Signing in: who, where, how often wrong, and where to afterwards."""

import pytest
from browsers import at
from stage import person

from apps.accounts.models import Person, Role
from tenants.gateways import inside

pytestmark = pytest.mark.usefixtures("in_daklak")
ADDRESS = "/tai-khoan/dang-nhap/"
PASSWORD = "mat-khau-thu-nghiem"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"


def sign_in(client, login="chuyen-vien", password=PASSWORD, follow=False, address=ADDRESS, **extra):
    return client.post(address, {"username": login, "password": password}, follow=follow, **extra)


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER, name="Nguyễn Thị Tâm")


@pytest.mark.parametrize("login", ["chuyen-vien", "Chuyen-Vien", " chuyen-vien "])
def test_a_person_signs_in_and_out(officer, login):
    client = at("daklak")

    page = sign_in(client, login, follow=True).content.decode()

    assert "Nguyễn Thị Tâm" in page
    out = client.post("/tai-khoan/dang-xuat/", follow=True)
    assert out.status_code == 200
    assert client.get("/co-so/").status_code == 302


@pytest.mark.parametrize(
    ("login", "password"), [("chuyen-vien", "sai"), ("khong-co", PASSWORD), ("chuyen-vien", "x" * 4000)]
)
def test_a_wrong_pair_is_told_in_the_same_words(officer, login, password):
    """Nobody learns which logins exist."""
    answer = sign_in(at("daklak"), login, password)

    assert answer.status_code == 200
    assert WRONG in answer.content.decode()


def test_empty_boxes_are_told(officer):
    answer = sign_in(at("daklak"), "", "")

    assert answer.status_code == 200
    assert not is_signed_in_anywhere(answer)


def is_signed_in_anywhere(answer):
    return "sessionid" in answer.cookies


def test_the_eighth_wrong_password_locks_that_account_from_that_place(officer):
    client = at("daklak")

    answers = [sign_in(client, password="sai") for _ in range(8)]

    assert [a.status_code for a in answers] == [200] * 7 + [429]
    assert "Xin chờ 15 phút" in answers[-1].content.decode()
    assert sign_in(client).status_code == 429
    assert not is_signed_in(client)


def test_the_lock_holds_neither_another_account_nor_another_place(officer):
    person("lanh-dao", Role.LEADER)
    client = at("daklak")
    for _ in range(9):
        sign_in(client, password="sai")

    assert sign_in(client, "lanh-dao").status_code == 302
    assert sign_in(at("daklak"), REMOTE_ADDR="10.9.8.7").status_code == 302


def test_behind_a_proxy_the_lock_holds_the_place_that_the_proxy_saw(officer, settings):
    settings.TRUSTED_PROXIES = 1
    client = at("daklak")
    for number in range(9):  # what the caller writes further left changes nothing
        sign_in(client, password="sai", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.5")

    assert sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.5").status_code == 429
    assert sign_in(at("daklak"), HTTP_X_FORWARDED_FOR="203.0.113.6").status_code == 302


def test_without_a_trusted_proxy_what_is_forwarded_is_not_believed(officer):
    client = at("daklak")
    for number in range(9):
        sign_in(client, password="sai", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")

    assert sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.77").status_code == 429


def test_the_lock_of_one_province_is_none_in_another(officer, khanhhoa):
    with inside(khanhhoa):
        person("chuyen-vien", Role.OFFICER)
    client = at("daklak")
    for _ in range(9):
        sign_in(client, password="sai")

    assert sign_in(at("khanhhoa")).status_code == 302


def test_another_spelling_of_the_login_counts_as_the_same(officer):
    client = at("daklak")

    answers = [sign_in(client, login, "sai") for login in ["chuyen-vien", "CHUYEN-VIEN", " chuyen-Vien "] * 3]

    assert answers[-1].status_code == 429
    assert sign_in(client).status_code == 429


def test_a_right_password_forgets_the_wrong_ones(officer):
    client = at("daklak")
    for _ in range(7):
        sign_in(client, password="sai")
    assert sign_in(client).status_code == 302
    client.post("/tai-khoan/dang-xuat/")

    assert [sign_in(client, password="sai").status_code for _ in range(7)] == [200] * 7


def test_an_account_that_was_closed_does_not_sign_in(officer):
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    client = at("daklak")

    answer = sign_in(client)

    assert answer.status_code == 200
    assert not is_signed_in(client)
    assert WRONG in answer.content.decode()


def test_an_account_closed_meanwhile_is_out_at_the_next_page(officer):
    client = at("daklak", officer)
    assert client.get("/co-so/").status_code == 200

    Person.objects.filter(pk=officer.pk).update(is_active=False)

    assert client.get("/co-so/").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(officer):
    client = at("daklak", officer)

    officer.set_password("mat-khau-moi-hoan-toan")
    officer.save()

    assert client.get("/co-so/").status_code == 302


def test_a_person_comes_back_to_the_page_that_asked(officer):
    client = at("daklak")
    asked = client.get("/co-so/?tim=ea").headers["location"]

    assert sign_in(client, address=asked).headers["location"] == "/co-so/?tim=ea"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://xau.example/",
        "//xau.example/",
        "/\\xau.example",
        "javascript:alert(1)",
        "http://khanhhoa.localhost/",
        "https:xau.example",
        "\t//xau.example",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(officer, elsewhere):
    client = at("daklak")

    answer = client.post(ADDRESS, {"username": "chuyen-vien", "password": PASSWORD, "next": elsewhere})

    assert (answer.status_code, answer.headers["location"]) == (302, "/")


def test_whoever_is_in_is_not_asked_again(officer):
    assert at("daklak", officer).get(ADDRESS).headers["location"] == "/"


def test_the_same_login_in_two_provinces_is_two_people(officer, khanhhoa):
    with inside(khanhhoa):
        person("chuyen-vien", Role.LEADER, name="Trần Văn Nam")
        Person.objects.get(login="chuyen-vien").set_password("khac-hoan-toan")
        namesake = Person.objects.get(login="chuyen-vien")
        namesake.set_password("khac-hoan-toan")
        namesake.save()

    here, there = at("daklak"), at("khanhhoa")

    assert WRONG in sign_in(there).content.decode()
    assert sign_in(here).status_code == 302
    assert "Trần Văn Nam" in sign_in(there, password="khac-hoan-toan", follow=True).content.decode()
    assert "Nguyễn Thị Tâm" in here.get("/co-so/").content.decode()


def test_a_new_session_starts_at_sign_in(officer):
    """A session id planted before is not the one that is signed in."""
    client = at("daklak")
    client.cookies["sessionid"] = "x" * 32
    sign_in(client)

    assert client.cookies["sessionid"].value != "x" * 32
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert not client.cookies["sessionid"]["domain"]


def test_signing_out_is_a_post(officer):
    client = at("daklak", officer)

    assert client.get("/tai-khoan/dang-xuat/").status_code == 405
    assert client.get("/co-so/").status_code == 200


def test_the_form_refuses_a_forged_post(officer):
    client = at("daklak")
    client.handler.enforce_csrf_checks = True

    answer = sign_in(client)

    assert answer.status_code == 403
    assert "Xin tải lại trang" in answer.content.decode()


def test_the_public_host_has_no_accounts(officer):
    assert at("").get(ADDRESS).status_code == 404


def test_an_empty_password_opens_nothing():
    Person.objects.create_person("khong-mat-khau", None, full_name="Không mật khẩu")

    client = at("daklak")

    assert [sign_in(client, "khong-mat-khau", typed).status_code for typed in ("", "None", "!")] == [200] * 3
    assert not is_signed_in(client)
