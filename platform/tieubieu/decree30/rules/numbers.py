"""Number and symbol, place and date: Phụ lục I, Phần I, Mục II, khoản 3 and 4; codes of Phụ lục III."""

import re
from collections.abc import Callable, Iterator

from tieubieu.decree30 import kinds
from tieubieu.decree30.document import Line
from tieubieu.decree30.findings import Fault, Place, Rule, Severity
from tieubieu.decree30.places import Paper
from tieubieu.decree30.rules.looks import PART

NUMBER = re.compile(r"^Số\s*:?\s*(\d+)(.*)$", re.IGNORECASE)
SYMBOL = re.compile(r"/\s*([^\s/]+(?:\s*[-–]\s*[^\s/]+)*)\s*$")
SPACED = re.compile(r"^\s+/|/\s+|\s+[-–]|[-–]\s+")
DATE = re.compile(r"^(.*?)(,?)\s*ngày\s*(\d*).*?tháng\s*(\d*).*?năm", re.IGNORECASE)


def _of_number(told: Callable[[str], Fault | None]) -> Callable[[Paper], Iterator[Fault]]:
    return _of(lambda paper: paper.number, told)


def _of_date(told: Callable[[re.Match[str]], Fault | None]) -> Callable[[Paper], Iterator[Fault]]:
    def ask(text: str) -> Fault | None:
        parts = DATE.match(text)
        return told(parts) if parts else None

    return _of(lambda paper: paper.date, ask)


def _of(
    place: Callable[[Paper], Line | None], told: Callable[[str], Fault | None]
) -> Callable[[Paper], Iterator[Fault]]:
    def check(paper: Paper) -> Iterator[Fault]:
        line = place(paper)
        fault = told(line.text) if line else None
        if fault is not None:
            yield fault

    return check


def number_has_colon(text: str) -> Fault | None:
    if re.match(r"(?i)^số\s*:", text):
        return None
    return Fault("Sau từ “Số” phải có dấu hai chấm (:).", "không có dấu hai chấm", "Số:", text)


def number_has_leading_zero(text: str) -> Fault | None:
    found = NUMBER.match(text)
    if found is None or not 0 < int(found[1]) < 10 or found[1].startswith("0"):
        return None
    return Fault("Số nhỏ hơn 10 phải ghi thêm số 0 phía trước.", found[1], f"0{found[1]}", text)


def number_has_slash(text: str) -> Fault | None:
    found = NUMBER.match(text)
    if found is None or not found[2].strip() or found[2].lstrip().startswith("/"):
        return None
    return Fault("Giữa số và ký hiệu phải có dấu gạch chéo (/).", found[2].strip()[0], "/", text)


def symbol_has_no_spaces(text: str) -> Fault | None:
    """Where the number is still open, the room left for it before the stroke is no fault."""
    found = NUMBER.match(text)
    after = found[2] if found else text[text.find("/") :] if "/" in text else ""
    if not SPACED.search(after):
        return None
    return Fault("Trước, sau dấu gạch chéo (/) và gạch nối (-) không cách chữ.", text, "viết liền", text)


def symbol_has_hyphens(text: str) -> Fault | None:
    found = SYMBOL.search(text)
    if found is None or not re.search("[–—]", found[1]):
        return None
    return Fault("Giữa các nhóm chữ viết tắt phải là gạch nối ngắn (-).", "–", "-", text)


def symbol_is_upper(text: str) -> Fault | None:
    """The codes QyĐ, CTr, TTr and TrS keep the small letter that the decree's own table gives them."""
    found = SYMBOL.search(text)
    groups = re.split(r"\s*[-–]\s*", found[1]) if found else []
    small = [group for group in groups if group != group.upper() and group not in kinds.CODES.values()]
    if not small:
        return None
    return Fault("Ký hiệu phải viết chữ in hoa.", "-".join(small), "-".join(small).upper(), text)


