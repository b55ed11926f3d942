"""A judge's phone: what is typed is never lost, and where it is kept is always told truly."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(phone):
    phone.request.get("/mood/fresh/")
    phone.goto("/sheet/")
    return phone


def mood(page, mode):
    return page.request.get(f"/mood/{mode}/").json()


def box(page, code):
    return page.locator(f"#diem-{code}")


def saved(page, code):
    return page.locator(f"[data-criterion={code}] [data-saved]")


def told(page):
    return page.locator("[data-told]")


def fill_all(page):
    for code, value in (("C1", "35,5"), ("C2", "31.25"), ("C3", "8"), ("C4", "7,5")):
        box(page, code).fill(value)


def lock(page):
    return page.get_by_role("button", name="Khóa phiếu chấm")


def test_a_sheet_adds_exactly_saves_each_field_and_can_then_be_locked(sheet):
    expect(lock(sheet)).to_be_disabled()
    fill_all(sheet)

    expect(sheet.locator("[data-total]")).to_have_text("82,25")
    for code in ("C1", "C2", "C3", "C4"):
        expect(saved(sheet, code)).to_have_text("Đã lưu ở máy chủ")
    expect(lock(sheet)).to_be_enabled()
    assert mood(sheet, "look")["scores"] == {"C1": "35.5", "C2": "31.25", "C3": "8", "C4": "7.5"}
    assert sheet.evaluate("localStorage.length") == 0


def test_a_score_above_the_maximum_is_told_at_once_and_not_sent(sheet):
    box(sheet, "C3").fill("10,5")
    box(sheet, "C3").blur()

    expect(sheet.locator("#loi-C3")).to_have_text("Điểm tối đa của tiêu chí này là 10.")
    expect(saved(sheet, "C3")).to_be_empty()
    expect(sheet.locator("[data-total]")).to_have_text("0")
    sheet.wait_for_timeout(1200)
    assert mood(sheet, "look")["asked"] == []


def test_what_is_no_score_is_told_and_stays_in_its_box_after_a_reload(sheet):
    box(sheet, "C1").fill("35,555")
    expect(sheet.locator("#loi-C1")).to_contain_text("Điểm là số từ 0 đến 40")
    sheet.reload()

    assert box(sheet, "C1").input_value() == "35,555"
    expect(sheet.locator("#loi-C1")).to_be_visible()


def test_a_lost_line_keeps_scores_here_counts_them_and_sends_them_when_it_returns(sheet):
    sheet.context.set_offline(True)
    box(sheet, "C1").fill("30")
    box(sheet, "C2").fill("20")
    box(sheet, "C2").blur()

    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy này")
    expect(sheet.locator("[data-offline]")).to_be_visible()
    expect(sheet.locator("[data-waiting]")).to_have_text("Đang chờ gửi: 2 mục.")
    expect(sheet.locator("[data-total]")).to_have_text("50")
    sheet.context.set_offline(False)
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ")
    expect(saved(sheet, "C2")).to_have_text("Đã lưu ở máy chủ")
    expect(sheet.locator("[data-offline]")).to_be_hidden()
    assert mood(sheet, "look")["scores"] == {"C1": "30", "C2": "20"}


def test_scores_waiting_when_the_page_was_lost_are_sent_when_it_is_opened_again(sheet):
    mood(sheet, "broken")
    box(sheet, "C1").fill("33")
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy này")
    mood(sheet, "well")
    sheet.goto("/sheet/")

    assert box(sheet, "C1").input_value() == "33"
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ")


def test_an_answer_lost_on_the_way_is_asked_again_without_harm(sheet):
    mood(sheet, "lost")
    box(sheet, "C1").fill("33")
    box(sheet, "C1").blur()
    sheet.wait_for_function("document.querySelector('[data-offline]').hidden === false")
    mood(sheet, "well")

    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ", timeout=8000)
    assert mood(sheet, "look")["version"] == 2


def test_typing_on_while_an_answer_is_under_way_saves_the_last_value(sheet):
    sheet.route("**/sheet/save/", lambda route: (sheet.wait_for_timeout(300), route.continue_()))
    box(sheet, "C1").fill("3")
    box(sheet, "C1").blur()
    box(sheet, "C1").fill("35")
    box(sheet, "C1").blur()

    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ")
    assert mood(sheet, "look")["scores"] == {"C1": "35"}


def test_an_expired_sign_in_keeps_the_score_and_leads_back(sheet):
    mood(sheet, "expired")
    box(sheet, "C1").fill("33")

    expect(told(sheet)).to_contain_text("Phiên đăng nhập đã hết. Điểm vừa ghi vẫn được giữ ở máy này.")
    expect(told(sheet).get_by_role("link", name="Đăng nhập lại")).to_have_attribute("href", "/sign-in/?next=/sheet/")
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy này")
    mood(sheet, "well")
    sheet.goto("/sheet/")
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ")


def test_a_sheet_locked_elsewhere_says_so_and_lists_what_was_not_sent(sheet):
    mood(sheet, "locked")
    box(sheet, "C1").fill("33")

    expect(told(sheet)).to_contain_text("Phiếu đã khóa lúc 14 giờ 30.")
    expect(lock(sheet)).to_be_disabled()
    sheet.goto("/sheet/?locked=1")
    expect(told(sheet)).to_contain_text("C1: 33")


def test_a_refused_score_is_told_beside_its_box(sheet):
    mood(sheet, "refuse")
    box(sheet, "C2").fill("33")

    expect(sheet.locator("#loi-C2")).to_have_text("Điểm không hợp lệ.")
    expect(saved(sheet, "C2")).to_be_empty()
    assert box(sheet, "C2").input_value() == "33"


def test_a_score_changed_on_two_machines_is_asked_about(sheet):
    mood(sheet, "broken")
    box(sheet, "C1").fill("33")
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy này")
    mood(sheet, "elsewhere-28")
    mood(sheet, "well")
    sheet.goto("/sheet/")

    expect(sheet.locator("[data-criterion=C1] [data-choice-text]")).to_have_text("Máy chủ: 28. Máy này: 33.")
    sheet.get_by_role("button", name="Lấy điểm ở máy này").click()
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ")
    assert mood(sheet, "look")["scores"] == {"C1": "33"}


def test_a_score_taken_back_is_sent_as_nothing(sheet):
    box(sheet, "C1").fill("33")
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ")
    box(sheet, "C1").fill("")
    box(sheet, "C1").blur()

    expect(saved(sheet, "C1")).to_be_empty()
    sheet.wait_for_timeout(300)
    assert mood(sheet, "look")["scores"] == {"C1": None}
    expect(sheet.locator("[data-scored]")).to_have_text("0")


def test_enter_and_arrows_walk_through_the_sheet(sheet):
    box(sheet, "C1").focus()
    sheet.keyboard.press("Enter")
    assert sheet.evaluate("document.activeElement.id") == "diem-C2"
    sheet.keyboard.press("ArrowDown")
    assert sheet.evaluate("document.activeElement.id") == "diem-C3"
    sheet.keyboard.press("ArrowUp")
    assert sheet.evaluate("document.activeElement.id") == "diem-C2"


def test_a_browser_that_keeps_nothing_never_says_saved_here(sheet):
    sheet.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    mood(sheet, "broken")
    box(sheet, "C1").fill("33")
    box(sheet, "C1").blur()
    sheet.wait_for_timeout(300)

    expect(saved(sheet, "C1")).to_be_empty()


def test_a_divided_criterion_shows_its_own_running_total(sheet):
    box(sheet, "C1").fill("35,5")
    box(sheet, "C2").fill("1,25")
    box(sheet, "C3").fill("8")

    expect(sheet.locator("[data-subtotal]")).to_have_text("36,75")
    expect(sheet.locator("[data-total]")).to_have_text("44,75")


def test_a_remark_is_kept_like_a_mark_and_counts_in_no_sum(sheet):
    fill_all(sheet)
    sheet.context.set_offline(True)
    sheet.get_by_label("Nhận xét").fill("Đặc sắc, 99 điểm")
    expect(sheet.locator("[data-remark] [data-saved]")).to_have_text("Đã lưu ở máy này")
    expect(lock(sheet)).to_be_disabled()
    sheet.context.set_offline(False)

    expect(sheet.locator("[data-remark] [data-saved]")).to_have_text("Đã lưu ở máy chủ")
    expect(lock(sheet)).to_be_enabled()
    assert mood(sheet, "look")["remark"] == "Đặc sắc, 99 điểm"
    expect(sheet.locator("[data-total]")).to_have_text("82,25")


def test_a_remark_that_is_too_long_is_told_and_not_sent(sheet):
    sheet.get_by_label("Nhận xét").fill("a" * 43)

    expect(sheet.locator("#loi-nhan-xet")).to_have_text("Nhận xét dài quá 3 ký tự; xin rút gọn.")
    sheet.wait_for_timeout(1200)
    assert mood(sheet, "look")["asked"] == []


def test_a_box_that_another_machine_wrote_is_asked_about_while_the_others_go_on(sheet):
    mood(sheet, "changed")
    box(sheet, "C1").fill("33")
    expect(sheet.locator("[data-criterion=C1] [data-choice-text]")).to_have_text("Máy chủ: 28. Máy này: 33.")
    mood(sheet, "well")
    sheet.get_by_role("button", name="Lấy điểm ở máy chủ").click()

    assert box(sheet, "C1").input_value() == "28"
    expect(saved(sheet, "C1")).to_have_text("Đã lưu ở máy chủ")


def test_what_comes_after_the_end_is_told_and_waits_here_no_longer(sheet):
    mood(sheet, "late")
    fill_all(sheet)

    expect(told(sheet)).to_contain_text("Chấm điểm đã đóng lúc 17 giờ.")
    expect(sheet.locator("[data-sheet-saved]")).not_to_have_text("Đã lưu ở máy này", timeout=8000)
    expect(lock(sheet)).to_be_disabled()
    assert sheet.evaluate("localStorage.length") == 0


def test_alt_and_page_down_turn_to_the_next_sheet(sheet):
    box(sheet, "C1").focus()
    sheet.keyboard.press("Alt+PageDown")

    sheet.wait_for_url("**/sheet/?sau=1")
