"""One dossier's road as people go it: a phone that loses its line, and a desk that asks for more.

A producer signs up on a 360-px phone, starts a dossier, loses the connection in the middle, comes back on another
device, files, and gets a receipt; an officer approves the facility and asks for a supplement; it arrives; the dossier
is accepted. Every page on the way is held against all of axe's rules.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from demo_pages import STAGE_OFFICER, Login
from looking import PATIENCE_MS, Looker, violations
from nation import Nation, eventually
from PIL import Image

pytestmark = pytest.mark.browser
SLUG, ROUND = "sonla", "THU-2026"
PHONE, DESK = (360, 740), (1366, 768)
OWNER = Login("0912345678", "một câu thật dễ nhớ")
ANSWERS = {"licence_on": "05/01/2019", "started_in": "2015", "phone": "0912345678", "tax_code": "0100233488"}
ANSWERS |= {"email": "ongmat@example.vn"}
NUMBERS = re.compile(r"capital|revenue|workers|taxes|output\b|product_revenue|product_workers|income")
ENTRY = "SELECT id, state, code FROM {}.dossiers_entry WHERE name = 'Mật ong hoa nhãn Chiềng Khoi'"
SAVED = "SELECT registration || description FROM {}.dossiers_dossier"
HELD = "SELECT held <> '{{}}' FROM {}.dossiers_dossier"
STANDING = "SELECT standing FROM {}.facilities_facility WHERE tax_code = '0314409058'"
# Another question is on the screen, or the list of tasks: not the question that was just answered.
MOVED_ON = """asked => { const now = document.querySelector("form.question:not([hidden])");
    return now ? now.dataset.question !== asked : Boolean(document.querySelector("ol.tasks, .check-head")); }"""


@dataclass
class Story:
    nation: Nation
    phone: Any
    desk: Any
    looked_at: dict[str, list[Any]]

    def at(self, path: str) -> str:
        return self.nation.at(SLUG, path)

    def look(self, page: Any, name: str) -> None:
        """Hold the page against every rule and remember what is wrong under the page's name."""
        wrong = violations(page)
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wrong or width > 0:
            self.looked_at[name] = [*wrong, *([f"{width} px too wide"] if width > 0 else [])]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.nation.ask(sql.format(SLUG))

    def entry(self) -> tuple[str, str, str]:
        return tuple(str(part) for part in self.ask(ENTRY)[0])  # type: ignore[return-value]

    def saved(self) -> dict[str, Any]:
        return dict(self.ask(SAVED)[0][0])


