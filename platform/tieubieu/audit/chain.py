"""The hash chain as plain data: how a link is hashed and how a chain is walked. No Django in here.

A chain alone cannot witness against someone who rewrites it from a point to its end, or cuts its end
off: only heads that were taken out of the database earlier can (`heads` of `walk`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tieubieu.lib.canonical import NotCanonical, canonical_json

DOMAIN = b"tieubieu.audit.event/1\n"
GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event with everything that its hash covers, and the hash it claims to have."""

    seq: int
    prev_hash: str
    id: str
    happened_at: datetime
    tag: str
    actor_id: str
    actor_name: str
    subject_kind: str
    subject_id: str
    subject_name: str
    facts: Mapping[str, object]
    hash: str = ""


@dataclass(frozen=True)
class Break:
    """The first place where the chain is not what was recorded."""

    seq: int
    reason: str


@dataclass(frozen=True)
class Walk:
    """What a walk along a whole chain found; `broken` is None for an intact one."""

    seq: int
    hash: str
    broken: Break | None


def link_hash(tenant: str, link: Link) -> str:
    """64 hexadecimal digits over the domain, the tenant's slug and every field of the link except its hash."""
    body = vars(link) | {"happened_at": link.happened_at.astimezone(UTC).isoformat(timespec="microseconds")}
    del body["hash"]
    return hashlib.sha256(DOMAIN + canonical_json(body | {"tenant": tenant})).hexdigest()


def walk(tenant: str, links: Iterable[Link], *, heads: Iterable[tuple[int, str]] = ()) -> Walk:
    """Follow the chain in order of `seq` and stop at the first link that does not hold.

    `heads` are pairs of seq and hash that left the database earlier. Those beyond the last link are missing links.
    """
    known = _by_seq(heads)
    seq, previous = 0, GENESIS
    for link in links:
        broken = _fault(tenant, link, seq + 1, previous, known.pop(link.seq, set()))
        if broken is not None:
            return Walk(seq, previous, broken)
        seq, previous = link.seq, link.hash
    beyond = [head for head in known if head > seq]
    missing = Break(seq + 1, f"bị cắt đuôi: đã có sự kiện số {max(beyond)}") if beyond else None
    return Walk(seq, previous, missing)


def _by_seq(heads: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    known: dict[int, set[str]] = {}
    for seq, digest in heads:
        known.setdefault(seq, set()).add(digest)
    return known


def _fault(tenant: str, link: Link, expected: int, previous: str, heads: set[str]) -> Break | None:
    if link.seq > expected:
        return Break(expected, "thiếu sự kiện")
    if link.seq < expected:
        return Break(link.seq, "trùng số thứ tự")
    if link.prev_hash != previous:
        return Break(link.seq, "không nối với sự kiện trước")
    if link.hash != _hash_or_nothing(tenant, link):
        return Break(link.seq, "nội dung đã bị sửa")
    if heads - {link.hash}:
        return Break(link.seq, "khác với mã băm đã ghi nhận: chuỗi đã bị viết lại")
    return None


def _hash_or_nothing(tenant: str, link: Link) -> str:
    try:
        return link_hash(tenant, link)
    except NotCanonical:
        return ""
