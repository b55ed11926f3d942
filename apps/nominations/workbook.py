"""The summary list of a commune's letter as a workbook."""

from collections.abc import Iterable, Mapping

from apps.nominations.models import Proposal
from apps.nominations.queries import SUMMARY_HEADS, summary_lines
from tieubieu.spreadsheets import Table, write_table
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
