"""What a rule says: where, by which clause, what was found and what is wanted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tieubieu.decree30.places import Paper

LONGEST_QUOTE = 80


class Severity(StrEnum):
    WRONG = "wrong"
    ADVICE = "advice"


class Place(StrEnum):
    """The places of a document, in the order in which they are read."""

    PAGE = "Trang giấy"
    PAGE_NUMBER = "Số trang"
    NATIONAL_TITLE = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    SUPERIOR = "Tên cơ quan chủ quản"
    ORGAN = "Tên cơ quan ban hành"
    NUMBER = "Số, ký hiệu"
    DATE = "Địa danh, thời gian"
    KIND = "Tên loại văn bản"
    SUBJECT = "Trích yếu"
    BASES = "Căn cứ"
    BODY = "Nội dung"
    POWER = "Quyền hạn, chức vụ người ký"
    SIGNER = "Họ tên người ký"
    ADDRESSEES = "Kính gửi"
    RECIPIENTS = "Nơi nhận"
    ANNEX = "Phụ lục"
    WORDS = "Chữ dùng"


@dataclass(frozen=True)
class Fault:
    """One breach as its rule saw it."""

    told: str
    found: str = ""
    wanted: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Rule:
    name: str
    place: Place
    clause: str
    check: "Callable[[Paper], Iterable[Fault]]"
    severity: Severity = Severity.WRONG


@dataclass(frozen=True)
class Finding:
    rule: str
    place: Place
    clause: str
    severity: Severity
    told: str
    found: str
    wanted: str
    quote: str
    times: int = 1


@dataclass(frozen=True)
class Unread:
    """A place that was not recognised, so that nothing is said about it."""

    place: Place
    why: str


@dataclass(frozen=True)
class Report:
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]

    @property
    def is_clean(self) -> bool:
        return not self.findings and not self.unread


def found_by(rule: Rule, paper: "Paper") -> list[Finding]:
    """What the rule finds on the paper, with the clause it rests on; the same breach on many lines is one finding."""
    alike: dict[str, list[Fault]] = {}
    for fault in rule.check(paper):
        alike.setdefault(fault.told, []).append(fault)
    return [_finding(rule, faults[0], len(faults)) for faults in alike.values()]


def _finding(rule: Rule, first: Fault, times: int) -> Finding:
    quote = first.quote if len(first.quote) <= LONGEST_QUOTE else f"{first.quote[:LONGEST_QUOTE]}…"
    return Finding(
        rule.name, rule.place, rule.clause, rule.severity, first.told, first.found, first.wanted, quote, times
    )
