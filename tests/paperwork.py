"""A decision and a letter that the decree has nothing against, built anew for each test, which spoils one thing."""

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tieubieu.decree30.document import Line, Run
from tieubieu.decree30.measuring import width

CENTRE, BOTH, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
STROKE = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><wp:inline><wp:extent cx="{length}" cy="0"/>'
    '<wp:docPr id="{id}" name="Line"/><a:graphic><a:graphicData uri="{shapes}"><wps:wsp xmlns:wps="{shapes}"><wps:spPr>'
    '<a:prstGeom prst="line"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
SUBJECT = "Công nhận sản phẩm công nghiệp nông thôn tiêu biểu tỉnh Đắk Lắk năm 2026"
BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Thông tư số 26/2014/TT-BCT ngày 28 tháng 8 năm 2014 của Bộ trưởng Bộ Công Thương quy định về bình chọn;",
    "Theo đề nghị của Giám đốc Sở Công Thương tại Tờ trình số 15/TTr-SCT ngày 05 tháng 3 năm 2026.",
)
ARTICLES = (
    ("Điều 1. ", "Công nhận 42 sản phẩm theo Phụ lục I và Phụ lục II kèm theo Quyết định này."),
    ("Điều 2. ", "Ủy ban nhân dân xã Cư M’gar, xã Ea H’leo “tổ chức thực hiện” theo khoản 2 Điều 5 của quy chế."),
    ("Điều 3. ", "Giám đốc Sở Công Thương và các cơ sở có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."),
)


class Decision:
    """The document and its paragraphs by name; `text` and `look` change one of them."""

    def __init__(self) -> None:
        self.word = docx.Document()
        self.named: dict[str, docx.text.paragraph.Paragraph] = {}
        self._strokes = 0
        self._set_page()
        self._head()
        self._middle()
        self._foot()
        self._annexes()

    def _set_page(self) -> None:
        style = self.word.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(14)
        style.paragraph_format.space_after = Pt(0)
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.style = style
        paragraph.alignment = CENTRE
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), " PAGE ")
        field.append(OxmlElement("w:r"))
        paragraph._p.append(field)
        self.named["page number"] = paragraph

    def _head(self) -> None:
        left, right = self.word.add_table(rows=1, cols=2).rows[0].cells
        self._put("organ", "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK", 12, bold=True, to=left)
        self.rule("organ", 0.4)
        self._put("number", "Số: 05/QĐ-UBND", 13, to=left)
        self._put("country", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True, to=right)
        self._put("motto", "Độc lập - Tự do - Hạnh phúc", 13, bold=True, to=right)
        self.rule("motto", 1)
        self._put("date", "Đắk Lắk, ngày 09 tháng 02 năm 2026", 13, italic=True, to=right)

    def _middle(self) -> None:
        self._put("kind", "QUYẾT ĐỊNH", 14, bold=True)
        self._put("subject", SUBJECT, 14, bold=True)
        self.rule("subject", 0.4)
        self._put("competence", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", 14, bold=True)
        for number, text in enumerate(BASES, 1):
            self._put(f"basis {number}", text, 14, italic=True, alignment=BOTH)
        self._put("enacting", "QUYẾT ĐỊNH:", 14, bold=True)
        for number, (label, text) in enumerate(ARTICLES, 1):
            self._prose(f"article {number}", label, bold=True).add_run(text).font.size = Pt(14)

    def _prose(self, name: str, text: str, *, bold: bool = False):
        paragraph = self._put(name, text, 14, bold=bold, alignment=BOTH)
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.space_before = Pt(6)
        return paragraph

    def _foot(self) -> None:
        left, right = self.word.add_table(rows=1, cols=2).rows[0].cells
        self._put("recipients", "Nơi nhận:", 12, bold=True, italic=True, alignment=LEFT, to=left)
        for number, text in enumerate(("- Như Điều 3;", "- Cục Công Thương địa phương;", "- Lưu: VT, CT."), 1):
            self._put(f"recipient {number}", text, 11, alignment=LEFT, to=left)
        self._put("power", "CHỦ TỊCH", 14, bold=True, to=right)
        self._put("signer", "Nguyễn Thị Êban", 14, bold=True, to=right)

    def _annexes(self) -> None:
        for order, title in (("I", "DANH SÁCH SẢN PHẨM"), ("II", "DANH SÁCH BỘ SẢN PHẨM")):
            self._annex(order, title)

    def _annex(self, order: str, title: str) -> None:
        self._put(f"annex {order}", f"Phụ lục {order}", 14, bold=True)
        self._put(f"title {order}", title, 14, bold=True)
        note = "(Kèm theo Quyết định số 05/QĐ-UBND ngày 09 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Đắk Lắk)"
        self._put(f"note {order}", note, 14, italic=True)

    def _put(self, name, text, size, *, bold=False, italic=False, alignment=CENTRE, to=None):
        holder = to or self.word
        empty = to is not None and not to.paragraphs[0].text and len(to.paragraphs) == 1
        paragraph = holder.paragraphs[0] if empty else holder.add_paragraph()
        paragraph.alignment = alignment
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        self.named[name] = paragraph
        return paragraph

    def rule(self, name: str, share: float) -> None:
        """Draw the rule under the place anew, as long as this share of its text."""
        for drawn in list(self.named[name]._p.iter(qn("w:drawing"))):
            drawn.getparent().getparent().remove(drawn.getparent())
        self._strokes += 1
        run = self.named[name].runs[0]
        text = Line((Run(run.text.split("\n")[-1], "", run.font.size.pt, bool(run.bold)),))
        drawing = STROKE.format(length=round(width(text) * share * 36000), id=self._strokes, shapes=SHAPES)
        self.named[name].add_run()._r.append(parse_xml(drawing))

    def text(self, name: str, new: str) -> None:
        self.named[name].runs[0].text = new

    def look(self, place: str, /, **asked) -> None:
        font = self.named[place].runs[0].font
        for attribute, value in asked.items():
            setattr(font, attribute, Pt(value) if attribute == "size" else value)

    def drop(self, *names: str) -> None:
        for name in names:
            paragraph = self.named[name]._p
            paragraph.getparent().remove(paragraph)

    def bytes(self) -> bytes:
        kept = io.BytesIO()
        self.word.save(kept)
        return kept.getvalue()


class Letter(Decision):
    """An official letter of a department to several addressees, signed for its head."""

    def _head(self) -> None:
        super()._head()
        cell = self.named["organ"]._parent
        self._put("superior", "UBND TỈNH ĐẮK LẮK", 12, to=cell)
        self.named["organ"]._p.addprevious(self.named["superior"]._p)
        self.text("organ", "SỞ CÔNG THƯƠNG")
        self.rule("organ", 0.4)
        self.text("number", "Số: 12/SCT-CN")
        self._put("about", "V/v đăng ký tham gia bình chọn sản phẩm", 12, to=cell)

    def _middle(self) -> None:
        for number, text in enumerate(("Kính gửi:", "- Ủy ban nhân dân các xã, phường;", "- Các cơ sở sản xuất."), 1):
            self._put(f"addressee {number}", text, 14, alignment=LEFT)
        self._prose("body", "Sở Công Thương đề nghị Ủy ban nhân dân các xã, phường thông báo tới các cơ sở./.")

    def _foot(self) -> None:
        super()._foot()
        self.text("recipient 1", "- Như trên;")
        self.text("power", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")

    def _annexes(self) -> None:
        """It has none."""
