"""What is typed and photographed on a phone is never lost: without a line, signed out, in two tabs, by two people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from looking import PATIENCE_MS
from nation import Nation, eventually
from PIL import Image

pytestmark = pytest.mark.browser
SLUG, PASSWORD = "vinhlong", "mat-khau-thu-nghiem"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
ENTRY = "SELECT id FROM vinhlong.dossiers_entry WHERE name = %s"
ANSWER = "SELECT (registration || description) ->> %s FROM vinhlong.dossiers_dossier WHERE entry_id = %s"
PHOTOS = "SELECT count(*), count(removed_at) FROM vinhlong.dossiers_paper WHERE entry_id = %s AND slot = 'photo_front'"
QUEUE = Path(__file__).resolve().parents[2] / "platform/tieubieu/ui/static/ui/js/paper-queue.js"
RECALLED = (
    "all.filter((job) => job.key === this.key && job.settled > performance.timeOrigin)"
    ".forEach((job) => this.follow(job));"
)
STATE = "SELECT state FROM vinhlong.dossiers_entry WHERE id = %s"


@pytest.fixture(scope="module")
def place(served_nation: Nation) -> Nation:
    served_nation.play([("mending", SLUG, "86")], entries=1)
    return served_nation


def signed_in(browser: Any, place: Nation, login: str, size: dict[str, int]) -> Any:
    context = browser.new_context(viewport=size, locale="vi-VN", base_url=place.at(SLUG, ""))
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/tai-khoan/dang-nhap/")
    sign_in(page, login)
    page.close()
    return context


def sign_in(page: Any, login: str) -> None:
    page.locator("[name=username]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Đăng xuất").wait_for(state="attached")


@pytest.fixture
def phone(browser: Any, place: Nation) -> Iterator[Any]:
    context = signed_in(browser, place, "chu-co-so", PHONE)
    yield context
    context.close()


@pytest.fixture
def draft(place: Nation) -> str:
    return str(place.ask(ENTRY, "Sô-cô-la Ea Kar")[0][0])


def saved(place: Nation, entry: str, code: str) -> Any:
    return place.ask(ANSWER, code, entry)[0][0]


def opened(context: Any, entry: str, part: str) -> Any:
    page = context.new_page()
    page.goto(f"/ho-so/{entry}/{part}")
    return page


def box(page: Any, code: str) -> Any:
    return page.locator(f"[data-box='{code}'] [name='{code}']")


def told(page: Any, code: str) -> Any:
    return page.locator(f"[data-box='{code}'] [data-saved]", has_text="Đã lưu ở máy chủ")


def choice(page: Any, code: str) -> Any:
    return page.locator(f"[data-box='{code}'] [data-choice]")


def kept(page: Any) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('ho-so')).length"))


def test_a_photo_chosen_without_a_line_is_kept_and_sent_exactly_once(
    phone: Any, place: Nation, draft: str, tmp_path: Path
):
    Image.effect_noise((900, 1300), 40).convert("RGB").save(tmp_path / "IMG_1.jpg", "JPEG")
    page = opened(phone, draft, "anh/")
    phone.set_offline(True)
    page.locator("#tep-photo_front").set_input_files(tmp_path / "IMG_1.jpg")
    slot = page.locator("[data-slot=photo_front]")
    slot.get_by_text("Mất kết nối khi đang tải").wait_for()
    assert place.ask(PHOTOS, draft) == [(0, 0)]

    phone.set_offline(False)
    other = opened(phone, draft, "anh/")  # the same queue, at the same time

    for one in (page, other):
        one.locator("[data-slot=photo_front] img").wait_for()
        assert eventually(lambda one=one: one.locator("[data-pending] > li").count() == 0)
    assert place.ask(PHOTOS, draft) == [(1, 0)]


def late_tab(phone: Any, draft: str, slot: str, photo: Path, *, without: str = "") -> Any:
    """A tab whose page was made before another tab's photo arrived; its script begins after, less some words."""
    Image.effect_noise((900, 1300), 40).convert("RGB").save(photo, "JPEG")
    page = opened(phone, draft, "anh/")
    late = phone.new_page()
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    late.route("**/paper-queue*.js", hold)
    late.goto(f"/ho-so/{draft}/anh/", wait_until="commit")
    assert eventually(lambda: held or late.wait_for_timeout(50))
    page.locator(f"#tep-{slot}").set_input_files(photo)
    page.locator(f"[data-slot={slot}] img").wait_for()

    script = QUEUE.read_text()
    assert without in script
    held[0].fulfill(body=script.replace(without, ""), content_type="text/javascript; charset=utf-8")
    return late


def test_a_tab_made_before_a_photo_arrived_and_begun_after_shows_it(phone: Any, draft: str, tmp_path: Path):
    late = late_tab(phone, draft, "photo_side", tmp_path / "IMG_3.jpg")

    late.locator("[data-slot=photo_side] img").wait_for()


def test_a_tab_that_does_not_ask_what_was_sent_before_it_began_would_miss_the_photo(
    phone: Any, draft: str, tmp_path: Path
):
    """A control."""
    late = late_tab(phone, draft, "photo_top", tmp_path / "IMG_4.jpg", without=RECALLED)

    late.wait_for_function("Boolean(window.TieuBieu && window.TieuBieu.PaperQueue)")
    late.wait_for_timeout(2000)
    assert late.locator("[data-slot=photo_top] img").count() == 0


