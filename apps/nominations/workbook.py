"""The summary list of a commune's letter as a workbook."""

from apps.nominations.models import Proposal
from apps.nominations.queries import SUMMARY_HEADS, summary_lines
from tieubieu.spreadsheets import Table, write_table


def summary_workbook(proposal: Proposal) -> bytes:
    """Danh sách trích ngang (Phụ lục 5)."""
    return write_table(
        Table("Danh sách trích ngang", SUMMARY_HEADS, [line.cells() for line in summary_lines(proposal)])
    )
