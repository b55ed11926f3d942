"""What a member says of themselves and of a conflict of interest, and what is typed from a paper sheet."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from apps.judging.frame import SheetLine
from apps.judging.models import AffiliationKind, ConflictKind
from apps.judging.services import LONGEST_REMARK
from apps.judging.services.paper import REMARK, Typed
from apps.rounds.models import Appointment
from tieubieu.lib.taxcode import InvalidTaxCode, check
from tieubieu.reasons import LONGEST
from tieubieu.ui.fields import PlainDecimalField, SafeCharField
from tieubieu.ui.words import number

OLDEST_YEAR = 1930
DIFFERS = "Khác với lần nhập thứ nhất; xin đối chiếu với phiếu giấy."


class DeclareForm(forms.Form):
    kind = forms.ChoiceField(
        label="Quan hệ với cơ sở",
        choices=ConflictKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn quan hệ với cơ sở; không có trong danh sách thì chọn “Lý do khác”."},
    )
    words = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vài chữ cho người quyết định; bắt buộc khi chọn “Lý do khác”.",
    )


class AddressForm(forms.Form):
    address = SafeCharField(
        label="Địa chỉ nhà",
        max_length=300,
        required=False,
        help_text="Chỉ dùng để đối chiếu với địa chỉ của cơ sở; không hiện ở nơi nào khác.",
    )


class AffiliationForm(forms.Form):
    kind = forms.ChoiceField(
        label="Loại",
        choices=AffiliationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn: nơi làm việc, hay doanh nghiệp, cơ sở của bản thân."},
    )
    name = SafeCharField(
        label="Tên cơ quan, doanh nghiệp",
        max_length=250,
        error_messages={"required": "Xin ghi tên đầy đủ của cơ quan, doanh nghiệp."},
    )
    tax_code = forms.CharField(label="Mã số thuế", max_length=20, required=False, help_text="Nếu biết.")
    since_year = forms.IntegerField(label="Từ năm", required=False, min_value=OLDEST_YEAR)
    until_year = forms.IntegerField(
        label="Đến năm", required=False, min_value=OLDEST_YEAR, help_text="Để trống khi đang làm."
    )

    def clean_tax_code(self) -> str:
        raw: str = self.cleaned_data["tax_code"].strip()
        try:
            return check(raw).normal if raw else ""
        except InvalidTaxCode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since_year"), cleaned.get("until_year")
        for field, year in (("since_year", since), ("until_year", until)):
            if year and year > timezone.localdate().year:
                self.add_error(field, "Năm này còn ở tương lai; xin kiểm tra lại.")
        if since and until and until < since:
            self.add_error("until_year", "Năm kết thúc phải từ năm bắt đầu trở đi.")
        return cleaned


class PaperForm(forms.Form):
    """A box for each of `lines` (all of them, or those to be decided) and for the remark when `has_remark`."""

    def __init__(self, lines: Iterable[SheetLine], *args: Any, has_remark: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[line.key] = _box(line)
        if has_remark:
            self.fields[REMARK] = forms.CharField(
                label="Nhận xét", max_length=LONGEST_REMARK, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )

    def typed(self) -> Typed:
        marks: dict[str, Decimal] = {line.key: self.cleaned_data[line.key] for line in self.lines}
        return Typed(marks, self.cleaned_data.get(REMARK, ""))


class FirstForm(PaperForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"] = forms.FileField(
            label="Bản chụp phiếu đã ký",
            allow_empty_file=True,
            help_text="Ảnh chụp rõ hoặc PDF, thấy đủ điểm và chữ ký.",
            error_messages={"required": "Xin chọn bản chụp phiếu đã ký; thư ký cần đến khi hai lần nhập khác nhau."},
        )


class SecondForm(PaperForm):
    def mark(self, fields: Collection[str]) -> None:
        """Say beside each box that differs that it does, and let the typist keep what stands on the paper."""
        for name in fields:
            self.add_error(name, DIFFERS)
        self.fields["is_compared"] = forms.BooleanField(
            label="Đã đối chiếu với phiếu giấy, giữ như vừa nhập và chuyển thư ký quyết định", required=False
        )


class DecisionForm(PaperForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label="Lý do",
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Đã thấy gì trên phiếu giấy.",
            error_messages={"required": "Xin ghi đã thấy gì trên phiếu giấy mà chọn điểm này."},
        )


def _box(line: SheetLine) -> PlainDecimalField:
    label = f"{line.part}. {line.label}" if line.part else line.label
    return PlainDecimalField(
        label=f"{label} (tối đa {number(line.most)})",
        digits=5,
        places=2,
        error_messages={"required": "Xin nhập điểm ghi ở ô này trên phiếu giấy; phiếu bỏ trống ô thì chưa nhập được."},
    )


class AssignForm(forms.Form):
    """One more judge for an entry; `candidates` are who may be, with their sheets and whether they are expert."""

    judge = forms.ChoiceField(
        label="Giao thêm giám khảo", error_messages={"required": "Xin chọn giám khảo được giao thêm hồ sơ này."}
    )
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bắt buộc khi nhóm sản phẩm ngoài chuyên môn của giám khảo.",
    )

    def __init__(self, *args: Any, candidates: Iterable[tuple[Appointment, int, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(seat.pk), _offered(seat, load, is_expert)) for seat, load, is_expert in candidates]
        self.fields["judge"].choices = [("", "Chọn một giám khảo"), *offered]  # type: ignore[attr-defined]


def _offered(seat: Appointment, load: int, is_expert: bool) -> str:
    return f"{seat.person.full_name}: đang có {load} phiếu{'' if is_expert else ', ngoài chuyên môn'}"
