"""What the QR code of a certificate says, signed so that anybody with the public key can check it without us.

A token is base64url without padding over `body + signature`. The signature is Ed25519 over `DOMAIN + body`; the body is

    1 byte   version, 1
    text     key id "<issuer>-<number>": a key speaks for the issuer that its id names and for nobody else
    16 bytes certificate id (UUID)
    2 bytes  issued on, 2 bytes valid until: days since 1 January 2000, big-endian
    text     number of the certificate, text number of the decision, text subject, text holder
    16 bytes only when subject or holder was shortened: the head of SHA-256 over the canonical JSON of [subject, holder]

where `text` is one byte of length and that many bytes of UTF-8 in NFC. Whether a certificate was suspended or revoked
since is not in the token: that is asked of the register.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tieubieu.lib.canonical import canonical_json
from tieubieu.lib.text import nfc

PrivateKey = Ed25519PrivateKey

VERSION = 1
DOMAIN = b"tieubieu:certificate\x00"
DAY_ZERO = date(2000, 1, 1)
SIGNATURE = 64
DIGEST = 16
# 320 characters and a host still fit a QR code of 73 modules: half a millimetre each on a certificate.
BODY_BUDGET = 320 * 3 // 4 - SIGNATURE
LEAST_FOR_NAMES = 48
CUT = "…"


class Reason(StrEnum):
    MALFORMED = "malformed"
    UNKNOWN_VERSION = "unknown_version"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"


WORDS = {
    Reason.MALFORMED: "Mã không đúng dạng của mã trên giấy chứng nhận.",
    Reason.UNKNOWN_VERSION: "Mã thuộc phiên bản mà hệ thống này chưa biết.",
    Reason.UNKNOWN_KEY: "Mã được ký bằng khóa không có trong danh sách khóa đã công bố.",
    Reason.BAD_SIGNATURE: "Chữ ký số không khớp: nội dung mã đã bị sửa hoặc không do nơi cấp ký.",
}


class CredentialRefused(ValueError):
    """The token proves nothing; `reason` says why to programs, `str()` to people in Vietnamese."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(WORDS[reason])
        self.reason = reason


class KeyUnreadable(ValueError):
    """A sealed private key opens with none of the secrets given."""


