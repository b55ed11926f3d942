"""Every refusal is a problem document in Vietnamese, whoever gives it: the framework, the router or a page."""

import base64
import re

import pytest
from django.test import Client
from django.urls import path
from programs import Program, introduced
from stage import filed

from tieubieu.api.problems import PROBLEM_JSON

pytestmark = pytest.mark.usefixtures("in_daklak")
VIETNAMESE = re.compile("[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.IGNORECASE)
NOTHING = "00000000-0000-0000-0000-000000000000"


def is_problem(answer, status):
    told = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert set(told) == {"type", "title", "status", "detail", "errors"}
    assert told["status"] == status
    assert told["title"]
    assert VIETNAMESE.search(told["detail"]), told["detail"]
    return told


def test_401_without_a_token_says_how_to_come_in():
    answer = Program("daklak.localhost").browser.get("/api/v1/rounds/")

    assert is_problem(answer, 401)["title"] == "Chưa xác thực"
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["sai", "", "ối", "a" * 5000])
def test_401_with_a_token_that_is_none(token):
    is_problem(Program("daklak.localhost", token).get("/rounds/"), 401)


def test_403_for_a_scope_that_was_not_given():
    assert is_problem(introduced("daklak", "rounds:read").get("/inbox/"), 403)["title"] == "Không được phép"


@pytest.mark.parametrize("where", ["/rounds/khong-phai-ma/", f"/rounds/{NOTHING}/", f"/entries/{NOTHING}/"])
def test_404_for_what_does_not_exist(program, where):
    is_problem(program.get(where), 404)


@pytest.mark.parametrize("where", ["/api/", "/api/v1/", "/api/v1/khong-co/", "/api/v2/rounds/"])
def test_404_for_an_unknown_address(where):
    answer = Client(headers={"host": "daklak.localhost"}).get(where, follow=False)

    is_problem(answer, 404)


def test_404_for_an_unknown_host():
    is_problem(Client(headers={"host": "khongco.localhost"}).get("/api/v1/rounds/"), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_405_since_everything_is_read_only(program, method):
    answer = getattr(program.browser, method)(
        "/api/v1/rounds/", headers={"authorization": f"Bearer {program.token}"}, content_type="application/json"
    )

    is_problem(answer, 405)
    assert "GET" in answer.headers["allow"]


def test_405_for_reading_the_token_address():
    answer = Program("daklak.localhost").browser.get("/api/v1/token/")

    is_problem(answer, 405)
    assert answer.headers["allow"] == "POST, OPTIONS"


def test_406_for_a_form_we_do_not_speak(program):
    is_problem(program.get("/rounds/", accept="application/xml"), 406)


def cursor(text):
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("wrong", ["khong-phai-con-tro", cursor("p=abc&o=-1"), "%00", cursor("r=x"), "ối"])
def test_400_for_a_cursor_that_no_page_gave_out(program, wrong):
    filed()

    answer = program.browser.get(
        "/api/v1/entries/", {"cursor": wrong}, headers={"authorization": f"Bearer {program.token}"}
    )

    assert "bắt đầu lại từ trang đầu" in is_problem(answer, 400)["detail"]


@pytest.mark.parametrize("where", ["/nominations/", "/inbox/"])
def test_400_for_a_cursor_of_another_list(program, where):
    """These are ordered by id; a position that is no id must not reach the database."""
    answer = program.browser.get(
        f"/api/v1{where}", {"cursor": cursor("p=abc")}, headers={"authorization": f"Bearer {program.token}"}
    )

    is_problem(answer, 400)


def break_down(request):
    raise RuntimeError("bí mật trong lỗi")


urlpatterns = [path("api/v1/vo/", break_down)]
handler500 = "tieubieu.pages.server_error"


def test_500_tells_nothing_of_what_broke(settings):
    settings.ROOT_URLCONF = __name__
    client = Client(headers={"host": "daklak.localhost"}, raise_request_exception=False)

    told = is_problem(client.get("/api/v1/vo/"), 500)

    assert "bí mật" not in str(told)
