"""The facility workbook: read what an officer filled in, hand back what could not be used, write the register out."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from python_calamine import CalamineError, CalamineWorkbook

from apps.facilities.likeness import Pair
from apps.facilities.models import FIGURES, CraftVillage, Facility, FacilityAgent, FacilityYear, SizeLimits
from apps.facilities.queries import Ground
from apps.facilities.records import Taking
from apps.facilities.states import Standing
from tieubieu.errors import DomainError
from tieubieu.lib.text import fold, nfc
from tieubieu.spreadsheets import Table, write_table, write_tables
from tieubieu.ui import states
from tieubieu.ui.words import day

FACILITY: dict[str, str] = {
    "name": "Tên cơ sở",
    "kind": "Loại hình",
    "tax_code": "Mã số thuế",
    "commune_code": "Xã, phường, đặc khu",
    "address": "Địa chỉ",
    "representative": "Người đại diện",
    "contact_name": "Người liên hệ",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "website": "Trang thông tin điện tử",
}
YEAR: dict[str, str] = {
    "year": "Năm số liệu",
    "revenue": "Doanh thu (triệu đồng)",
    "workers": "Lao động (người)",
    "taxes": "Nộp ngân sách (triệu đồng)",
    "exports": "Xuất khẩu (triệu đồng)",
}
COLUMNS = FACILITY | YEAR
ALSO_CALLED = {"ma xa, phuong, dac khu": "commune_code"}
TOLD = ["Làng nghề", "Tình trạng", "Là cơ sở CNNT", "Lý do"]
REQUIRED = ("name", "kind", "tax_code", "address")
REASON = "Lý do chưa nhập được"
MOST_ROWS = 5000
# Below the last row that may count there may be thousands that only a format makes exist.
MOST_READ = 20_000


class WorkbookRefused(DomainError):
    """The file as a whole cannot be read; the text says what to do."""

    code = "workbook_refused"


@dataclass(frozen=True)
class SheetRow:
    """A row as typed; `line` is its number in the workbook, from 2."""

    line: int
    values: Mapping[str, str]


def read_workbook(data: bytes) -> list[SheetRow]:
    """Read the first sheet of a proven workbook; raise `WorkbookRefused` for one that lacks a column or rows."""
    table = _table(data)
    if not table:
        raise WorkbookRefused("Bảng tính không có dòng nào. Xin dùng tệp mẫu và điền từ dòng 2.")
    places = _places(table[0])
    rows = [
        SheetRow(line, {field: _text(row[place]) for field, place in places.items() if place < len(row)})
        for line, row in enumerate(table[1:], start=2)
        if any(_text(cell) for cell in row)
    ]
    if not rows:
        raise WorkbookRefused("Bảng tính chưa có dòng nào dưới dòng tiêu đề. Xin điền từ dòng 2 rồi tải lên lại.")
    if len(rows) > MOST_ROWS:
        raise WorkbookRefused(f"Bảng tính có {len(rows)} dòng; mỗi lần nhập tối đa {MOST_ROWS} dòng.")
    return rows


def blank_workbook() -> bytes:
    """The workbook to fill in."""
    return write_table(Table("Cơ sở", list(COLUMNS.values()), []))


def returned_workbook(refused: Sequence[tuple[SheetRow, str]]) -> bytes:
    """The refused rows as typed, each with its reason, ready to be mended and sent again."""
    rows = [[*(row.values.get(field, "") for field in COLUMNS), reason] for row, reason in refused]
    return write_table(Table("Cơ sở", [*COLUMNS.values(), REASON], rows))


def preview_workbook(
    new: Iterable[SheetRow], same: Iterable[SheetRow], different: Iterable[Sequence[object]],
    refused: Iterable[tuple[SheetRow, str]],
) -> bytes:  # fmt: skip
    """All rows of an upload before anything is confirmed: a sheet for each of the four ways a row can go."""
    heads = ["Dòng", *COLUMNS.values()]
    return write_tables(
        Table("Cơ sở mới", heads, [_as_typed(row) for row in new]),
        Table("Đã có, giống hệt", heads, [_as_typed(row) for row in same]),
        Table("Đã có, khác bảng tính", ["Dòng", "Cơ sở", "Khác ở", "Đang có", "Trong bảng tính"], list(different)),
        Table("Chưa nhập được", [*heads, REASON], [[*_as_typed(row), reason] for row, reason in refused]),
    )


def waiting_workbook(proposed: Iterable[Facility], asking: Iterable[FacilityAgent], ground: Ground) -> bytes:
    """What waits for approval: facilities that proposed themselves, and people who ask to act for one."""
    agent_heads = ["Người đề nghị", "Điện thoại", "Thư điện tử", "Tư cách", "Cơ sở", "Mã số thuế", "Đề nghị lúc"]
    facilities = [[*_typed(facility, ground), facility.created_at] for facility in proposed]
    agents = [
        [
            agent.person.full_name,
            agent.person.phone,
            agent.person.email,
            agent.get_kind_display(),
            agent.facility.name,
            agent.facility.tax_code,
            agent.asked_at,
        ]
        for agent in asking
    ]
    return write_tables(
        Table("Cơ sở tự đăng ký", [*FACILITY.values(), "Đăng ký lúc"], facilities),
        Table("Người đề nghị", agent_heads, agents),
    )


def facility_workbook(years: Iterable[FacilityYear], takings: Iterable[Taking]) -> bytes:
    """One facility: its yearly figures, newest first, and what it took part in, as far as the reader may know."""
    taken = [
        [one.name, one.round_name, one.year, _word("entry", one.state), one.result, _word("certificate", one.held)]
        for one in takings
    ]
    heads = ["Sản phẩm", "Kỳ bình chọn", "Năm", "Hồ sơ", "Kết quả", "Giấy chứng nhận"]
    return write_tables(
        Table("Số liệu hằng năm", list(YEAR.values()), [_figures(row) for row in years]),
        Table("Đã dự bình chọn", heads, taken),
    )


def register_workbook(facilities: Iterable[Facility], ground: Ground, latest: Mapping[UUID, FacilityYear]) -> bytes:
    """The facility register in the columns it is read in, and what the platform says of each."""
    rows = [[*_typed(f, ground), *_figures(latest.get(f.pk)), *_told(f, ground)] for f in facilities]
    return write_table(Table("Cơ sở", [*COLUMNS.values(), *TOLD], rows))


def villages_workbook(villages: Iterable[CraftVillage], ground: Ground) -> bytes:
    """The list of recognised craft villages."""
    heads = ["Tên làng nghề", "Xã, phường, đặc khu", "Quyết định", "Công nhận ngày", "Thôi công nhận từ ngày"]
    rows = [
        [v.name, _unit(v.commune_code, ground), v.decision, day(v.recognised_on), day(v.ended_on) if v.ended_on else ""]
        for v in villages
    ]
    return write_table(Table("Làng nghề", heads, rows))


def limits_workbook(limits: Iterable[SizeLimits]) -> bytes:
    """The limits of a company's size that were written here, a line for each size."""
    heads = [
        "Căn cứ", "Áp dụng từ ngày", "Đến hết ngày", "Quy mô", "Lao động (người)", "Doanh thu (triệu đồng)",
        "Nguồn vốn (triệu đồng)", "Tình trạng", "Người ghi",
    ]  # fmt: skip
    rows = [
        [
            one.basis, day(one.effective_from), day(one.effective_to) if one.effective_to else "", size["name"],
            size["workers"], Decimal(size["revenue"]), Decimal(size["capital"]), _word("limits", one.word),
            str(one.written_by),
        ]
        for one in limits
        for size in one.sizes
    ]  # fmt: skip
    return write_table(Table("Mức quy mô doanh nghiệp", heads, rows))


