"""A judge fills a sheet box by box; what two tabs or two machines wrote at once is never overwritten silently."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Person
from apps.judging.access import assigned_sheets, has_conflict
from apps.judging.frame import SheetLine, lines_for
from apps.judging.models import Mark, Sheet
from apps.judging.queries import plain
from apps.judging.queries.ending import scoring_ended_at
from apps.judging.states import SheetState
from apps.rounds.states import Capability
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.canonical import canonical_json
from tieubieu.lib.text import nfc
from tieubieu.ui.words import moment

LONGEST_REMARK = 4000
HUNDREDTH = Decimal("0.01")
UNSEEN: Any = object()  # the caller does not say what stood in the box when typing began


class ChangedElsewhere(WrongState):
    """Somebody wrote the same box since the page was read; nothing was overwritten. `there` is what stands now."""

    code = "changed_elsewhere"

    def __init__(self, there: Decimal | str | None, version: int) -> None:
        super().__init__("Phiếu này vừa được sửa ở nơi khác. Xin tải lại để thấy điểm mới nhất trước khi sửa tiếp.")
        self.there = there
        self.version = version


class ScoringOver(WrongState):
    """The judge came after the end: of all scoring, or of theirs because they were marked absent."""

    code = "scoring_over"

    def __init__(self, sheet: Sheet) -> None:
        ended_at = scoring_ended_at(sheet)
        when = f" lúc {moment(timezone.localtime(ended_at))}" if ended_at else ""
        what = "Phiếu này đã được ghi là vắng" if sheet.state == SheetState.ABSENT else "Chấm điểm đã đóng"
        super().__init__(
            f"{what}{when}. Điểm vừa ghi không được tính; hệ thống giữ làm bản nháp riêng của thành viên, xem ở cuối"
            " phiếu."
        )
        self.sheet = sheet


@transaction.atomic
def save_mark(
    sheet_id: UUID, key: str, value: Decimal | None, *, version: int, actor: Person, base: Decimal | None = UNSEEN
) -> Sheet:
    """Save one box of a draft sheet. `version` is the one the judge last saw, `base` what stood in this box then.

    With `base` two tabs may fill different boxes; without it any save in between stands in the way. Raises
    `ChangedElsewhere` (409) then, `DomainError` for a value the form does not allow.
    """
    sheet = lock_own_sheet(sheet_id, actor)
    line = line_of(lines_of(sheet), key)
    found = sheet.marks.filter(criterion=line.criterion, part=line.part).first()
    there = found.value if found else None
    if is_to_be_written(line, value, there=there, present=sheet.version, version=version, base=base):
        _write(sheet, [(line, value)])
    return sheet


@transaction.atomic
def save_remark(sheet_id: UUID, text: str, *, version: int, actor: Person, base: str = UNSEEN) -> Sheet:
    """Save the remark (nhận xét) of a draft sheet, under the same rules as a mark."""
    sheet = lock_own_sheet(sheet_id, actor)
    remark = remark_to_write(text, there=sheet.remark, present=sheet.version, version=version, base=base)
    if remark is not None:
        sheet.remark = remark
        _write(sheet, [])
    return sheet


@transaction.atomic
def save_marks(sheet_id: UUID, marks: Mapping[str, Decimal | None], *, remark: str, actor: Person) -> Sheet:
    """Save a whole draft sheet at once; `marks` by the keys of the sheet's lines."""
    sheet = lock_own_sheet(sheet_id, actor)
    sheet.remark = clean_remark(remark)
    lines = lines_of(sheet)
    given = [(line_of(lines, key), value) for key, value in marks.items()]
    for line, value in given:
        require_legal(line, value)
    _write(sheet, given)
    return sheet


def lines_of(sheet: Sheet) -> list[SheetLine]:
    """The boxes of the sheet: the round's frozen frame for the entry's product group."""
    return lines_for(sheet.entry.round.rules, sheet.entry.group)


def marks_of(sheet: Sheet) -> dict[str, Decimal | None]:
    """What stands in each box of the sheet, by its key; a box that was never touched is not there."""
    kept = {(mark.criterion, mark.part): mark.value for mark in sheet.marks.all()}
    places = {line.key: (line.criterion, line.part) for line in lines_of(sheet)}
    return {key: kept[place] for key, place in places.items() if place in kept}


def lock_own_sheet(sheet_id: UUID, actor: Person) -> Sheet:
    """The row lock for a judge's own open sheet; anybody else's sheet does not exist for them, nor one on which they
    have a conflict of interest.

    Raises `ScoringOver` after the end, `WrongState` for a locked sheet.
    """
    sheet = (
        assigned_sheets()
        .select_for_update(no_key=True, of=("self",))
        .select_related("entry__round", "judge")
        .filter(~has_conflict(actor, entry="entry__"))
        .get(pk=sheet_id, judge__person=actor)
    )
    if sheet.state == SheetState.ABSENT or not sheet.entry.round.may(Capability.SCORE):
        raise ScoringOver(sheet)
    if sheet.state != SheetState.DRAFT:
        raise WrongState("Phiếu đã khóa hoặc không còn được chấm.", state=sheet.state)
    return sheet


