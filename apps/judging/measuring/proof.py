"""Every word of the site that a mark was kept, held against the database. Call inside the measured province."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from apps.judging.models import Sheet
from apps.judging.services.marking import marks_of


def lost_marks(kept: Mapping[tuple[UUID, str], Decimal]) -> list[str]:
    """The marks that were acknowledged and do not stand in their sheet."""
    touched = Sheet.objects.filter(pk__in={sheet_id for sheet_id, _ in kept}).select_related("entry__round")
    there = {sheet.pk: marks_of(sheet) for sheet in touched}
    return [f"{sheet_id} {box}" for (sheet_id, box), value in kept.items() if there.get(sheet_id, {}).get(box) != value]
