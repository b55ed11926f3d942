"""A good decision, spoilt in one thing at a time: found by its own rule, which names its clause, and by no other."""

from unicodedata import normalize

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from paperwork import CENTRE, LEFT, Decision, Letter

from tieubieu.decree30.findings import Finding
from tieubieu.decree30.linter import lint
from tieubieu.decree30.reading.word import read_word

GENERAL, MAIN, OTHERS = "Phụ lục I, Phần I, Mục I,", "Phụ lục I, Phần I, Mục II,", "Phụ lục I, Phần I, Mục III,"
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


def section(decision: Decision):
    return decision.word.sections[0]


def swapped(name: str, old: str, new: str):
    return lambda it: it.text(name, it.named[name].runs[0].text.replace(old, new))


def swapped_in_text(name: str, old: str, new: str):
    """In the words after “Điều 1.”."""

    def spoil(it: Decision) -> None:
        run = it.named[name].runs[1]
        assert old in run.text
        run.text = run.text.replace(old, new)

    return spoil


def spaced(name: str, **asked):
    return lambda it: [setattr(it.named[name].paragraph_format, key, value) for key, value in asked.items()]


def looked(place: str, /, **asked):
    """Also drawn anew: a rule is as long as what it stands under."""
    return lambda it: (it.look(place, **asked), it.rule(place, 1))


def coloured(name: str, colour: RGBColor):
    return lambda it: setattr(it.named[name].runs[0].font.color, "rgb", colour)


def aligned(name: str, alignment):
    return lambda it: setattr(it.named[name], "alignment", alignment)


def number_style(it: Decision, attribute: str, value) -> None:
    it.named["page number"].style = it.word.styles["Header"]
    setattr(it.word.styles["Header"].font, attribute, value)


def numbered_from_three(it: Decision) -> None:
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "3")
    section(it)._sectPr.append(numbering)


def before_article(it: Decision, *texts: str) -> None:
    for text in texts:
        it.named["article 2"]._p.addprevious(it._prose(text, text)._p)


def heading_before_article(it: Decision, text: str) -> None:
    it.named["article 2"]._p.addprevious(it._put(text, text, 14, bold=True)._p)


def with_english_quotes(it: Decision) -> None:
    swapped_in_text("article 2", "“tổ chức thực hiện”", '"tổ chức thực hiện"')(it)


def without_pointer(it: Decision) -> None:
    swapped_in_text("article 1", " Phụ lục I và Phụ lục II kèm theo", "")(it)


def page_number_in_footer(it: Decision) -> None:
    footer = section(it).footer.paragraphs[0]
    footer.style, footer.alignment = it.word.styles["Normal"], CENTRE
    footer._p.append(it.named["page number"]._p[-1])


def page_number_on_first(it: Decision) -> None:
    section(it).different_first_page_header_footer = False


def upright_number_small(it: Decision) -> None:
    it.named["page number"].style = it.word.styles["Header"]
    it.word.styles["Header"].font.size = Pt(11)


