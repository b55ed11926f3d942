"""A council meets on two phones and at one desk; a member leaves, voting stops, and goes on when one returns.

Every page on the way is held against all of axe's rules and against its own width.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from demo_pages import STAGE_OFFICER, Login
from looking import Looker, violations
from nation import Nation, eventually

pytestmark = pytest.mark.browser
SLUG, HOME = "langson", "/ky-binh-chon/THU-2026/hoi-dong/"
PHONE, DESK = (360, 740), (1366, 768)
FIRST, SECOND = (Login(f"hoi-dong-{seat}", STAGE_OFFICER.password) for seat in (1, 2))
CHOSEN = """SELECT e.name, s.outcome, s.votes_for FROM {0}.councils_selection s
    JOIN {0}.dossiers_entry e ON e.id = s.entry_id ORDER BY e.name"""

THIRD = """UPDATE {0}.councils_voter SET choice = 'approve'
    WHERE id = (SELECT id FROM {0}.councils_voter WHERE choice = '' LIMIT 1)"""


@dataclass
class Chamber:
    nation: Nation
    desk: Any
    phones: list[Any]
    faults: dict[str, list[Any]] = field(default_factory=dict)

    def at(self, path: str) -> str:
        return self.nation.at(SLUG, path)

    def look(self, page: Any, name: str) -> None:
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = [*violations(page), *([f"{width} px too wide"] if width > 0 else [])]
        if found:
            self.faults[name] = found

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.nation.ask(sql.format(SLUG))


@pytest.fixture(scope="module")
def chamber(browser: Any, served_nation: Nation) -> Iterator[Chamber]:
    served_nation.play([("scored", SLUG, "20")], entries=2)
    small, large = Looker(browser, served_nation, PHONE), Looker(browser, served_nation, DESK)
    with ExitStack() as windows:
        phones = [windows.enter_context(small.window(who, SLUG)) for who in (FIRST, SECOND)]
        desk = windows.enter_context(large.window(STAGE_OFFICER, SLUG))
        yield Chamber(served_nation, desk, phones)
    small.close()
    large.close()


def test_a_session_stops_below_its_quorum_goes_on_and_is_sealed(chamber: Chamber):
    phones_wait(chamber)
    five_members_open_the_session(chamber)
    a_vote_opens_on_the_phones(chamber)
    a_member_leaves_and_voting_stops(chamber)
    the_member_returns_and_the_vote_is_counted(chamber)
    the_session_is_sealed(chamber)

    assert chamber.faults == {}
    assert [page.complaints for page in (chamber.desk, *chamber.phones)] == [[], [], []]


def phones_wait(chamber: Chamber) -> None:
    for phone in chamber.phones:
        phone.goto(chamber.at(f"{HOME}theo-doi/"))
        phone.get_by_text("Phiên họp chưa khai mạc").wait_for()
    chamber.look(chamber.phones[0], "phone before the session")


def five_members_open_the_session(chamber: Chamber) -> None:
    desk = chamber.desk
    desk.goto(chamber.at(HOME))
    chamber.look(desk, "desk before the session")
    for box in desk.locator("input[name=present]").all()[:5]:
        box.check()
    desk.get_by_label("Từng thành viên bỏ phiếu trên điện thoại").check()
    desk.get_by_role("button", name="Khai mạc phiên họp").click()
    desk.get_by_role("heading", name="Thành phần dự họp").wait_for()
    chamber.look(desk, "desk in session")
    for phone in chamber.phones:  # by itself
        phone.get_by_text("Chưa có biểu quyết nào đang mở").wait_for()
    chamber.look(chamber.phones[0], "phone in session")


def a_vote_opens_on_the_phones(chamber: Chamber) -> None:
    for name in ("Sản phẩm 0", "Sản phẩm 1"):
        chamber.desk.get_by_label(f"Đưa {name} ra biểu quyết").check()
    chamber.desk.get_by_role("button", name="Mở biểu quyết").click()
    chamber.desk.get_by_role("button", name="Kiểm phiếu, kết thúc biểu quyết").wait_for()
    chamber.look(chamber.desk, "desk with a vote")
    first = chamber.phones[0]
    first.get_by_role("button", name="Tán thành", exact=True).wait_for()
    chamber.look(first, "phone with a vote")
    first.get_by_role("button", name="Tán thành", exact=True).click()
    first.get_by_text("Đổi được đến khi kiểm phiếu").wait_for()
    chamber.look(first, "phone that voted")


def a_member_leaves_and_voting_stops(chamber: Chamber) -> None:
    desk, (first, second) = chamber.desk, chamber.phones
    second.get_by_role("button", name="Tán thành", exact=True).wait_for()
    desk.get_by_role("button", name="Ghi Hoi-Dong-4 rời họp").click()
    desk.get_by_role("button", name="Ghi Hoi-Dong-4 vào họp").wait_for()
    desk.get_by_text("có mặt 4/7, cần ít nhất 5").first.wait_for()
    chamber.look(desk, "desk below the quorum")
    second.get_by_text("Dừng biểu quyết").wait_for()  # by itself
    assert second.locator("[name=choice]").count() == 0
    chamber.look(second, "phone below the quorum")
    first.get_by_text("Phiếu đã bỏ (Tán thành) vẫn được giữ").wait_for()
    desk.get_by_role("button", name="Kiểm phiếu, kết thúc biểu quyết").click()
    desk.get_by_text("Chưa ghi nhận được").wait_for()
    assert chamber.ask("SELECT state FROM {0}.councils_ballot") == [("open",)]
    # The browser says of every refusal that the server answered with it.
    desk.complaints[:] = [told for told in desk.complaints if "409" not in told]


def the_member_returns_and_the_vote_is_counted(chamber: Chamber) -> None:
    desk, (_, second) = chamber.desk, chamber.phones
    desk.get_by_role("button", name="Ghi Hoi-Dong-4 vào họp").click()
    desk.get_by_role("button", name="Ghi Hoi-Dong-4 rời họp").wait_for()
    second.get_by_role("button", name="Tán thành", exact=True).click()  # back by itself
    second.get_by_text("Đổi được đến khi kiểm phiếu").wait_for()
    chamber.ask(THIRD)  # a third member, whose phone is not in this test
    desk.get_by_role("button", name="Kiểm phiếu, kết thúc biểu quyết").click()
    desk.get_by_text("Được thông qua").first.wait_for()
    chamber.look(desk, "desk after the vote")


def the_session_is_sealed(chamber: Chamber) -> None:
    desk = chamber.desk
    desk.get_by_role("button", name="Bế mạc và niêm phong").first.click()
    chamber.look(desk, "desk asking before it seals")
    desk.get_by_role("dialog").get_by_role("button", name="Bế mạc và niêm phong").click()
    desk.get_by_text("Đã bế mạc").first.wait_for()
    assert chamber.ask(CHOSEN) == [("Sản phẩm 0", "selected", 3), ("Sản phẩm 1", "selected", 3)]
    chamber.phones[1].get_by_text("Phiên họp đã bế mạc").wait_for()  # by itself
    chamber.look(chamber.phones[1], "phone after the session")
    assert eventually(lambda: chamber.ask("SELECT document_id IS NOT NULL FROM {0}.councils_session") == [(True,)])
    desk.goto(chamber.at(HOME))
    desk.get_by_role("link", name="Mở biên bản (PDF)").wait_for()
    chamber.look(desk, "sealed session")
