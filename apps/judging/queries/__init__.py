"""What is asked about sheets, results and conflicts of interest."""

from apps.judging.queries.conflicts import barred_pairs, is_recused, recused_pairs
from apps.judging.queries.sheets import latest_snapshot, plain, progress_by_judge, ranking_input, sheets_that_count

__all__ = [
    "barred_pairs",
    "is_recused",
    "latest_snapshot",
    "plain",
    "progress_by_judge",
    "ranking_input",
    "recused_pairs",
    "sheets_that_count",
]
