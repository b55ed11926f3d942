"""Take a file in, once it is proven, and read it back unharmed.

Nothing here deletes: bytes are shared by all rows of one hash, and a row may be named by any room.
"""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from tieubieu.uploads.errors import FileDamaged, UploadRefused
from tieubieu.uploads.kinds import ANY, ENDINGS, MEDIA_TYPES, PAPERS, PHOTOS, Kind
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.names import safe_file_name
from tieubieu.uploads.proving import LARGEST, LARGEST_MB, Proven, prove

__all__ = ["ANY", "PAPERS", "PHOTOS", "Kind", "bytes_of", "open_bytes", "take_in"]

# 10 × 15 cm at 200 dots per inch.
PRINTABLE = (787, 1181)


def take_in(
    given: bytes | UploadedFile | None,
    *,
    name: str = "",
    actor: object | None,
    kinds: frozenset[Kind] = ANY,
    smallest: tuple[int, int] | None = None,
) -> StoredFile:
    """Prove the file and keep it; raises `UploadRefused` with one sentence for the page, and keeps nothing.

    A photo is kept upright, without position or other metadata, as JPEG, with `screen` and `thumb` beside it; other
    files are kept byte for byte. `smallest` is the least (short side, long side) of a photo, see `PRINTABLE`.
    Call it before taking locks: proving takes a moment. The room that keeps the row records the event.
    """
    data = bytes_of(given)
    proven = prove(data, kinds=kinds)
    _require_size(proven, smallest)
    sha256 = hashlib.sha256(proven.data).hexdigest()
    file = StoredFile(
        kind=proven.kind,
        media_type=MEDIA_TYPES[proven.kind],
        name=safe_file_name(name or getattr(given, "name", "") or "", ENDINGS[proven.kind]),
        sha256=sha256,
        given_sha256=hashlib.sha256(data).hexdigest(),
        size=len(proven.data),
        width=proven.width,
        height=proven.height,
        pages=proven.pages,
        added_by_id=getattr(actor, "pk", None),
    )
    file.storage_name = _stored(f"uploads/{sha256[:2]}/{sha256}.{ENDINGS[proven.kind]}", proven.data)
    for variant, picture in proven.variants.items():
        _stored(file.storage_name_of(variant), picture)
    file.save(force_insert=True)
    return file


def open_bytes(file: StoredFile) -> bytes:
    """The bytes that were kept, checked against their digest. Raises `FileDamaged`."""
    kept = _read(file.storage_name)
    if kept is None or hashlib.sha256(kept).hexdigest() != file.sha256:
        raise FileDamaged(
            f"Tệp “{file.name}” bị mất hoặc đã bị thay đổi. Xin báo người quản trị khôi phục tệp từ bản sao lưu.",
            file=str(file.pk),
            name=file.storage_name,
        )
    return kept


def open_variant(file: StoredFile, variant: str) -> bytes:
    """A smaller picture of a photo; the file itself when it has none. Raises `FileDamaged`."""
    if not variant or not file.is_photo:
        return open_bytes(file)
    small = _read(file.storage_name_of(variant))
    return open_bytes(file) if small is None else small


def bytes_of(given: bytes | UploadedFile | None) -> bytes:
    """What was handed in; a file that is too big is refused before it is read."""
    if given is None:
        raise UploadRefused("none")
    if isinstance(given, bytes):
        return given
    if (given.size or 0) > LARGEST:
        raise UploadRefused("too_big", most=LARGEST_MB)
    try:
        return bytes(given.read())
    except (OSError, ValueError) as lost:
        raise UploadRefused("failed") from lost


def _require_size(proven: Proven, smallest: tuple[int, int] | None) -> None:
    if smallest is None or proven.given is None:
        return
    short, long = sorted(smallest)
    if min(proven.given) < short or max(proven.given) < long:
        width, height = proven.given
        raise UploadRefused("small", short=short, long=long, width=width, height=height)


def _stored(name: str, data: bytes) -> str:
    """Keep the bytes and return their name; the same bytes that lie there already are not written again.

    What lies there damaged is left alone: ours gets a name beside it.
    """
    if _read(name) == data:
        return name
    return str(default_storage.save(name, ContentFile(data)))


def _read(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    except FileNotFoundError:
        return None