def test_a_photo_waits_in_the_phone_when_the_page_is_closed(phone: Any, place: Nation, draft: str, tmp_path: Path):
    Image.effect_noise((900, 1300), 40).convert("RGB").save(tmp_path / "IMG_2.jpg", "JPEG")
    before = place.ask(PHOTOS, draft)[0][0]
    page = opened(phone, draft, "anh/")
    phone.set_offline(True)
    page.locator("#tep-photo_front").set_input_files(tmp_path / "IMG_2.jpg")
    page.get_by_text("Mất kết nối khi đang tải").wait_for()
    page.close()
    phone.set_offline(False)

    opened(phone, draft, "anh/")

    assert eventually(lambda: place.ask(PHOTOS, draft)[0][0] == before + 1)


def test_who_was_signed_out_comes_back_to_the_question_on_the_screen_with_what_was_typed(
    phone: Any, place: Nation, draft: str
):
    page = opened(phone, draft, "buoc/materials/")
    box(page, "materials").fill("Hạt cacao của 42 hộ")
    page.get_by_role("button", name="Lưu và tiếp tục").locator("visible=true").click()
    box(page, "technology").wait_for()
    assert eventually(lambda: saved(place, draft, "materials") == "Hạt cacao của 42 hộ")
    phone.clear_cookies(name="sessionid")

    box(page, "technology").fill("Lên men sáu ngày")
    page.get_by_text("Phiên đăng nhập đã hết").wait_for()
    page.get_by_role("link", name="Đăng nhập lại rồi quay về trang này").click()
    page.locator("[name=username]").wait_for()
    sign_in(page, "chu-co-so")

    told(page, "technology").wait_for()
    assert page.url.endswith("/buoc/technology/")
    assert box(page, "technology").input_value() == "Lên men sáu ngày"
    assert saved(place, draft, "technology") == "Lên men sáu ngày"


def test_the_second_of_two_tabs_sees_what_changed_and_chooses(phone: Any, place: Nation, draft: str):
    first, second = (opened(phone, draft, "buoc/culture/") for _ in range(2))
    box(first, "culture").fill("Hoa văn Êđê")
    told(first, "culture").wait_for()

    box(second, "culture").fill("Nghề ủ men của buôn")

    choice(second, "culture").get_by_text("“Hoa văn Êđê”").wait_for()
    assert box(second, "culture").input_value() == "Nghề ủ men của buôn"
    assert saved(place, draft, "culture") == "Hoa văn Êđê"
    second.get_by_role("button", name="Giữ nội dung vừa nhập").locator("visible=true").click()
    told(second, "culture").wait_for()
    assert saved(place, draft, "culture") == "Nghề ủ men của buôn"


def test_two_tabs_without_a_line_lose_neither_text(phone: Any, place: Nation, draft: str):
    tabs = [opened(phone, draft, "buoc/environment/") for _ in range(2)]
    phone.set_offline(True)
    texts = ["Không nước thải", "Vỏ cacao làm phân"]
    for tab, text in zip(tabs, texts, strict=True):
        box(tab, "environment").fill(text)
    phone.set_offline(False)

    assert eventually(lambda: sum(choice(tab, "environment").is_visible() for tab in tabs) == 1)
    asked = next(tab for tab in tabs if choice(tab, "environment").is_visible())
    there = saved(place, draft, "environment")
    assert {there, box(asked, "environment").input_value()} == set(texts)
    assert f"“{there}”" in choice(asked, "environment").inner_text()
    assert kept(asked) == 1


@pytest.fixture
def officers(browser: Any, place: Nation) -> Iterator[list[Any]]:
    both = [signed_in(browser, place, login, DESK) for login in ("chuyen-vien", "chuyen-vien-hai")]
    filed = place.ask(ENTRY, "Bột cacao")[0][0]
    pages = [context.new_page() for context in both]
    for page in pages:
        page.goto(f"/kiem-tra/{filed}/")
    yield pages
    for context in both:
        context.close()


def line(page: Any) -> Any:
    """The line of the checklist about the product's introduction."""
    return page.locator(".line", has=page.locator("input[value='field:summary']"))


def test_the_second_of_two_officers_sees_what_the_first_found_and_loses_no_word(officers: list[Any], place: Nation):
    first, second = officers
    second_line = line(second)
    line(first).locator(".line-note").fill("Rõ ràng")
    line(first).get_by_role("button", name="Đạt", exact=True).click()
    line(first).locator(".line-who").wait_for(state="attached")

    second_line.locator(".line-note").fill("Thiếu sản lượng")
    second_line.locator("button.verdict").last.click()

    second.locator(".line-other").get_by_text("vừa ghi mục này").wait_for()
    assert "Rõ ràng" in second.locator(".line-other").inner_text()
    assert line(second).locator(".line-note").input_value() == "Thiếu sản lượng"


def test_the_second_of_two_decisions_is_told_of_the_first_and_keeps_its_reason(officers: list[Any], place: Nation):
    filed = place.ask(ENTRY, "Bột cacao")[0][0]
    for page, reason in zip(officers, ("Sản phẩm mua lại để bán", "Ảnh không phải của sản phẩm"), strict=True):
        page.get_by_role("button", name="Kết luận không hợp lệ").first.click()
        page.get_by_role("dialog").locator("textarea").fill(reason)
        page.get_by_role("dialog").get_by_role("button", name="Kết luận không hợp lệ").click()
        page.wait_for_load_state()
        assert eventually(lambda: place.ask(STATE, filed) == [("ineligible",)])

    second = officers[1]
    second.get_by_text("hiện ở trạng thái “Không hợp lệ”").first.wait_for()
    assert second.locator("textarea[name=ly_do]").first.input_value() == "Ảnh không phải của sản phẩm"
