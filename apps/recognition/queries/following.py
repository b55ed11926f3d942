"""What follows from a result that was computed anew: who moves, and what people then have to do."""

from collections.abc import Sequence

from apps.councils.models import Outcome
from apps.recognition.models import Complaint
from apps.recognition.queries.complaints import Shift, shifts
from apps.recognition.queries.results import scored_entries, selection_of


def shifts_for(complaint: Complaint, *, sees_all: bool) -> list[Shift]:
    """Who stands otherwise. A reader who may not know every entry of the round sees the complaint's own alone, for a
    rank among the others would tell of what is hidden."""
    found = shifts(complaint)
    if sees_all or not found:
        return found
    own = {entry.code for entry in scored_entries(complaint.entry)}
    return [_without_rank(one) for one in found if one.code in own]


def consequences(complaint: Complaint, moved: Sequence[Shift]) -> list[str]:
    """What is to be done by people, in sentences; the platform changes no list, decision or certificate by itself."""
    if complaint.revised is None or complaint.revised == complaint.base:
        return []
    own = {entry.code for entry in scored_entries(complaint.entry)}
    selection = selection_of(complaint.entry)
    is_selected = selection is not None and selection.outcome == Outcome.SELECTED
    found = [_crossing(one, is_selected=is_selected) for one in moved if one.is_crossing and one.code in own]
    if any(one.code not in own for one in moved):
        found.append("Thứ hạng của hồ sơ khác thay đổi theo; Hội đồng xem có ảnh hưởng đến danh sách được chọn không.")
    last = "Hệ thống không tự sửa danh sách, quyết định hay giấy chứng nhận đã cấp."
    return [*found, f"Thay đổi danh sách được công nhận thì cần quyết định bổ sung của cấp có thẩm quyền. {last}"]


def _crossing(one: Shift, *, is_selected: bool) -> str:
    if one.after["passed"]:
        return f"{one.code} nay đạt điểm: Hội đồng họp xét chọn bổ sung, rồi trình quyết định công nhận bổ sung."
    if is_selected:
        return f"{one.code} nay không đủ điểm mà đang được công nhận: trình cấp có thẩm quyền xem xét lại quyết định."
    return f"{one.code} nay không đủ điểm."


def _without_rank(one: Shift) -> Shift:
    hidden = {"rank": None, "tied": False}
    return Shift(one.code, one.name, {**one.before, **hidden}, {**one.after, **hidden})
