"""What the receipt of a filed dossier says: who filed what for whom, when, and under which digest.

Pure words: the tests read them here without printing anything.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tieubieu.documents.ink.certificate import long_date
from tieubieu.documents.ink.qr import qr_svg

GROUP = 4


@dataclass(frozen=True)
class ReceiptData:
    """The facts of one filing. `filed_at` is in local time; `papers` are (what it is, how many files)."""

    authority: str
    code: str
    number: int
    round_name: str
    product_name: str
    is_set: bool
    group: str
    facility_name: str
    tax_code: str
    facility_address: str
    filed_at: datetime
    filed_by: str
    is_assisted: bool
    papers: tuple[tuple[str, int], ...]
    digest: str
    lookup_url: str
    is_demo: bool = False

    def as_data(self) -> dict[str, Any]:
        return {
            "title": f"Giấy biên nhận hồ sơ {self.code}",
            "dated": self.filed_at.date().isoformat(),
            "is_demo": self.is_demo,
            "authority": self.authority.upper(),
            "code": self.code,
            "lines": [{"label": label, "words": words} for label, words in self.lines],
            "papers": [{"label": label, "count": f"{count:02}"} for label, count in self.papers],
            "digest": self.digest_in_groups,
            "declared": self.declared,
            "qr": qr_svg(self.lookup_url),
            "lookup_url": self.lookup_url,
        }

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [
            ("Kỳ bình chọn", self.round_name),
            ("Bộ sản phẩm" if self.is_set else "Sản phẩm", self.product_name),
            ("Nhóm sản phẩm", self.group),
            ("Cơ sở", self.facility_name),
            ("Mã số thuế", self.tax_code),
            ("Địa chỉ", self.facility_address),
            ("Lần gửi", "Lần đầu" if self.number == 1 else f"Lần {self.number}, sau khi bổ sung"),
            ("Thời điểm nhận", self.moment),
            ("Người gửi", self.sender),
        ]

    @property
    def moment(self) -> str:
        """To the second, as the database's clock said."""
        return f"{self.filed_at:%H} giờ {self.filed_at:%M} phút {self.filed_at:%S} giây, {long_date(self.filed_at)}"

    @property
    def sender(self) -> str:
        return f"{self.filed_by}, gửi giúp cơ sở" if self.is_assisted else self.filed_by

    @property
    def digest_in_groups(self) -> str:
        """Sixteen groups of four, so that two people can compare it aloud."""
        bare = self.digest.removeprefix("sha256:")
        return " ".join(bare[start : start + GROUP] for start in range(0, len(bare), GROUP))

    @property
    def declared(self) -> str:
        who = "Người gửi giúp" if self.is_assisted else "Cơ sở"
        return (
            f"{who} đã cam kết nội dung hồ sơ là đúng sự thật và tự chịu trách nhiệm về tính chính xác của hồ sơ"
            " (Điều 6 Thông tư số 26/2014/TT-BCT)."
        )