FAULTS = [
    ("paper-size", f"{GENERAL} khoản 1", lambda it: setattr(section(it), "page_height", Mm(279))),
    ("margin-top", f"{GENERAL} khoản 3", lambda it: setattr(section(it), "top_margin", Mm(19))),
    ("margin-bottom", f"{GENERAL} khoản 3", lambda it: setattr(section(it), "bottom_margin", Mm(26))),
    ("margin-left", f"{GENERAL} khoản 3", lambda it: setattr(section(it), "left_margin", Mm(25.4))),
    ("margin-right", f"{GENERAL} khoản 3", lambda it: setattr(section(it), "right_margin", Mm(14))),
    ("font", f"{GENERAL} khoản 4", lambda it: it.look("subject", name="Arial")),
    ("colour", f"{GENERAL} khoản 4", coloured("kind", RGBColor(9, 9, 99))),
    ("page-number-place", f"{GENERAL} khoản 7", page_number_in_footer),
    ("page-number-centre", f"{GENERAL} khoản 7", lambda it: setattr(it.named["page number"], "alignment", RIGHT)),
    ("page-number-first", f"{GENERAL} khoản 7", page_number_on_first),
    ("page-number-size", f"{GENERAL} khoản 7", upright_number_small),
    ("national-title-size", f"{MAIN} khoản 1, điểm a", lambda it: it.look("country", size=11)),
    ("national-title-words", f"{MAIN} khoản 1, điểm a", swapped("country", "HÒA", "HÒA,")),
    ("motto-size", f"{MAIN} khoản 1, điểm b", looked("motto", size=12)),
    ("motto-bold", f"{MAIN} khoản 1, điểm b", looked("motto", bold=False)),
    ("motto-words", f"{MAIN} khoản 1, điểm b", swapped("motto", " - Tự", " – Tự")),
    ("motto-words", f"{MAIN} khoản 1, điểm b", swapped("motto", "Hạnh", "hạnh")),
    ("motto-words", f"{MAIN} khoản 1, điểm b", swapped("motto", " - Hạnh", "-Hạnh")),
    ("motto-rule", f"{MAIN} khoản 1, điểm b", lambda it: it.rule("motto", 0.6)),
    ("organ-bold", f"{MAIN} khoản 2, điểm b", lambda it: it.look("organ", bold=False)),
    ("organ-rule", f"{MAIN} khoản 2, điểm b", lambda it: it.rule("organ", 0.2)),
    ("number-leading-zero", f"{MAIN} khoản 3, điểm c", swapped("number", "05", "5")),
    ("number-colon", f"{MAIN} khoản 3, điểm c", swapped("number", "Số:", "Số")),
    ("number-slash", f"{MAIN} khoản 3, điểm c", swapped("number", "05/", "05-")),
    ("symbol-spaces", f"{MAIN} khoản 3, điểm c", swapped("number", "QĐ-U", "QĐ - U")),
    ("symbol-spaces", f"{MAIN} khoản 3, điểm c", swapped("number", "05/", "05 / ")),
    ("symbol-hyphen", f"{MAIN} khoản 3, điểm c", swapped("number", "QĐ-U", "QĐ–U")),
    ("symbol-upper", f"{MAIN} khoản 3, điểm c", swapped("number", "UBND", "Ubnd")),
    ("symbol-code", "Phụ lục III, Mục I", swapped("number", "QĐ", "QD")),
    ("number-size", f"{MAIN} khoản 3, điểm c", lambda it: it.look("number", size=14)),
    ("date-place", f"{MAIN} khoản 4, điểm a", swapped("date", "Đắk Lắk, ", "")),
    ("day-zero", f"{MAIN} khoản 4, điểm b", swapped("date", "09", "9")),
    ("month-zero", f"{MAIN} khoản 4, điểm b", swapped("date", "02", "2")),
    ("date-comma", f"{MAIN} khoản 4, điểm c", swapped("date", ",", "")),
    ("date-capital", f"{MAIN} khoản 4, điểm c", swapped("date", "Đắk", "đắk")),
    ("date-italic", f"{MAIN} khoản 4, điểm c", lambda it: it.look("date", italic=False)),
    ("head-sizes", "Phụ lục I, Phần I, Mục V, chú thích 1", lambda it: it.look("date", size=14)),
    ("kind-centre", f"{MAIN} khoản 5, điểm b", lambda it: setattr(it.named["kind"], "alignment", LEFT)),
    ("subject-bold", f"{MAIN} khoản 5, điểm b", lambda it: it.look("subject", bold=False)),
    ("subject-rule", f"{MAIN} khoản 5, điểm b", lambda it: it.rule("subject", 0.8)),
    ("bases-semicolon", f"{MAIN} khoản 6, điểm a", swapped("basis 1", "2025;", "2025.")),
    ("bases-full-stop", f"{MAIN} khoản 6, điểm a", swapped("basis 3", "2026.", "2026;")),
    ("bases-italic", f"{MAIN} khoản 6, điểm a", lambda it: it.look("basis 2", italic=False)),
    ("bases-law-number", f"{MAIN} khoản 6, điểm a", swapped("basis 1", "địa phương", "địa phương số 72/2025/QH15")),
    ("bases-number", f"{MAIN} khoản 6, điểm a", swapped("basis 2", " số 26/2014/TT-BCT", "")),
    ("bases-date", f"{MAIN} khoản 6, điểm a", swapped("basis 2", " ngày 28 tháng 8 năm 2014", "")),
    ("body-justified", f"{MAIN} khoản 6, điểm e", lambda it: setattr(it.named["article 2"], "alignment", LEFT)),
    ("body-indent", f"{MAIN} khoản 6, điểm e", spaced("article 2", first_line_indent=Mm(15))),
    ("body-indent", f"{MAIN} khoản 6, điểm e", spaced("article 2", first_line_indent=Mm(0))),
    ("body-spacing", f"{MAIN} khoản 6, điểm e", spaced("article 2", line_spacing=2.0)),
    ("body-gap", f"{MAIN} khoản 6, điểm e", spaced("article 2", space_before=Pt(3))),
    ("body-size", f"{MAIN} khoản 6, điểm e", lambda it: setattr(it.named["article 1"].runs[1].font, "size", Pt(12))),
    ("article-number", f"{MAIN} khoản 6, điểm đ", swapped("article 2", "2.", "2:")),
    ("article-bold", f"{MAIN} khoản 6, điểm đ", lambda it: it.look("article 1", bold=False)),
    ("body-end", "Phụ lục III, Mục II, Mẫu 1.1 đến 1.6", swapped_in_text("article 3", "./.", ".")),
    ("power-person", f"{MAIN} khoản 7, điểm b", swapped("power", "CHỦ", "TM. CHỦ")),
    ("power-competence", f"{MAIN} khoản 7, điểm b", swapped("power", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN")),
    ("power-collective", f"{MAIN} khoản 7, điểm b", swapped("competence", "CHỦ TỊCH ỦY", "ỦY")),
    ("power-dot", f"{MAIN} khoản 7, điểm b", swapped("power", "CHỦ", "KT CHỦ")),
    ("power-organ", f"{MAIN} khoản 7, điểm b", swapped("power", "CHỦ TỊCH", "KT. ỦY BAN NHÂN DÂN")),
    ("power-bold", f"{MAIN} khoản 7, điểm đ", lambda it: it.look("power", bold=False)),
    ("signer-title", f"{MAIN} khoản 7, điểm c", swapped("signer", "Nguyễn", "TS. Nguyễn")),
    ("recipients-size", f"{MAIN} khoản 9, điểm d", lambda it: it.look("recipients", size=13)),
    ("recipients-italic", f"{MAIN} khoản 9, điểm d", lambda it: it.look("recipients", italic=False)),
    ("recipient-list-size", f"{MAIN} khoản 9, điểm d", lambda it: it.look("recipient 2", size=12)),
    ("recipients-kept", f"{MAIN} khoản 9, điểm d", swapped("recipient 3", "- Lưu: VT, CT.", "- Trang tin điện tử.")),
    ("recipients-unit", f"{MAIN} khoản 9, điểm d", swapped("recipient 3", "VT, CT", "VT")),
    ("recipients-semicolon", f"{MAIN} khoản 9, điểm d", swapped("recipient 1", ";", ",")),
    ("recipients-full-stop", f"{MAIN} khoản 9, điểm d", swapped("recipient 3", "CT.", "CT;")),
    ("recipients-dash", f"{MAIN} khoản 9, điểm d", swapped("recipient 2", "- ", "")),
    ("annex-numbered", f"{OTHERS} khoản 1, điểm a", swapped("annex II", " II", "")),
    ("annex-numbered", f"{OTHERS} khoản 1, điểm a", swapped("annex I", " I", " 1")),
    ("annex-told", f"{OTHERS} khoản 1, điểm a", without_pointer),
    ("annex-size", f"{OTHERS} khoản 1, điểm b", lambda it: it.look("annex I", size=13)),
    ("annex-title-case", f"{OTHERS} khoản 1, điểm b", swapped("title I", "DANH SÁCH", "Danh sách")),
    ("annex-belongs", f"{OTHERS} khoản 1, điểm c", lambda it: it.drop("note II")),
    ("quotes", "Phụ lục I (cách viết chung)", with_english_quotes),
    ("capital-council", "Phụ lục II, Mục IV, khoản 1, điểm a", swapped_in_text("article 2", "nhân dân", "Nhân dân")),
    ("capital-unit", "Phụ lục II, Mục III, khoản 1, điểm a", swapped("subject", "tỉnh Đắk", "Tỉnh Đắk")),
    ("capital-article", "Phụ lục II, Mục V, khoản 7", swapped_in_text("article 2", "Điều 5", "điều 5")),
    ("capital-clause", "Phụ lục II, Mục V, khoản 7", swapped_in_text("article 2", "khoản 2", "Khoản 2")),
    ("capital-kind", "Phụ lục II, Mục V, khoản 6", swapped("basis 2", "Thông tư", "thông tư")),
]  # fmt: skip


MORE = [
    ("page-number-italic", f"{GENERAL} khoản 7", lambda it: number_style(it, "italic", True)),
    ("page-number-arabic", f"{GENERAL} khoản 7", numbered_from_three),
    ("motto-centre", f"{MAIN} khoản 1, điểm b", aligned("motto", LEFT)),
    ("organ-centre", f"{MAIN} khoản 2, điểm b", aligned("organ", LEFT)),
    ("number-centre", f"{MAIN} khoản 3, điểm c", aligned("number", LEFT)),
    ("date-centre", f"{MAIN} khoản 4, điểm c", aligned("date", RIGHT)),
    ("subject-centre", f"{MAIN} khoản 5, điểm b", aligned("subject", LEFT)),
    ("point-letters", f"{MAIN} khoản 6, điểm đ", lambda it: before_article(it, "d) một;", "e) hai;")),
    ("part-number", f"{MAIN} khoản 6, điểm đ", lambda it: heading_before_article(it, "Chương 1")),
    ("section-number", f"{MAIN} khoản 6, điểm đ", lambda it: heading_before_article(it, "Mục I")),
    ("signer-centre", f"{MAIN} khoản 7, điểm đ", aligned("signer", RIGHT)),
    ("recipients-colon", f"{MAIN} khoản 9, điểm d", swapped("recipients", ":", "")),
    ("recipients-left", f"{MAIN} khoản 9, điểm d", aligned("recipients", CENTRE)),
    ("annex-centre", f"{OTHERS} khoản 1, điểm b", aligned("annex II", LEFT)),
    ("letters-whole", f"{GENERAL} khoản 4", lambda it: it.text("signer", normalize("NFD", "Nguyễn Thị Êban"))),
    (
        "capital-special-place",
        "Phụ lục II, Mục III, khoản 1, điểm c",
        swapped_in_text("article 2", "xã Cư", "thành phố Hồ Chí Minh, xã Cư"),
    ),
]
OF_LETTERS = [
    ("superior-bold", f"{MAIN} khoản 2, điểm b", lambda it: it.look("superior", bold=True)),
    ("superior-size", f"{MAIN} khoản 2, điểm b", lambda it: it.look("superior", size=14)),
    ("superior-case", f"{MAIN} khoản 2, điểm b", swapped("superior", "TỈNH ĐẮK LẮK", "tỉnh Đắk Lắk")),
    ("about-size", f"{MAIN} khoản 5, điểm b", lambda it: it.look("about", size=14)),
    ("about-centre", f"{MAIN} khoản 5, điểm b", lambda it: setattr(it.named["about"], "alignment", LEFT)),
    ("addressees-colon", f"{MAIN} khoản 9, điểm d", swapped("addressee 1", ":", "")),
    ("addressees-ends", f"{MAIN} khoản 9, điểm d", swapped("addressee 2", ";", ",")),
    ("addressees-ends", f"{MAIN} khoản 9, điểm d", swapped("addressee 3", ".", ";")),
    ("recipients-as-above", f"{MAIN} khoản 9, điểm b", swapped("recipient 1", "Như trên", "Như kính gửi")),
    ("body-end", "Phụ lục III, Mục II, Mẫu 1.1 đến 1.6", swapped("body", "./.", ".")),
]
SEEDED = [(Decision, *fault) for fault in FAULTS + MORE] + [(Letter, *fault) for fault in OF_LETTERS]


def found_in(document: Decision) -> tuple[Finding, ...]:
    report = lint(read_word(document.bytes()))
    assert report.unread == ()
    return report.findings


@pytest.mark.parametrize("kind", [Decision, Letter])
def test_what_is_right_is_clean(kind):
    """The control of every fault below."""
    assert found_in(kind()) == ()


@pytest.mark.parametrize(
    ("kind", "rule", "clause", "spoil"), SEEDED, ids=[f"{number}-{each[1]}" for number, each in enumerate(SEEDED)]
)
def test_a_seeded_fault_is_found_by_its_own_rule_alone(kind, rule, clause, spoil):
    document = kind()
    spoil(document)

    findings = found_in(document)

    assert [(finding.rule, finding.clause) for finding in findings] == [(rule, clause)]
    assert findings[0].told.endswith(".")
    assert findings[0].found != findings[0].wanted


def test_thirty_faults_and_more_are_seeded():
    assert len({rule for _, rule, _, _ in SEEDED}) >= 30
