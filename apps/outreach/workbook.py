"""A campaign's list as a workbook: whom it would invite, or how far the invited have come."""

from collections.abc import Iterable, Mapping
from typing import Any

from apps.facilities.models import Facility
from apps.outreach.models import Campaign
from apps.outreach.queries import Candidate
from apps.outreach.states import CampaignState, Step
from tieubieu.spreadsheets import Table, write_table

HEADS = ["Cơ sở", "Mã số thuế", "Xã, phường, đặc khu", "Địa chỉ", "Điện thoại", "Thư điện tử", "Vì sao mời"]
TRACKED = ["Tình trạng", "Gửi thư lúc", "Mở thư lúc"]


def campaigns_workbook(campaigns: Iterable[Campaign]) -> bytes:
    """The list of campaigns; reads `round` and `created_by` of each."""
    heads = ["Đợt vận động", "Kỳ bình chọn", "Mã kỳ", "Trạng thái", "Gửi lúc", "Người soạn"]
    rows = [
        [
            one.name,
            one.round.name,
            one.round.code,
            CampaignState(one.state).label,
            one.sent_at,
            one.created_by.full_name,
        ]
        for one in campaigns
    ]
    return write_table(Table("Đợt vận động", heads, rows))


def candidates_workbook(candidates: Iterable[Candidate], units: Mapping[str, str]) -> bytes:
    """Who would be invited, and why."""
    rows = [_row(one.facility, units, one.address, one.reasons) for one in candidates]
    return write_table(Table("Danh sách mời", HEADS, rows))


def tracking_workbook(invitations: Iterable[Any], units: Mapping[str, str]) -> bytes:
    """The invited, each with its step. The rows are `queries.tracked`."""
    rows = [
        [
            *_row(one.facility, units, one.address, one.reasons),
            Step(one.step).label,
            one.mail.sent_at if one.mail else None,
            one.opened_at,
        ]
        for one in invitations
    ]
    return write_table(Table("Cơ sở được mời", [*HEADS, *TRACKED], rows))


def _row(facility: Facility, units: Mapping[str, str], address: str, reasons: list[str]) -> list[object]:
    return [
        facility.name,
        facility.tax_code,
        units.get(facility.commune_code, ""),
        facility.address,
        facility.phone,
        address,
        "; ".join(reasons),
    ]
