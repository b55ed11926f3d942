"""The demo's pages in Chromium, on a phone and on a desk: there, accessible, in their frame, quiet under the policy."""

import re
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from nation import eventually

from apps.demo.logins import OFFICER, PASSWORD

pytestmark = pytest.mark.browser
PHONE, DESK = (360, 740), (1366, 768)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

# Who looks, where, at what; `{…}` is looked up in the nation itself.
PAGES = [
    ("", "", "/"),
    ("", "", "/?tim=ca+phe"),
    ("", "", "/xac-minh/"),
    ("", "", "/xac-minh/{token}/"),
    ("", "khanhhoa", "/"),
    ("", "khanhhoa", "/ket-qua/{khanhhoa_round}/"),
    ("", "daklak", "/tai-khoan/dang-nhap/"),
    (OFFICER, "khanhhoa", "/"),
    (OFFICER, "khanhhoa", "/ky-binh-chon/{khanhhoa_round}/"),
    (OFFICER, "khanhhoa", "/ky-binh-chon/{khanhhoa_round}/ket-qua-cham/"),
    (OFFICER, "khanhhoa", "/co-so/"),
    (OFFICER, "khanhhoa", "/co-so/nhap/"),
    ("giamkhao1", "daklak", "/cham-diem/"),
    ("giamkhao1", "daklak", "/cham-diem/{locked_sheet}/"),
    (OFFICER, "quocgia", "/de-cu/"),
    (OFFICER, "quocgia", "/de-cu/{packet}/"),
]
FOUND = {
    "token": "SELECT token FROM daklak.recognition_certificate WHERE token <> '' ORDER BY number LIMIT 1",
    "khanhhoa_round": "SELECT code FROM khanhhoa.rounds_round",
    "locked_sheet": """SELECT s.id FROM daklak.judging_sheet s JOIN daklak.rounds_appointment a ON a.id = s.judge_id
        JOIN daklak.accounts_person p ON p.id = a.person_id
        WHERE p.login = 'giamkhao1' AND s.state = 'locked' LIMIT 1""",
    "packet": "SELECT id FROM quocgia.nominations_inboxpacket ORDER BY sender LIMIT 1",
}


@dataclass
class Looker:
    """Windows of one size; each person signs in once and keeps the session."""

    browser: object
    nation: object
    size: tuple[int, int]
    windows: dict = field(default_factory=dict)

    def window(self, login, slug):
        if (login, slug) not in self.windows:
            self.windows[login, slug] = self._open(login, slug)
        return self.windows[login, slug]

    def _open(self, login, slug):
        width, height = self.size
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda told: listen(page, told))
        if login:
            sign_in(page, self.nation.at(slug), login, PASSWORD)
        return page


def listen(page, told):
    if told.type in ("error", "warning"):
        page.complaints.append(told.text)


def sign_in(page, host, login, password):
    page.goto(f"{host}tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Đăng xuất").wait_for(state="attached")


@pytest.fixture(scope="module")
def lookers(browser, served_nation):
    made = {size: Looker(browser, served_nation, size) for size in (PHONE, DESK)}
    yield made
    for looker in made.values():
        for page in looker.windows.values():
            page.context.close()


@pytest.fixture(scope="module")
def found(served_nation):
    return {name: str(served_nation.ask(sql)[0][0]) for name, sql in FOUND.items()}


def serious(page):
    answer = Axe().run(page, options={"runOnly": RULES})
    return [
        (one["id"], one["impact"], one["nodes"][0]["html"])
        for one in answer.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("login", "slug", "path"), PAGES, ids=[f"{s}{p}" for _, s, p in PAGES])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_is_there_accessible_in_its_frame_and_quiet(lookers, served_nation, found, size, login, slug, path):
    page = lookers[size].window(login, slug)
    page.complaints.clear()

    answer = page.goto(served_nation.at(slug, path.format(**found)), wait_until="load")

    assert answer.status == 200
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert serious(page) == []
    assert page.locator("h1").count() == 1


def test_a_code_that_is_none_is_told_on_a_page_of_its_own(lookers, served_nation):
    page = lookers[PHONE].window("", "")

    answer = page.goto(served_nation.at("", "/xac-minh/khong-phai-ma/"))

    assert answer.status == 404
    assert page.get_by_role("heading", name="Không xác minh được giấy chứng nhận này").is_visible()
    assert serious(page) == []


def test_a_judge_scores_on_a_phone_locks_and_keeps_the_receipt(browser, served_nation):
    served_nation.play("scoring", "lamdong", "68", 1)
    page = Looker(browser, served_nation, PHONE).window("", "lamdong")
    sign_in(page, served_nation.at("lamdong"), "giam-khao-0", "mat-khau-thu-nghiem")
    page.complaints.clear()
    page.goto(served_nation.at("lamdong", "/cham-diem/"))
    page.locator("ul.rows a").first.click()

    boxes = page.locator("[data-score-sheet] input, .score-sheet input, form input[inputmode=decimal]")
    for place, value in enumerate(["35,5", "32", "8", "8,25"]):
        boxes.nth(place).fill(value)
        boxes.nth(place).blur()
    assert eventually(lambda: page.evaluate("localStorage.length") == 0, 20)  # nothing waits in this browser any more
    page.reload()

    assert [boxes.nth(place).input_value() for place in range(4)] == ["35,5", "32", "8", "8,25"]
    page.get_by_role("button", name="Khóa phiếu chấm").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Khóa phiếu chấm").click()
    shown = page.get_by_text("Phiếu đã khóa").first
    shown.wait_for()
    receipt = re.search(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}", page.locator("main").inner_text()).group().replace(" ", "")
    kept = served_nation.ask("SELECT receipt_code, state FROM lamdong.judging_sheet WHERE state = 'locked'")
    assert kept == [(receipt, "locked")]
    assert page.complaints == []
    page.context.close()
