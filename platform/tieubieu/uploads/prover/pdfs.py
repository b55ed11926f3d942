"""PDF: opened strictly, every object looked at, nothing in it that acts, hides or swells."""

import io
import re
import zlib
from collections.abc import Iterable

import pikepdf

from tieubieu.uploads.prover.looks import refuse_polyglot
from tieubieu.uploads.prover.refusals import Refused

MOST_PAGES = 500
MOST_OBJECTS = 300_000
MOST_EXPANDED = 300 * 1024 * 1024
MOST_EXPANDED_IN_ALL = 1024 * 1024 * 1024
MOST_IMAGE_PIXELS = 200_000_000
PIECE = 1024 * 1024
SAFE_LINKS = re.compile(r"(?i)^(https?|mailto|tel):|^[^:]*$")

SCRIPT, LAUNCH, ATTACHED = "mã lệnh JavaScript", "lệnh chạy chương trình khác", "tệp khác đính bên trong"
MEDIA, SENDS, FORM, LEADS = "phim, tiếng hoặc mô hình", "lệnh gửi dữ liệu đi", "biểu mẫu XFA", "liên kết tới tệp khác"
KEYS = {
    "/JS": SCRIPT, "/JavaScript": SCRIPT, "/XFA": FORM, "/EmbeddedFiles": ATTACHED, "/EF": ATTACHED, "/AF": ATTACHED,
    "/Collection": ATTACHED, "/RichMediaContent": MEDIA, "/RichMediaSettings": MEDIA,
}  # fmt: skip
ACTIONS = {
    "/JavaScript": SCRIPT, "/Launch": LAUNCH, "/SubmitForm": SENDS, "/ImportData": SENDS, "/GoToR": LEADS,
    "/GoToE": LEADS, "/Movie": MEDIA, "/Sound": MEDIA, "/Rendition": MEDIA, "/RichMediaExecute": MEDIA,
    "/GoTo3DView": MEDIA,
}  # fmt: skip
SUBTYPES = {"/RichMedia": MEDIA, "/Screen": MEDIA, "/Movie": MEDIA, "/Sound": MEDIA, "/3D": MEDIA,
            "/FileAttachment": ATTACHED}  # fmt: skip
# In an earlier edition inside the same file, which other readers may prefer.
RAW = {b"/JavaScript": SCRIPT, b"/Launch": LAUNCH, b"/RichMedia": MEDIA, b"/EmbeddedFile": ATTACHED}


def open_and_prove(data: bytes, kinds: frozenset[str]) -> dict[str, object]:
    """The number of pages. Raises `Refused`, or whatever the library raises over a broken file."""
    refuse_polyglot(data)
    _refuse_tail(data)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            pages = len(pdf.pages)
            if not 0 < pages <= MOST_PAGES:
                raise Refused("pages", pages=pages, most=MOST_PAGES) if pages else Refused("damaged")
            _Inspection().look_at_all(pdf.objects)
            _look_at_each_page(pdf)
    except pikepdf.PasswordError as locked:
        raise Refused("password") from locked
    for token, what in RAW.items():
        if token in data:
            raise Refused("active", what=what)
    return {"kind": "pdf", "pages": pages}


def _refuse_tail(data: bytes) -> None:
    """After the last %%EOF there is nothing; without one the file was cut."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused("damaged")
    if data[end + 5 :].strip(b" \t\r\n\0\x1a"):
        raise Refused("polyglot")


def _look_at_each_page(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        _ = page.mediabox


class _Inspection:
    """One walk through all objects, with what they have expanded to so far."""

    def __init__(self) -> None:
        self.seen = 0
        self.expanded = 0

    def look_at_all(self, objects: Iterable[pikepdf.Object]) -> None:
        for top in objects:
            waiting: list[object] = [top]
            while waiting:
                waiting += self._look_at(waiting.pop())

    def _look_at(self, thing: object) -> list[object]:
        """Judge one object and return what it holds directly; what it refers to comes by itself."""
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            return []
        self.seen += 1
        if self.seen > MOST_OBJECTS:
            raise Refused("heavy")
        if isinstance(thing, pikepdf.Array):
            return _direct(thing)
        words = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        _refuse_what_acts(words)
        if isinstance(thing, pikepdf.Stream):
            self._weigh(thing, words)
        return _direct(words.values())

    def _weigh(self, stream: pikepdf.Stream, words: pikepdf.Dictionary) -> None:
        """Refuse a stream that swells, lies in another file, or is packed in itself."""
        if "/F" in words or "/FFilter" in words:
            raise Refused("active", what=LEADS)
        if _number(words.get("/Width")) * _number(words.get("/Height")) > MOST_IMAGE_PIXELS:
            raise Refused("pixels", width=_number(words.get("/Width")), height=_number(words.get("/Height")))
        filters = _names(words.get("/Filter"))
        packings = [name for name in filters if name in ("/FlateDecode", "/LZWDecode", "/RunLengthDecode")]
        if len(packings) > 1:
            raise Refused("bomb")
        if filters and filters[0] in ("/FlateDecode", "/Fl"):
            self.expanded += _expanded(stream.read_raw_bytes())
        if self.expanded > MOST_EXPANDED_IN_ALL:
            raise Refused("bomb")


def _direct(things: Iterable[object]) -> list[object]:
    return [thing for thing in things if not getattr(thing, "is_indirect", False)]


def _refuse_what_acts(words: pikepdf.Dictionary) -> None:
    keys = set(words.keys())
    what = next((told for key, told in KEYS.items() if key in keys), None)
    what = what or _judged(words, "/S", ACTIONS) or _judged(words, "/Subtype", SUBTYPES)
    if what is None and "/URI" in keys and not SAFE_LINKS.match(str(words["/URI"]).strip()):
        what = "liên kết lạ"
    if what is not None:
        raise Refused("active", what=what)


def _judged(words: pikepdf.Dictionary, key: str, table: dict[str, str]) -> str | None:
    value = words.get(key)
    return table.get(str(value)) if isinstance(value, pikepdf.Name) else None


def _names(filters: object) -> list[str]:
    if isinstance(filters, pikepdf.Name):
        return [str(filters)]
    return [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else []


def _number(value: object) -> int:
    return int(value) if isinstance(value, int) else 0


def _expanded(raw: bytes) -> int:
    """How many bytes the stream holds; stops, and refuses, at the most that one may hold."""
    unpacking = zlib.decompressobj()
    count = 0
    waiting = raw
    try:
        while waiting and not unpacking.eof:
            count += len(unpacking.decompress(waiting, PIECE))
            waiting = unpacking.unconsumed_tail
            if count > MOST_EXPANDED:
                raise Refused("bomb")
    except zlib.error:
        return count
    return count
