"""What a Word file looks like once its styles are asked, and what is told when a place is not there."""

import subprocess
import sys
from xml.sax.saxutils import escape

import docx
import pytest
import specimens as made
from docx.oxml import parse_xml
from docx.shared import Pt
from paperwork import Decision

from tieubieu.decree30.document import Alignment
from tieubieu.decree30.findings import Place
from tieubieu.decree30.linter import lint
from tieubieu.decree30.measuring import width
from tieubieu.decree30.reading.word import Unreadable, read_word

OLD_LINE = (
    '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml">'
    '<v:shape type="#_x0000_t32" style="position:absolute;width:{points}pt;height:0"/></w:pict>'
)


def line(document, words):
    return next(line for line in document.lines if words in line.text)


def test_a_look_is_asked_of_the_style_and_of_those_it_is_based_on():
    it = Decision()
    parent = it.word.styles.add_style("Cha", 1)
    parent.font.bold, parent.font.size, parent.font.all_caps = True, Pt(13), True
    parent.paragraph_format.alignment = 1
    parent.base_style = it.word.styles["Normal"]
    child = it.word.styles.add_style("Con", 1)
    child.base_style = parent
    it.word.add_paragraph("đoạn theo mẫu", style=child)

    found = line(read_word(it.bytes()), "ĐOẠN THEO MẪU")

    assert found.inked[0].bold
    assert found.inked[0].size == 13
    assert found.inked[0].font == "Times New Roman"
    assert found.layout.alignment is Alignment.CENTRE


def test_a_font_is_asked_of_the_theme():
    """Word's own template names its fonts so, and its body is not set in Times New Roman."""
    bare = docx.Document()
    bare.add_paragraph("chữ theo chủ đề")
    it = Decision()
    it.word = bare

    found = line(read_word(it.bytes()), "chữ theo chủ đề")

    assert found.inked[0].font == "Cambria"


def test_points_of_line_spacing_are_told_in_lines():
    it = Decision()
    it.named["article 2"].paragraph_format.line_spacing = Pt(30)

    report = lint(read_word(it.bytes()))

    assert [finding.rule for finding in report.findings] == ["body-spacing"]
    assert report.findings[0].found == "1,86 dòng"


def test_a_line_is_measured_as_times_new_roman_sets_it():
    motto = line(read_word(Decision().bytes()), "Hạnh phúc")

    assert width(motto) == pytest.approx(55.6, abs=0.5)


def test_the_same_fault_on_many_lines_is_told_once():
    it = Decision()
    for name in ("article 1", "article 2", "article 3"):
        it.named[name].alignment = 0

    findings = lint(read_word(it.bytes())).findings

    assert [(finding.rule, finding.times) for finding in findings] == [("body-justified", 3)]


def test_a_place_that_is_not_there_is_told_and_nothing_is_guessed():
    it = Decision()
    it.drop("number", "recipients")

    unread = {each.place for each in lint(read_word(it.bytes())).unread}

    assert unread == {Place.NUMBER, Place.ORGAN, Place.RECIPIENTS, Place.POWER, Place.SIGNER}


def test_a_number_that_is_still_open_is_no_fault():
    it = Decision()
    it.text("number", "Số:      /QĐ-UBND")
    it.text("date", "Đắk Lắk, ngày     tháng     năm 2026")

    assert lint(read_word(it.bytes())).is_clean


def test_a_rule_kept_with_another_line_is_not_called_missing():
    it = Decision()
    drawn = it.named["motto"].runs[-1]._r
    it.named["date"]._p.append(drawn)

    assert lint(read_word(it.bytes())).is_clean


@pytest.mark.parametrize(("points", "rules"), [(157.7, []), (90, ["motto-rule"])])
def test_a_rule_as_older_word_drew_it_is_measured(points, rules):
    it = Decision()
    run = it.named["motto"].runs[-1]._r
    run.remove(run[0])
    run.append(parse_xml(OLD_LINE.format(points=points)))

    assert [finding.rule for finding in lint(read_word(it.bytes())).findings] == rules


def test_a_rule_that_is_nowhere_is_missing():
    it = Decision()
    it.named["motto"]._p.remove(it.named["motto"].runs[-1]._r)

    assert [finding.rule for finding in lint(read_word(it.bytes())).findings] == ["motto-rule"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", made.pdf(), made.xlsx(), made.docx("<w:p>" * 400 + escape("a") + "</w:p>" * 400)],
    ids=["empty", "cut off", "pdf", "xlsx", "nested"],
)
def test_what_is_no_word_document_is_refused_in_words(data):
    with pytest.raises(Unreadable, match="Word"):
        read_word(data)


def test_a_document_of_one_bare_paragraph_is_read():
    report = lint(read_word(made.docx()))

    assert Place.PAGE in {each.place for each in report.unread}


def test_the_linter_knows_no_django():
    asked = "import sys, tieubieu.decree30.linter, tieubieu.decree30.reading.word; print('django' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"