def line_of(lines: Iterable[SheetLine], key: str) -> SheetLine:
    """The box of that key; raises `DomainError` when the sheet has none."""
    found = next((line for line in lines if line.key == key), None)
    if found is None:
        raise DomainError(f"Không có tiêu chí {key[:20]} trên phiếu này.", criterion=key)
    return found


def is_to_be_written(
    line: SheetLine,
    value: Decimal | None,
    *,
    there: Decimal | None,
    present: int,
    version: int,
    base: Decimal | None = UNSEEN,
) -> bool:
    """Whether the box, which holds `there` on a sheet at version `present`, is to hold something else.

    What stands there already came with an earlier save whose answer got lost on the way. Raises `DomainError` for a
    value the form does not allow, `ChangedElsewhere` when the writer saw something else.
    """
    require_legal(line, value)
    if there == value:
        return False
    require_unchanged(present, there, base, version)
    return True


def remark_to_write(text: object, *, there: str, present: int, version: int, base: object = UNSEEN) -> str | None:
    """The remark in one spelling, or None when it stands there already; raises as `is_to_be_written` does."""
    remark = clean_remark(text)
    if there == remark:
        return None
    require_unchanged(present, there, base if base is UNSEEN else clean_remark(base), version)
    return remark


def require_complete(lines: Iterable[SheetLine], marks: Mapping[str, Decimal | None]) -> None:
    """Raise `DomainError`, which names the boxes, while one of them is empty."""
    missing = [line.part or line.criterion for line in lines if marks.get(line.key) is None]
    if missing:
        raise DomainError(f"Còn tiêu chí chưa chấm: {', '.join(missing)}. Xin chấm đủ rồi khóa phiếu.", missing=missing)


def require_legal(line: SheetLine, value: Decimal | None) -> None:
    """Raise `DomainError` for a mark outside the line's maximum (Phụ lục 4) or finer than a hundredth."""
    if value is None:
        return
    what = f"Điểm nội dung {line.part}" if line.part else f"Điểm tiêu chí {line.criterion}"
    if not 0 <= value <= line.most:
        raise DomainError(
            f"{what} phải từ 0 đến {_shown(line.most)}; đã nhập {_shown(value)}.",
            criterion=line.key,
        )
    if value != value.quantize(HUNDREDTH):
        raise DomainError(f"{what} chỉ có tối đa hai chữ số sau dấu phẩy.", criterion=line.key)


def require_unchanged(present: int, there: Decimal | str | None, base: object, version: int) -> None:
    """Raise `ChangedElsewhere` when the box does not hold what the writer saw: `base`, or the sheet at `version`."""
    if (present != version) if base is UNSEEN else (there != base):
        raise ChangedElsewhere(there, present)


def receipt(of: Mapping[str, UUID], *, nonce: str, scores: Mapping[str, str], remark: str) -> str:
    """SHA-256 over nonce and content: a commitment the judge can check after publication. `of` names what was locked:
    `{"sheet": its id}`."""
    named = {kind: str(pk) for kind, pk in of.items()}
    content = {"nonce": nonce, **named, "scores": dict(scores), "remark": remark}
    return hashlib.sha256(canonical_json(content)).hexdigest()


def clean_remark(text: object) -> str:
    """The remark in one spelling; raises `DomainError` when it is no text or too long."""
    if not isinstance(text, str) or "\x00" in text:
        raise DomainError("Nhận xét có ký tự không ghi được; xin nhập lại.")
    remark = nfc(text).replace("\r\n", "\n")
    if len(remark) > LONGEST_REMARK:
        raise DomainError(f"Nhận xét dài {len(remark)} ký tự; xin rút gọn còn nhiều nhất {LONGEST_REMARK} ký tự.")
    return remark


def put_marks(sheet: Sheet, marks: Mapping[str, Decimal | None]) -> None:
    """Write marks that were checked, by key. The caller holds the sheet's lock."""
    lines = lines_of(sheet)
    _write(sheet, [(line_of(lines, key), value) for key, value in marks.items()])


def _write(sheet: Sheet, marks: Sequence[tuple[SheetLine, Decimal | None]]) -> None:
    Mark.objects.bulk_create(
        [Mark(sheet=sheet, criterion=line.criterion, part=line.part, value=value) for line, value in marks],
        update_conflicts=True,
        unique_fields=["sheet", "criterion", "part"],
        update_fields=["value"],
    )
    sheet.version += 1
    sheet.save(update_fields=["version", "remark"])


def _shown(value: Decimal) -> str:
    return plain(value).replace(".", ",")
