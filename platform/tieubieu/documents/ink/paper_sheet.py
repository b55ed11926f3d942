"""What the paper score sheets of a judge say: the form of Phụ lục 4 TT 26/2014/TT-BCT, one page an entry.

Pure words: the tests read them here without printing anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tieubieu.documents.ink.qr import qr_svg


@dataclass(frozen=True)
class PaperLine:
    """One row of the form; a heading is a criterion whose parts follow, and has no box of its own."""

    code: str
    label: str
    most: Decimal
    is_heading: bool = False


@dataclass(frozen=True)
class PaperPage:
    product: str
    group: str
    code: str
    lines: tuple[PaperLine, ...]
    url: str


@dataclass(frozen=True)
class PaperSheets:
    authority: str
    round_name: str
    judge: str
    dated: date
    pages: tuple[PaperPage, ...]
    is_demo: bool = False

    def as_data(self) -> dict[str, Any]:
        return {
            "title": f"Phiếu chấm điểm – {self.judge}",
            "dated": self.dated.isoformat(),
            "is_demo": self.is_demo,
            "authority": self.authority.upper(),
            "round": self.round_name,
            "judge": self.judge,
            "pages": [self._page(page) for page in self.pages],
        }

    def _page(self, page: PaperPage) -> dict[str, Any]:
        total = sum((line.most for line in page.lines if not line.is_heading), Decimal(0))
        return {
            "product": page.product,
            "group": page.group,
            "code": page.code,
            "rows": [
                {"number": number, "label": line.label, "most": _shown(line.most), "is_heading": line.is_heading}
                for number, line in zip(_numbers(page.lines), page.lines, strict=True)
            ],
            "total": _shown(total),
            "qr": qr_svg(page.url),
        }


def _numbers(lines: tuple[PaperLine, ...]) -> list[str]:
    """1, 2, 3 for criteria; a part has its own code."""
    found, count = [], 0
    for line in lines:
        if not line.code:
            count += 1
        found.append(line.code or str(count))
    return found


def _shown(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