def code_is_of_kind(paper: Paper) -> Iterator[Fault]:
    """Only where both the kind and the symbol were recognised."""
    found = SYMBOL.search(paper.number.text) if paper.number else None
    wanted = kinds.CODES.get(paper.kind_name or "")
    if found is None or wanted is None or paper.number is None:
        return
    code = re.split(r"\s*[-–]\s*", found[1])[0]
    if code.upper() != wanted.upper():
        yield Fault(f"Chữ viết tắt của {paper.kind_name} là {wanted}.", code, wanted, paper.number.text)


def date_has_place(parts: re.Match[str]) -> Fault | None:
    if parts[1].strip():
        return None
    return Fault("Thiếu địa danh trước ngày, tháng, năm.", "không có địa danh", "địa danh", parts.string)


def date_has_comma(parts: re.Match[str]) -> Fault | None:
    if not parts[1].strip() or parts[2]:
        return None
    return Fault("Sau địa danh phải có dấu phẩy (,).", "không có dấu phẩy", f"{parts[1].strip()},", parts.string)


def place_is_capitalised(parts: re.Match[str]) -> Fault | None:
    place = parts[1].strip()
    if not place or not place[0].islower():
        return None
    return Fault("Chữ cái đầu của địa danh phải viết hoa.", place, place[0].upper() + place[1:], parts.string)


def day_has_zero(parts: re.Match[str]) -> Fault | None:
    if len(parts[3]) != 1:
        return None
    return Fault("Ngày nhỏ hơn 10 phải ghi thêm số 0 phía trước.", parts[3], f"0{parts[3]}", parts.string)


def month_has_zero(parts: re.Match[str]) -> Fault | None:
    if parts[4] not in ("1", "2"):
        return None
    return Fault("Tháng 1, tháng 2 phải ghi thêm số 0 phía trước.", parts[4], f"0{parts[4]}", parts.string)


def sizes_go_together(paper: Paper) -> Iterator[Fault]:
    """12, 13, 13 or 13, 14, 14: the note to the table of Mục V gives these as its examples."""
    lines = (paper.country, paper.motto, paper.date)
    sizes = tuple(line.inked[0].size for line in lines if line and line.inked)
    is_each_allowed = len(sizes) == len(lines) and sizes[0] in (12, 13) and {*sizes[1:]} <= {13, 14}
    if is_each_allowed and sizes not in {(12, 13, 13), (13, 14, 14)}:
        found = ", ".join(f"{size:g}" for size in sizes)
        yield Fault(
            f"Cỡ chữ Quốc hiệu, Tiêu ngữ, địa danh là {found}; phải tăng, giảm thống nhất.",
            found,
            "12, 13, 13 hoặc 13, 14, 14",
        )


NUMBERED = f"{PART}, khoản 3, điểm c"
DATED = f"{PART}, khoản 4"
RULES = (
    Rule("number-colon", Place.NUMBER, NUMBERED, _of_number(number_has_colon)),
    Rule("number-leading-zero", Place.NUMBER, NUMBERED, _of_number(number_has_leading_zero)),
    Rule("number-slash", Place.NUMBER, NUMBERED, _of_number(number_has_slash)),
    Rule("symbol-spaces", Place.NUMBER, NUMBERED, _of_number(symbol_has_no_spaces)),
    Rule("symbol-hyphen", Place.NUMBER, NUMBERED, _of_number(symbol_has_hyphens)),
    Rule("symbol-upper", Place.NUMBER, NUMBERED, _of_number(symbol_is_upper)),
    Rule("symbol-code", Place.NUMBER, kinds.CLAUSE, code_is_of_kind),
    Rule("date-place", Place.DATE, f"{DATED}, điểm a", _of_date(date_has_place)),
    Rule("date-comma", Place.DATE, f"{DATED}, điểm c", _of_date(date_has_comma)),
    Rule("date-capital", Place.DATE, f"{DATED}, điểm c", _of_date(place_is_capitalised)),
    Rule("day-zero", Place.DATE, f"{DATED}, điểm b", _of_date(day_has_zero)),
    Rule("month-zero", Place.DATE, f"{DATED}, điểm b", _of_date(month_has_zero)),
    Rule("head-sizes", Place.DATE, "Phụ lục I, Phần I, Mục V, chú thích 1", sizes_go_together, Severity.ADVICE),
)
