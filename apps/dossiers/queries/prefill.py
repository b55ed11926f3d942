"""What the facility register already knows, so that nobody is asked twice."""

from decimal import Decimal

from apps.dossiers.fieldbook import BadValue, Field, FieldBook, read
from apps.dossiers.queries.forms import years_of
from apps.facilities.models import Facility, FacilityYear
from apps.rounds.models import Round


def prefilled(facility: Facility, round: Round, book: FieldBook) -> dict[str, str]:
    """Box by box what stands in the register for the fields that name their place there."""
    years = {row.year: row for row in facility.years.filter(year__in=years_of(round))}
    found: dict[str, str] = {}
    for field in book:
        for box in field.boxes(years_of(round)) if field.prefill else ():
            row = facility if box.year is None else years.get(box.year)
            if value := _value(field, row):
                found[box.code] = value
    return found


def _value(field: Field, row: Facility | FacilityYear | None) -> str:
    known = getattr(row, field.prefill, None) if row is not None else None
    if known is None or known == "":
        return ""
    if isinstance(known, Decimal):
        return format(known.normalize(), "f")
    try:
        return read(field, str(known))
    except BadValue:
        return ""  # what the form does not take is asked for again
