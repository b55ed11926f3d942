"""What the law asks of an entry: found out where a register can tell, left to the officer where only people can."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from apps.dossiers.holdings import Holding, held_by, numbered
from apps.dossiers.models import Check, Entry, EntryKind, Filing, SetCase, Verdict
from apps.dossiers.queries.missing import missing_of
from apps.dossiers.queries.papers import requires_lower_certificate
from apps.facilities.queries import eligibility_of
from apps.facilities.states import Standing
from apps.rounds.models import Level
from tieubieu.lib.text import fold
from tieubieu.ui.words import day as written_day

LOWER: Mapping[str, Level] = {
    Level.PROVINCE: Level.COMMUNE,
    Level.REGION: Level.PROVINCE,
    Level.NATION: Level.REGION,
}


class Finding(StrEnum):
    GOOD = "good"
    BAD = "bad"
    WARNING = "warning"
    BY_HAND = "by_hand"  # no register knows


@dataclass(frozen=True)
class Legal:
    """One legal line. `is_firm`: no officer's word lifts it, the cause must be mended first."""

    place: str
    label: str
    article: str
    finding: Finding
    reason: str
    is_firm: bool = False


def legal_lines(entry: Entry) -> list[Legal]:
    """Every legal line that applies to the entry, in the order in which an officer goes through them."""
    day = timezone.localdate()
    return [line for make in LINES for line in make(entry, day)]


def obstacles(entry: Entry, legal: Sequence[Legal] | None = None) -> list[str]:
    """Why the entry cannot be accepted now, in sentences; empty when nothing stands in the way.

    What a register found wrong is lifted by an officer who marks the line good, unless it is firm. A line that an
    officer found missing or wrong stands in the way until it is mended or found good.
    """
    checks = {check.place: check for check in entry.checks.all()}
    known = legal_lines(entry) if legal is None else legal
    blocking = [line for line in known if _blocks(line, checks.get(line.place))]
    told = {line.place for line in blocking}
    lacking = sum(1 for place, check in checks.items() if check.verdict != Verdict.GOOD and place not in told)
    sentences = [f"{line.label}: {line.reason}" for line in blocking]
    return [*sentences, f"Còn {lacking} mục kiểm tra thiếu hoặc chưa đúng."] if lacking else sentences


def _blocks(line: Legal, check: Check | None) -> bool:
    if line.finding != Finding.BAD:
        return False
    return line.is_firm or check is None or check.verdict != Verdict.GOOD


# --- The facility --------------------------------------------------------------------------------


def _standing(entry: Entry, day: date) -> Iterator[Legal]:
    facility = entry.facility.merged_into or entry.facility
    standing = Standing(facility.standing)
    good = standing == Standing.REGISTERED
    reason = "Cơ sở đã vào danh sách." if good else WHY_NOT[standing]
    finding = Finding.GOOD if good else Finding.BAD
    yield Legal("legal:standing", "Cơ sở trong danh sách", "khoản 1 Điều 4", finding, reason, is_firm=True)


WHY_NOT = {
    Standing.PROPOSED: "Cơ sở tự đăng ký, chưa được duyệt vào danh sách; hãy duyệt cơ sở trước.",
    Standing.REFUSED: "Cơ sở chưa được duyệt vào danh sách.",
    Standing.MERGED: "Cơ sở đã gộp vào một cơ sở cũng không còn trong danh sách.",
}


def _eligibility(entry: Entry, day: date) -> Iterator[Legal]:
    """Under the law that the round froze, on the day of filing."""
    filed_on = timezone.localdate(entry.submitted_at) if entry.submitted_at else day
    found = eligibility_of(entry.facility, filed_on, law=entry.round.rules.get("eligibility"))
    finding = Finding.GOOD if found.is_eligible else Finding.BAD
    if found.is_to_be_checked:
        finding = Finding.BY_HAND
    reason = f"{found.reason} Xét tại ngày {written_day(found.on)}."
    yield Legal("legal:eligibility", "Cơ sở công nghiệp nông thôn", found.article, finding, reason)


# --- The product ---------------------------------------------------------------------------------

CONDITIONS = (
    ("own_make", "Do chính cơ sở đăng ký sản xuất", "khoản 1 Điều 4"),
    ("not_copied", "Không sao chép; không vi phạm sở hữu trí tuệ, chất lượng, an toàn, môi trường", "khoản 2 Điều 4"),
    ("in_quantity", "Sản xuất được với số lượng lớn, không phải độc bản, hợp nhu cầu thị trường", "khoản 3 Điều 4"),
)


def _conditions(entry: Entry, day: date) -> Iterator[Legal]:
    for code, label, article in CONDITIONS:
        yield Legal(f"legal:{code}", label, article, Finding.BY_HAND, "Chuyên viên đối chiếu hồ sơ và kết luận.")


