"""What the clock tells: supplements nearly due or overdue, and the officers' day. Told again, it is told once."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from apps.dossiers.models import Supplement, SupplementState
from apps.dossiers.queries.digest import Day, days_of
from apps.dossiers.services.announcing import tell_facility, tell_official
from tieubieu.notices.models import Audience
from tieubieu.notices.services import tell
from tieubieu.ui.words import day

EARLY, LAST = timedelta(days=3), timedelta(days=1)


def remind_supplements(today: date | None = None) -> int:
    """Tell facilities of requests that are due within three days, of the last day, and both sides of one that is over.

    Each is told once per request and due day. Returns how many requests were looked at.
    """
    now = today or timezone.localdate()
    waiting = Supplement.objects.filter(state=SupplementState.OPEN, due_on__lte=now + EARLY, asked_at__date__lt=now)
    found = list(waiting.select_related("entry__facility", "entry__officer", "entry__round", "asked_by"))
    for supplement in found:
        _remind(supplement, now)
    return len(found)


def send_digests(today: date | None = None) -> int:
    """Write each officer one letter on what came in and what waits; nothing where there is nothing.

    Returns how many letters the day has.
    """
    now = today or timezone.localdate()
    days = [one for one in days_of(now) if not one.is_empty]
    for one in days:
        tell(
            one.person,
            audience=Audience.OFFICIALS,
            subject=f"Việc kiểm tra hồ sơ ngày {day(now)}",
            text=_words(one),
            url=reverse("desk:queue"),
            key=f"desk.digest:{now.isoformat()}",
        )
    return len(days)


def _remind(supplement: Supplement, today: date) -> None:
    entry, due = supplement.entry, day(supplement.due_on)
    if supplement.due_on < today:
        _tell_overdue(supplement, due)
        return
    stage = "last" if supplement.due_on - today <= LAST else "early"
    tell_facility(
        entry,
        subject=f"Sắp hết hạn bổ sung: {entry.name}",
        text=f"Hồ sơ “{entry.name}” cần bổ sung chậm nhất ngày {due}. Đã sửa xong thì xin bấm gửi lại hồ sơ.",
        key=f"supplement:{supplement.pk}:{supplement.due_on}:{stage}",
    )


def _tell_overdue(supplement: Supplement, due: str) -> None:
    """The officer decides; until then the facility may still file again."""
    entry, key = supplement.entry, f"supplement:{supplement.pk}:{supplement.due_on}:overdue"
    text = f"Hạn bổ sung hồ sơ “{entry.name}” là ngày {due}, đã qua. Cơ sở vẫn gửi lại được cho tới khi có kết luận."
    tell_facility(entry, subject=f"Đã quá hạn bổ sung: {entry.name}", text=text, key=key)
    officer = entry.officer or supplement.asked_by
    told = f"{entry.facility} chưa gửi lại hồ sơ “{entry.name}”, hạn {due}. Xin chờ thêm, rút yêu cầu hoặc kết luận."
    tell_official(officer, entry, subject=f"Quá hạn bổ sung: {entry.name}", text=told, key=key)


def _words(one: Day) -> str:
    lines = [
        (one.given, "hồ sơ mới gửi được giao cho chuyên viên"),
        (one.unassigned, "hồ sơ mới gửi chưa giao ai"),
        (one.corrected, "hồ sơ cơ sở đã bổ sung, chưa xem"),
        (one.overdue, "hồ sơ quá hạn bổ sung"),
    ]
    return "\n".join(f"- {count} {words}" for count, words in lines if count)