@pytest.fixture(scope="module")
def story(browser: Any, served_nation: Nation) -> Iterator[Story]:
    served_nation.play([("opened", SLUG, "14")], entries=1)
    phone = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN", has_touch=True)
    phone.set_default_timeout(PATIENCE_MS)
    looker = Looker(browser, served_nation, DESK)
    with looker.window(STAGE_OFFICER, SLUG) as desk:
        yield Story(served_nation, phone, desk, {})
    looker.close()
    phone.close()


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As a phone takes it: large, and lying on its side."""
    place = tmp_path_factory.mktemp("anh") / "IMG_0789.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(place, "JPEG", quality=85, exif=exif)
    return place


def test_a_dossier_goes_from_a_lost_line_to_its_acceptance(story: Story, photo: Path):
    page = story.phone.new_page()

    signs_up(story, page)
    starts_a_dossier(story, page)
    answers_half_and_loses_the_line(story, page)
    page = comes_back_on_another_device(story)
    mistypes_an_address(story, page)
    answers_the_rest(story, page)
    hands_in_photos_and_papers(story, page, photo)
    receipt = files(story, page)
    the_facility_is_approved(story)
    a_supplement_is_asked(story)
    it_arrives(story, page, receipt)
    the_dossier_is_accepted(story)

    assert story.looked_at == {}


def signs_up(story: Story, page: Any) -> None:
    page.goto(story.at(f"/thong-bao-ky/{ROUND}/"))
    story.look(page, "announcement")
    page.goto(story.at("/tai-khoan/dang-ky/"))
    story.look(page, "sign up")
    page.get_by_label("Họ và tên").fill("Lò Thị Mai")
    page.get_by_label("Số điện thoại hoặc thư điện tử").fill(OWNER.name)
    page.get_by_label("Mật khẩu").fill(OWNER.password)
    page.get_by_role("button", name="Lập tài khoản và tiếp tục").click()
    page.get_by_label("Mã số thuế của cơ sở").fill("0314409058")
    story.look(page, "tax code")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên cơ sở").fill("Hợp tác xã Ong mật Chiềng Khoi")
    page.get_by_label("Loại hình").select_option("cooperative")
    page.locator("select[name=commune_code]").select_option(index=3, force=True)
    page.get_by_label("Địa chỉ sản xuất").fill("Bản Pút")
    story.look(page, "facility")
    page.get_by_role("button", name="Ghi cơ sở").click()
    page.get_by_role("button", name="Ghi cơ sở").wait_for(state="detached")


def starts_a_dossier(story: Story, page: Any) -> None:
    page.goto(story.at("/ho-so/"))
    story.look(page, "portal")
    page.get_by_role("link", name="Bắt đầu hồ sơ").click()
    story.look(page, "begin")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("input[name=ten], input[name=name]").first.fill("Mật ong hoa nhãn Chiềng Khoi")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Bắt đầu hồ sơ").click()
    page.get_by_role("heading", name="Các mục của hồ sơ").wait_for()
    story.look(page, "tasks")


def question(page: Any) -> Any:
    return page.locator("form.question:not([hidden])")


def answer(page: Any) -> None:
    """Answer the question on the screen, as far as it is empty, and go on."""
    for box in question(page).locator("[data-box]").all():
        code = box.get_attribute("data-box").split(".")[0]
        radio = box.locator("input[type=radio]")
        if radio.count():
            radio.first.check()
            continue
        field = box.locator("input[type=text], textarea").first
        if not field.input_value():
            field.fill(ANSWERS.get(code, "12" if NUMBERS.match(code) else f"Trả lời thử cho ô {code}"))
    asked = question(page).get_attribute("data-question")
    question(page).get_by_role("button", name="Lưu và tiếp tục").click()
    page.wait_for_function(MOVED_ON, arg=asked)


def answers_half_and_loses_the_line(story: Story, page: Any) -> None:
    page.locator("ol.tasks a").nth(1).click()
    question(page).wait_for()
    story.look(page, "question")
    for _ in range(3):
        answer(page)
    before = len(story.saved())
    story.phone.set_offline(True)
    for _ in range(4):
        answer(page)
    assert page.locator("[data-offline]").is_visible()
    assert len(story.saved()) <= before + 1, "the line was never cut"
    story.look(page, "question without a line")
    story.phone.set_offline(False)
    assert eventually(lambda: page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('ho-so')).length") == 0)
    assert len(story.saved()) >= before + 3


def comes_back_on_another_device(story: Story) -> Any:
    """The old phone is gone; what was saved is there on the new one."""
    saved = story.saved()
    story.phone.clear_cookies()
    for open_page in story.phone.pages:
        open_page.close()
    page = story.phone.new_page()
    page.goto(story.at(f"/ho-so/{story.entry()[0]}/"))
    page.get_by_label(re.compile("Tên đăng nhập|Số điện thoại")).fill(OWNER.name)
    page.get_by_label("Mật khẩu").fill(OWNER.password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", name="Các mục của hồ sơ").wait_for()
    assert story.saved() == saved
    return page


def mistypes_an_address(story: Story, page: Any) -> None:
    """It is kept and told at once, the page stays, and going on works when it is mended."""
    page.goto(story.at(f"/ho-so/{story.entry()[0]}/buoc/email/"))
    box = question(page).locator("input[type=text]")
    box.fill("ongmat@example")
    question(page).get_by_role("button", name="Lưu và tiếp tục").click()
    question(page).get_by_text("chưa đúng dạng thư điện tử").wait_for()
    assert eventually(lambda: story.saved().get("email") == "ongmat@example")
    story.look(page, "question with a wrong address")
    box.fill("")
    answer(page)


def answers_the_rest(story: Story, page: Any) -> None:
    """Section by section, as the list of tasks leads; a section's last question leads back to the list."""
    tasks = story.at(f"/ho-so/{story.entry()[0]}/")
    page.goto(tasks)
    for path in [one.get_attribute("href") for one in page.locator("ol.tasks a[href*='/buoc/']").all()]:
        page.goto(story.at(path))
        question(page).wait_for()
        for _ in range(20):
            answer(page)
            if "/buoc/" not in page.url:
                break
        assert "/buoc/" not in page.url, f"the questions of {path} do not end"
    page.goto(tasks)
    story.look(page, "tasks done")