def _set(entry: Entry, day: date) -> Iterator[Legal]:
    if entry.kind == EntryKind.SET:
        case = SetCase(entry.set_case).label
        reason = f"Trường hợp đã khai: {case[0].lower()}{case[1:]}."
        yield Legal("legal:set", "Đúng trường hợp bộ sản phẩm", "khoản 2 Điều 3", Finding.BY_HAND, reason)


def _still_certified(entry: Entry, day: date) -> Iterator[Legal]:
    """A warning only: no text forbids a product that still holds a certificate to enter again."""
    ours = [h for h in held_by(entry.facility, day) if h.level == entry.round.level and h.is_valid]
    same = [h for h in ours if _is_same_product(h, entry)]
    label = "Giấy chứng nhận cùng cấp còn hiệu lực"
    if same:
        told = f"Sản phẩm đang có giấy số {same[0].number}, giá trị đến {written_day(same[0].valid_until)}."
        yield Legal("legal:certified", label, "Điều 6", Finding.WARNING, told)
    else:
        yield Legal("legal:certified", label, "Điều 6", Finding.GOOD, "Không có giấy cùng cấp nào của sản phẩm này.")


# --- The papers ----------------------------------------------------------------------------------


def _papers(entry: Entry, day: date) -> Iterator[Legal]:
    """A reminder only: filing asks for all of it, and what an old paper dossier lacks the officer sees on paper."""
    if not hasattr(entry, "dossier") or entry.members.exists():
        return
    missing = [lack.label for lack in missing_of(entry)]
    finding = Finding.WARNING if missing else Finding.GOOD
    reason = f"Còn thiếu: {'; '.join(missing)}." if missing else "Đủ các ô và giấy tờ bắt buộc."
    yield Legal("legal:papers", "Đủ thành phần hồ sơ", "Điều 12", finding, reason)


def _lower(entry: Entry, day: date) -> Iterator[Legal]:
    level = LOWER.get(entry.round.level)
    if level is None:
        return
    is_required = entry.round.level != Level.PROVINCE or requires_lower_certificate(entry.round, entry.facility)
    good, reason = _judged(entry, level, day)
    finding = Finding.GOOD if good else Finding.BAD if is_required else Finding.BY_HAND
    if not good and not is_required:
        finding = Finding.WARNING if entry.lower_certificate else Finding.BY_HAND
        if not entry.lower_certificate:
            reason = "Xã không tổ chức kỳ bình chọn: cần văn bản đề nghị của UBND cấp xã kèm danh sách trích ngang."
    yield Legal("legal:lower", f"Giấy chứng nhận {level.label} hoặc đề nghị của cấp xã", "Điều 12", finding, reason)


def _judged(entry: Entry, level: Level, day: date) -> tuple[bool, str]:
    """Whether a valid certificate of the lower level stands behind the entry, and what the register says of it."""
    if entry.lower_certificate:
        named = numbered(entry.lower_certificate, day)
        if named is None:
            return False, f"Số {entry.lower_certificate} không có trong sổ của đơn vị này; xin đối chiếu bản giấy."
        return _judge(named, entry, level)
    held = [h for h in held_by(entry.facility, day) if h.level == level and _is_same_product(h, entry)]
    if not held:
        return False, f"Chưa có giấy chứng nhận {level.label} còn hiệu lực của sản phẩm này."
    return _judge(next((h for h in held if h.is_valid), held[0]), entry, level)


def _judge(found: Holding, entry: Entry, level: Level) -> tuple[bool, str]:
    if found.facility_id != (entry.facility.merged_into_id or entry.facility_id):
        return False, f"Giấy số {found.number} cấp cho cơ sở khác."
    if found.level != level:
        return False, f"Giấy số {found.number} là giấy {Level(found.level).label}, không phải {level.label}."
    if not found.is_valid:
        return False, f"Giấy số {found.number} không còn hiệu lực (giá trị đến {written_day(found.valid_until)})."
    if not _is_same_product(found, entry):
        return False, f"Giấy số {found.number} cấp cho sản phẩm khác: {found.product_name}."
    return True, f"Giấy số {found.number} còn hiệu lực đến {written_day(found.valid_until)}."


def _consent(entry: Entry, day: date) -> Iterator[Legal]:
    last: Filing | None = entry.filings.defer("content").last()
    if last is None or not last.is_assisted:
        return
    if last.owner_confirmed_at:
        reason, finding = "Chủ cơ sở đã xác nhận hồ sơ được gửi giúp.", Finding.GOOD
    else:
        reason, finding = "Hồ sơ do cán bộ gửi giúp, chủ cơ sở chưa xác nhận.", Finding.BAD
    yield Legal("legal:consent", "Chủ cơ sở đồng ý tham gia", "Điều 6", finding, reason)


def _is_same_product(found: Holding, entry: Entry) -> bool:
    if found.products & {item.product_id for item in entry.items.all()}:
        return True
    return fold(found.product_name) == (entry.name_folded or fold(entry.name))


LINES: tuple[Callable[[Entry, date], Iterator[Legal]], ...] = (
    _standing, _eligibility, _consent, _papers, _lower, _conditions, _set, _still_certified,
)  # fmt: skip
