"""Score sheets and the result that comes of them."""

from apps.judging.models.sheets import Mark, Sheet, Snapshot

__all__ = ["Mark", "Sheet", "Snapshot"]
