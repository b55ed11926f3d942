"""National title, motto and the rules under them, under the organ's name and under the subject."""

from collections.abc import Callable, Iterator, Sequence

from tieubieu.decree30.document import Alignment, Line, Stroke
from tieubieu.decree30.findings import Fault, Place, Rule
from tieubieu.decree30.measuring import width
from tieubieu.decree30.places import HEAD, Paper
from tieubieu.decree30.rules.looks import PART, told

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# Drawn by hand in Word: what the eye cannot tell is not called wrong.
WHOLE = (0.95, 1.05)
THIRD_TO_HALF = (0.31, 0.52)


def country_is_spelt(paper: Paper) -> Iterator[Fault]:
    if paper.country and paper.country.text.upper() != COUNTRY:
        yield Fault(f"Quốc hiệu phải ghi đúng “{COUNTRY}”.", paper.country.text, COUNTRY, paper.country.text)


def motto_is_spelt(paper: Paper) -> Iterator[Fault]:
    """Capitals, hyphens and the spaces around them."""
    if paper.motto and paper.motto.text != MOTTO:
        told_why = f"Tiêu ngữ phải ghi đúng “{MOTTO}”: viết hoa đầu mỗi cụm từ, gạch nối ngắn, có cách chữ."
        yield Fault(told_why, paper.motto.text, MOTTO, paper.motto.text)


def country_is_on_the_right(paper: Paper) -> Iterator[Fault]:
    country = paper.country
    if country and country.cell and country.cell.column == 0 and paper.number is not country:
        has_right = any(
            line.cell and line.cell.table == country.cell.table and line.cell.column for line in paper.document.lines
        )
        if has_right:
            yield Fault(
                "Quốc hiệu ở ô bên trái, phải ở phía trên cùng, bên phải.", "bên trái", "bên phải", country.text
            )


def head_is_centred(place: str) -> Callable[[Paper], Iterator[Fault]]:
    def check(paper: Paper) -> Iterator[Fault]:
        found = getattr(paper, place)
        for line in found if isinstance(found, tuple) else [found] if found else []:
            if line.layout.alignment is not Alignment.CENTRE:
                yield Fault(
                    f"Dòng này {line.layout.alignment}, phải canh giữa.",
                    line.layout.alignment,
                    Alignment.CENTRE,
                    line.text,
                )

    return check


def rule_below(place: str, share: tuple[float, float], wanted: str) -> Callable[[Paper], Iterator[Fault]]:
    """A solid rule under the last line of the place, of a length that is a share of the line's."""

    def check(paper: Paper) -> Iterator[Fault]:
        found = getattr(paper, place)
        lines = found if isinstance(found, tuple) else (found,) if found else ()
        if not lines:
            return
        strokes = _strokes_below(paper, lines)
        if not strokes:
            if not _strays(paper):
                yield Fault("Không có đường kẻ ngang ở dưới.", "không có", wanted, lines[-1].text)
            return
        yield from _measured(strokes, lines, share, wanted)

    return check


def _strokes_below(paper: Paper, lines: Sequence[Line]) -> list[Stroke]:
    """With the lines themselves, or with the first that follow until there are words again."""
    found = [stroke for line in lines for stroke in line.strokes]
    for line in paper.after(lines[-1]):
        if any(char.isalpha() for char in line.text):
            break
        found.extend(line.strokes)
    return found


def _strays(paper: Paper) -> bool:
    """A stroke may be drawn under one line and kept with another: as long as there are such, none is called missing."""
    places = (paper.motto and (paper.motto,), paper.organ, paper.subject)
    claimed = [id(stroke) for lines in places if lines for stroke in _strokes_below(paper, lines)]
    return any(id(stroke) not in claimed for line in paper.document.lines[:HEAD] for stroke in line.strokes)


def _measured(
    strokes: Sequence[Stroke], lines: Sequence[Line], share: tuple[float, float], wanted: str
) -> Iterator[Fault]:
    if not any(stroke.is_solid for stroke in strokes):
        yield Fault("Đường kẻ ở dưới là nét đứt, phải là nét liền.", "nét đứt", "nét liền", lines[-1].text)
        return
    lengths = [stroke.length for stroke in strokes if stroke.is_solid]
    known = [length for length in lengths if length is not None]
    texts = [width(line) for line in lines]
    if len(known) < len(lengths) or any(_fits(length, text, share) for length in known for text in texts):
        return
    found = f"{told(round(known[0], 1))} mm, dòng chữ {told(round(texts[-1], 1))} mm"
    yield Fault(f"Đường kẻ ở dưới dài {found}; phải dài {wanted}.", found, wanted, lines[-1].text)


def _fits(length: float, text: float, share: tuple[float, float]) -> bool:
    return text * share[0] <= length <= text * share[1]


WHOLE_TOLD, PART_TOLD = "bằng dòng chữ", "bằng 1/3 đến 1/2 dòng chữ"
RULES = (
    Rule("national-title-words", Place.NATIONAL_TITLE, f"{PART}, khoản 1, điểm a", country_is_spelt),
    Rule("national-title-side", Place.NATIONAL_TITLE, f"{PART}, khoản 1, điểm a", country_is_on_the_right),
    Rule("motto-words", Place.MOTTO, f"{PART}, khoản 1, điểm b", motto_is_spelt),
    Rule("motto-centre", Place.MOTTO, f"{PART}, khoản 1, điểm b", head_is_centred("motto")),
    Rule("motto-rule", Place.MOTTO, f"{PART}, khoản 1, điểm b", rule_below("motto", WHOLE, WHOLE_TOLD)),
    Rule("organ-centre", Place.ORGAN, f"{PART}, khoản 2, điểm b", head_is_centred("organ")),
    Rule("organ-rule", Place.ORGAN, f"{PART}, khoản 2, điểm b", rule_below("organ", THIRD_TO_HALF, PART_TOLD)),
    Rule("number-centre", Place.NUMBER, f"{PART}, khoản 3, điểm c", head_is_centred("number")),
    Rule("date-centre", Place.DATE, f"{PART}, khoản 4, điểm c", head_is_centred("date")),
    Rule("kind-centre", Place.KIND, f"{PART}, khoản 5, điểm b", head_is_centred("kind")),
    Rule("subject-centre", Place.SUBJECT, f"{PART}, khoản 5, điểm b", head_is_centred("subject")),
    Rule("subject-rule", Place.SUBJECT, f"{PART}, khoản 5, điểm b", rule_below("subject", THIRD_TO_HALF, PART_TOLD)),
    Rule("about-centre", Place.SUBJECT, f"{PART}, khoản 5, điểm b", head_is_centred("about")),
)
