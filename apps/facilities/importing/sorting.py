"""The rows of a workbook beside the register: new, known and the same, known and different, or not usable."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.facilities.importing.reading import Gazetteer, Reading, read_row
from apps.facilities.models import Facility, FacilityYear
from apps.facilities.queries import Ground
from apps.facilities.services.figures import figures_of
from apps.facilities.services.registering import typed_of
from apps.facilities.states import Standing
from apps.facilities.workbook import SheetRow
from tieubieu.errors import DomainError
from tieubieu.lib.edits import changed
from tieubieu.meanwhile import told

Changes = dict[str, list[Any]]


@dataclass(frozen=True)
class Known:
    """A facility that is on the register, with what the row would change of it and of its year."""

    row: SheetRow
    reading: Reading
    facility: Facility
    year: FacilityYear | None
    changes: Changes
    figures: Changes

    @property
    def all_changes(self) -> Changes:
        return {**self.changes, **self.figures}


@dataclass(frozen=True)
class Sorted:
    """`new` + `same` + `different` + `refused` are the rows of the workbook."""

    new: list[tuple[SheetRow, Reading]] = field(default_factory=list)
    same: list[Known] = field(default_factory=list)
    different: list[Known] = field(default_factory=list)
    refused: list[tuple[SheetRow, str]] = field(default_factory=list)


def sort_rows(rows: Sequence[SheetRow], ground: Ground, *, lock: bool = False) -> Sorted:
    """Read every row and lay it beside the register; the same number of queries for one row as for thousands."""
    done = Sorted()
    good = _readable(rows, ground, done)
    facilities = Facility.objects.filter(tax_code__in=list(good)).order_by("pk").select_related("merged_into")
    if lock:
        facilities = facilities.select_for_update(no_key=True, of=("self",))
    known = {facility.tax_code: facility for facility in facilities}
    years = {(y.facility_id, y.year): y for y in FacilityYear.objects.filter(facility__in=list(known.values()))}
    for tax_code, (row, reading) in good.items():
        facility = known.get(tax_code)
        if facility is None:
            done.new.append((row, reading))
        elif facility.standing == Standing.MERGED:
            done.refused.append((row, f"Mã số thuế này thuộc cơ sở đã gộp vào {facility.survivor()}."))
        else:
            _compare(row, reading, facility, years.get((facility.pk, reading.year or 0)), done)
    done.refused.sort(key=lambda line: line[0].line)
    return done


def _readable(rows: Sequence[SheetRow], ground: Ground, done: Sorted) -> dict[str, tuple[SheetRow, Reading]]:
    good: dict[str, tuple[SheetRow, Reading]] = {}
    gazetteer = Gazetteer(ground)
    for row in rows:
        try:
            reading = read_row(row.values, gazetteer)
            tax_code = reading.values["tax_code"]
            if tax_code in good:
                raise DomainError(f"Mã số thuế {tax_code} đã có ở dòng {good[tax_code][0].line} trong cùng tệp.")
            good[tax_code] = row, reading
        except DomainError as wrong:
            done.refused.append((row, wrong.message))
    return good


def _compare(row: SheetRow, reading: Reading, facility: Facility, year: FacilityYear | None, done: Sorted) -> None:
    changes = changed(typed_of(facility), reading.values)
    figures = changed(told(figures_of(year)), told(reading.figures))
    found = Known(row, reading, facility, year, changes, figures)
    (done.different if changes or figures else done.same).append(found)
