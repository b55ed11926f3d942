"""The province's own choices: rules of marking and meeting, frames of sub-criteria, quotas and awards."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tenants.reference.choices import LONGEST_GRACE_MINUTES
from tieubieu.lib.text import nfc

QUORUMS = {"1/2": "một nửa số thành viên", "2/3": "hai phần ba số thành viên", "3/4": "ba phần tư số thành viên"}
QUORUMS |= {"4/5": "bốn phần năm số thành viên", "1": "tất cả thành viên"}
THRESHOLDS = {"1/2": "quá một nửa số có mặt", "2/3": "quá hai phần ba số có mặt", "3/4": "quá ba phần tư số có mặt"}
PLACES = ("tie_1", "tie_2", "tie_3", "tie_4")
BLANK_LINES = 2
MOST_LINES = 20


class RulesForm(forms.Form):
    """What stands open to the province (Điều 24.2 TT 26/2014/TT-BCT); whether it is lawful is asked of the law."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    pass_mark = forms.CharField(
        label="Điểm đạt",
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Luật định từ 70 điểm; kỳ bình chọn được nâng, không được hạ (khoản 1 Điều 17).",
    )
    quorum = forms.ChoiceField(label="Hội đồng họp khi có mặt ít nhất")
    approve_over = forms.ChoiceField(label="Sản phẩm được chọn khi số phiếu đồng ý")
    casting_vote = forms.BooleanField(
        label="Khi số phiếu ngang nhau, ý kiến của Chủ tịch Hội đồng quyết định", required=False
    )
    min_judges = forms.IntegerField(
        label="Số giám khảo ít nhất",
        min_value=1,
        max_value=99,
        required=False,
        help_text="Luật chỉ buộc số lẻ (Điều 11). Để trống nếu không quy định thêm.",
    )
    filing_grace_minutes = forms.IntegerField(
        label="Số phút chờ thêm khi hết hạn nhận hồ sơ",
        min_value=0,
        max_value=LONGEST_GRACE_MINUTES,
        help_text="Dành cho hồ sơ đã bấm gửi trước giờ đóng mà đến chậm; hạn thông báo không đổi.",
    )
    tell_scores = forms.BooleanField(
        label="Khi công bố, mỗi cơ sở được xem điểm bình quân từng tiêu chí và nhận xét về sản phẩm của mình",
        required=False,
        help_text="Không nêu tên giám khảo. Không chọn thì cơ sở chỉ nhận kết quả và lý do.",
    )
    tie_1 = forms.ChoiceField(label="Khi bằng điểm, xét trước", required=False)
    tie_2 = forms.ChoiceField(label="rồi đến", required=False)
    tie_3 = forms.ChoiceField(label="rồi đến tiêu chí thứ ba", required=False)
    tie_4 = forms.ChoiceField(label="rồi đến tiêu chí thứ tư", required=False)

    def __init__(self, *args: Any, rules: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("quorum", QUORUMS, rules["council"]["quorum"])
        self._offer("approve_over", THRESHOLDS, rules["council"]["approve_over"])
        criteria = [(criterion["code"], criterion["label"]) for criterion in rules["criteria"]]
        for name in PLACES:
            self.fields[name].choices = [("", "không xét thêm"), *criteria]  # type: ignore[attr-defined]

    def _offer(self, name: str, words: Mapping[str, str], present: str) -> None:
        known = words if present in words else {**words, present: present}
        self.fields[name].choices = list(known.items())  # type: ignore[attr-defined]

    def choices(self) -> dict[str, Any]:
        """What was chosen, in the form in which the law checks it; only what could be read."""
        given = self.cleaned_data
        found: dict[str, Any] = {}
        if "pass_mark" in given:
            found["pass_mark"] = given["pass_mark"].strip().replace(",", ".")
        if "quorum" in given and "approve_over" in given:
            found["council"] = {"quorum": given["quorum"], "approve_over": given["approve_over"]}
        if given.get("min_judges") is not None:
            found["panel"] = {"min_judges": given["min_judges"]}
        if "filing_grace_minutes" in given:
            found["filing_grace_minutes"] = given["filing_grace_minutes"]
        found["casting_vote"] = given.get("casting_vote", False)
        found["tell_scores"] = given.get("tell_scores", False)
        found["tie_break"] = [given[name] for name in PLACES if given.get(name)]
        return found


FIELD_OF_CHOICE = {"council": "quorum", "panel": "min_judges", "tie_break": "tie_1"}


def rules_initial(rules: Mapping[str, Any], version: int) -> dict[str, Any]:
    """The rules as the form shows them."""
    order = dict(zip(PLACES, rules["tie_break"], strict=False))
    return {
        "version": version,
        "pass_mark": rules["pass_mark"].replace(".", ","),
        "quorum": rules["council"]["quorum"],
        "approve_over": rules["council"]["approve_over"],
        "casting_vote": rules.get("casting_vote", False),
        "tell_scores": rules.get("tell_scores", False),
        "min_judges": rules["panel"].get("min_judges"),
        "filing_grace_minutes": rules.get("filing_grace_minutes", 0),
        **order,
    }


class PartForm(forms.Form):
    """One sub-criterion. A line without a name and points is left out."""

    code = forms.CharField(label="Mã", max_length=10, required=False)
    label = forms.CharField(label="Nội dung", max_length=300, required=False)
    max = forms.CharField(
        label="Điểm tối đa", max_length=8, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def part(self, number: str) -> dict[str, str]:
        """The line as the law reads it; empty when nothing was typed. A missing code is numbered."""
        given = {name: nfc(str(self.cleaned_data.get(name) or "")).strip() for name in ("code", "label", "max")}
        if not given["label"] and not given["max"]:
            return {}
        return {"code": given["code"] or number, "label": given["label"], "max": given["max"].replace(",", ".")}


PartLines = forms.formset_factory(PartForm, extra=BLANK_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES + 10)


class FrameSheet:
    """The lines of all criteria of one frame; each criterion is a formset named by its code."""

    def __init__(
        self,
        criteria: Sequence[Mapping[str, Any]],
        parts: Mapping[str, Sequence[Mapping[str, str]]],
        data: Any = None,
    ) -> None:
        self.blocks = [
            (criterion, PartLines(data, prefix=criterion["code"], initial=None if data else _shown(criterion, parts)))
            for criterion in criteria
        ]

    def is_valid(self) -> bool:
        """Whether every line could be read at all; whether it is lawful is asked of the law."""
        return all(lines.is_valid() for _, lines in self.blocks)

    def parts(self) -> dict[str, list[dict[str, str]]]:
        """The frame as typed, by criterion."""
        return {
            criterion["code"]: [
                part
                for number, line in enumerate(lines, 1)
                for part in [line.part(f"{at}.{number}") if line.is_valid() else {}]
                if part
            ]
            for at, (criterion, lines) in enumerate(self.blocks, 1)
        }


def _shown(criterion: Mapping[str, Any], parts: Mapping[str, Sequence[Mapping[str, str]]]) -> list[dict[str, str]]:
    lines = parts.get(criterion["code"], [])
    return [{**line, "max": line["max"].replace(".", ",")} for line in lines]


class QuotaForm(forms.Form):
    """How many products at most are recognised, in all and by group; empty is no limit."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    total = forms.IntegerField(label="Tổng số sản phẩm được công nhận", min_value=0, max_value=9999, required=False)

    def __init__(self, *args: Any, groups: Sequence[Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in groups:
            self.fields[f"group_{group['code']}"] = forms.IntegerField(
                label=group["name"], min_value=0, max_value=9999, required=False
            )

    def quota(self) -> dict[str, int]:
        """The limits that were set, by the code of the group and for the total."""
        given = {name.removeprefix("group_"): value for name, value in self.cleaned_data.items() if name != "version"}
        return {name: value for name, value in given.items() if value is not None}


def quota_initial(quota: Mapping[str, int], version: int) -> dict[str, Any]:
    named = {name if name == "total" else f"group_{name}": most for name, most in quota.items()}
    return {**named, "version": version}


class AwardForm(forms.Form):
    """One tier. A line without a name is left out."""

    name = forms.CharField(label="Mức", max_length=100, required=False)
    amount = forms.CharField(
        label="Tiền thưởng (đồng)",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    basis = forms.CharField(label="Căn cứ mức thưởng", max_length=300, required=False)

    def clean_amount(self) -> int:
        text = str(self.cleaned_data["amount"]).replace(".", "").replace(" ", "")
        if text and not text.isdecimal():
            raise forms.ValidationError("Xin ghi số tiền bằng chữ số, ví dụ 3.000.000.")
        return int(text or 0)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("name") and (given.get("amount") or given.get("basis")):
            self.add_error("name", "Xin ghi tên mức khen thưởng.")
        if given.get("amount") and not given.get("basis"):
            self.add_error("basis", "Mức thưởng bằng tiền cần có căn cứ.")
        return given

    def award(self) -> dict[str, Any]:
        """The tier as it is kept; empty when nothing was typed."""
        given = {name: self.cleaned_data.get(name) for name in ("name", "amount", "basis")}
        return {**given, "name": nfc(given["name"]), "basis": nfc(given["basis"] or "")} if given["name"] else {}


AwardLines = forms.formset_factory(AwardForm, extra=BLANK_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES + 10)
