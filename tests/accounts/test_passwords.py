"""Signing in under any of one's names, and back in when the password is forgotten."""

import pytest
from browsers import at
from django.core.cache import cache
from stage import person

from apps.accounts.models import OneTimeCode, Person, Policy, Role
from apps.accounts.services import make_code
from tenants.gateways import inside
from tieubieu.audit.models import Event
from tieubieu.notices.models import Mail

pytestmark = pytest.mark.usefixtures("in_daklak", "empty_cache")
SIGN_IN, PASSWORD, NEW = "/tai-khoan/dang-nhap/", "mat-khau-thu-nghiem", "mot cau moi de nho"


@pytest.fixture
def empty_cache(in_daklak):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def who():
    made = person("y-bham", Role.OFFICER, name="Y Bhăm")
    made.email, made.phone = "Y.Bham@example.vn", "+84 905 000 111"
    made.save()
    return made


def signs_in(name, password=PASSWORD):
    return at("daklak").post(SIGN_IN, {"username": name, "password": password}).status_code == 302


@pytest.mark.parametrize(
    "name", ["y-bham", "Y-Bham", "y.bham@example.vn", "0905000111", "0905 000 111", "+84905000111"]
)
def test_a_person_signs_in_by_login_mail_or_telephone(who, name):
    assert signs_in(name)


@pytest.mark.parametrize("name", ["y.bham@example.vn", "0905000111"])
def test_a_contact_that_two_people_have_names_nobody(who, name):
    other = person("khac")
    other.email, other.phone = who.email, who.phone
    other.save()

    assert not signs_in(name)
    assert signs_in("y-bham")


def test_anothers_login_as_ones_own_contact_takes_nothing_over(who):
    mine = person("y.bham@example.vn")
    mine.set_password("mat-khau-cua-toi-day")
    mine.save()

    assert signs_in("y.bham@example.vn", "mat-khau-cua-toi-day")
    assert not signs_in("y.bham@example.vn")


def test_wrong_passwords_count_for_the_account_under_whatever_name(who):
    client = at("daklak")
    names = ["y-bham", "0905000111", "y.bham@example.vn"] * 3

    answers = [client.post(SIGN_IN, {"username": name, "password": "sai"}).status_code for name in names]

    assert answers[7] == 429
    assert client.post(SIGN_IN, {"username": "y-bham", "password": PASSWORD}).status_code == 429


def test_a_password_is_changed_with_the_old_one(who):
    client, elsewhere = at("daklak", who), at("daklak", who)

    wrong = client.post("/tai-khoan/mat-khau/", {"old_password": "sai", "new_password1": NEW, "new_password2": NEW})
    client.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})

    assert wrong.status_code == 200
    assert signs_in("y-bham", NEW)
    assert client.get("/co-so/").status_code == 200
    assert elsewhere.get("/co-so/").status_code == 302


def test_a_forgotten_password_is_reset_by_a_letter(who):
    client = at("daklak")
    client.post("/tai-khoan/mat-khau/quen/", {"email": "y.bham@example.vn"})
    letter = Mail.objects.get()

    form = client.get(letter.url, follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})

    assert letter.address == "Y.Bham@example.vn"
    assert signs_in("y-bham", NEW)
    assert "Liên kết không dùng được" in at("daklak").get(letter.url, follow=True).content.decode()


def test_an_address_that_is_nobodys_is_answered_the_same(who):
    known = at("daklak").post("/tai-khoan/mat-khau/quen/", {"email": "y.bham@example.vn"})
    unknown = at("daklak").post("/tai-khoan/mat-khau/quen/", {"email": "khong@example.vn"})

    assert (known.status_code, known.headers["location"]) == (unknown.status_code, unknown.headers["location"])
    assert Mail.objects.count() == 1


def test_a_link_of_one_province_resets_nothing_next_door(who, khanhhoa):
    at("daklak").post("/tai-khoan/mat-khau/quen/", {"email": "y.bham@example.vn"})
    url = Mail.objects.get().url
    with inside(khanhhoa):
        Person.objects.bulk_create([Person(pk=who.pk, login="y", full_name="Y", password=who.password)])
        words = at("khanhhoa").get(url, follow=True).content.decode()

    assert "Liên kết không dùng được" in words


def test_letters_are_throttled(who):
    answers = [at("daklak").post("/tai-khoan/mat-khau/quen/", {"email": "a@b.vn"}).status_code for _ in range(21)]

    assert answers[:20] == [302] * 20
    assert answers[20] == 200


# --- Who may sign up ---------------------------------------------------------------------------------


def test_an_administrator_says_who_may_sign_up():
    client = at("daklak", person("quan-tri", Role.ADMINISTRATOR))

    client.post("/tai-khoan/cach-dang-ky/", {"is_open": "no"})

    assert not Policy.objects.get().is_sign_up_open
    assert "Đăng ký tài khoản cơ sở" not in at("daklak").get(SIGN_IN).content.decode()
    client.post("/tai-khoan/cach-dang-ky/", {"is_open": "yes"})
    assert "Đăng ký tài khoản cơ sở" in at("daklak").get(SIGN_IN).content.decode()
    assert client.post("/tai-khoan/cach-dang-ky/", {"is_open": "?"}).status_code == 422


@pytest.mark.parametrize("role", [*sorted(set(Role) - {Role.ADMINISTRATOR}), None])
def test_nobody_else_says_it(role):
    client = at("daklak", person("ai-do", *([role] if role else [])))

    assert client.post("/tai-khoan/cach-dang-ky/", {"is_open": "no"}).status_code == 404
    assert not Policy.objects.exists()


def test_the_own_password_is_changed_and_told_and_a_code_dies(who):
    make_code(who, actor=who)
    who.set_password(PASSWORD)
    who.save()
    here, elsewhere = at("daklak", who), at("daklak", who)
    assert "/tai-khoan/mat-khau/" in here.get("/co-so/").content.decode()
    given = {"new_password1": NEW, "new_password2": NEW}

    assert "Mật khẩu cũ" in here.post("/tai-khoan/mat-khau/", given | {"old_password": "sai"}).content.decode()
    assert signs_in("y-bham")
    assert here.post("/tai-khoan/mat-khau/", given | {"old_password": PASSWORD}).status_code == 302

    assert signs_in("y-bham", NEW)
    assert here.get("/co-so/").status_code == 200
    assert elsewhere.get("/co-so/").status_code == 302
    assert not OneTimeCode.objects.exists()
    assert Event.objects.filter(tag="accounts.password.chosen", subject_id=str(who.pk)).count() == 1
