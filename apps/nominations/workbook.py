"""The summary list of a commune's letter as a workbook."""

from collections.abc import Iterable, Mapping

from apps.dossiers.models import Entry
from apps.nominations.models import InboxPacket, Nominee, Proposal
from apps.nominations.queries import SUMMARY_HEADS, summary_lines
from apps.recognition.models import Certificate
from apps.rounds.models import Round
from apps.rounds.rules import group_name
from tieubieu.spreadsheets import Table, write_table, write_tables
from tieubieu.ui.words import day

PROPOSAL_HEADS = ["Xã, phường, đặc khu", "Kỳ cấp tỉnh", "Số văn bản", "Ngày", "Sản phẩm", "Trạng thái"]


def summary_workbook(proposal: Proposal) -> bytes:
    """Danh sách trích ngang (Phụ lục 5)."""
    return write_table(
        Table("Danh sách trích ngang", SUMMARY_HEADS, [line.cells() for line in summary_lines(proposal)])
    )


def proposals_workbook(proposals: Iterable[Proposal], communes: Mapping[str, str]) -> bytes:
    """The letters of communes, one a line."""
    rows = [
        [
            communes.get(proposal.commune_code, proposal.commune_code),
            proposal.round.name,
            proposal.number,
            day(proposal.signed_on) if proposal.signed_on else "",
            proposal.count,  # type: ignore[attr-defined]  # annotated by the page
            proposal.get_state_display(),
        ]
        for proposal in proposals
    ]
    return write_table(Table("Đề nghị của xã", PROPOSAL_HEADS, rows))


def choosing_workbook(round: Round, certificates: Iterable[Certificate], entries: Iterable[Entry]) -> bytes:
    """What a commune may propose: certificates that can go up, and dossiers that stand in no letter yet."""
    held = [[one.product_name, one.holder_name, one.number, one.valid_until] for one in certificates]
    made = [[one.name, one.facility.name, group_name(round, one.group), one.get_state_display()] for one in entries]
    return write_tables(
        Table("Đã công nhận cấp xã", ["Sản phẩm", "Cơ sở", "Số giấy chứng nhận", "Có giá trị đến"], held),
        Table("Hồ sơ cơ sở đã làm", ["Sản phẩm", "Cơ sở", "Nhóm sản phẩm", "Trạng thái"], made),
    )


def inbox_workbook(packets: Iterable[InboxPacket], nominees: Iterable[Nominee]) -> bytes:
    """The packets that arrived, and every product in them with the packet's sender."""
    sent = [
        [
            packet.sender_name,
            packet.get_state_display(),
            "Khớp" if packet.matches else "Lệch",
            packet.count,  # type: ignore[attr-defined]  # annotated by the page
            packet.get_target_level_display(),
            packet.received_at,
        ]
        for packet in packets
    ]
    named = [
        [one.packet.sender_name, one.product_name, one.holder_name, one.tax_code, one.group, one.certificate_number,
         one.total]
        for one in nominees
    ]  # fmt: skip
    heads = ["Nơi gửi", "Sản phẩm", "Cơ sở", "Mã số thuế", "Nhóm", "Số giấy chứng nhận", "Điểm bình quân"]
    return write_tables(
        Table("Gói đề cử", ["Nơi gửi", "Trạng thái", "Tính lại", "Số sản phẩm", "Cấp đề cử", "Nhận lúc"], sent),
        Table("Sản phẩm được đề cử", heads, named),
    )
