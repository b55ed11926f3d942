"""What good files become, and what is left out of them."""

import hashlib
import io

import pytest
import specimens as good
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from stage import person

from tenants.gateways import inside
from tieubieu.ui.words import number
from tieubieu.uploads.errors import FileDamaged, UploadRefused
from tieubieu.uploads.kinds import PAPERS, PHOTOS, Kind, listed
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import PRINTABLE, open_bytes, open_variant, take_in

pytestmark = pytest.mark.usefixtures("in_daklak")

GOOD = {
    "jpeg": good.photo(),
    "png": good.photo("PNG"),
    "webp": good.photo("WEBP"),
    "heic": good.TURNED_HEIC,
    "pdf": good.pdf(3),
    "docx": good.docx(),
    "xlsx": good.xlsx(),
}


def kept(data, **words):
    return take_in(data, name="tep", actor=None, **words)


def shown(file, variant=""):
    return Image.open(io.BytesIO(open_variant(file, variant)), formats=["JPEG"])


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_of_each_kind_is_taken(kind):
    file = kept(GOOD[kind])

    assert file.kind == kind
    assert hashlib.sha256(open_bytes(file)).hexdigest() == file.sha256
    assert file.given_sha256 == hashlib.sha256(GOOD[kind]).hexdigest()
    assert file.storage_name.startswith(f"uploads/{file.sha256[:2]}/{file.sha256}.")


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_papers_are_kept_byte_for_byte(kind):
    assert open_bytes(kept(GOOD[kind])) == GOOD[kind]


def test_a_pdf_knows_its_pages():
    assert kept(GOOD["pdf"]).pages == 3


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic"])
def test_a_photo_is_kept_as_jpeg_with_smaller_ones_beside_it(kind):
    file = kept(GOOD[kind])

    sizes = {name: max(shown(file, name).size) for name in ("", "screen", "thumb")}
    assert sizes == {"": max(file.width, file.height), "screen": min(1280, sizes[""]), "thumb": 320}
    assert file.media_type == "image/jpeg"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_is_set_upright(orientation):
    """Red with green in its upper left quarter, as the camera held it."""
    file = kept(good.photo(exif=good.exif(orientation)))

    photo = shown(file)
    corners = {1: (10, 10), 3: (1590, 1190), 6: (1190, 10), 8: (10, 1590)}
    assert photo.size == ((1200, 1600) if orientation in (6, 8) else (1600, 1200))
    assert photo.getpixel(corners[orientation])[1] > 150
    assert (file.width, file.height) == photo.size


def test_a_phones_turned_photo_is_set_upright():
    file = kept(good.TURNED_HEIC)

    assert shown(file).size == (800, 1200)
    assert shown(file).getpixel((790, 10))[1] > 150


@pytest.mark.parametrize("data", [good.photo(exif=good.exif()), good.TURNED_HEIC], ids=["jpeg", "heic"])
@pytest.mark.parametrize("variant", ["", "screen", "thumb"])
def test_where_and_with_what_it_was_taken_is_not_kept(data, variant):
    stored = open_variant(kept(data), variant)

    assert b"MAY-ANH-BI-MAT" in data
    assert b"MAY-ANH-BI-MAT" not in stored
    assert b"Exif" not in stored
    assert not dict(Image.open(io.BytesIO(stored)).getexif())


def test_a_comment_and_what_follows_the_picture_are_not_kept():
    data = good.photo(comment=b"GHI-CHU-RIENG") + b"PHAN-DUOI"

    stored = open_bytes(kept(data))

    assert b"GHI-CHU-RIENG" not in stored
    assert b"PHAN-DUOI" not in stored


def test_the_colour_profile_is_kept():
    profile = good.profile()

    assert shown(kept(good.photo(icc_profile=profile))).info["icc_profile"] == profile


def test_a_colour_profile_that_is_none_is_dropped():
    file = kept(good.photo(icc_profile=b"khong phai ho so mau" * 20))

    assert "icc_profile" not in shown(file).info


def test_print_colours_and_transparency_become_plain_ones():
    grey, print_colours = kept(good.photo(mode="L")), kept(good.photo(mode="CMYK"))
    out = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(out, "PNG")
    clear = kept(out.getvalue())

    assert {shown(file).mode for file in (grey, print_colours, clear)} == {"RGB"}
    assert shown(clear).getpixel((9, 9)) == (255, 255, 255)


