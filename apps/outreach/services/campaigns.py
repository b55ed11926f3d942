"""A campaign while it is written."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Person
from apps.outreach.criteria import Criteria
from apps.outreach.events import CampaignEvent
from apps.outreach.models import Campaign
from apps.outreach.states import CampaignState
from apps.rounds.models import Level, Round, Window, WindowKind
from apps.rounds.queries import announced_rounds, window_of
from tieubieu.audit.services import record
from tieubieu.errors import WrongState
from tieubieu.lib.text import nfc
from tieubieu.names import safe_name
from tieubieu.ui.words import deadline, moment


@dataclass(frozen=True)
class CampaignText:
    """What is typed: for the officials the name, for the facilities the letter and who signs it."""

    name: str
    subject: str
    text: str
    issuer: str
    place: str = ""
    signer_title: str = ""
    signer: str = ""


@transaction.atomic
def plan_campaign(round_id: UUID, words: CampaignText, *, criteria: Criteria, actor: Person) -> Campaign:
    """Begin a campaign; nobody is invited yet. Raises `WrongState` for a round that is not announced, or whose
    entries come from below."""
    round = Round.objects.get(pk=round_id)
    require_invitable(round)
    campaign = Campaign(round=round, criteria=criteria.as_data(), created_by=actor, **_checked(words))
    campaign.save(force_insert=True)
    record(CampaignEvent.PLANNED, campaign, actor=actor, round=round.code, criteria=criteria.as_data())
    return campaign


@transaction.atomic
def revise_campaign(
    campaign_id: UUID, words: CampaignText, *, criteria: Criteria, version: int, actor: Person
) -> Campaign:
    """Change a campaign that was not sent; raises `WrongState` when it was, or when somebody else saved meanwhile."""
    campaign = lock_draft(campaign_id)
    if campaign.version != version:
        raise WrongState("Người khác vừa sửa đợt vận động này; chưa có gì bị ghi đè. Xin xem bản mới rồi sửa tiếp.")
    for field, value in _checked(words).items():
        setattr(campaign, field, value)
    campaign.criteria = criteria.as_data()
    _save(campaign)
    record(CampaignEvent.REVISED, campaign, actor=actor, criteria=campaign.criteria, version=campaign.version)
    return campaign


@transaction.atomic
def change_left_out(
    campaign_id: UUID, *, leave_out: Collection[UUID] = (), take_back: Collection[UUID] = (), actor: Person
) -> Campaign:
    """Leave facilities out of the list by hand, or take them back into it; asking twice changes nothing more."""
    campaign = lock_draft(campaign_id)
    wanted = (set(campaign.left_out) | set(map(str, leave_out))) - set(map(str, take_back))
    if wanted != set(campaign.left_out):
        campaign.left_out = sorted(wanted)
        _save(campaign)
        record(CampaignEvent.LEFT_OUT, campaign, actor=actor, count=len(wanted), version=campaign.version)
    return campaign


def lock_draft(campaign_id: UUID) -> Campaign:
    """The row lock of a campaign that may still change; raises `WrongState` for one that was sent."""
    campaign = Campaign.objects.select_for_update(no_key=True, of=("self",)).select_related("round").get(pk=campaign_id)
    if campaign.state != CampaignState.DRAFT:
        raise WrongState("Thư mời của đợt vận động này đã gửi nên không sửa được nữa. Cần mời thêm, xin lập đợt mới.")
    return campaign


def require_invitable(round: Round) -> None:
    """Raise `WrongState` for a round to which facilities cannot be invited now."""
    if round.level not in (Level.COMMUNE, Level.PROVINCE):
        raise WrongState("Kỳ bình chọn này nhận đề cử từ cấp dưới, không mời cơ sở trực tiếp.")
    if not announced_rounds().filter(pk=round.pk).exists():
        raise WrongState(
            "Kỳ bình chọn chưa được thông báo nên chưa mời cơ sở được. Xin duyệt kế hoạch và thông báo trước."
        )


def standard_text(round: Round, issuer: str) -> CampaignText:
    """The letter to begin with."""
    window = window_of(round, WindowKind.FILING)
    edition = f"{round.name[:1].lower()}{round.name[1:]}"
    parts = [
        f"{issuer} trân trọng mời cơ sở gửi sản phẩm tham gia {edition}.",
        _when(window),
        "Hồ sơ gửi trực tuyến theo liên kết hoặc mã QR kèm thư này, làm được trên điện thoại và được lưu sau từng bước."
        " Cơ sở chưa quen làm trực tuyến có thể nhờ cán bộ xã, phường, đặc khu hoặc chuyên viên gửi giúp.",
        "Sản phẩm được công nhận được cấp giấy chứng nhận và hưởng chính sách hỗ trợ theo quy định.",
        "Rất mong cơ sở quan tâm tham gia.",
    ]
    return CampaignText(
        name=f"Mời tham gia {edition}"[:150],
        subject=f"Mời tham gia {edition}"[:200],
        text="\n\n".join(part for part in parts if part),
        issuer=issuer,
    )


def _when(window: Window | None) -> str:
    if window is None:
        return ""
    opens, closes = moment(timezone.localtime(window.opens_at)), deadline(timezone.localtime(window.closes_at))
    officer = window.officer
    phone = f", điện thoại {officer.phone}" if officer and officer.phone else ""
    call = f" Cần hỏi, xin liên hệ {officer.full_name}{phone}." if officer else ""
    return f"Nhận hồ sơ từ {opens} đến {closes}.{call}"


def _checked(words: CampaignText) -> dict[str, str]:
    told = {name: nfc(value).strip() for name, value in asdict(words).items()}
    return told | {name: safe_name(told[name]) for name in ("name", "subject", "issuer")}


def _save(campaign: Campaign) -> None:
    campaign.version += 1
    campaign.save()
