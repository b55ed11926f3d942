"""Sizes and styles of each place, as data: Phụ lục I, Phần I, Mục II, III and the table of Mục V."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tieubieu.decree30.document import Line, Run
from tieubieu.decree30.findings import Fault, Place, Rule
from tieubieu.decree30.places import Paper

PART = "Phụ lục I, Phần I, Mục II"
OTHERS = "Phụ lục I, Phần I, Mục III"


@dataclass(frozen=True)
class Look:
    """How a place is set; None where the decree leaves it open."""

    name: str
    place: Place
    clause: str
    lines: Callable[[Paper], Iterable[Line | None]]
    sizes: tuple[float, float]
    bold: bool | None = None
    italic: bool | None = False
    upper: bool | None = None


def told(number: float) -> str:
    """A figure as Vietnamese writes it."""
    return f"{number:g}".replace(".", ",")


def _main(point: str) -> str:
    return f"{PART}, khoản {point[0]}, điểm {point[1]}"


def _other(point: str) -> str:
    return f"{OTHERS}, khoản {point[0]}, điểm {point[1]}"


def _titles(paper: Paper) -> list[Line]:
    return [line for annex in paper.annexes for line in annex.titles]


def _headings(paper: Paper) -> list[Line]:
    return [annex.heading for annex in paper.annexes]


def _notes(paper: Paper) -> list[Line | None]:
    return [annex.note for annex in paper.annexes]


LOOKS = (
    Look("national-title", Place.NATIONAL_TITLE, _main("1a"), lambda p: [p.country], (12, 13), True, False, True),
    Look("motto", Place.MOTTO, _main("1b"), lambda p: [p.motto], (13, 14), True, False, False),
    Look("superior", Place.SUPERIOR, _main("2b"), lambda p: p.superior, (12, 13), False, False, True),
    Look("organ", Place.ORGAN, _main("2b"), lambda p: p.organ, (12, 13), True, False, True),
    Look("number", Place.NUMBER, _main("3c"), lambda p: [p.number], (13, 13)),
    Look("date", Place.DATE, _main("4c"), lambda p: [p.date], (13, 14), None, True, False),
    Look("kind", Place.KIND, _main("5b"), lambda p: [p.kind], (13, 14), True, False, True),
    Look("subject", Place.SUBJECT, _main("5b"), lambda p: p.subject, (13, 14), True, False, False),
    Look("about", Place.SUBJECT, _main("5b"), lambda p: p.about, (12, 13), None, False, False),
    Look("bases", Place.BASES, _main("6a"), lambda p: p.bases, (13, 14), None, True, False),
    Look("body", Place.BODY, _main("6e"), lambda p: p.body, (13, 14), None, False),
    Look("power", Place.POWER, _main("7đ"), lambda p: p.power, (13, 14), True, False, True),
    Look("signer", Place.SIGNER, _main("7đ"), lambda p: [p.signer], (13, 14), True, False, False),
    Look("addressees", Place.ADDRESSEES, _main("9d"), lambda p: p.addressees, (13, 14), None, False, False),
    Look("recipients", Place.RECIPIENTS, _main("9d"), lambda p: [p.recipients], (12, 12), True, True, False),
    Look("recipient-list", Place.RECIPIENTS, _main("9d"), lambda p: p.recipient_list, (11, 11), None, False),
    Look("annex", Place.ANNEX, _other("1b"), _headings, (14, 14), True, False, False),
    Look("annex-title", Place.ANNEX, _other("1b"), _titles, (13, 14), True, False, True),
    Look("annex-note", Place.ANNEX, _other("1c"), _notes, (13, 14), None, True, False),
)  # fmt: skip


def _inked(look: Look, paper: Paper) -> list[Line]:
    return [line for line in look.lines(paper) if line is not None and line.inked]


def _sizes(look: Look) -> Callable[[Paper], Iterator[Fault]]:
    least, most = look.sizes
    wanted = f"cỡ {told(least)}" if least == most else f"cỡ {told(least)} đến {told(most)}"

    def check(paper: Paper) -> Iterator[Fault]:
        for line in _inked(look, paper):
            wrong = sorted({run.size for run in line.inked if not least <= run.size <= most})
            if wrong:
                found = f"cỡ {', '.join(map(told, wrong))}"
                yield Fault(f"Cỡ chữ {', '.join(map(told, wrong))}, phải là {wanted}.", found, wanted, line.text)

    return check


def _style(
    look: Look, wanted: bool, has: Callable[[Run], bool], yes: str, no: str
) -> Callable[[Paper], Iterator[Fault]]:
    def check(paper: Paper) -> Iterator[Fault]:
        for line in _inked(look, paper):
            if any(has(run) != wanted for run in line.inked):
                found, must = (no, yes) if wanted else (yes, no)
                yield Fault(f"Kiểu chữ {found}, phải là chữ {must}.", f"chữ {found}", f"chữ {must}", line.text)

    return check


def _case(look: Look) -> Callable[[Paper], Iterator[Fault]]:
    def check(paper: Paper) -> Iterator[Fault]:
        for line in _inked(look, paper):
            if line.is_upper != look.upper and sum(map(str.isalpha, line.text)) > 1:
                found, must = ("in thường", "in hoa") if look.upper else ("in hoa", "in thường")
                yield Fault(f"Dòng này viết chữ {found}, phải là chữ {must}.", f"chữ {found}", f"chữ {must}", line.text)

    return check


def _rules(look: Look) -> Iterator[Rule]:
    yield Rule(f"{look.name}-size", look.place, look.clause, _sizes(look))
    if look.bold is not None:
        check = _style(look, look.bold, lambda run: run.bold, "đậm", "không đậm")
        yield Rule(f"{look.name}-bold", look.place, look.clause, check)
    if look.italic is not None:
        check = _style(look, look.italic, lambda run: run.italic, "nghiêng", "đứng")
        yield Rule(f"{look.name}-italic", look.place, look.clause, check)
    if look.upper is not None:
        yield Rule(f"{look.name}-case", look.place, look.clause, _case(look))


RULES = tuple(rule for look in LOOKS for rule in _rules(look))
