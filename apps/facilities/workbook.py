"""The facility workbook: read what an officer filled in, and hand back the rows that could not be used."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from python_calamine import CalamineError, CalamineWorkbook

from apps.facilities.models import FIGURES, CraftVillage, Facility, FacilityYear
from apps.facilities.queries import Ground
from apps.facilities.states import Standing
from tieubieu.errors import DomainError
from tieubieu.lib.text import fold, nfc
from tieubieu.spreadsheets import Table, write_table
from tieubieu.ui.words import day

COLUMNS: dict[str, str] = {
    "name": "Tên cơ sở",
    "kind": "Loại hình",
    "tax_code": "Mã số thuế",
    "commune_code": "Mã xã, phường, đặc khu",
    "address": "Địa chỉ",
    "representative": "Người đại diện",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
}
TOLD = [
    "Xã, phường, đặc khu", "Làng nghề", "Tình trạng", "Là cơ sở CNNT", "Lý do", "Năm số liệu", "Doanh thu (triệu đồng)",
    "Lao động (người)", "Nộp ngân sách (triệu đồng)", "Xuất khẩu (triệu đồng)",
]  # fmt: skip
REQUIRED = ("name", "kind", "tax_code", "address")
REASON = "Lý do chưa nhập được"
MOST_ROWS = 5000
LARGEST = 10 * 1024 * 1024


class WorkbookRefused(DomainError):
    """The file as a whole cannot be read; the text says what to do."""

    code = "workbook_refused"


@dataclass(frozen=True)
class SheetRow:
    """A row as typed; `line` is its number in the workbook, from 2."""

    line: int
    values: dict[str, str]


def read_workbook(data: bytes) -> list[SheetRow]:
    """Read the first sheet; raise `WorkbookRefused` for a file that is no workbook or lacks a column."""
    if len(data) > LARGEST:
        raise WorkbookRefused("Tệp lớn hơn 10 MB. Xin chia thành nhiều tệp nhỏ hơn.")
    table = _table(data)
    if not table:
        raise WorkbookRefused("Bảng tính không có dòng nào. Xin dùng tệp mẫu và điền từ dòng 2.")
    places = _places(table[0])
    rows = [
        SheetRow(line, {field: _text(row[place]) for field, place in places.items() if place < len(row)})
        for line, row in enumerate(table[1:], start=2)
        if any(_text(cell) for cell in row)
    ]
    if len(rows) > MOST_ROWS:
        raise WorkbookRefused(f"Bảng tính có {len(rows)} dòng; mỗi lần nhập tối đa {MOST_ROWS} dòng.")
    return rows


def blank_workbook() -> bytes:
    """The workbook to fill in."""
    return _write([])


def returned_workbook(refused: Sequence[tuple[SheetRow, str]]) -> bytes:
    """The refused rows as typed, each with its reason, ready to be mended and sent again."""
    return _write(refused)


def register_workbook(facilities: Iterable[Facility], ground: Ground, latest: Mapping[UUID, FacilityYear]) -> bytes:
    """The facility register in the columns it is read in, and what the platform says of each."""
    rows = [[*_typed(f), *_told(f, ground), *_figures(latest.get(f.pk))] for f in facilities]
    return write_table(Table("Cơ sở", [*COLUMNS.values(), *TOLD], rows))


def villages_workbook(villages: Iterable[CraftVillage], ground: Ground) -> bytes:
    """The list of recognised craft villages."""
    heads = ["Tên làng nghề", "Xã, phường, đặc khu", "Quyết định", "Công nhận ngày", "Thôi công nhận từ ngày"]
    rows = [
        [v.name, _unit(v.commune_code, ground), v.decision, day(v.recognised_on), day(v.ended_on) if v.ended_on else ""]
        for v in villages
    ]
    return write_table(Table("Làng nghề", heads, rows))


def _typed(facility: Facility) -> list[object]:
    return [facility.get_kind_display() if field == "kind" else getattr(facility, field) for field in COLUMNS]


def _told(facility: Facility, ground: Ground) -> list[object]:
    found, village = ground.eligibility_of(facility), facility.craft_village
    return [
        _unit(facility.commune_code, ground),
        village.name if village else "",
        Standing(facility.standing).label,
        "Có" if found.is_eligible else "Chưa",
        found.reason,
    ]


def _figures(row: FacilityYear | None) -> list[object]:
    return [row.year, *(getattr(row, name) for name in FIGURES)] if row else []


def _unit(code: str, ground: Ground) -> str:
    return ground.units[code].full_name if code in ground.units else code


def _table(data: bytes) -> list[list[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [list(row) for row in book.get_sheet_by_index(0).to_python()]
    except (CalamineError, ValueError, OSError, IndexError, EOFError) as broken:
        raise WorkbookRefused(
            "Không đọc được tệp này như một bảng tính Excel. Xin mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên."
        ) from broken


def _places(heads: Sequence[object]) -> dict[str, int]:
    found = {fold(_text(head)): place for place, head in enumerate(heads)}
    places = {field: found[fold(label)] for field, label in COLUMNS.items() if fold(label) in found}
    missing = [COLUMNS[field] for field in REQUIRED if field not in places]
    if missing:
        raise WorkbookRefused(f"Dòng đầu của bảng tính thiếu cột: {', '.join(missing)}. Xin dùng tệp mẫu.")
    return places


def _text(cell: object) -> str:
    """Excel gives every number as a float; a whole one was typed without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return nfc(str(cell)).strip()


def _write(refused: Sequence[tuple[SheetRow, str]]) -> bytes:
    heads = [*COLUMNS.values(), *([REASON] if refused else [])]
    rows = [[*(row.values.get(field, "") for field in COLUMNS), reason] for row, reason in refused]
    return write_table(Table("Cơ sở", heads, rows))
