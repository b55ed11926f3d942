"""Windows and days off."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.forms.plan import DAY_HELP
from apps.rounds.models import LocalDay, LocalDayKind, Round, Window, WindowKind
from apps.rounds.queries.days import EVENING, MORNING
from apps.rounds.states import MOVED_BY_DOCUMENT

HOURS = ["%H:%M", "%H giờ %M", "%Hh%M", "%H.%M"]
DOCUMENT_HELP = "Văn bản đổi thời hạn đã thông báo, ví dụ: 231/TB-SCT. Không cần khi chỉ đổi người chịu trách nhiệm."
TIME_HELP = "Giờ:phút, ví dụ 17:00. Ghi 00:00 của ngày hôm sau nếu nhận đến hết ngày."


class ProposalForm(forms.Form):
    """From which day, and who answers for what nobody answers for yet."""

    start = forms.DateField(label="Bắt đầu thông báo từ ngày", help_text=DAY_HELP)
    officer = forms.ModelChoiceField(
        label="Cán bộ chịu trách nhiệm",
        queryset=Person.objects.none(),
        help_text="Đổi được ở từng thời hạn sau khi đề xuất.",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class WindowForm(forms.Form):
    """One window. `is_running`: a reason is asked for. The complaint window closes when the law says."""

    opens_on = forms.DateField(label="Mở ngày", help_text=DAY_HELP)
    opens_time = forms.TimeField(label="Mở lúc", input_formats=HOURS)
    closes_on = forms.DateField(label="Đóng ngày", help_text=DAY_HELP)
    closes_time = forms.TimeField(label="Đóng lúc", input_formats=HOURS, help_text=TIME_HELP)
    officer = forms.ModelChoiceField(label="Cán bộ chịu trách nhiệm", queryset=Person.objects.none())
    reason = forms.CharField(label="Lý do thay đổi", max_length=500, help_text="Được báo cho những người liên quan.")
    document_number = forms.CharField(label="Số văn bản", max_length=60, required=False, help_text=DOCUMENT_HELP)
    document_on = forms.DateField(label="Ngày văn bản", required=False, help_text=DAY_HELP)
    is_confirmed = forms.BooleanField(label="Xác nhận rút ngắn thời hạn đã thông báo", required=False)

    def __init__(self, *args: Any, kind: str, people: Any, is_running: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]
        if kind == WindowKind.COMPLAINT:
            del self.fields["closes_on"], self.fields["closes_time"]
        if not is_running:
            del self.fields["reason"], self.fields["is_confirmed"]
        if not is_running or kind not in MOVED_BY_DOCUMENT:
            del self.fields["document_number"], self.fields["document_on"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            given["opens_at"] = _moment(given["opens_on"], given["opens_time"])
            if "closes_on" in given:
                given["closes_at"] = _moment(given["closes_on"], given["closes_time"])
        return given


class ReopenForm(forms.Form):
    """Until when filing is taken again, why, and by which document."""

    closes_on = forms.DateField(label="Nhận thêm đến ngày", help_text=DAY_HELP)
    closes_time = forms.TimeField(label="Đóng lúc", input_formats=HOURS, help_text=TIME_HELP)
    document_number = forms.CharField(
        label="Số văn bản gia hạn", max_length=60, help_text="Ví dụ: 231/TB-SCT. Ghi trên trang thông báo của kỳ."
    )
    document_on = forms.DateField(label="Ngày văn bản", help_text=DAY_HELP)
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea,
        help_text="Được báo cho các cơ sở có hồ sơ và ghi trên trang thông báo của kỳ.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            given["closes_at"] = _moment(given["closes_on"], given["closes_time"])
        return given


def window_initial(window: Window | None, officer: Person | None) -> dict[str, Any]:
    """What the window says now, split into days and hours."""
    if window is None:
        return {"opens_time": f"{MORNING:%H:%M}", "closes_time": f"{EVENING:%H:%M}", "officer": officer}
    opens, closes = timezone.localtime(window.opens_at), timezone.localtime(window.closes_at)
    return {
        "opens_on": opens.date(),
        "opens_time": f"{opens:%H:%M}",
        "closes_on": closes.date(),
        "closes_time": f"{closes:%H:%M}",
        "officer": window.officer_id,
    }


class LocalDayForm(forms.Form):
    date = forms.DateField(label="Ngày", help_text=DAY_HELP)
    kind = forms.ChoiceField(label="Loại", choices=LocalDayKind.choices)
    name = forms.CharField(label="Tên hoặc lý do", max_length=LocalDay._meta.get_field("name").max_length)


class TakeoverForm(forms.Form):
    """From which round, moved to begin on which day."""

    source = forms.ModelChoiceField(label="Kỳ đã tổ chức", queryset=Round.objects.none(), to_field_name="code")
    start = forms.DateField(label="Kỳ này bắt đầu từ ngày", help_text=f"{DAY_HELP}. Thời hạn dời theo ngày làm việc.")

    def __init__(self, *args: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = rounds  # type: ignore[attr-defined]


def _moment(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
