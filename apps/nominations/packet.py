"""The packet's format: one ZIP of `packet.json` (canonical JSON) and the files it names, under one digest.

`packet.json` holds issuer, rule set, snapshot, decision and, per nominee, dossier and certificate; `files` lists
each file with its SHA-256. The digest is that of `packet.json`, and so covers every file. Building twice from the
same content gives the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.judging.ranking import RankingRefused, rank
from tieubieu.errors import DomainError
from tieubieu.lib.canonical import canonical_json, digest

FORMAT = "tieubieu-packet/1"
HEAD = "packet.json"
EPOCH = (1980, 1, 1, 0, 0, 0)
LARGEST = 200 * 1024 * 1024


class PacketRefused(DomainError):
    """The bytes are not a whole, unaltered packet."""

    code = "packet_refused"


@dataclass(frozen=True)
class OpenPacket:
    content: Mapping[str, Any]
    files: Mapping[str, bytes]
    digest: str


def seal(content: Mapping[str, Any], files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """Return the packet's bytes and its digest."""
    listed = {name: {"sha256": _sha256(data), "size": len(data)} for name, data in files.items()}
    body = {**content, "format": FORMAT, "files": listed}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [(HEAD, canonical_json(body)), *sorted(files.items())]:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue(), digest(body)


def unseal(data: bytes) -> OpenPacket:
    """Open a packet; raise `PacketRefused` for anything missing, added or altered."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise PacketRefused("Gói đề cử lớn hơn mức cho phép (200 MB).")
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        body = json.loads(parts.pop(HEAD))
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as broken:
        raise PacketRefused("Tệp không phải là gói đề cử hoặc đã hỏng; xin tải lại từ nơi gửi.") from broken
    _require_whole(body, parts)
    return OpenPacket(body, parts, digest(body))


def compare(packet: OpenPacket) -> tuple[str, list[dict[str, str]]]:
    """Recompute the sender's snapshot; return the recomputed digest and every line that differs."""
    snapshot = packet.content["snapshot"]
    try:
        result = rank({"rules": snapshot["rules"], "entries": snapshot["entries"]})
    except RankingRefused as refused:
        return "", [{"entry": "", "field": "rules", "declared": snapshot["digest"], "recomputed": str(refused)}]
    declared = {line["id"]: line for line in snapshot["results"]}
    lines = [
        {"entry": line["id"], "field": field, "declared": str(told), "recomputed": str(line[field])}
        for line in result["entries"]
        for field in ("total_exact", "rank", "passed")
        if (told := declared.get(line["id"], {}).get(field)) != line[field]
    ]
    return result["digest"], lines


def _require_whole(body: Mapping[str, Any], parts: Mapping[str, bytes]) -> None:
    if body.get("format") != FORMAT:
        raise PacketRefused("Gói đề cử không đúng định dạng của hệ thống.")
    if {name: entry["sha256"] for name, entry in body["files"].items()} != {n: _sha256(d) for n, d in parts.items()}:
        raise PacketRefused("Nội dung gói đề cử đã bị thay đổi so với lúc niêm phong.")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