def hands_in_photos_and_papers(story: Story, page: Any, photo: Path) -> None:
    entry = story.entry()[0]
    page.goto(story.at(f"/ho-so/{entry}/anh/"))
    for slot in ("photo_front", "photo_side", "photo_top"):
        page.locator(f"#tep-{slot}").set_input_files(photo)
        page.locator(f"[data-slot={slot}] img").wait_for()
    story.look(page, "photos")
    page.goto(story.at(f"/ho-so/{entry}/giay-to/"))
    page.locator("#tep-business_licence").set_input_files(photo)
    page.locator("[data-slot=business_licence] img").wait_for()
    story.look(page, "papers")


def files(story: Story, page: Any) -> str:
    page.goto(story.at(f"/ho-so/{story.entry()[0]}/kiem-tra/"))
    assert page.get_by_text("Còn thiếu").count() == 0, page.locator(".lacking").inner_text()
    story.look(page, "check")
    page.locator("#cam-ket").check()
    page.get_by_role("button", name="Gửi hồ sơ").click()
    page.get_by_role("heading", name="Đã gửi hồ sơ").first.wait_for()
    story.look(page, "receipt")
    page.get_by_role("link", name="Tải biên nhận (PDF, có mã QR)").wait_for()
    assert story.entry()[1] == "submitted"
    return str(page.url.rstrip("/").rsplit("/", 1)[1])


def the_facility_is_approved(story: Story) -> None:
    story.desk.goto(story.at("/co-so/cho-duyet/"))
    story.look(story.desk, "facilities to approve")
    story.desk.get_by_role("link", name="Hợp tác xã Ong mật Chiềng Khoi").first.click()
    story.desk.get_by_role("button", name=re.compile("Duyệt")).first.click()
    dialog = story.desk.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name=re.compile("Duyệt")).first.click()
    assert eventually(lambda: story.ask(STANDING) == [("registered",)])


def a_supplement_is_asked(story: Story) -> None:
    story.desk.goto(story.at("/kiem-tra/"))
    story.look(story.desk, "desk")
    story.desk.get_by_role("link", name="Mật ong hoa nhãn Chiềng Khoi").click()
    story.look(story.desk, "dossier at the desk")
    story.desk.get_by_role("link", name="Yêu cầu bổ sung").first.click()
    story.desk.locator("input[name=muc][value='field:summary']").check()
    story.desk.locator("[name='ghi-field:summary']").fill("Xin nêu rõ mùa hoa và sản lượng mỗi năm")
    story.look(story.desk, "request")
    story.desk.get_by_role("button", name="Gửi yêu cầu bổ sung").click()
    assert eventually(lambda: story.entry()[1] == "supplement")


def it_arrives(story: Story, page: Any, receipt: str) -> None:
    page.goto(story.at("/ho-so/"))
    story.look(page, "portal with a request")
    page.get_by_role("link", name=re.compile("Bổ sung hồ sơ")).click()
    page.get_by_role("link", name="Giới thiệu sản phẩm").first.click()
    page.get_by_text("Xin nêu rõ mùa hoa").first.wait_for()
    question(page).locator("textarea").fill("Mật ong hoa nhãn, vụ tháng 3 đến tháng 4, khoảng 12 tấn mỗi năm")
    question(page).get_by_role("button", name="Lưu và tiếp tục").click()
    assert eventually(lambda: story.ask(HELD) == [(True,)])
    page.goto(story.at(f"/ho-so/{story.entry()[0]}/kiem-tra/"))
    page.locator("#cam-ket").check()
    page.get_by_role("button", name="Gửi lại hồ sơ đã bổ sung").click()
    page.get_by_role("heading", name="Đã gửi lại hồ sơ").first.wait_for()
    assert receipt not in page.url
    assert "12 tấn" in story.saved()["summary"]


def the_dossier_is_accepted(story: Story) -> None:
    story.desk.goto(story.at(f"/kiem-tra/{story.entry()[0]}/"))
    story.look(story.desk, "corrected dossier")
    story.desk.get_by_role("button", name="Tiếp nhận hồ sơ").first.click()
    dialog = story.desk.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    assert eventually(lambda: story.entry()[1] == "accepted"), story.desk.locator("main").inner_text()[:600]
    assert story.entry()[2] == f"{ROUND}-001"
