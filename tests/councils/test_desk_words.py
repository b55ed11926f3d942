"""The desk of a session says how far an item is, and gives a refused reason back to be mended."""

import re

import pytest
from browsers import at
from chamber import sitting
from stage import MARKS

pytestmark = pytest.mark.usefixtures("in_daklak")
HOME = "/ky-binh-chon/THU-2026/hoi-dong/"


def desk(held, verb, **given):
    client = at("daklak", held.officer)
    sent = {"seen": held.now.version, "item": held.item.pk, "muc": "1"} | given
    return client.post(f"{HOME}lam/{verb}/", sent)


def text(answer):
    return answer.content.decode()


def test_an_item_is_not_done_while_its_vote_is_open_and_no_empty_list_of_votes_stands_there():
    held = sitting(MARKS)
    ballot = held.opened(0)

    running = text(at("daklak", held.officer).get(HOME))
    desk(held, "kiem-phieu", ballot=str(ballot.pk), approve="6", against="1")
    over = text(at("daklak", held.officer).get(HOME))

    assert ("đang xét, chọn 0" in running, "đã xét xong" in running) == (True, False)
    assert "Các lần biểu quyết" not in running
    assert "đã xét xong, chọn 1" in over
    assert "Các lần biểu quyết" in over


@pytest.mark.parametrize(
    ("verb", "dialog"), [("huy-bieu-quyet", "huy-dang-mo"), ("khong-chon", "khong-chon"), ("huy-bieu-quyet", "huy-1")]
)
def test_a_dialog_whose_reason_is_refused_opens_again_with_what_was_typed(verb, dialog):
    held = sitting()
    ballot = held.voted(0) if dialog == "huy-1" else held.opened(0) if dialog == "huy-dang-mo" else None
    chosen = str(held.stage.entries[1].pk)

    given = {"ballot": str(ballot.pk)} if ballot else {"entries": [chosen]}
    answer = text(desk(held, verb, **given, reason="  ", **{"hop-thoai": dialog}))

    assert re.findall(r'<dialog[^>]*id="([^"]+)"[^>]* data-opened', answer) == [dialog]
    assert re.search(rf'id="{dialog}-loi">.*?<span>[^<]*lý do', answer, re.DOTALL)
    assert f'aria-describedby="{dialog}-loi"' in answer
    if ballot is None:
        assert f'value="{chosen}" checked' in answer


def test_a_refusal_of_something_else_opens_no_dialog():
    held = sitting()
    held.opened(0)

    assert "data-opened" not in text(desk(held, "ghi-y-kien", text=" "))