def test_sixteen_bits_of_grey_stay_grey():
    out = io.BytesIO()
    Image.new("I;16", (400, 400), 0x8000).save(out, "PNG")

    assert shown(kept(out.getvalue())).getpixel((9, 9)) == (128, 128, 128)


def test_a_photo_is_shrunk_only_beyond_what_print_needs():
    large, long = kept(good.photo(size=(6000, 4500))), kept(good.photo(size=(8000, 1800)))

    assert shown(large).size == (4096, 3072)
    assert min(shown(long).size) >= 1772


@pytest.mark.parametrize(
    ("size", "is_enough"), [((787, 1181), True), ((1181, 787), True), ((786, 1181), False), ((2000, 700), False)]
)
def test_the_least_size_is_told_in_plain_words(size, is_enough):
    if is_enough:
        assert kept(good.photo(size=size), smallest=PRINTABLE)
        return

    with pytest.raises(UploadRefused, match=r"nhỏ hơn 10 × 15 cm khi in \(cần ít nhất 787 × 1\.181") as caught:
        kept(good.photo(size=size), smallest=PRINTABLE)

    assert f"{number(size[0])} × {number(size[1])}" in caught.value.message
    assert not StoredFile.objects.exists()


def test_only_the_kinds_asked_for_are_taken_and_the_sentence_lists_them():
    with pytest.raises(UploadRefused, match="Xin chọn tệp PDF hoặc Word"):
        kept(GOOD["jpeg"], kinds=PAPERS)
    with pytest.raises(UploadRefused, match="Xin chọn tệp JPEG, PNG, WebP hoặc HEIC"):
        kept(GOOD["docx"], kinds=PHOTOS)
    with pytest.raises(UploadRefused):
        kept(GOOD["xlsx"], kinds=frozenset({Kind.DOCX}))
    assert listed(frozenset({Kind.PDF})) == "PDF"


def test_what_it_is_counts_and_not_what_it_is_called():
    file = take_in(SimpleUploadedFile("anh.jpg", GOOD["pdf"], "image/jpeg"), actor=None)

    assert (file.kind, file.name) == ("pdf", "anh.pdf")


def test_the_same_bytes_lie_there_once_and_each_taking_has_its_row(tmp_path):
    owner, officer = person("chu-co-so"), person("chuyen-vien")

    first = take_in(GOOD["pdf"], name="Đơn.pdf", actor=owner)
    second = take_in(GOOD["pdf"], name="Bản sao.pdf", actor=officer)

    assert first.storage_name == second.storage_name
    assert (first.added_by, second.added_by) == (owner, officer)
    assert (first.name, second.name) == ("Đơn.pdf", "Bản sao.pdf")
    assert len(list(tmp_path.rglob("*.pdf"))) == 1


def test_a_damaged_file_is_not_handed_out_and_is_mended_by_the_next_taking():
    file = kept(GOOD["pdf"])
    default_storage.delete(file.storage_name)
    default_storage.save(file.storage_name, ContentFile(b"%PDF-1.7 khac"))

    with pytest.raises(FileDamaged, match="khôi phục tệp từ bản sao lưu"):
        open_bytes(file)
    assert open_bytes(kept(GOOD["pdf"])) == GOOD["pdf"]


def test_a_lost_file_is_told_and_a_lost_thumb_is_replaced_by_the_photo():
    file = kept(GOOD["jpeg"])
    default_storage.delete(file.storage_name_of("thumb"))

    assert open_variant(file, "thumb") == open_bytes(file)
    default_storage.delete(file.storage_name)
    with pytest.raises(FileDamaged):
        open_bytes(file)


def test_the_neighbour_cannot_open_it(khanhhoa):
    file = kept(GOOD["pdf"])

    with inside(khanhhoa):
        assert not StoredFile.objects.exists()
        with pytest.raises(FileDamaged):
            open_bytes(file)


@pytest.mark.parametrize("copying_forbidden", [good.printable_only_pdf()])
def test_a_pdf_that_opens_for_everybody_is_taken(copying_forbidden):
    assert kept(copying_forbidden).pages == 1


def test_ordinary_word_files_with_links_and_charts_are_taken():
    chart = good.xlsx()
    links = [("hyperlink", "https://dichvucong.gov.vn", True), ("attachedTemplate", "file:///C:\\Mau\\Don.dotx", True)]

    assert kept(good.docx(links=links, **{"word/embeddings/Microsoft_Excel_Sheet1.xlsx": chart})).kind == "docx"
