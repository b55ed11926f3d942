"""A certificate with plausible, invented words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tieubieu.documents.ink.certificate import CertificateData
from tieubieu.lib import credential

PAIR = credential.new_key()
ISSUED, LAST_DAY = date(2026, 2, 5), date(2029, 12, 31)


def compose(**changes: Any) -> CertificateData:
    facts: dict[str, Any] = {
        "authority": "Ủy ban nhân dân tỉnh Đắk Lắk",
        "level": "cấp tỉnh",
        "product_name": "Bộ ấm chén gốm men lam",
        "holder_name": "Hợp tác xã Gốm Yang Tao",
        "holder_address": "Buôn Dơng Bắk, xã Liên Sơn Lắk, tỉnh Đắk Lắk",
        "year": 2026,
        "number": "07/2026/GCN-UBND",
        "decision_number": "0218/QĐ-UBND",
        "decision_on": ISSUED,
        "issued_on": ISSUED,
        "valid_until": LAST_DAY,
        "signer_title": "KT. Chủ tịch\nPhó Chủ tịch",
        "signer": "Nguyễn Thị Hồng Nhung",
    } | changes
    return CertificateData(**{"verification_url": address(facts)} | facts)


def address(facts: dict[str, Any]) -> str:
    """The address in the QR code, as long as the real ones."""
    said = credential.Credential(
        issuer="daklak",
        number=facts["number"],
        subject=facts["product_name"],
        holder=facts["holder_name"],
        decision=facts["decision_number"],
        issued_on=ISSUED,
        valid_until=LAST_DAY,
        certificate_id="0b8a3f6e-9f52-4a55-8f0b-3d1c52a0e9aa",
        kid="daklak-1",
    )
    return "https://tieubieu.example.gov.vn/xac-minh/" + credential.issue(said, PAIR.private)


@pytest.fixture
def certificate() -> Callable[..., CertificateData]:
    return compose
