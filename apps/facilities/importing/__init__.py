"""Bring facilities in from a workbook: staged, looked at, confirmed once; bad rows come back with their reason."""

from apps.facilities.importing.batches import KEPT, confirm_import, own_batches, preview, stage_workbook
from apps.facilities.importing.sorting import Sorted, sort_rows

__all__ = ["KEPT", "Sorted", "confirm_import", "own_batches", "preview", "sort_rows", "stage_workbook"]
