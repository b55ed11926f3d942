"""The sheet, its margins, its number and the letters on it: Phụ lục I, Phần I, Mục I."""

from collections.abc import Callable, Iterator

from tieubieu.decree30.document import Alignment, PageNumber, Section
from tieubieu.decree30.findings import Fault, Place, Rule, Severity
from tieubieu.decree30.places import Paper
from tieubieu.decree30.rules.looks import told

PART = "Phụ lục I, Phần I, Mục I"
A4 = (210.0, 297.0)
# Word keeps twentieths of a point and offers inches: two decimals of a centimetre stay within this.
TOLERANCE = 0.3
FONT = "Times New Roman"
MARGINS = {"top": ("trên", 20, 25), "bottom": ("dưới", 20, 25), "left": ("trái", 30, 35), "right": ("phải", 15, 20)}
NUMBER_SIZES = (13, 14)


def paper_is_a4(paper: Paper) -> Iterator[Fault]:
    """Khổ A4, upright or across."""
    for section in paper.document.sections:
        sides = sorted((section.width, section.height))
        if any(abs(side - wanted) > 1 for side, wanted in zip(sides, A4, strict=True)):
            found = f"{told(round(section.width, 1))} × {told(round(section.height, 1))} mm"
            yield Fault(f"Khổ giấy {found}, phải là A4 (210 × 297 mm).", found, "210 × 297 mm")


def margin(side: str) -> Callable[[Paper], Iterator[Fault]]:
    """Of upright pages: the decree names the edges of these alone."""
    name, least, most = MARGINS[side]

    def check(paper: Paper) -> Iterator[Fault]:
        for section in _upright(paper):
            found = getattr(section, side)
            if not least - TOLERANCE <= found <= most + TOLERANCE:
                shown, wanted = f"{told(round(found, 1))} mm", f"{least} đến {most} mm"
                yield Fault(f"Lề {name} {shown}, phải từ {wanted}.", shown, wanted)

    return check


def _upright(paper: Paper) -> list[Section]:
    return [section for section in paper.document.sections if not section.is_landscape]


def font_is_times(paper: Paper) -> Iterator[Fault]:
    """One finding for each strange font, with the first line that has it."""
    seen: set[str] = set()
    for line in paper.document.lines:
        for run in line.inked:
            if run.font != FONT and run.font not in seen and any(map(str.isalnum, run.text)):
                seen.add(run.font)
                yield Fault(f"Phông chữ {run.font}, phải là {FONT}.", run.font, FONT, line.text)


def letters_are_black(paper: Paper) -> Iterator[Fault]:
    """One finding for each colour, with the first line that has it."""
    seen: set[str] = set()
    for line in paper.document.lines:
        for run in line.inked:
            if run.colour and run.colour not in seen:
                seen.add(run.colour)
                yield Fault(f"Chữ màu #{run.colour}, phải là màu đen.", f"#{run.colour}", "màu đen", line.text)


def _numbers(paper: Paper) -> list[PageNumber]:
    return [number for section in paper.document.sections for number in section.numbers]


def number_is_in_header(paper: Paper) -> Iterator[Fault]:
    if any(not number.is_in_header for number in _numbers(paper)):
        yield Fault("Số trang đặt ở lề dưới, phải đặt ở lề trên.", "lề dưới", "lề trên")


def number_is_centred(paper: Paper) -> Iterator[Fault]:
    for alignment in sorted({number.alignment for number in _numbers(paper)} - {Alignment.CENTRE}):
        yield Fault(f"Số trang đặt {alignment}, phải canh giữa.", alignment, Alignment.CENTRE)


def number_is_not_on_first(paper: Paper) -> Iterator[Fault]:
    for first in paper.document.sections[:1]:
        shown = {number.pages for number in first.numbers}
        if "first" in shown or (shown and not first.hides_first):
            yield Fault("Trang thứ nhất có số trang; số trang thứ nhất không được hiển thị.", "có số", "không hiển thị")


def number_has_its_size(paper: Paper) -> Iterator[Fault]:
    least, most = NUMBER_SIZES
    for size in sorted({number.size for number in _numbers(paper) if not least <= number.size <= most}):
        yield Fault(f"Số trang cỡ {told(size)}, phải là cỡ 13 đến 14.", f"cỡ {told(size)}", "cỡ 13 đến 14")


def number_is_upright(paper: Paper) -> Iterator[Fault]:
    if any(number.italic for number in _numbers(paper)):
        yield Fault("Số trang viết nghiêng, phải là chữ đứng.", "chữ nghiêng", "chữ đứng")


def number_is_arabic_from_one(paper: Paper) -> Iterator[Fault]:
    if any(not section.is_arabic for section in paper.document.sections):
        yield Fault("Số trang không dùng chữ số Ả Rập.", "kiểu số khác", "1, 2, 3…")
    for first in paper.document.sections[:1]:
        if first.starts_at not in (None, 1):
            yield Fault(f"Số trang bắt đầu từ {first.starts_at}, phải từ 1.", str(first.starts_at), "1")


def long_document_has_numbers(paper: Paper) -> Iterator[Fault]:
    """Only where the file says that it has several pages."""
    if (paper.document.pages or 0) > 1 and not _numbers(paper):
        yield Fault(f"Văn bản {paper.document.pages} trang mà không có số trang.", "không có", "số trang ở lề trên")


RULES = (
    Rule("paper-size", Place.PAGE, f"{PART}, khoản 1", paper_is_a4),
    *(Rule(f"margin-{side}", Place.PAGE, f"{PART}, khoản 3", margin(side)) for side in MARGINS),
    Rule("font", Place.PAGE, f"{PART}, khoản 4", font_is_times),
    Rule("colour", Place.PAGE, f"{PART}, khoản 4", letters_are_black),
    Rule("page-number-place", Place.PAGE_NUMBER, f"{PART}, khoản 7", number_is_in_header),
    Rule("page-number-centre", Place.PAGE_NUMBER, f"{PART}, khoản 7", number_is_centred),
    Rule("page-number-first", Place.PAGE_NUMBER, f"{PART}, khoản 7", number_is_not_on_first),
    Rule("page-number-size", Place.PAGE_NUMBER, f"{PART}, khoản 7", number_has_its_size),
    Rule("page-number-italic", Place.PAGE_NUMBER, f"{PART}, khoản 7", number_is_upright),
    Rule("page-number-arabic", Place.PAGE_NUMBER, f"{PART}, khoản 7", number_is_arabic_from_one),
    Rule("page-number-missing", Place.PAGE_NUMBER, f"{PART}, khoản 7", long_document_has_numbers, Severity.ADVICE),
)
