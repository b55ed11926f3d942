"""Good files and hostile ones, made on the spot; only the HEIC one is kept, because our decoder does not encode."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf
from PIL import Image, ImageCms

TURNED_HEIC = (Path(__file__).parent / "uploads" / "turned.heic").read_bytes()
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
RED, GREEN = (200, 30, 30), (20, 200, 40)


# --- Photos ------------------------------------------------------------------------------------------


def picture(size=(1600, 1200), mode="RGB"):
    """Red, with a green upper left quarter: one sees how it was turned."""
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def exif(orientation=1):
    words = Image.Exif()
    words[ORIENTATION] = orientation
    words[MAKER] = "MAY-ANH-BI-MAT"
    place = words.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (12.0, 40.0, 0.0), "E", (108.0, 3.0, 0.0)
    return words


def photo(kind="JPEG", size=(1600, 1200), mode="RGB", **words):
    out = io.BytesIO()
    picture(size, mode).save(out, kind, **words)
    return out.getvalue()


def profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def png_header(width, height):
    """A PNG that claims a size and holds nothing of it."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def jpeg_claiming(width, height):
    data = bytearray(photo(size=(64, 64)))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def film(kind="WEBP", frames=3, size=(64, 64)):
    out = io.BytesIO()
    pictures = [Image.new("RGB", size, (n * 40 % 255, 0, 0)) for n in range(frames)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=10)
    return out.getvalue()


# --- PDF ---------------------------------------------------------------------------------------------


def pdf(pages=1, change=None, **save):
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        if change is not None:
            change(made)
        out = io.BytesIO()
        made.save(out, **save)
    return out.getvalue()


def with_action(**words):
    """A PDF that does something when it is opened."""

    def change(made):
        made.Root.OpenAction = pikepdf.Dictionary(**words)

    return pdf(change=change)


def with_annotation(**words):
    def change(made):
        rectangle = pikepdf.Array([0, 0, 10, 10])
        made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=rectangle, **words)])

    return pdf(change=change)


def with_link(target):
    return with_annotation(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=target))


def with_attachment():
    def change(made):
        made.attachments["la.exe"] = b"MZ" + b"\0" * 100

    return pdf(change=change)


def with_xfa():
    def change(made):
        made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp:xdp/>"), Fields=pikepdf.Array())

    return pdf(change=change)


def with_swollen_stream(megabytes):
    def change(made):
        stream = made.make_stream(b"")
        stream.write(zlib.compress(b"\0" * (megabytes << 20), 9), filter=pikepdf.Name.FlateDecode)
        made.pages[0].Contents = stream

    return pdf(change=change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def with_twice_packed_stream():
    def change(made):
        stream = made.make_stream(b"")
        packed = zlib.compress(zlib.compress(b"\0" * (1 << 20)))
        stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
        made.pages[0].Contents = stream

    return pdf(change=change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def locked_pdf():
    return pdf(encryption=pikepdf.Encryption(owner="chu", user="khach"))


def printable_only_pdf():
    """Opens for everybody; only copying is forbidden. Many offices send these."""
    return pdf(encryption=pikepdf.Encryption(owner="chu", user=""))


# --- Word and Excel ----------------------------------------------------------------------------------

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{media}.main+xml"/>'
    "</Types>"
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
)
RELATION = (
    '<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}"{mode}/>'
)
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
)
PARAGRAPH = "<w:p><w:r><w:t>Mô tả sản phẩm</w:t></w:r></w:p>"


def relations(*lines):
    told = [
        RELATION.format(n=n, kind=kind, target=target, mode=' TargetMode="External"' if outside else "")
        for n, (kind, target, outside) in enumerate(lines)
    ]
    return RELATIONS.format(lines="".join(told))


def packed(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx_parts(body=PARAGRAPH, **more):
    return {
        "[Content_Types].xml": TYPES.format(part="word/document.xml", media="wordprocessingml.document"),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", False)),
        "word/document.xml": DOCUMENT.format(body=body),
        **more,
    }


def docx(body=PARAGRAPH, links=(), **more):
    parts = docx_parts(body)
    if links:
        parts["word/_rels/document.xml.rels"] = relations(*links)
    return packed(parts | more)


def xlsx(rows=(("Tên", "Số"), ("Cacao", 3)), **more):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Số liệu")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return added(out.getvalue(), more)


def added(data, parts):
    """The archive with some parts more, or other ones."""
    if not parts:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    return packed(whole | parts)


def old_office(locked=False):
    inside = "EncryptedPackage".encode("utf-16-le") if locked else b"WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + inside + b"\0" * 1024
