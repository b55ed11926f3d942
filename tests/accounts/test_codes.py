"""One-time codes: shown once, hashed, for a day, for five tries, and for one person of one province."""

import re
from datetime import timedelta

import pytest
from browsers import at
from django.contrib.auth.hashers import get_hasher
from django.core.cache import cache
from stage import person

from apps.accounts.models import OneTimeCode, Person, Role
from apps.accounts.services import make_code, use_code
from tenants.gateways import inside
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError

pytestmark = pytest.mark.usefixtures("in_daklak")
USE = "/tai-khoan/ma-mot-lan/"
NEW_PASSWORD = "mot-mat-khau-rat-moi"
CODE = re.compile(r"\b(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}\b")


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def administrator():
    return person("quan-tri", Role.ADMINISTRATOR)


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def use(code, login="chuyen-vien", password=NEW_PASSWORD, again=None, slug="daklak", **headers):
    given = {"login": login, "code": code, "password": password, "again": password if again is None else again}
    return at(slug).post(USE, given, **headers)


def signs_in(password):
    answer = at("daklak").post("/tai-khoan/dang-nhap/", {"username": "chuyen-vien", "password": password})
    return answer.status_code == 302


def test_the_code_is_shown_once_and_kept_only_as_a_hash(administrator, officer):
    browser = at("daklak", administrator)

    answer = browser.post(f"/tai-khoan/nguoi-dung/{officer.pk}/ma-mot-lan/")

    code = CODE.search(answer.content.decode()).group()
    assert "no-store" in answer.headers["cache-control"]
    assert code not in browser.get(f"/tai-khoan/nguoi-dung/{officer.pk}/").content.decode()
    kept = OneTimeCode.objects.get(person=officer)
    assert kept.code_hash.startswith(get_hasher().algorithm)
    facts = " ".join(str(event.facts) for event in Event.objects.all())
    assert code not in facts
    assert code.replace("-", "") not in facts
    assert Event.objects.get(tag="accounts.code.made").actor_id == str(administrator.pk)


def test_a_code_ends_the_sessions_and_the_old_password(administrator, officer):
    browser = at("daklak", officer)
    assert browser.get("/co-so/").status_code == 200

    make_code(officer, actor=administrator)

    assert browser.get("/co-so/").status_code == 302
    assert not signs_in("mat-khau-thu-nghiem")


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_the_holder_sets_a_password_once(administrator, officer, typed):
    code = make_code(officer, actor=administrator)

    assert use(typed(code), login=" Chuyen-Vien ").status_code == 200

    assert signs_in(NEW_PASSWORD)
    assert use(code, password="mot-mat-khau-khac-nua").status_code == 422
    assert signs_in(NEW_PASSWORD)
    assert Event.objects.filter(tag="accounts.code.used", subject_id=str(officer.pk)).count() == 1


@pytest.mark.parametrize("wrong_tries", [4, 5])
def test_the_fifth_wrong_try_kills_the_code(administrator, officer, wrong_tries):
    code = make_code(officer, actor=administrator)
    for _ in range(wrong_tries):
        assert use("SAI-SAI").status_code == 422

    assert use(code).status_code == (200 if wrong_tries == 4 else 422)
    assert Event.objects.filter(tag="accounts.code.killed").exists() is (wrong_tries == 5)


@pytest.mark.parametrize(("age", "status"), [(timedelta(hours=23), 200), (timedelta(hours=24, seconds=1), 422)])
def test_the_code_lives_for_a_day(administrator, officer, age, status):
    code = make_code(officer, actor=administrator)
    kept = OneTimeCode.objects.get()
    kept.expires_at -= age
    kept.save()

    assert use(code).status_code == status


def test_a_new_code_takes_the_place_of_the_old_one(administrator, officer):
    first, second = make_code(officer, actor=administrator), make_code(officer, actor=administrator)

    assert use(first).status_code == 422
    assert use(second).status_code == 200


def test_an_unknown_login_and_a_wrong_code_are_told_in_the_same_words(administrator, officer):
    make_code(officer, actor=administrator)

    with pytest.raises(DomainError) as unknown:
        use_code("khong-co", "SAI", password=NEW_PASSWORD)
    with pytest.raises(DomainError) as wrong:
        use_code("chuyen-vien", "SAI", password=NEW_PASSWORD)

    assert unknown.value.message == wrong.value.message


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [("ngan", None, "ngắn"), ("password1234", None, "phổ biến"), (NEW_PASSWORD, "khac-han-di-roi", "chưa giống nhau")],
)
def test_a_poor_password_costs_no_try(administrator, officer, password, again, words):
    code = make_code(officer, actor=administrator)

    answer = use(code, password=password, again=again)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "chuyen-vien" in answer.content.decode()
    assert OneTimeCode.objects.get().tries_left == 5


def test_a_closed_account_has_no_code(administrator, officer):
    code = make_code(officer, actor=administrator)
    at("daklak", administrator).post(f"/tai-khoan/nguoi-dung/{officer.pk}/ngung/")

    assert use(code).status_code == 422
    answer = at("daklak", administrator).post(f"/tai-khoan/nguoi-dung/{officer.pk}/ma-mot-lan/", follow=True)
    assert "xin mở lại tài khoản trước" in answer.content.decode()


def test_a_code_of_one_province_opens_nothing_in_another(administrator, officer, khanhhoa):
    with inside(khanhhoa):
        theirs = person("chuyen-vien", Role.OFFICER)
    code = make_code(officer, actor=administrator)

    assert use(code, slug="khanhhoa").status_code == 422
    with inside(khanhhoa):
        assert Person.objects.get(pk=theirs.pk).check_password("mat-khau-thu-nghiem")


def test_a_person_locked_out_by_wrong_passwords_comes_in_with_the_new_one(administrator, officer):
    for _ in range(8):
        signs_in("sai")
    code = make_code(officer, actor=administrator)

    use(code)

    assert signs_in(NEW_PASSWORD)


def test_one_address_guesses_thirty_times_an_hour_over_all_accounts(administrator, officer, khanhhoa):
    code = make_code(officer, actor=administrator)
    for number in range(30):
        assert use("SAI-SAI", login=f"nguoi-{number}").status_code == 422

    refused = use(code)

    words = refused.content.decode()
    assert refused.status_code == 429
    assert re.search(r"Xin thử lại sau \d\d giờ \d\d, ngày \d\d/\d\d/\d{4}", words)
    assert 'value="chuyen-vien"' in words
    assert 3000 < int(refused.headers["Retry-After"]) <= 3600
    assert use("SAI", slug="khanhhoa").status_code == 422
    assert use(code, REMOTE_ADDR="10.9.8.7").status_code == 200


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_behind_our_proxy_each_visitor_is_counted_alone_and_nobody_makes_an_address_up(
    administrator, officer, settings, proxies, status
):
    settings.TRUSTED_PROXIES = proxies
    code = make_code(officer, actor=administrator)
    for number in range(30):
        use("SAI", login="khong-co", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.1")

    assert use("SAI", login="khong-co", HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.1").status_code == 429
    assert use(code, HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.2").status_code == status


def test_a_poor_password_is_not_counted_as_a_try(administrator, officer):
    code = make_code(officer, actor=administrator)
    for _ in range(31):
        use(code, password="ngan")

    assert use(code).status_code == 200