def twins_workbook(pairs: Iterable[Pair], facilities: Mapping[Any, Facility]) -> bytes:
    """The pairs that look like one facility, to be checked away from the screen."""
    heads = ["Cơ sở thứ nhất", "Mã số thuế", "Địa chỉ", "Cơ sở thứ hai", "Mã số thuế", "Địa chỉ", "Vì sao"]
    rows = []
    for pair in pairs:
        first, second = facilities[pair.first.key], facilities[pair.second.key]
        told = [text for f in (first, second) for text in (f.name, f.tax_code, f.address)]
        rows.append([*told, ", ".join(pair.reasons)])
    return write_table(Table("Cơ sở có thể trùng", heads, rows))


def _as_typed(row: SheetRow) -> list[object]:
    return [row.line, *(row.values.get(field, "") for field in COLUMNS)]


def _word(subject: str, state: str) -> str:
    return states.find(state, subject).word if state else ""


def _typed(facility: Facility, ground: Ground) -> list[object]:
    own = {"kind": facility.get_kind_display(), "commune_code": _unit(facility.commune_code, ground)}
    return [own.get(field, getattr(facility, field)) for field in FACILITY]


def _told(facility: Facility, ground: Ground) -> list[object]:
    found, village = ground.eligibility_of(facility), facility.craft_village
    return [
        village.name if village else "",
        Standing(facility.standing).label,
        "Có" if found.is_eligible else "Chưa",
        found.reason,
    ]


def _figures(row: FacilityYear | None) -> list[object]:
    return [row.year, *(getattr(row, name) for name in FIGURES)] if row else [""] * len(YEAR)


def _unit(code: str, ground: Ground) -> str:
    return ground.units[code].full_name if code in ground.units else code


def _table(data: bytes) -> list[list[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [list(row) for row in book.get_sheet_by_index(0).to_python(nrows=MOST_READ)]
    except (CalamineError, ValueError, OSError, IndexError, EOFError) as broken:
        raise WorkbookRefused(
            "Không đọc được tệp này như một bảng tính Excel. Xin mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên."
        ) from broken


def _places(heads: Sequence[object]) -> dict[str, int]:
    known = {fold(label): field for field, label in COLUMNS.items()} | ALSO_CALLED
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        if field := known.get(fold(_text(head))):
            places.setdefault(field, place)
    missing = [COLUMNS[field] for field in REQUIRED if field not in places]
    if missing:
        raise WorkbookRefused(f"Dòng đầu của bảng tính thiếu cột: {', '.join(missing)}. Xin dùng tệp mẫu.")
    return places


def _text(cell: object) -> str:
    """Excel gives every number as a float; a whole one was typed without its decimals, another with a comma."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".10g").replace(".", ",")
    return nfc(str(cell)).strip()
