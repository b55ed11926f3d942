"""Letters and capitals that can be judged without understanding the sentence: Phụ lục II."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from tieubieu.decree30.document import Line
from tieubieu.decree30.findings import Fault, Place, Rule, Severity
from tieubieu.decree30.places import Paper

ORGANS = "Phụ lục II, Mục IV, khoản 1, điểm a"
COUNCILS = {
    "ủy ban nhân dân": "Ủy ban nhân dân",
    "uỷ ban nhân dân": "Uỷ ban nhân dân",
    "hội đồng nhân dân": "Hội đồng nhân dân",
}
COUNCIL = re.compile("|".join(COUNCILS), re.IGNORECASE)
SPECIAL = {"thành phố Hồ Chí Minh": "Thành phố Hồ Chí Minh", "thủ đô Hà Nội": "Thủ đô Hà Nội"}
UNIT = re.compile(r"(\w+) (Tỉnh|Huyện|Xã) (\w)(\w)")
LOWER_PARTS = re.compile(r"(?<!\w)(phần [IVXLC]+|chương [IVXLC]+|điều \d+)(?!\w)")
UPPER_PARTS = re.compile(r"(\w+) (Khoản \d+|Điểm [a-zđ])(?!\w)")
LOWER_KINDS = re.compile(r"(?<!\w)(nghị định|thông tư|nghị quyết|quyết định|chỉ thị|kế hoạch) số \d+/")
# A single one is a quotation mark only outside words: Cư M’gar, Ea H'leo.
QUOTES = re.compile(r"\"|(?<!\w)['‘]\w[^'‘’]*\w['’](?!\w)")


def _text(paper: Paper) -> list[Line]:
    annexes = [line for annex in paper.annexes for line in (annex.note,) if line]
    lines = [
        *paper.subject,
        *paper.about,
        *paper.addressees,
        *paper.bases,
        *paper.body,
        *paper.recipient_list,
        *annexes,
    ]
    return [line for line in lines if not line.is_upper]


def _each(told: Callable[[str], Iterator[tuple[str, str, str]]]) -> Callable[[Paper], Iterator[Fault]]:
    """A rule over all lines of text; `told` gives why, found and wanted."""

    def check(paper: Paper) -> Iterator[Fault]:
        for line in _text(paper):
            for why, found, wanted in told(line.text):
                yield Fault(why, found, wanted, line.text)

    return check


def councils_have_one_capital(text: str) -> Iterator[tuple[str, str, str]]:
    for found in COUNCIL.finditer(text):
        wanted = COUNCILS[found[0].lower()]
        if found[0] not in (wanted, wanted.upper()):
            yield "Tên loại cơ quan viết hoa chữ cái đầu của cụm từ.", found[0], wanted


def special_places_have_capitals(text: str) -> Iterator[tuple[str, str, str]]:
    for wrong, wanted in SPECIAL.items():
        if wrong in text:
            yield "Trường hợp viết hoa đặc biệt.", wrong, wanted


def common_nouns_of_places_are_small(text: str) -> Iterator[tuple[str, str, str]]:
    """Inside a sentence and before a name; “Tỉnh ủy” and “Phường 1” are other things."""
    for before, noun, first, _ in UNIT.findall(text):
        if before.islower() and first.isupper():
            yield "Danh từ chung chỉ đơn vị hành chính không viết hoa.", noun, noun.lower()


def cited_articles_have_capitals(text: str) -> Iterator[tuple[str, str, str]]:
    for found in LOWER_PARTS.findall(text):
        yield "Viện dẫn phần, chương, mục, điều thì viết hoa.", found, found[0].upper() + found[1:]


def cited_clauses_are_small(text: str) -> Iterator[tuple[str, str, str]]:
    for before, found in UPPER_PARTS.findall(text):
        if before.islower():
            yield "Viện dẫn khoản, điểm thì không viết hoa.", found, found[0].lower() + found[1:]


def cited_kinds_have_capitals(text: str) -> Iterator[tuple[str, str, str]]:
    for found in LOWER_KINDS.findall(text):
        yield "Tên loại của một văn bản cụ thể viết hoa chữ cái đầu.", found, found[0].upper() + found[1:]


def quotes_are_vietnamese(text: str) -> Iterator[tuple[str, str, str]]:
    for found in QUOTES.findall(text)[:1]:
        yield "Dấu ngoặc kép nên là “…” như trong các Phụ lục của Nghị định.", found, "“…”"


def letters_are_whole(paper: Paper) -> Iterator[Fault]:
    """TCVN 6909:2001 has each letter with its marks as one character."""
    for line in paper.document.lines:
        if any(unicodedata.normalize("NFC", run.text) != run.text for run in line.runs):
            yield Fault(
                "Chữ gõ bằng dấu rời (Unicode tổ hợp), phải dùng chữ dựng sẵn.", "dấu rời", "dựng sẵn", line.text
            )
            return


CITING = "Phụ lục II, Mục V, khoản 7"
RULES = (
    Rule("capital-council", Place.WORDS, ORGANS, _each(councils_have_one_capital)),
    Rule(
        "capital-special-place",
        Place.WORDS,
        "Phụ lục II, Mục III, khoản 1, điểm c",
        _each(special_places_have_capitals),
    ),
    Rule("capital-unit", Place.WORDS, "Phụ lục II, Mục III, khoản 1, điểm a", _each(common_nouns_of_places_are_small)),
    Rule("capital-article", Place.WORDS, CITING, _each(cited_articles_have_capitals)),
    Rule("capital-clause", Place.WORDS, CITING, _each(cited_clauses_are_small)),
    Rule("capital-kind", Place.WORDS, "Phụ lục II, Mục V, khoản 6", _each(cited_kinds_have_capitals)),
    Rule("quotes", Place.WORDS, "Phụ lục I (cách viết chung)", _each(quotes_are_vietnamese), Severity.ADVICE),
    Rule("letters-whole", Place.WORDS, "Phụ lục I, Phần I, Mục I, khoản 4", letters_are_whole),
)
