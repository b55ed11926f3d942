"""Every preview page in Chromium: accessible, inside its frame, light, and quiet under the strict policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
PAGES = [
    "/",
    "/office/",
    "/office/?nhieu",
    "/table/",
    "/form/",
    "/everything/",
    "/sheet/",
    "/sheet/?locked=1",
    "/error/404/",
    "/error/503/",
]


def violations(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
    return [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_on_a_phone_and_stays_in_its_frame(phone, address):
    phone.goto(address)

    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_on_a_desk(desk, address):
    desk.goto(address)

    assert violations(desk) == []


def test_nothing_scrolls_sideways_at_320(phone):
    phone.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for address in PAGES:
        phone.goto(address)
        widths[address] = phone.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(PAGES, 320)


def test_what_is_touched_is_big_enough_for_a_thumb(phone):
    phone.goto("/everything/")
    small = phone.evaluate(
        """() => [...document.querySelectorAll('main button, main summary, nav a')]
            .map(one => [one.innerText, one.getBoundingClientRect().height])
            .filter(([, height]) => height && height < 44)"""
    )

    assert [text for text, _ in small] == []


def test_many_places_are_one_menu_on_a_phone_by_keyboard_and_without_a_script(browser, preview):
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, base_url=preview)
    page = context.new_page()
    page.goto("/office/?nhieu")
    place = page.get_by_role("link", name="Mọi việc")
    assert not place.is_visible()

    page.get_by_role("button", name="Mục chính").focus()
    page.keyboard.press("Enter")
    assert place.is_visible()
    page.keyboard.press("Escape")
    assert not place.is_visible()
    page.keyboard.press("Enter")
    place.click()

    assert page.url.endswith("/everything/")
    context.close()


def test_an_open_menu_is_accessible(phone):
    phone.goto("/office/?nhieu")
    assert phone.locator(".places").bounding_box()["height"] < 60
    phone.get_by_role("button", name="Mục chính").click()

    assert phone.get_by_role("link", name="Mọi việc").is_visible()
    assert violations(phone) == []


def test_many_places_are_headings_on_a_desk(desk):
    desk.goto("/everything/?nhieu")

    here = desk.locator(".places [aria-current]:visible")
    assert here.all_inner_texts() == ["Mọi việc"]
    assert desk.locator(".places a:visible").all_inner_texts() == [
        *("Kỳ bình chọn", "Kết quả", "Chấm điểm", "Cơ sở"),
        *("Việc", "Mọi việc", "Trang chủ"),
    ]


def test_a_public_page_weighs_less_than_200_kb_and_fetches_no_latin_ext(phone):
    weights = {}
    phone.on("response", lambda answer: weights.update({answer.url: len(answer.body())}))
    phone.goto("/", wait_until="networkidle")

    assert sum(weights.values()) < 200_000
    assert [url for url in weights if "latin-ext" in url or "htmx" in url] == []
    assert len([url for url in weights if url.endswith(".woff2")]) == 4


def test_an_error_summary_takes_focus_leads_to_its_field_and_what_was_typed_is_kept(phone):
    phone.goto("/form/")
    phone.get_by_label("Tên cơ sở").fill("Hợp tác xã Ea Tu")
    phone.get_by_label("Mã số thuế").fill("123")
    phone.get_by_role("button", name="Lưu thông tin cơ sở").click()

    assert phone.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert phone.get_by_label("Tên cơ sở").input_value() == "Hợp tác xã Ea Tu"
    phone.locator("[data-error-summary] a", has_text="Mã số thuế").click()
    assert phone.evaluate("document.activeElement.id") == "id_tax_code"
    assert violations(phone) == []


def test_a_final_act_is_asked_once_and_starts_away_from_the_act(desk):
    desk.goto("/office/")
    desk.get_by_role("button", name="Tổng hợp kết quả").click()

    dialog = desk.get_by_role("dialog")
    assert dialog.is_visible()
    assert desk.evaluate("document.activeElement.innerText") == "Quay lại"
    assert violations(desk) == []
    desk.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_progress_polls_until_the_work_is_done(desk):
    desk.goto("/everything/")

    desk.get_by_text("Đã xong 30 trong 30").wait_for(timeout=12_000)
    assert desk.locator("#tien-do").get_attribute("hx-get") is None
    assert desk.get_by_text("Xong một phần").count() == 2


def test_a_reader_chooses_columns_and_the_browser_remembers(desk):
    desk.goto("/table/")
    desk.get_by_text("Chọn cột").click()
    desk.get_by_label("Số phiếu").uncheck()
    desk.reload()

    assert not desk.get_by_role("columnheader", name="Số phiếu").is_visible()
    assert desk.get_by_role("columnheader", name="Sản phẩm").is_visible()
    assert desk.locator("tfoot tr > :visible").count() == 3


def test_the_head_of_a_table_stays_while_its_rows_pass(desk):
    desk.set_viewport_size({"width": 1366, "height": 400})
    desk.goto("/table/")
    desk.locator(".frame").first.evaluate("frame => frame.scrollTo(0, 200)")

    frame = desk.locator(".frame").first.bounding_box()
    assert abs(desk.locator("thead").first.locator("th").first.bounding_box()["y"] - frame["y"]) < 3


def test_a_printed_page_shows_the_whole_timeline_and_no_buttons(phone):
    phone.goto("/office/")
    phone.emulate_media(media="print")

    assert phone.locator(".timeline-long").is_visible()
    assert not phone.locator(".timeline-short").is_visible()
    assert not phone.locator(".button").first.is_visible()
