"""Letters by post: a page each, in the form of a công văn, with number and date left open."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from tieubieu.documents import ink
from tieubieu.documents.ink.letters import Letter, letter_batch

DATED = date(2026, 3, 1)
LONG = "Hợp tác xã nông nghiệp dịch vụ thương mại và sản xuất cà phê đặc sản hữu cơ Ea Tu – Buôn Ma Thuột " * 2


def letter(**changes):
    words = {
        "superior": "Ủy ban nhân dân tỉnh Đắk Lắk", "issuer": "Sở Công Thương tỉnh Đắk Lắk",
        "about": "Mời tham gia bình chọn",
        "receiver": "Công ty TNHH Cacao Nam Trường Sơn", "receiver_address": "Thôn 3, xã Ea Knuếc",
        "paragraphs": ["Sở trân trọng mời cơ sở.", "Rất mong cơ sở quan tâm."], "place": "Đắk Lắk",
        "signer_title": "Giám đốc", "signer": "Trần Văn Minh", "link": "https://daklak.example.vn/van-dong/thu-moi/abc/",
    }  # fmt: skip
    return Letter(**words | changes)


def printed(*letters, **words):
    return ink.render("letters", letter_batch(letters, title="Thư mời", dated=DATED, **words))


def text_of(made):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made.pdf)).pages]


def test_a_letter_says_who_writes_to_whom_and_leaves_number_and_date_open():
    [page] = text_of(printed(letter()))

    assert "SỞ CÔNG THƯƠNG TỈNH ĐẮK LẮK" in page
    assert "V/v mời tham gia bình chọn" in page
    assert "Kính gửi: Công ty TNHH Cacao Nam Trường Sơn" in page
    assert "Đắk Lắk, ngày tháng năm 2026" in page
    assert "Số: /" in page
    assert "GIÁM ĐỐC" in page
    assert "minh họa" not in page


def test_each_letter_begins_on_a_page_of_its_own():
    pages = text_of(printed(*[letter(receiver=f"Cơ sở {n}") for n in range(3)]))

    assert [f"Cơ sở {n}" in page for n, page in enumerate(pages)] == [True, True, True]


def test_a_demonstration_says_so():
    assert "Dữ liệu minh họa" in text_of(printed(letter(), is_demo=True))[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"superior": "", "place": "", "signer": "", "signer_title": "", "link": "", "receiver_address": ""},
        {"receiver": LONG, "receiver_address": LONG, "about": LONG, "issuer": LONG},
        {"paragraphs": [LONG * 8] * 4},
        {"receiver": "x" * 250},
        {"receiver": "#import \"a\" $x$ *b* @c <d> \\ `e`"},
    ],
    ids=["bare", "long", "two pages", "one word", "signs"],
)  # fmt: skip
def test_any_words_are_printed_as_they_are(changes):
    assert printed(letter(**changes)).pages >= 1


def test_the_same_words_give_the_same_bytes():
    assert printed(letter()).sha256 == printed(letter()).sha256


def test_a_letter_that_our_fonts_lack_is_refused():
    with pytest.raises(ink.InkRefused, match="phông chữ"):
        printed(letter(receiver="漢字"))
