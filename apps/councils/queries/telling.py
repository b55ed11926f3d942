"""What happened, one sentence an act: the same words on the page and in the minutes."""

from collections.abc import Callable
from typing import Any

from apps.councils.events import CouncilEvent
from apps.councils.models import SessionAct, Way


def sentence_of(act: SessionAct) -> str:
    """The act as the minutes tell it; "" for what they leave out, as each single vote cast."""
    tell = TELLING.get(CouncilEvent(act.kind))
    return tell(act, act.facts) if tell else ""


def _convened(_: SessionAct, facts: dict[str, Any]) -> str:
    return (
        f"Khai mạc, có mặt {len(facts['present'])} thành viên. Chủ tọa: {facts['chair']}; thư ký: {facts['secretary']}."
        f" Cách biểu quyết: {Way(facts['way']).label.lower()}."
    )


def _opened(act: SessionAct, facts: dict[str, Any]) -> str:
    about = ", ".join(facts["codes"]) or (act.item.title if act.item else "")
    tier = f", mức {facts['tier']}" if facts["tier"] else ""
    away = f"; không tham gia do xung đột lợi ích: {', '.join(facts['recused'])}" if facts["recused"] else ""
    return f"Mở biểu quyết số {_number(act)} về {about}{tier}; {facts['entitled']} thành viên được biểu quyết{away}."


def _closed(act: SessionAct, facts: dict[str, Any]) -> str:
    silent = f", {facts['silent']} không bỏ phiếu" if facts["silent"] else ""
    adopted = "được thông qua" if facts["adopted"] else "không được thông qua"
    return (
        f"Kiểm phiếu biểu quyết số {_number(act)}: {facts['approve']} tán thành, {facts['against']} không tán thành,"
        f" {facts['abstain']} không biểu quyết{silent}; {adopted}."
    )


def _number(act: SessionAct) -> int:
    return act.ballot.number if act.ballot else 0


def _who(act: SessionAct) -> str:
    return act.member.person.full_name if act.member else ""


def _item(act: SessionAct) -> int:
    return act.item.number if act.item else 0


TELLING: dict[CouncilEvent, Callable[[SessionAct, dict[str, Any]], str]] = {
    CouncilEvent.CONVENED: _convened,
    CouncilEvent.ARRIVED: lambda act, facts: f"{_who(act)} vào họp ({facts['room']}).",
    CouncilEvent.LEFT: lambda act, facts: f"{_who(act)} rời phiên họp ({facts['room']}).",
    CouncilEvent.CHAIR_NAMED: lambda act, facts: f"Giao {_who(act)} làm chủ tọa.",
    CouncilEvent.SECRETARY_NAMED: lambda act, facts: f"Giao {facts['secretary']} làm thư ký.",
    CouncilEvent.ITEM_ADDED: lambda act, facts: f"Thêm nội dung {_item(act)}: {facts['title']}.",
    CouncilEvent.NOTED: lambda act, facts: f"Thảo luận nội dung {_item(act)}: {facts['text']}",
    CouncilEvent.BALLOT_OPENED: _opened,
    CouncilEvent.BALLOT_CLOSED: _closed,
    CouncilEvent.BALLOT_ANNULLED: lambda act, facts: f"Hủy biểu quyết số {_number(act)}. Lý do: {facts['reason']}",
    CouncilEvent.LEFT_OUT: lambda act, facts: f"Không chọn {', '.join(facts['codes'])}. Lý do: {facts['reason']}",
    CouncilEvent.CONCLUDED: lambda act, facts: f"Bế mạc phiên họp; {facts['count']} sản phẩm được chọn.",
}
