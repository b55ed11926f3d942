"""What people do while they file, each act over HTTP; what the site says it has kept is noted down, to be proven."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID, uuid4

from apps.dossiers.measuring.crowd import Draft
from apps.dossiers.models import Slot
from apps.dossiers.queries.papers import PHOTOS
from tenants.benchmarks.site import Site

RECEIPT = "/ho-so/bien-nhan/"
BOUNDARY = "----tieubieu-do-toc-do"


@dataclass
class Kept:
    """What the site said it has kept."""

    answers: dict[tuple[UUID, str], str] = field(default_factory=dict)
    photos: dict[UUID, UUID] = field(default_factory=dict)
    receipts: dict[UUID, list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, entry_id: UUID, code: str, value: str) -> None:
        with self._lock:
            self.answers[entry_id, code] = value

    def photo(self, paper_id: UUID, entry_id: UUID) -> None:
        with self._lock:
            self.photos[paper_id] = entry_id

    def receipt(self, entry_id: UUID, code: str) -> None:
        with self._lock:
            self.receipts.setdefault(entry_id, []).append(code)


@dataclass(frozen=True)
class Act:
    """One kind of act: `do(n)` does the n-th and returns "" or what went wrong; `supply` says how many there are."""

    do: Callable[[int], str]
    supply: int


def saving(site: Site, drafts: Sequence[Draft], boxes: dict[str, str], kept: Kept) -> Act:
    """Save one answer, as the page of a question does."""
    codes = list(boxes)

    def save(n: int) -> str:
        draft, code = drafts[n % len(drafts)], codes[n // len(drafts)]
        value = f"Câu trả lời số {n}"
        body = json.dumps({"code": code, "value": value, "base": boxes[code]}).encode()
        answer = site.post(f"/ho-so/{draft.entry_id}/luu/", draft.session, body, "application/json")
        if answer.status == HTTPStatus.OK:
            kept.answer(draft.entry_id, code, value)
        return answer.refused(HTTPStatus.OK)

    return Act(save, len(drafts) * len(codes))


def uploading(site: Site, drafts: Sequence[Draft], photos: Sequence[bytes], kept: Kept) -> Act:
    """Upload one photo into a slot, as the page of photos does."""

    def upload(n: int) -> str:
        draft, slot, paper_id = drafts[n % len(drafts)], PHOTOS[n // len(drafts)], uuid4()
        body = _form(slot, paper_id, photos[n % len(photos)])
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        path = f"/ho-so/{draft.entry_id}/tep/"
        answer = site.post(path, draft.session, body, kind, Accept="application/json, text/html")
        if answer.status == HTTPStatus.OK:
            kept.photo(paper_id, draft.entry_id)
        return answer.refused(HTTPStatus.OK)

    return Act(upload, len(drafts) * len(PHOTOS))


def filing(site: Site, drafts: Sequence[Draft], kept: Kept) -> Act:
    """File a dossier that lacks nothing; the answer leads to its receipt."""
    body = urlencode({"cam-ket": "1", "lan": "1"}).encode()

    def submit(n: int) -> str:
        draft = drafts[n]
        path = f"/ho-so/{draft.entry_id}/gui/"
        answer = site.post(path, draft.session, body, "application/x-www-form-urlencoded")
        if answer.status == HTTPStatus.FOUND and answer.place.startswith(RECEIPT):
            kept.receipt(draft.entry_id, answer.place.removeprefix(RECEIPT).strip("/"))
            return ""
        return answer.refused(HTTPStatus.FOUND) or f"không dẫn tới biên nhận: {answer.place}"

    return Act(submit, len(drafts))


def _form(slot: Slot, paper_id: UUID, photo: bytes) -> bytes:
    fields = [_part(f'name="{name}"', value.encode()) for name, value in (("muc", slot.value), ("ma", str(paper_id)))]
    file = _part('name="tep"; filename="IMG_0789.jpg"\r\nContent-Type: image/jpeg', photo)
    return b"".join([*fields, file, f"--{BOUNDARY}--\r\n".encode()])


def _part(head: str, body: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n"
