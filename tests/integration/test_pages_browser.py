"""The nation's pages in Chromium, on a phone and on a desk: there, accessible, in their frame, without complaint."""

import re

import pytest
from demo_pages import FOUND, NOBODY, PAGES, STAGE_JUDGE, STAGE_OFFICER, STAGED
from filing_pages import FILING_PAGES, SCENE, SLUG
from filing_pages import FOUND as FILING_FOUND
from looking import Looker, faults, serious
from nation import eventually

pytestmark = pytest.mark.browser
PHONE, DESK = (360, 740), (1366, 768)
MARKS = {"C1": ("35,5", "35.50"), "C2": ("32", "32.00"), "C3": ("8", "8.00"), "C4": ("8,25", "8.25")}
RECEIPT = re.compile(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}")
UNMADE = "SELECT count(*) FROM tayninh.recognition_certificate WHERE token = ''"


@pytest.fixture(scope="module")
def staged(served_nation):
    """The nation with some provinces more, each on its way."""
    served_nation.told |= served_nation.play([*STAGED, SCENE], entries=3)
    assert eventually(lambda: served_nation.ask(UNMADE) == [(0,)], 120), "no worker made the certificates"
    return served_nation


@pytest.fixture(scope="module")
def lookers(browser, staged):
    made = {size: Looker(browser, staged, size) for size in (PHONE, DESK)}
    yield made
    for looker in made.values():
        looker.close()


@pytest.fixture(scope="module")
def found(staged):
    asked = FOUND | {name: sql.format(schema=SLUG) for name, sql in FILING_FOUND.items()}
    return {**staged.told, **{name: str(staged.ask(sql)[0][0]) for name, sql in asked.items()}}


@pytest.mark.parametrize("sight", [*PAGES, *FILING_PAGES], ids=str)
def test_a_page_is_there_accessible_in_its_frame_and_quiet(lookers, staged, found, tmp_path, sight):
    with lookers[PHONE].window(sight.who, sight.slug) as page:
        answer = page.goto(staged.at(sight.slug, sight.path.format(**found)))
        for place in sight.clicks:
            page.locator(place).first.click()
        page.locator("h1:visible").get_by_text(sight.heading.format(**found), exact=True).wait_for()

        wrong = {size: seen for size in (PHONE, DESK) if (seen := seen_at(page, size, answer, sight, found))}

        if wrong:
            page.screenshot(path=tmp_path / "seen.png", full_page=True)
        assert wrong == {}, f"see {tmp_path / 'seen.png'}"


def seen_at(page, size, answer, sight, found):
    """What is wrong with the page in a window of that size; the phone's is the size it was opened in."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return faults(page, answer, sight.heading.format(**found))


def test_a_page_that_is_not_as_it_should_be_is_found_out(lookers, staged):
    """A control: another heading, a lost picture and a wide line are seen."""
    with lookers[PHONE].window(NOBODY, "") as page:
        answer = page.goto(staged.at("", "/"))
        page.evaluate(
            """async () => { document.querySelector('main').append(document.createElement('img'));
            document.querySelector('h1').style.minWidth = '900px'; await fetch('/static/khong-co.png'); }"""
        )

        assert set(faults(page, answer, "Trang khác")) == {"headings", "complaints", "sticking out", "accessibility"}


def test_a_code_that_is_none_is_told_on_a_page_of_its_own(lookers, staged):
    with lookers[PHONE].window(NOBODY, "") as page:
        answer = page.goto(staged.at("", "/xac-minh/khong-phai-ma/"))

        assert answer.status == 404
        assert page.get_by_role("heading", name="Không xác minh được giấy chứng nhận này").is_visible()
        assert serious(page) == []


def marks_of(nation, sheet):
    asked = "SELECT criterion, value::text FROM lamdong.judging_mark WHERE sheet_id = %s"
    return dict(nation.ask(asked, sheet))


def test_a_judge_scores_on_a_phone_locks_and_keeps_the_receipt(lookers, staged):
    with lookers[PHONE].window(STAGE_JUDGE, "lamdong") as page:
        page.goto(staged.at("lamdong", "/cham-diem/"))
        page.locator("ul.rows a").first.click()
        page.wait_for_url("**/cham-diem/*-*/")
        sheet = page.url.split("/")[-2]

        for criterion, (typed, _) in MARKS.items():
            page.locator(f"#diem-{criterion}").fill(typed)
        kept = {criterion: value for criterion, (_, value) in MARKS.items()}
        assert eventually(lambda: marks_of(staged, sheet) == kept), marks_of(staged, sheet)
        assert eventually(lambda: page.evaluate("localStorage.length") == 0)  # nothing waits in this browser any more
        page.reload()

        shown = {criterion: page.locator(f"#diem-{criterion}").input_value() for criterion in MARKS}
        assert shown == {criterion: typed for criterion, (typed, _) in MARKS.items()}
        page.get_by_role("button", name="Khóa phiếu chấm").first.click()
        page.get_by_role("dialog").get_by_role("button", name="Khóa phiếu chấm").click()
        page.get_by_text("Xin giữ mã biên nhận").wait_for()
        receipt = RECEIPT.search(page.locator("main").inner_text()).group().replace(" ", "")
        locked = staged.ask("SELECT receipt_code, state FROM lamdong.judging_sheet WHERE id = %s", sheet)
        assert locked == [(receipt, "locked")]
        assert page.complaints == []


def test_a_council_votes_by_show_of_hands_leaves_one_out_is_asked_once_and_concludes(lookers, staged):
    with lookers[PHONE].window(STAGE_OFFICER, "camau") as page:
        page.goto(staged.at("camau", "/ky-binh-chon/THU-2026/hoi-dong/"))
        for name in ("Sản phẩm 0", "Sản phẩm 2"):
            page.get_by_label(f"Đưa {name} ra biểu quyết").check()
        page.get_by_role("button", name="Mở biểu quyết").click()
        page.get_by_label("Tán thành", exact=True).fill("6")
        page.get_by_label("Không tán thành", exact=True).fill("1")
        page.get_by_role("button", name="Kiểm phiếu, kết thúc biểu quyết").click()
        page.get_by_role("button", name="Ghi lý do không chọn").first.click()
        page.get_by_role("dialog").get_by_label("Sản phẩm 1").check()
        page.get_by_role("dialog").get_by_label("Lý do").fill("Trùng cơ cấu nhóm")
        page.get_by_role("dialog").get_by_role("button", name="Ghi lý do không chọn").click()
        page.get_by_role("button", name="Bế mạc và niêm phong").first.click()
        page.get_by_role("dialog").get_by_role("button", name="Bế mạc và niêm phong").click()
        page.get_by_text("Kết luận của Hội đồng").wait_for()

        chosen = "SELECT e.name FROM camau.councils_selection s JOIN camau.dossiers_entry e ON e.id = s.entry_id"
        selected = staged.ask(f"{chosen} WHERE s.outcome = 'selected' ORDER BY e.name")
        assert selected == [("Sản phẩm 0",), ("Sản phẩm 2",)]
        assert page.complaints == []