@dataclass(frozen=True, slots=True)
class Credential:
    """One certificate in the words of its QR code. `names_digest` is set when subject or holder was shortened."""

    issuer: str
    number: str
    subject: str
    holder: str
    decision: str
    issued_on: date
    valid_until: date
    certificate_id: str
    kid: str
    names_digest: bytes = b""

    def names(self, subject: str, holder: str) -> bool:
        """Whether these full names, as printed on the paper, are the ones that were signed."""
        if self.names_digest:
            return _names_digest(subject, holder) == self.names_digest
        return (nfc(subject), nfc(holder)) == (self.subject, self.holder)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A signing key; `public` is the raw public key in base64url, as the `x` of a JSON Web Key."""

    public: str
    private: PrivateKey


def issue(credential: Credential, private: PrivateKey) -> str:
    """Sign; the same credential and key give the same token. Long names are shortened, their digest keeps them exact.

    Raises ValueError when the key id does not belong to the issuer, or a number is too long to be written.
    """
    if issuer_of(credential.kid) != credential.issuer:
        raise ValueError(f"key {credential.kid!r} does not speak for {credential.issuer!r}")
    body = _body(credential)
    return _encode(body + private.sign(DOMAIN + body))


def verify(token: str, keys: Mapping[str, str]) -> Credential:
    """What the token says, when one of `keys` (key id to public key, see `KeyPair`) signed exactly this.

    Raises `CredentialRefused` for anything else. Expiry is not judged here: the caller knows which day it is.
    """
    raw = _decode(token)
    body, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    if body[:1] != bytes([VERSION]):
        raise CredentialRefused(Reason.UNKNOWN_VERSION if body else Reason.MALFORMED)
    kid = _Reader(body, at=1).text()
    _check(_public(keys.get(kid)), signature, body)
    return _read(body)


def issuer_of(kid: str) -> str:
    """The tenant whose key this is: `daklak` for `daklak-2`."""
    return kid.rpartition("-")[0]


def new_key() -> KeyPair:
    private = PrivateKey.generate()
    return KeyPair(public=_encode(private.public_key().public_bytes_raw()), private=private)


def seal_private(private: PrivateKey, secret: str) -> str:
    """The private key encrypted under a key derived from `secret`, fit for a database column."""
    return _lock(secret).encrypt(private.private_bytes_raw()).decode()


def open_private(sealed: str, secret: str, *older: str) -> PrivateKey:
    """The key behind `sealed`; `older` secrets still open what they sealed. Raises `KeyUnreadable`."""
    for each in (secret, *older):
        try:
            return PrivateKey.from_private_bytes(_lock(each).decrypt(sealed.encode()))
        except InvalidToken:
            continue
    raise KeyUnreadable("Không mở được khóa ký bằng SECRET_KEY hiện tại; hãy đặt lại SECRET_KEY cũ hoặc lập khóa mới.")


def _body(credential: Credential) -> bytes:
    head = (
        bytes([VERSION])
        + _text(credential.kid)
        + UUID(credential.certificate_id).bytes
        + _day(credential.issued_on)
        + _day(credential.valid_until)
        + _text(credential.number)
        + _text(credential.decision)
    )
    names = [nfc(credential.subject), nfc(credential.holder)]
    room = BODY_BUDGET - len(head) - 2
    if sum(_size(name) for name in names) <= room:
        return head + b"".join(_text(name) for name in names)
    short = _shortened(names, max(room - DIGEST, LEAST_FOR_NAMES))
    return head + b"".join(_text(name) for name in short) + _names_digest(*names)


def _read(body: bytes) -> Credential:
    reader = _Reader(body, at=1)
    kid = reader.text()
    found = Credential(
        issuer=issuer_of(kid),
        kid=kid,
        certificate_id=str(UUID(bytes=reader.take(16))),
        issued_on=reader.day(),
        valid_until=reader.day(),
        number=reader.text(),
        decision=reader.text(),
        subject=reader.text(),
        holder=reader.text(),
    )
    rest = reader.rest()
    if len(rest) not in (0, DIGEST):
        raise CredentialRefused(Reason.MALFORMED)
    return replace(found, names_digest=rest)


class _Reader:
    """The fields of a body, one after another; running over the end is malformed."""

    def __init__(self, body: bytes, at: int) -> None:
        self._body = body
        self._at = at

    def take(self, size: int) -> bytes:
        part = self._body[self._at : self._at + size]
        if len(part) != size:
            raise CredentialRefused(Reason.MALFORMED)
        self._at += size
        return part

    def text(self) -> str:
        size = self.take(1)[0]
        try:
            return self.take(size).decode("utf-8")
        except UnicodeDecodeError as error:
            raise CredentialRefused(Reason.MALFORMED) from error

    def day(self) -> date:
        return DAY_ZERO + timedelta(days=int.from_bytes(self.take(2), "big"))

    def rest(self) -> bytes:
        return self._body[self._at :]


def _text(value: str) -> bytes:
    raw = nfc(value).encode("utf-8")
    if len(raw) > 255:
        raise ValueError(f"too long for a QR code: {value!r}")
    return bytes([len(raw)]) + raw


def _day(day: date) -> bytes:
    return (day - DAY_ZERO).days.to_bytes(2, "big")


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _names_digest(subject: str, holder: str) -> bytes:
    return hashlib.sha256(canonical_json([subject, holder])).digest()[:DIGEST]


def _shortened(names: list[str], room: int) -> Iterator[str]:
    """Both names within `room` bytes: half for each, and what one does not need for the other."""
    half = room // 2
    for name, other in (names, reversed(names)):
        yield _cut(name, max(half, room - _size(other)))


def _cut(text: str, room: int) -> str:
    if _size(text) <= room:
        return text
    head = text.encode("utf-8")[: room - _size(CUT)].decode("utf-8", "ignore")
    return head.rstrip() + CUT


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(token: str) -> bytes:
    """The bytes of a token in its one spelling: stray characters and loose last bits are refused, not forgiven."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError) as error:
        raise CredentialRefused(Reason.MALFORMED) from error
    if len(raw) <= SIGNATURE or _encode(raw) != token:
        raise CredentialRefused(Reason.MALFORMED)
    return raw


def _public(text: str | None) -> Ed25519PublicKey:
    if text is None:
        raise CredentialRefused(Reason.UNKNOWN_KEY)
    try:
        return Ed25519PublicKey.from_public_bytes(_decode_key(text))
    except ValueError as error:
        raise CredentialRefused(Reason.UNKNOWN_KEY) from error


def _decode_key(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _check(key: Ed25519PublicKey, signature: bytes, body: bytes) -> None:
    try:
        key.verify(signature, DOMAIN + body)
    except InvalidSignature as error:
        raise CredentialRefused(Reason.BAD_SIGNATURE) from error


def _lock(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tieubieu signing key").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
