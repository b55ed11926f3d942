"""Windows of one size on the served nation, and everything that can be wrong with a page at one look."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from demo_pages import Login
from nation import Nation

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": RULES}
PATIENCE_MS = 90_000  # a machine may be busy; what is asked is whether a thing comes, not how soon
STICKING_OUT = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""


@dataclass
class Looker:
    """A browser of one size. Each person signs in once; each look is a fresh page that hears no other's noise."""

    browser: Any
    nation: Nation
    size: tuple[int, int]
    contexts: dict[tuple[str, str], Any] = field(default_factory=dict)

    @contextmanager
    def window(self, who: Login, slug: str) -> Iterator[Any]:
        """A page on a host, signed in as somebody; `page.complaints` is what the browser had to say against it."""
        page = self._context(who, slug).new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda told: _listen(page, told))
        yield page
        page.close()

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()

    def _context(self, who: Login, slug: str) -> Any:
        if (who, slug) not in self.contexts:
            width, height = self.size
            made = self.browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
            made.set_default_timeout(PATIENCE_MS)
            if who.name:
                _sign_in(made.new_page(), self.nation.at(slug), who)
            self.contexts[who, slug] = made
        return self.contexts[who, slug]


def faults(page: Any, answer: Any, heading: str) -> dict[str, Any]:
    """What is wrong with a page as it stands there now, by name; nothing when it is as it should be."""
    page.evaluate("document.fonts.ready.then(() => true)")
    headings = [text.strip() for text in page.locator("h1:visible").all_inner_texts()]
    found = {
        "status": answer.status if answer.status != 200 else None,
        "headings": headings if headings != [heading] else None,
        "complaints": page.complaints,
        "sticking out": page.evaluate(STICKING_OUT) if _is_too_wide(page) else None,
        "accessibility": violations(page),
    }
    return {name: fault for name, fault in found.items() if fault}


def serious(page: Any) -> list[tuple[str, str, str]]:
    return [one for one in violations(page) if one[1] in ("serious", "critical")]


def violations(page: Any) -> list[tuple[str, str, str]]:
    """Every rule of axe that the page breaks, with its weight and the first place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    answer = page.evaluate("asked => axe.run(asked)", OPTIONS)
    return [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in answer["violations"]]


def _is_too_wide(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def _listen(page: Any, told: Any) -> None:
    # Warnings are not heard: on a busy machine the browser gives some about its own slowness.
    if told.type == "error":
        page.complaints.append(told.text)


def _sign_in(page: Any, host: str, who: Login) -> None:
    page.goto(f"{host}tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(who.name)
    page.get_by_label("Mật khẩu").fill(who.password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Đăng xuất").wait_for(state="attached")
    page.close()
