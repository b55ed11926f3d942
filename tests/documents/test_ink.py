"""Real pages from the press."""

import io
import json
import os
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tieubieu.documents import ink
from tieubieu.documents.ink import press
from tieubieu.documents.ink.certificate import certificate_batch

LONG = "Công ty trách nhiệm hữu hạn một thành viên Sản xuất Thương mại Dịch vụ và Xuất nhập khẩu Ngưỡng Vọng "


def text_of(pdf: bytes) -> str:
    """The text layer, white space evened out."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def fonts_of(pdf: bytes) -> set[str]:
    pages = PdfReader(io.BytesIO(pdf)).pages
    named = [font.get_object() for page in pages for font in page["/Resources"].get("/Font", {}).values()]
    for font in named:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor
    return {str(font["/BaseFont"]).split("+")[1] for font in named}


def codes_on(picture: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def named(count: int) -> str:
    return (LONG * 4)[:count].strip()


def test_the_words_are_on_the_page_as_vietnamese_text(certificate):
    paper = ink.render("certificate", certificate())
    text = text_of(paper.pdf)

    assert paper.pages == 1
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
        "GIẤY CHỨNG NHẬN", "SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU CẤP TỈNH", "Bộ ấm chén gốm men lam",
        "Hợp tác xã Gốm Yang Tao", "Buôn Dơng Bắk", "0218/QĐ-UBND ngày 05 tháng 02 năm 2026", "07/2026/GCN-UBND",
        "31/12/2029", "PHÓ CHỦ TỊCH", "Nguyễn Thị Hồng Nhung",
    ):  # fmt: skip
        assert words in text
    assert unicodedata.is_normalized("NFC", text)


def test_decomposed_words_are_printed_composed(certificate):
    decomposed = unicodedata.normalize("NFD", "Bộ ấm chén gốm men lam")

    assert ink.render("certificate", certificate(product_name=decomposed)) == ink.render("certificate", certificate())


def test_only_our_fonts_are_embedded(certificate):
    paper = ink.render("certificate", certificate(is_demo=True))

    assert fonts_of(paper.pdf) == {"Tinos", "Tinos-Bold", "Tinos-Italic", "EBGaramond-SemiBold"}


def test_the_file_says_that_it_is_archival_accessible_and_vietnamese(certificate):
    pdf = ink.render("certificate", certificate()).pdf
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]

    assert b"<pdfaid:part>2<" in pdf
    assert b"<pdfaid:conformance>A<" in pdf
    assert b"<pdfuaid:part>1<" in pdf
    assert root["/Lang"] == "vi-VN"
    assert root["/MarkInfo"]["/Marked"]


def test_the_same_words_give_the_same_bytes_at_any_time(certificate):
    first = ink.render("certificate", certificate())
    time.sleep(1.1)

    assert ink.render("certificate", certificate()) == first
    assert b"CreationDate(D:20260205" in first.pdf
    assert ink.render("certificate", certificate(number="08/2026/GCN-UBND")) != first


def test_another_process_prints_the_same_bytes(certificate):
    data = certificate().as_data()
    program = (
        "import json, sys; from tieubieu.documents import ink\n"
        "print(ink.render('certificate', json.load(sys.stdin)).sha256)"
    )

    other = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(data), capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    assert other.stdout.strip() == ink.render("certificate", data).sha256


@pytest.mark.parametrize("ppi", [150, 300])
@pytest.mark.parametrize("name", ["Cà phê bột", "Bộ ấm chén gốm men lam", named(200)])
def test_the_qr_code_reads_back_from_the_page(certificate, ppi, name):
    paper = certificate(product_name=name, holder_name=name, is_demo=True)

    [picture] = ink.render_png("certificate", paper, ppi=ppi)

    assert codes_on(picture) == [paper.verification_url]


def test_several_certificates_share_a_file(certificate):
    papers = [certificate(number=f"{n:02}/2026/GCN-UBND", product_name=f"Sản phẩm số {n}") for n in (1, 2, 3)]

    made = ink.render("certificate", certificate_batch(papers))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages]
    pictures = ink.render_png("certificate", certificate_batch(papers), ppi=150)

    assert made.pages == len(pages) == 3
    for paper, page, picture in zip(papers, pages, pictures, strict=True):
        assert paper.product_name in page
        assert codes_on(picture) == [paper.verification_url]


def test_long_names_are_set_smaller_and_stay_whole_on_one_page(certificate):
    name, address = named(250), named(300)

    paper = ink.render("certificate", certificate(product_name=name, holder_name=name, holder_address=address))
    text = text_of(paper.pdf)

    assert paper.pages == 1
    assert text.count(name) == 3
    assert address in text


def test_names_longer_than_the_paper_are_refused_rather_than_overprinted(certificate):
    with pytest.raises(ink.InkRefused, match="dài quá khổ giấy của giấy chứng nhận số 07/2026/GCN-UBND"):
        ink.render("certificate", certificate(product_name=named(380), holder_name="Ơ" * 500))


def test_a_word_longer_than_a_line_breaks_inside_the_border(certificate):
    paper = ink.render("certificate", certificate(product_name="Ơ" * 90))

    assert paper.pages == 1
    assert "Ơ" * 90 not in text_of(paper.pdf)


def test_demonstration_data_is_marked_across_the_page_and_nothing_else_is(certificate):
    # The mark is slanted, so the text layer gives its letters one by one.
    marked = text_of(ink.render("certificate", certificate(is_demo=True)).pdf).replace(" ", "")

    assert "DỮLIỆUMINHHỌA" in marked
    assert "DỮLIỆU" not in text_of(ink.render("certificate", certificate()).pdf).replace(" ", "")


@pytest.mark.parametrize(
    "trick", ['#read("/etc/passwd")', "*đậm* _nghiêng_ $x^2$", '"); #panic("x', "\\u{41} <nhãn> @tham"]
)
def test_words_stay_words(certificate, trick):
    text = text_of(ink.render("certificate", certificate(product_name=trick)).pdf)

    assert trick in text


@pytest.mark.parametrize("word", ["漢字", "Кофе 🙂", "\ue000"])
def test_a_letter_without_a_glyph_is_refused_by_name(certificate, word):
    with pytest.raises(ink.InkRefused, match="phông chữ của giấy tờ không có ký tự này"):
        ink.render("certificate", certificate(product_name=word))


def test_a_warning_is_an_error(monkeypatch):
    source = b'#set document(title: "x", date: datetime(year: 2026, month: 1, day: 5))\n#text(font: "Arial")[x]'
    monkeypatch.setattr(press, "layout_files", lambda name: {f"{name}/main.typ": source})

    with pytest.raises(ink.InkRefused, match="unknown font family: arial"):
        ink.render("proof", {"dated": "2026-01-05"})


def test_a_layout_reads_nothing_but_itself_and_the_words(monkeypatch):
    monkeypatch.setattr(press, "layout_files", lambda name: {f"{name}/main.typ": b'#read("/etc/passwd")'})

    with pytest.raises(ink.InkRefused, match="not found"):
        ink.render("proof", {"dated": "2026-01-05"})


@pytest.mark.parametrize("name", ["nowhere", "../certificate", "shared", "Certificate", ""])
def test_an_unknown_layout_is_named(name):
    with pytest.raises(ink.UnknownLayout):
        ink.layout_version(name)


def test_another_look_is_another_version(monkeypatch, tmp_path):
    from tieubieu.documents.ink import layouts

    monkeypatch.setattr(layouts, "LAYOUTS", tmp_path)
    versions = set()
    for door, shared in [("x", "y"), ("x ", "y"), ("x", "z")]:
        for folder, name, text in [("a", "main.typ", f'#import "../b/c.typ"\n{door}'), ("b", "c.typ", shared)]:
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_text(text)
        layouts.layout_files.cache_clear()
        layouts.layout_version.cache_clear()
        versions.add(layouts.layout_version("a"))
    layouts.layout_files.cache_clear()
    layouts.layout_version.cache_clear()

    assert len(versions) == 3


def test_threads_print_side_by_side(certificate):
    papers = [certificate(number=f"{n:02}/2026/GCN-UBND") for n in range(6)]
    alone = [ink.render("certificate", paper) for paper in papers]

    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(lambda paper: ink.render("certificate", paper), papers))

    assert together == alone


FORKED = """
import json, os, sys
from tieubieu.documents import ink
data = json.load(sys.stdin)
if sys.argv[1] == "printed":
    ink.render("certificate", data)
child = os.fork()
if child == 0:
    try:
        made = ink.render("certificate", data).pages == 1
    except ink.InkAfterFork:
        os._exit(7)
    os._exit(0 if made else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(("before", "ends"), [("fresh", 0), ("printed", 7)])
def test_a_forked_worker_prints_or_says_why_not_but_never_hangs(certificate, before, ends):
    ended = subprocess.run(
        [sys.executable, "-c", FORKED, before], input=json.dumps(certificate().as_data()), text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False,
    )  # fmt: skip

    assert ended.returncode == ends
