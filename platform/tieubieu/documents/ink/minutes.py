"""The minutes of a council's session in the form of a biên bản (NĐ 30/2020/NĐ-CP, PL III, mẫu 1.9).

The number stays open: whoever signs gives it. Pure words: the tests read them here without printing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Chosen:
    """One product on the list; `reason` says why it was not chosen."""

    code: str
    name: str
    maker: str
    group: str
    total: str
    votes: str
    tier: str = ""
    reason: str = ""


@dataclass(frozen=True)
class MinutesData:
    """What happened, in order. Moments are written out in local time; `happened` are (moment, what)."""

    superior: str
    issuer: str
    title: str
    dated: date
    opened: str
    closed: str
    present: Sequence[str]
    absent: Sequence[str]
    chair: str
    secretary: str
    rules: Sequence[str]
    happened: Sequence[tuple[str, str]]
    chosen: Sequence[Chosen]
    not_chosen: Sequence[Chosen]
    below: int
    structure: Sequence[str]
    digests: Sequence[tuple[str, str]]
    is_demo: bool = False

    def as_data(self) -> dict[str, Any]:
        return {
            "title": f"Biên bản {self.title}",
            "dated": self.dated.isoformat(),
            "is_demo": self.is_demo,
            "superior": self.superior.upper(),
            "issuer": self.issuer.upper(),
            "about": self.title,
            "opened": self.opened,
            "closed": self.closed,
            "present": list(self.present),
            "absent": list(self.absent),
            "chair": self.chair,
            "secretary": self.secretary,
            "rules": list(self.rules),
            "happened": [{"at": at, "what": what} for at, what in self.happened],
            "chosen": [_row(one, one.tier) for one in self.chosen],
            "has_tiers": any(one.tier for one in self.chosen),
            "not_chosen": [_row(one, one.reason) for one in self.not_chosen],
            "below": self.below_words,
            "structure": list(self.structure),
            "digests": [{"label": label, "digest": digest} for label, digest in self.digests],
        }

    @property
    def below_words(self) -> str:
        """The sentence about what did not reach the pass mark; "" when everything did."""
        if not self.below:
            return ""
        return f"{self.below:02} sản phẩm chưa đạt điểm tối thiểu nên không được xem xét chọn (khoản 1 Điều 17)."


def _row(one: Chosen, last: str) -> list[str]:
    return [one.code, one.name, one.maker, one.group, one.total, one.votes, last]
