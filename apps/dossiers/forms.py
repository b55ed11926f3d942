"""Forms of the portal that are no questions of the dossier itself."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.dossiers.fieldbook import Field, FieldBook, Kind
from apps.dossiers.models import SetCase
from apps.dossiers.services.drafting import Subject
from apps.rounds.models import Round

ALONE = "mot"
KINDS = [
    (ALONE, "Một sản phẩm"),
    (SetCase.SAME_DESIGN, "Một bộ: cùng mẫu mã, cùng công dụng, làm từ nhiều chất liệu"),
    (SetCase.ONE_MATERIAL, "Một bộ: mẫu mã khác nhau, công dụng tương tự, làm từ một chất liệu"),
    (SetCase.COMBINED, "Một bộ: các sản phẩm khác nhau, dùng kèm thì có ích hơn"),
]
KINDS_HELP = (
    "Một bộ tính là một hồ sơ và nhận chung một giấy chứng nhận (khoản 2 Điều 3 Thông tư 26/2014/TT-BCT)."
    " Ví dụ: khăn cùng hoa văn bằng lụa và bằng bông; các loại giỏ đan từ mây; ấm, chén và khay trà."
)
LONGEST_NAME = 250


class SubjectForm(forms.Form):
    """What takes part. The names of the fields stand in addresses, so they are Vietnamese."""

    loai = forms.ChoiceField(
        label="Đăng ký một sản phẩm hay một bộ?", choices=KINDS, widget=forms.RadioSelect, help_text=KINDS_HELP
    )
    ten = forms.CharField(
        label="Tên sản phẩm dự bình chọn",
        max_length=LONGEST_NAME,
        help_text="Ghi tên sẽ in trên giấy chứng nhận, ví dụ: Sô-cô-la Ea Kar 70%.",
    )
    gom = forms.CharField(
        label="Các sản phẩm trong bộ",
        widget=forms.Textarea,
        required=False,
        max_length=5000,
        help_text="Chỉ ghi khi đăng ký một bộ, mỗi dòng một tên, ví dụ: Ấm trà Yang Tao; Chén trà Yang Tao; Khay trà.",
    )
    nhom = forms.ChoiceField(label="Sản phẩm thuộc nhóm nào?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group["code"], group["name"]) for group in round.rules.get("groups", [])]
        self.fields["nhom"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("loai", ALONE) != ALONE and len(_lines(cleaned.get("gom", ""))) < 2:
            self.add_error("gom", "Bộ sản phẩm cần ít nhất hai sản phẩm. Xin ghi mỗi dòng một tên.")
        return cleaned

    def subject(self) -> Subject:
        told = self.cleaned_data
        set_case = "" if told["loai"] == ALONE else told["loai"]
        return Subject(told["ten"], told["nhom"], set_case, tuple(_lines(told["gom"])) if set_case else ())


class OwnFieldForm(forms.Form):
    """A field that the province adds."""

    label = forms.CharField(label="Tên ô", max_length=150, help_text="Ví dụ: Số lao động nữ.")
    code = forms.CharField(
        label="Mã ô",
        max_length=40,
        help_text="Chữ thường không dấu, ví dụ: lao_dong_nu. Không đổi được sau khi áp dụng.",
    )
    section = forms.ChoiceField(label="Thuộc mục")
    kind = forms.ChoiceField(label="Kiểu trả lời", choices=[(kind.value, kind.label) for kind in Kind])
    help = forms.CharField(
        label="Câu hướng dẫn kèm ví dụ",
        max_length=400,
        help_text="Hiện ngay dưới tên ô, ví dụ: Tính cả lao động thời vụ, ví dụ: 9.",
    )
    unit = forms.CharField(label="Đơn vị tính", max_length=30, required=False, help_text="Chỉ với ô số, ví dụ: người.")
    choices = forms.CharField(
        label="Các ý để chọn",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        help_text="Mỗi dòng một ý, chỉ với ô chọn một.",
    )
    is_yearly = forms.BooleanField(label="Hỏi riêng cho từng năm trong hai năm gần nhất", required=False)
    is_required = forms.BooleanField(label="Bắt buộc khi gửi hồ sơ", required=False)

    def __init__(self, *args: Any, book: FieldBook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        self.fields["section"].choices = [(one.code, one.label) for one in book.sections]  # type: ignore[attr-defined]

    def field(self) -> Field:
        told = self.cleaned_data
        kind = Kind(told["kind"])
        return Field(
            code=told["code"].strip(),
            form=self.book.section(told["section"]).form,
            section=told["section"],
            label=told["label"].strip(),
            kind=kind,
            help=told["help"].strip(),
            unit=told["unit"].strip() if kind.is_figure else "",
            choices=tuple(_lines(told["choices"])) if kind is Kind.CHOICE else (),
            is_required=told["is_required"],
            is_yearly=told["is_yearly"],
            is_own=True,
        )


class WordsForm(forms.Form):
    """Other words for a field of the province's."""

    label = forms.CharField(label="Tên ô", max_length=150)
    help = forms.CharField(label="Câu hướng dẫn kèm ví dụ", max_length=400)


def _lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
