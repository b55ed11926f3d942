"""What an officer types for a campaign."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.facilities.models import FacilityKind
from apps.outreach.criteria import Criteria, Reason
from apps.outreach.models import Campaign
from apps.outreach.services import CampaignText
from apps.rounds.models import Round
from apps.rounds.rules import rules_of
from tenants.reference.models import AdministrativeUnit
from tieubieu.ui.fields import SafeCharField

LETTER = ("name", "subject", "text", "issuer", "place", "signer_title", "signer")


class Many(forms.CheckboxSelectMultiple):
    """Boxes side by side where there is room."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "many"})


class CampaignForm(forms.Form):
    name = SafeCharField(label="Tên đợt vận động", max_length=150, help_text="Chỉ cán bộ nhìn thấy.")
    reasons = forms.MultipleChoiceField(
        label="Mời cơ sở nào",
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cơ sở đúng một trong các điều đã chọn là được mời. Không chọn điều nào: mời mọi cơ sở đủ điều kiện.",
    )
    kinds = forms.MultipleChoiceField(
        label="Chỉ những loại hình", choices=FacilityKind.choices, required=False, widget=Many
    )
    groups = forms.MultipleChoiceField(label="Chỉ những nhóm sản phẩm", required=False, widget=Many)
    communes = forms.MultipleChoiceField(label="Chỉ những xã, phường, đặc khu", required=False, widget=Many)
    subject = SafeCharField(label="Tiêu đề thư", max_length=200)
    text = forms.CharField(
        label="Nội dung thư",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "letter"}),
        help_text="Thư tự bắt đầu bằng “Kính gửi” và tên cơ sở, và kèm liên kết riêng của từng cơ sở.",
    )
    issuer = SafeCharField(label="Cơ quan mời", max_length=200)
    place = SafeCharField(label="Nơi ký thư giấy", max_length=60, required=False)
    signer_title = SafeCharField(label="Chức vụ người ký thư giấy", max_length=200, required=False)
    signer = SafeCharField(label="Họ tên người ký thư giấy", max_length=150, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, round: Round, communes: Iterable[AdministrativeUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = rules_of(round).get("groups", [])
        self._offer("groups", [(group["code"], group["name"]) for group in groups])
        self._offer("communes", [(unit.code, unit.full_name) for unit in communes])
        if round.commune_code:
            del self.fields["communes"]

    def words(self) -> CampaignText:
        return CampaignText(**{name: self.cleaned_data[name] for name in LETTER})

    def criteria(self) -> Criteria:
        return Criteria.of(self.cleaned_data)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


def typed_of(campaign: Campaign) -> dict[str, Any]:
    """A stored campaign as the form shows it."""
    return {name: getattr(campaign, name) for name in (*LETTER, "version")} | campaign.criteria
