"""What a certificate of a typical rural industrial product says (Phụ lục 6 TT 26/2014/TT-BCT, one form for all levels).

Pure words: the tests read them here without printing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tieubieu.documents.ink.qr import qr_svg

AWARD = "sản phẩm công nghiệp nông thôn tiêu biểu"


@dataclass(frozen=True)
class CertificateData:
    """The facts of one certificate. `level` is the law's word ("cấp tỉnh"); `signer_title` may have several lines.

    Without `place` the date stands alone; without `decision_number` (papers older than the platform) the year does.
    """

    authority: str
    level: str
    product_name: str
    holder_name: str
    holder_address: str
    year: int
    number: str
    decision_number: str
    decision_on: date | None
    issued_on: date
    valid_until: date
    signer_title: str
    signer: str
    verification_url: str
    is_demo: bool = False
    place: str = ""
    is_set: bool = False

    def as_data(self) -> dict[str, Any]:
        return certificate_batch([self])

    @property
    def award(self) -> str:
        return f"{AWARD} {self.level}"

    @property
    def recognised(self) -> str:
        words = f"được công nhận là {self.award} năm {self.year}"
        if not self.decision_number:
            return words
        return f"{words}\ntheo Quyết định số {self.decision_number}{_of(self.decision_on)}"

    @property
    def dated(self) -> str:
        words = long_date(self.issued_on)
        return f"{self.place}, {words}" if self.place else words.capitalize()

    @property
    def validity(self) -> str:
        return f"Có giá trị đến hết ngày {self.valid_until:%d/%m/%Y}"


def certificate_batch(certificates: Sequence[CertificateData]) -> dict[str, Any]:
    """The data of one file with a page for each certificate, dated by the latest of them."""
    return {
        "title": _title(certificates),
        "dated": max(each.issued_on for each in certificates).isoformat(),
        "is_demo": any(each.is_demo for each in certificates),
        "certificates": [_page(each) for each in certificates],
    }


def long_date(day: date) -> str:
    """`ngày 05 tháng 01 năm 2026`: a zero before days under 10 and before months 1 and 2 (NĐ 30/2020/NĐ-CP, PL I)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _of(day: date | None) -> str:
    return f" {long_date(day)}" if day else ""


def _title(certificates: Sequence[CertificateData]) -> str:
    if len(certificates) == 1:
        return f"Giấy chứng nhận {certificates[0].award} số {certificates[0].number}"
    return f"{len(certificates)} giấy chứng nhận {AWARD}"


def _page(said: CertificateData) -> dict[str, Any]:
    return {
        "authority": said.authority.upper(),
        "award": said.award.upper(),
        "lead": "Bộ sản phẩm" if said.is_set else "Sản phẩm",
        "product": said.product_name,
        "holder": said.holder_name,
        "address": said.holder_address,
        "recognised": said.recognised,
        "number": said.number,
        "validity": said.validity,
        "dated": said.dated,
        "signer_title": said.signer_title.upper(),
        "signer": said.signer,
        "qr": qr_svg(said.verification_url),
        "is_demo": said.is_demo,
    }
