"""My notices, and the mail as officers, and only they, see it."""

from io import BytesIO

import pytest
from browsers import at
from python_calamine import CalamineWorkbook
from stage import person

from apps.accounts.models import Role
from tieubieu.notices.models import Audience, Mail, MailState, Notice
from tieubieu.notices.services import tell, write_mail

pytestmark = pytest.mark.usefixtures("in_daklak")
WORDS = {
    "audience": Audience.FACILITIES,
    "subject": "Yêu cầu bổ sung",
    "text": "Thiếu ảnh <mặt sau>.\nHạn: 05/01/2026.",
}
MAIL_PAGES = ["/thong-bao/thu/", "/thong-bao/thu/thu-da-gui.xlsx"]


@pytest.fixture
def owner():
    return person("chu-co-so")


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def text(answer):
    return answer.content.decode()


def test_my_notices_are_listed_and_opening_one_reads_it(owner):
    notice = tell(owner, **WORDS, url="/ho-so/1/")
    client = at("daklak", owner)

    assert "<strong>Yêu cầu bổ sung</strong>" in text(client.get("/thong-bao/"))
    page = text(client.get(f"/thong-bao/{notice.pk}/"))

    assert "Thiếu ảnh &lt;mặt sau&gt;.<br>" in page
    assert 'href="/ho-so/1/"' in page
    assert "<strong>Yêu cầu bổ sung</strong>" not in text(client.get("/thong-bao/"))


def test_no_notices_teaches_what_will_stand_here(owner):
    assert "Chưa có thông báo nào" in text(at("daklak", owner).get("/thong-bao/"))


def test_all_are_read_at_once(owner):
    tell(owner, **WORDS)
    client = at("daklak", owner)

    assert client.get("/thong-bao/da-doc/").status_code == 405
    answer = client.post("/thong-bao/da-doc/")

    assert (answer.status_code, answer["location"]) == (302, "/thong-bao/")
    assert "Đánh dấu đã đọc tất cả" not in text(client.get("/thong-bao/"))


def test_somebody_elses_notice_is_the_404_of_nothing(owner, officer):
    notice = tell(officer, **WORDS)
    client = at("daklak", owner)

    theirs, nothing = client.get(f"/thong-bao/{notice.pk}/"), client.get("/khong-co/")

    assert (theirs.status_code, theirs.content) == (404, nothing.content)
    assert Notice.objects.get().read_at is None
    assert "Yêu cầu bổ sung" not in text(client.get("/thong-bao/"))


def test_the_number_beside_the_place_is_fetched_after_the_page(owner):
    client = at("daklak", owner)

    assert 'hx-get="/thong-bao/chua-doc/"' in text(client.get("/thong-bao/"))
    assert client.get("/thong-bao/chua-doc/").status_code == 204
    tell(owner, **WORDS)
    assert text(client.get("/thong-bao/chua-doc/")).startswith("1<")


@pytest.mark.parametrize("path", ["/thong-bao/", "/thong-bao/chua-doc/", *MAIL_PAGES])
def test_a_page_asks_who_is_there(path):
    assert at("daklak").get(path)["location"].startswith("/tai-khoan/dang-nhap/")


@pytest.mark.parametrize("role", [None, Role.LEADER, Role.AUDITOR])
@pytest.mark.parametrize("path", MAIL_PAGES)
def test_whoever_does_not_look_after_the_mail_gets_the_404_of_nothing(role, path):
    client = at("daklak", person("nguoi-khac", *([role] if role else [])))
    mail = write_mail("a@example.vn", **WORDS)

    assert client.get(path).status_code == 404
    assert client.get(f"/thong-bao/thu/{mail.pk}/").content == client.get("/khong-co/").content
    assert client.post(f"/thong-bao/thu/{mail.pk}/gui-lai/").status_code == 404
    assert "Thư đã gửi" not in text(client.get("/thong-bao/"))


def test_letters_are_listed_by_audience_state_and_words(officer):
    write_mail("mot@example.vn", **WORDS)
    write_mail("hai@example.vn", **WORDS | {"subject": "Thư mời"})
    write_mail("so@example.vn", **WORDS | {"audience": Audience.OFFICIALS})
    Mail.objects.filter(address="hai@example.vn").update(state=MailState.FAILED, error="550")
    client = at("daklak", officer)

    def found(**asked):
        page = text(client.get("/thong-bao/thu/", asked))
        return {name for name in ("mot@", "hai@", "so@") if name in page}

    assert found() == {"mot@", "hai@"}
    assert found(**{"gui-toi": "officials"}) == {"so@"}
    assert found(**{"trang-thai": "failed"}) == {"hai@"}
    assert found(tim="thu moi") == {"hai@"}
    assert found(**{"gui-toi": "x", "trang-thai": "x", "trang": "x"}) == {"mot@", "hai@"}
    assert "Không có thư nào" in text(client.get("/thong-bao/thu/", {"tim": "không có"}))


def test_the_workbook_holds_what_is_shown(officer):
    write_mail("mot@example.vn", **WORDS | {"subject": "=1+1"})
    write_mail("so@example.vn", **WORDS | {"audience": Audience.OFFICIALS})

    data = at("daklak", officer).get("/thong-bao/thu/thu-da-gui.xlsx", {"gui-toi": "facilities"}).content

    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[1:]] == ["mot@example.vn"]
    assert rows[1][3] == "=1+1"


def test_a_letter_shows_its_error_and_can_be_sent_again(officer):
    mail = write_mail("a@example.vn", **WORDS)
    client = at("daklak", officer)
    assert "Gửi lại thư này?" not in text(client.get(f"/thong-bao/thu/{mail.pk}/"))
    Mail.objects.update(state=MailState.FAILED, error="550 no such user")

    page = text(client.get(f"/thong-bao/thu/{mail.pk}/"))
    answer = client.post(f"/thong-bao/thu/{mail.pk}/gui-lai/", follow=True)

    assert "550 no such user" in page
    assert "Gửi lại thư này?" in page
    assert "sẽ được gửi lại" in text(answer)
    assert Mail.objects.get().state == MailState.WAITING
    assert "đang chờ gửi" in text(client.post(f"/thong-bao/thu/{mail.pk}/gui-lai/", follow=True))


def test_a_letter_that_does_not_exist_is_nothing(officer):
    path = "/thong-bao/thu/7c0f3d6e-3a0c-4a51-9a0e-2f4f1f6f5f10/"

    assert at("daklak", officer).get(path).status_code == 404
    assert at("daklak", officer).post(path + "gui-lai/").status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_a_list_asks_the_same_questions_for_one_row_as_for_fifty(officer, count, django_assert_num_queries):
    for _ in range(count):
        tell(officer, **WORDS)
        write_mail("a@example.vn", **WORDS)
    client = at("daklak", officer)

    client.get("/khong-co/")
    with django_assert_num_queries(6):
        client.get("/thong-bao/")
    with django_assert_num_queries(6):
        client.get("/thong-bao/thu/")
    with django_assert_num_queries(4):
        client.get("/thong-bao/thu/thu-da-gui.xlsx")
