"""Renew the pictures of the main pages from the running demo: `make run` in one window, `make screenshots` in another.

Needs Debian's chromium; signs in with the demo's own password.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from apps.demo.logins import OFFICER, OWNER, PASSWORD

HERE = Path(__file__).parent
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
TALL = {"width": 1366, "height": 1080}  # for work that stands below the head of its page
BROWSER = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP *.localhost 127.0.0.1"],
}


def main(port: int) -> None:
    """Visit each main page as the person it is for, and keep what is seen first."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        at = lambda slug, path: f"http://{slug}localhost:{port}{path}"  # noqa: E731
        desk, phone = (browser.new_page(viewport=size) for size in (DESK, PHONE))
        keep(desk, at("", "/"), "danh-ba")
        keep(phone, at("khanhhoa.", "/ket-qua/KHA-2023/"), "ket-qua-cong-khai")
        sign_in(desk, at("khanhhoa.", ""), OFFICER)
        keep(desk, at("khanhhoa.", "/ky-binh-chon/KHA-2023/"), "ban-dieu-hanh")
        keep(desk, at("khanhhoa.", "/ky-binh-chon/KHA-2023/ket-qua-cham/"), "ket-qua-cham")
        sign_in(desk, at("daklak.", ""), OFFICER)
        desk.set_viewport_size(TALL)
        keep(desk, at("daklak.", "/kiem-tra/?ky=DLK-2026"), "ban-kiem-tra")
        desk.click("tbody a >> nth=2")
        keep(desk, desk.url, "kiem-tra-ho-so")
        desk.set_viewport_size(DESK)
        sign_in(phone, at("daklak.", ""), OWNER)
        keep(phone, at("daklak.", "/ho-so/"), "ho-so-cua-co-so")
        sign_out(phone)
        sign_in(phone, at("daklak.", ""), "giamkhao1")
        phone.goto(at("daklak.", "/cham-diem/"))
        phone.click("ul.rows a >> nth=0")
        keep(phone, phone.url, "phieu-cham")
        sign_in(desk, at("quocgia.", ""), OFFICER)
        desk.goto(at("quocgia.", "/de-cu/"))
        keep(desk, desk.url, "hop-nhan-de-cu")
        browser.close()


def sign_in(page: Page, host: str, login: str) -> None:
    page.goto(f"{host}/tai-khoan/dang-nhap/")
    page.fill("[name=username]", login)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đăng xuất")


def sign_out(page: Page) -> None:
    page.click("text=Đăng xuất")
    page.wait_for_load_state()


def keep(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
