"""What is asked about sheets and results."""

from apps.judging.queries.sheets import latest_snapshot, plain, progress_by_judge, ranking_input

__all__ = ["latest_snapshot", "plain", "progress_by_judge", "ranking_input"]
