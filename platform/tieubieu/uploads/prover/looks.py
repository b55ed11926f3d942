"""What a file claims to be by its first bytes, and what else hides in it."""

import io
import re
import zipfile
from typing import NoReturn

from tieubieu.uploads.prover.refusals import Refused

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}
OFFICE = frozenset({"docx", "xlsx"})
# A reader of PDF looks this far for the header, and a browser that guesses looks for mark-up anywhere.
PDF_WINDOW = 1024
MARKUP = re.compile(rb"<script|<!doctype\s+html|<html[\s>]|<\?php|<svg\s|<iframe", re.IGNORECASE)


def kind_by_first_bytes(data: bytes) -> str | None:
    """The kind its first bytes claim, `zip` for all that is packed, None for whatever is not taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        return "heic"
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "zip" if data.startswith(b"PK\x03\x04") else None


def family_of(data: bytes, kinds: frozenset[str]) -> str:
    """`photo`, `pdf` or `office`; raises `Refused` for anything that is not among `kinds`."""
    kind = kind_by_first_bytes(data)
    if kind is None:
        _refuse_stranger(data)
    if kind == "zip":
        if not kinds & OFFICE:
            raise Refused("wrong_type")
        return "office"
    if kind not in kinds:
        raise Refused("wrong_type")
    return "pdf" if kind == "pdf" else "photo"


def _refuse_stranger(data: bytes) -> NoReturn:
    if data.startswith(OLD_OFFICE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("password" if locked else "old_office")
    if re.search(rb"<svg[\s>]", data[:4096], re.IGNORECASE):
        raise Refused("svg")
    raise Refused("wrong_type")


def refuse_polyglot(data: bytes, *, packed: bool = False) -> None:
    """Raise `Refused` when the file can also be read as a page, an archive or a document of another kind."""
    if not data.startswith(b"%PDF-") and b"%PDF-" in data[:PDF_WINDOW]:
        raise Refused("polyglot")
    if not packed and (_is_archive(data) or MARKUP.search(data)):
        raise Refused("polyglot")


def _is_archive(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
