"""A judge on a phone scores ten entries while the line is cut in the middle: every mark arrives, every sheet locks."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from phones import PATIENCE_MS, phone_of, served_province
from stage import scoring

from apps.judging.models import LockedVersion, Mark, Sheet
from apps.judging.states import SheetState

pytestmark = pytest.mark.browser
ENTRIES = 10
SLUG = "chamthu"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
PARTS = [
    {"code": "1.1", "label": "Doanh thu, sản lượng tiêu thụ", "max": "25"},
    {"code": "1.2", "label": "Khả năng mở rộng thị trường", "max": "15"},
]
TYPED = {"C1-1": "20,5", "C1-2": "12.25", "C2": "31", "C3": "8", "C4": "7,5"}
KEPT = {("C1", "1.1"): "20.50", ("C1", "1.2"): "12.25", ("C2", ""): "31.00", ("C3", ""): "8.00", ("C4", ""): "7.50"}


@pytest.fixture
def site(django_db_setup, django_db_blocker, monkeypatch) -> Iterator[int]:
    with served_province(SLUG, django_db_blocker, monkeypatch) as port:
        yield port


@pytest.fixture
def stage(site):
    return scoring(ENTRIES, choices={"parts": {"C1": PARTS}})


def fill(page):
    for key, text in TYPED.items():
        page.locator(f"#diem-{key}").fill(text)
    page.get_by_label("Nhận xét").fill("Khéo, bền, có bản sắc.")


def expect_saved(page):
    from playwright.sync_api import expect

    expect(page.locator("[data-total]")).to_have_text("79,25")
    expect(page.locator("[data-sheet-saved]")).to_have_text("Đã lưu ở máy chủ", timeout=PATIENCE_MS)


def lock(page):
    page.locator("[data-sheet-lock]:enabled").click()
    page.locator("dialog[open]").get_by_role("button", name="Khóa phiếu chấm").click()
    page.get_by_text("Phiếu đã khóa").wait_for()


def turn(page):
    page.locator("[data-sheet-turn=next]").click()


def is_as_typed(sheet):
    marks = {(mark.criterion, mark.part): str(mark.value) for mark in Mark.objects.filter(sheet=sheet)}
    return marks == KEPT and Sheet.objects.get(pk=sheet.pk).remark == "Khéo, bền, có bản sắc."


def wrong_with(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found] + ([f"{wide} px too wide"] if wide > 0 else [])


def score_all(phone, sheets):
    """Sheet by sheet with a thumb; the fifth is typed without a line, the seventh is left before anything was sent."""
    from playwright.sync_api import expect

    for place, sheet in enumerate(sheets):
        if place == 4:
            phone.context.set_offline(True)
        if place == 6:
            phone.route("**/luu/", lambda route: route.abort())
        fill(phone)
        if place in (4, 6):
            expect(phone.locator("[data-sheet-saved]")).to_have_text("Đã lưu ở máy này")
        if place == 4:
            expect(phone.locator("[data-offline]")).to_be_visible()
            phone.context.set_offline(False)
        if place == 6:
            phone.unroute("**/luu/")
            phone.goto(f"/cham-diem/{sheets[place + 1].pk}/")
            expect(phone.locator("[data-leftovers]")).to_be_hidden(timeout=PATIENCE_MS)
            continue
        expect_saved(phone)
        lock(phone)
        if sheet != sheets[-1]:
            turn(phone)


def test_ten_entries_are_scored_on_a_phone_though_the_line_is_cut(site, stage, chromium):
    sheets = list(Sheet.objects.filter(judge__person=stage.judges[0]).order_by("entry__code"))

    with phone_of(stage.judges[0], SLUG, site, chromium) as phone:
        phone.goto(f"/cham-diem/{sheets[0].pk}/")
        wrong = wrong_with(phone)
        score_all(phone, sheets)
        phone.goto(f"/cham-diem/{sheets[6].pk}/")
        expect_saved(phone)
        lock(phone)
        wrong += wrong_with(phone)
        left = phone.evaluate("localStorage.length")
        phone.goto("/cham-diem/")
        wrong += wrong_with(phone)
        told = phone.content()

    assert (wrong, left) == ([], 0)
    assert "Đã xong 10 / 10 phiếu" in told
    assert [is_as_typed(sheet) for sheet in sheets] == [True] * ENTRIES
    own = Sheet.objects.filter(judge__person=stage.judges[0])
    assert set(own.values_list("state", flat=True)) == {SheetState.LOCKED}
    assert LockedVersion.objects.count() == ENTRIES
