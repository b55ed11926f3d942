"""What a facility writes in a complaint, what is given to members to mark anew, and the answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.models import Sheet
from apps.recognition.models import Review, Verdict
from apps.recognition.services import Answer, Claim, OnPaper
from apps.recognition.services.complaining import LONGEST_TEXT
from apps.recognition.services.handling import LONGEST_ANSWER
from apps.recognition.states import ReviewState
from apps.rounds.models import Appointment
from tieubieu.ui.fields import SafeCharField
from tieubieu.uploads.errors import UploadRefused
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import PAPERS, take_in
from tieubieu.uploads.services import PHOTOS as PHOTO_KINDS

KINDS = PAPERS | PHOTO_KINDS


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; each is proven only when it is taken in."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return given


class PapersForm(forms.Form):
    """`proven` holds what was taken in; a file that is refused is told beside the box and nothing of it is kept."""

    papers = FilesField(
        label="Giấy tờ kèm theo",
        required=False,
        help_text="Ảnh chụp rõ, PDF, Word hoặc Excel; chọn được nhiều tệp.",
    )
    proven: list[StoredFile]

    def take_in(self, actor: Person) -> bool:
        """Prove the files; whether all of them were good."""
        self.proven = []
        for file in self.cleaned_data["papers"]:
            try:
                self.proven.append(take_in(file, actor=actor, kinds=KINDS))
            except UploadRefused as refused:
                self.add_error("papers", f"{file.name}: {refused.message}")
        return not self.errors


class MorePapersForm(PapersForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].required = True
        self.fields["papers"].label = "Gửi thêm giấy tờ"
        self.fields["papers"].error_messages["required"] = "Xin chọn ít nhất một tệp để gửi thêm."


class ComplaintForm(PapersForm):
    criteria = forms.MultipleChoiceField(
        label="Cơ sở không đồng ý với điểm của tiêu chí nào?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ tiêu chí được chọn mới được chấm lại. Khiếu nại về việc khác thì không chọn, chỉ ghi nội dung.",
    )
    text = forms.CharField(
        label="Nội dung khiếu nại",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Điều gì chưa đúng, vì sao, cơ sở đề nghị gì.",
        error_messages={"required": "Xin ghi điều gì chưa đúng, vì sao và cơ sở đề nghị gì."},
    )
    field_order: tuple[str, ...] = ("criteria", "text", "papers")

    def __init__(self, *args: Any, criteria: Sequence[Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["criteria"]
        chosen.choices = [(one["code"], one["label"]) for one in criteria]

    def claim(self) -> Claim:
        return Claim(self.cleaned_data["text"], tuple(self.cleaned_data["criteria"]))


class PaperComplaintForm(ComplaintForm):
    """A complaint that the office received on paper; `entries` are those of which the officer may know."""

    entry = forms.ChoiceField(
        label="Hồ sơ bị khiếu nại về kết quả",
        error_messages={"required": "Xin chọn hồ sơ mà đơn nói tới."},
    )
    brought_by = SafeCharField(
        label="Người nộp đơn",
        max_length=150,
        help_text="Họ và tên người ký đơn hoặc mang đơn đến, thay cơ sở nào.",
        error_messages={"required": "Xin ghi họ và tên người ký đơn hoặc mang đơn đến."},
    )
    received_on = forms.DateField(
        label="Ngày cơ quan nhận đơn",
        help_text="Ngày/tháng/năm trên dấu đến. Thời hạn khiếu nại và hạn trả lời tính từ ngày này.",
        error_messages={
            "required": "Xin ghi ngày trên dấu đến; hạn trả lời tính từ ngày này.",
            "invalid": "Xin ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/11/2026.",
        },
    )
    field_order = ("entry", "brought_by", "received_on", "criteria", "text", "papers")

    def __init__(self, *args: Any, entries: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["entry"]
        offered = [(str(one.pk), f"{one.code} {one.name} – {one.facility.name}") for one in entries]
        chosen.choices = [("", "Chọn một hồ sơ"), *offered]
        self.fields["criteria"].label = "Đơn không đồng ý với điểm của tiêu chí nào?"
        self.fields["text"].help_text = "Ghi đúng như trong đơn."
        self.fields["text"].error_messages["required"] = "Xin ghi nội dung khiếu nại đúng như trong đơn."
        self.fields["papers"].label = "Bản chụp đơn và giấy tờ kèm theo"

    def on_paper(self) -> OnPaper:
        return OnPaper(self.cleaned_data["brought_by"], self.cleaned_data["received_on"])


class AssignForm(forms.Form):
    """For each sheet that counted: who marks the disputed criteria anew in its place, or nobody."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        members: Iterable[Appointment],
        reviews: Iterable[Review],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        free, held = list(members), list(reviews)
        given = {review.sheet_id: review.member for review in held}
        self.has_open_sheets = sum(review.state == ReviewState.LOCKED for review in held) < len(sheets)
        marked = {(sheet.entry_id, sheet.judge.person_id): sheet.pk for sheet in sheets}
        for sheet in sheets:
            may = [one for one in free if marked.get((sheet.entry_id, one.person_id), sheet.pk) == sheet.pk]
            there = given[sheet.pk].person_id if sheet.pk in given else None if given else sheet.judge.person_id
            self.fields[_name(sheet)] = forms.ChoiceField(
                label=f"Phiếu của {sheet.judge.person.full_name} ({sheet.entry.code})",
                required=False,
                choices=[("", "giữ nguyên điểm"), *((str(one.pk), _member(one, sheet)) for one in may)],
                initial=next((str(one.pk) for one in may if one.person_id == there), ""),
            )

    def chosen(self) -> dict[UUID, UUID]:
        given = {sheet.pk: self.cleaned_data[_name(sheet)] for sheet in self.sheets}
        return {sheet: UUID(member) for sheet, member in given.items() if member}


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Kết luận",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn kết luận của Hội đồng về khiếu nại."},
    )
    text = forms.CharField(
        label="Nội dung trả lời",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Lý do, và việc tiếp theo nếu có. Cơ sở đọc đúng nguyên văn.",
        error_messages={"required": "Xin ghi trả lời cơ sở: lý do, và việc tiếp theo nếu có."},
    )
    number = SafeCharField(
        label="Số văn bản trả lời", max_length=60, required=False, help_text="Nếu có. Hệ thống không tự đặt số."
    )

    def answer(self) -> Answer:
        given = self.cleaned_data
        return Answer(Verdict(given["verdict"]), given["text"], given["number"])


def _name(sheet: Sheet) -> str:
    return f"phieu_{sheet.pk.hex}"


def _member(member: Appointment, sheet: Sheet) -> str:
    own = ", chấm lại phiếu của mình" if member.person_id == sheet.judge.person_id else ""
    return f"{member.person.full_name} – {member.title}{own}"
