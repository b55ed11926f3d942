"""Files that mean harm, or that nobody can read: each is refused with its sentence, and nothing of it is kept."""

import io
import random
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
import specimens as made
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Dictionary, Name

from tieubieu.uploads.errors import SENTENCES, UploadRefused
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import open_bytes, take_in

pytestmark = pytest.mark.usefixtures("in_daklak")

JPEG, PNG, PDF, DOCX, XLSX = made.photo(), made.photo("PNG"), made.pdf(), made.docx(), made.xlsx()
ZIP = made.packed({"a.txt": "b" * 100})
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&c;</w:document>'
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
VBA = "application/vnd.ms-word.document.macroEnabled.main+xml"
DDE = '<w:p><w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\\\cmd.exe "/k" </w:instrText></w:r></w:p>'
SEA = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)
SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
WITH_MACRO = made.xlsx(**{"xl/vbaProject.bin": b"x"})


def overlapping():
    """Two names for the same packed bytes: the trick by which a small archive unpacks to petabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.docx_parts().items():
            archive.writestr(name, data)
        twin = zipfile.ZipInfo("word/twin.xml")
        first = archive.infolist()[-1]
        twin.compress_type, twin.CRC = zipfile.ZIP_DEFLATED, first.CRC
        twin.compress_size, twin.file_size, twin.header_offset = (
            first.compress_size,
            first.file_size,
            first.header_offset,
        )
        archive.filelist.append(twin)
        archive.NameToInfo[twin.filename] = twin
        archive._didModify = True
    return out.getvalue()


def encrypted_entry():
    data = bytearray(DOCX)
    for place in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[place] |= 1
    return bytes(data)


def png_with_page_inside():
    data = PNG.index(b"IDAT") - 4
    text = b"a\0<script>alert(1)</script>"
    block = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    return PNG[:data] + block + PNG[data:]


def swollen(megabytes):
    return made.docx(**{"word/media/anh.bin": b"\0" * (megabytes << 20)})


HOSTILE = {
    # nothing, cut, or not what its name says
    "nothing": (b"", "empty"),
    "text": (b"xin chao", "wrong_type"),
    "a page called jpg": (b"<html><script>alert(1)</script></html>", "wrong_type"),
    "a program called pdf": (b"MZ" + b"\0" * 2000, "wrong_type"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "wrong_type"),
    "gif": (b"GIF89a" + b"\0" * 100, "wrong_type"),
    "tiff": (b"II*\0" + b"\0" * 100, "wrong_type"),
    "plain zip": (ZIP, "wrong_type"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "svg"),
    "jpeg cut": (JPEG[: len(JPEG) // 2], "damaged"),
    "jpeg of three bytes": (JPEG[:3], "damaged"),
    "png cut": (PNG[: len(PNG) // 2], "damaged"),
    "webp cut": (made.photo("WEBP")[:500], "damaged"),
    "heic cut": (made.TURNED_HEIC[:700], "damaged"),
    "heic of nothing": (made.TURNED_HEIC[:40] + b"\xff" * 400, "damaged"),
    "pdf cut": (PDF[: len(PDF) // 2], "damaged"),
    "pdf of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"%%EOF", "damaged"),
    "docx cut": (DOCX[: len(DOCX) // 2], "damaged"),
    "old word": (made.old_office(), "old_office"),
    "locked word": (made.old_office(locked=True), "password"),
    "locked pdf": (made.locked_pdf(), "password"),
    "locked entry": (encrypted_entry(), "password"),
    # pictures that fill the memory
    "png of 40 gigapixels": (made.png_header(200_000, 200_000), "pixels"),
    "png of 65 megapixels": (made.png_header(8_125, 8_000), "pixels"),
    "png that is all header": (made.png_header(2000, 2000), "damaged"),
    "jpeg of 4 gigapixels": (made.jpeg_claiming(65_500, 65_500), "pixels"),
    "film webp": (made.film(), "animated"),
    "film webp of 2000 pictures": (made.film(frames=400, size=(16, 16)), "animated"),
    "film png": (made.film("PNG"), "animated"),
    # two things at once
    "jpeg and zip": (JPEG + ZIP, "polyglot"),
    "png and page": (png_with_page_inside(), "polyglot"),
    "jpeg and page": (JPEG + b"<script>alert(1)</script>", "polyglot"),
    "jpeg and php": (made.photo(comment=b"<?php system('id'); ?>"), "polyglot"),
    "jpeg and pdf": (made.photo(comment=b"%PDF-1.4"), "polyglot"),
    "pdf and zip": (PDF + ZIP, "polyglot"),
    "pdf and page": (PDF + b"<html><script>alert(1)</script>", "polyglot"),
    "pdf and tail": (PDF + b"\x7fELF" + b"x" * 3000, "polyglot"),
    "docx behind a jpeg": (JPEG[:200] + DOCX, "polyglot"),
    "docx behind a program": (b"PK\x03\x04" + b"MZ" * 200 + DOCX, "damaged"),
    "docx and comment": (made.packed(made.docx_parts())[:-2] + struct.pack("<H", 6) + b"<html>", "polyglot"),
    # PDF that acts
    "pdf script": (made.with_action(S=Name.JavaScript, JS="app.alert(1)"), "active"),
    "pdf launch": (made.with_action(S=Name.Launch, F="cmd.exe"), "active"),
    "pdf sends": (made.with_action(S=Name.SubmitForm, F="https://la.example"), "active"),
    "pdf leads away": (made.with_action(S=Name.GoToR, F="\\\\la.example\\a.pdf"), "active"),
    "pdf link with script": (made.with_link("javascript:a()"), "active"),
    "pdf link to a file": (made.with_link("file:///etc/passwd"), "active"),
    "pdf film": (made.with_annotation(Subtype=Name.RichMedia), "active"),
    "pdf paper clip": (made.with_annotation(Subtype=Name.FileAttachment), "active"),
    "pdf script of an annotation": (made.with_annotation(Subtype=Name.Square, AA=Dictionary(E=SCRIPT)), "active"),
    "pdf attachment": (made.with_attachment(), "active"),
    "pdf xfa": (made.with_xfa(), "active"),
    "pdf script in an earlier edition": (PDF.replace(b"%%EOF", b"%/JavaScript\n%%EOF"), "active"),
    "pdf bomb": (made.with_swollen_stream(400), "bomb"),
    "pdf bomb in a bomb": (made.with_twice_packed_stream(), "bomb"),
    "pdf without pages": (made.pdf(0), "damaged"),
    "pdf of many pages": (made.pdf(501), "pages"),
    # Word and Excel that act
    "macros": (made.docx(**{"word/vbaProject.bin": b"\xd0\xcf"}), "macros"),
    "macros by type": (made.added(DOCX, {"[Content_Types].xml": made.TYPES.replace("application/xml", VBA)}), "macros"),
    "old macros of a sheet": (made.xlsx(**{"xl/macrosheets/sheet1.xml": "<a/>"}), "macros"),
    "activex": (made.docx(**{"word/activeX/activeX1.bin": b"x"}), "embedded"),
    "ole object": (made.docx(**{"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "a program inside": (made.docx(**{"word/media/setup.exe": b"MZ"}), "embedded"),
    "a macro inside a chart's book": (made.docx(**{"word/embeddings/a.xlsx": WITH_MACRO}), "macros"),
    "a book in a book in a book": (
        made.docx(**{"word/embeddings/a.docx": made.docx(**{"word/embeddings/b.docx": DOCX})}), "embedded"),
    "template from afar": (made.docx(links=[("attachedTemplate", "https://la.example/a.dotm", True)]), "external"),
    "template from a share": (made.docx(links=[("attachedTemplate", "\\\\la.example\\a.dotm", True)]), "external"),
    "picture from afar": (made.docx(links=[("image", "https://la.example/a.png", True)]), "external"),
    "link with script": (made.docx(links=[("hyperlink", "javascript:alert(1)", True)]), "external"),
    "dde field": (made.docx(DDE), "external"),
    "other workbook": (made.xlsx(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), "external"),
    "connection": (made.xlsx(**{"xl/connections.xml": "<connections/>"}), "external"),
    "a thousand laughs": (made.docx(**{"word/document.xml": LAUGHS}), "bomb"),
    "entity from the disk": (made.docx(**{"word/styles.xml": OUTSIDE}), "bomb"),
    "broken xml": (made.docx(**{"word/styles.xml": "<a><b></a>"}), "damaged"),
    "zip bomb": (swollen(200), "bomb"),
    "zip bomb of many entries": (made.docx(**{f"word/{n}.xml": "" for n in range(3100)}), "bomb"),
    "overlapping entries": (overlapping(), "bomb"),
    "zip slip": (made.docx(**{"../../etc/cron.d/a": "x"}), "damaged"),
    "zip slip by a drive": (made.docx(**{"C:\\Windows\\a.dll": "x"}), "damaged"),
    "a sheet as large as the sea": (made.xlsx(**{"xl/worksheets/sheet1.xml": SEA}), "heavy"),
    "odt": (made.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "wrong_type"),
    "jar": (made.packed({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": "\xca\xfe"}), "wrong_type"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason_and_not_kept(name, tmp_path):
    data, reason = HOSTILE[name]

    with pytest.raises(UploadRefused) as caught:
        take_in(SimpleUploadedFile("anh-san-pham.jpg", data), actor=None)

    assert caught.value.reason == reason, caught.value.message
    assert caught.value.status == 422
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_there_are_enough_of_them_and_every_sentence_says_what_to_do():
    assert len(HOSTILE) >= 40
    assert {reason for reason, sentence in SENTENCES.items() if "Xin " not in sentence} == set()


def mangled(data, seed):
    """The same file after a bad line or a bad mind: bytes changed, lost and added, always in the same way."""
    dice = random.Random(seed)
    broken = bytearray(data)
    for _ in range(dice.choice([1, 5, 40])):
        place = dice.randrange(len(broken))
        broken[place : place + dice.randrange(3)] = dice.randbytes(dice.randrange(4))
    return bytes(broken)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "data", [JPEG, PNG, made.TURNED_HEIC, PDF, DOCX, XLSX], ids=["jpeg", "png", "heic", "pdf", "docx", "xlsx"]
)
def test_whatever_is_wrong_with_a_file_the_answer_is_yes_or_a_refusal(data, seed):
    with suppress(UploadRefused):
        assert open_bytes(take_in(mangled(data, seed), actor=None))
