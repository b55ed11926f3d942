"""What all packed files have in common: names that stay inside, honest sizes, nothing before, between or after."""

import io
import re
import zipfile

from tieubieu.uploads.prover.refusals import Refused

MOST_ENTRIES = 3000
MOST_EXPANDED = 150 * 1024 * 1024
# White space and empty cells pack well; below this size nobody counts.
RATIO_FROM = 10 * 1024 * 1024
MOST_RATIO = 150
PIECE = 256 * 1024
ENCRYPTED = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]")


def open_packed(data: bytes) -> dict[str, bytes]:
    """Every entry unpacked, by name. Raises `Refused` for what is no honest archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as broken:
        raise Refused("damaged") from broken
    with archive:
        entries = archive.infolist()
        _require_honest(entries, archive, data)
        return _unpacked(archive, entries, len(data))


def _require_honest(entries: list[zipfile.ZipInfo], archive: zipfile.ZipFile, data: bytes) -> None:
    if not entries or len({entry.filename for entry in entries}) != len(entries):
        raise Refused("damaged")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_EXPANDED:
        raise Refused("bomb")
    if archive.comment:
        raise Refused("polyglot")
    if min(entry.header_offset for entry in entries) != 0:
        raise Refused("damaged")
    _refuse_overlap(entries)
    for entry in entries:
        if entry.flag_bits & ENCRYPTED:
            raise Refused("password")
        if entry.compress_type not in METHODS or OUTSIDE.search(entry.filename):
            raise Refused("damaged")


def _refuse_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes are how a small file unpacks to petabytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Refused("bomb")
        end = entry.header_offset + 30 + len(entry.orig_filename.encode()) + entry.compress_size


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        parts: list[bytes] = []
        with archive.open(entry) as opened:
            while part := opened.read(PIECE):
                total += len(part)
                if total > MOST_EXPANDED or (total > RATIO_FROM and total > size * MOST_RATIO):
                    raise Refused("bomb")
                parts.append(part)
        found[entry.filename] = b"".join(parts)
    return found
