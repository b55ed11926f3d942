"""A workbook is staged by one person, looked at, and confirmed once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.facilities.events import FacilityEvent
from apps.facilities.importing.sorting import Known, Sorted, sort_rows
from apps.facilities.models import Facility, FacilityYear, ImportBatch
from apps.facilities.queries import Ground
from apps.facilities.services.registering import COMPARE_FACILITIES, TYPED
from apps.facilities.workbook import read_workbook
from tieubieu.audit.services import record_each
from tieubieu.errors import WrongState
from tieubieu.outbox.services import emit, later
from tieubieu.uploads.services import Kind, open_bytes, take_in

KEPT = timedelta(days=1)
LOT = 500


def stage_workbook(given: UploadedFile, *, actor: Person) -> ImportBatch:
    """Prove the file, see that it can be read, and keep it for this person until tomorrow.

    Raises `UploadRefused` or `WorkbookRefused` with what to do about it; nothing of the register changes.
    """
    file = take_in(given, actor=actor, kinds=frozenset({Kind.XLSX}))
    read_workbook(open_bytes(file))
    batch = ImportBatch.objects.create(file=file, person=actor)
    batch.refresh_from_db()
    return batch


def own_batches(person: Person) -> QuerySet[ImportBatch]:
    """The uploads that are this person's to see: the waiting ones until they expire, the confirmed ones always."""
    waiting = ImportBatch.objects.filter(person=person, confirmed_at=None, uploaded_at__gt=later(-KEPT))
    return waiting | ImportBatch.objects.filter(person=person, confirmed_at__isnull=False)


def preview(batch: ImportBatch, ground: Ground) -> Sorted:
    """What a confirmation would do now."""
    return sort_rows(read_workbook(open_bytes(batch.file)), ground)


@transaction.atomic
def confirm_import(batch_id: UUID, ground: Ground, *, is_updating: bool, actor: Person) -> ImportBatch:
    """Store the new facilities, and what differs of the known ones when `is_updating`; a second time does nothing.

    Raises `WrongState` for an upload that has expired. Empty cells erase nothing.
    """
    batch = ImportBatch.objects.select_for_update(no_key=True).select_related("file").get(pk=batch_id, person=actor)
    if batch.confirmed_at:
        return batch
    if not own_batches(actor).filter(pk=batch_id).exists():
        raise WrongState("Tệp này đã quá hạn một ngày; xin tải lên lại.")
    rows = sort_rows(read_workbook(open_bytes(batch.file)), ground, lock=True)
    _add(rows, ground, batch, actor)
    updated = rows.different if is_updating else []
    _update(updated, batch, actor)
    batch.outcome = {
        "added": len(rows.new),
        "updated": len(updated),
        "kept": len(rows.same) + len(rows.different) - len(updated),
        "refused": len(rows.refused),
    }
    batch.refused = [[row.line, _storable(row.values), reason] for row, reason in rows.refused]
    batch.confirmed_at = Now()
    batch.save()
    batch.refresh_from_db()
    return batch


def _storable(values: Mapping[str, str]) -> dict[str, str]:
    """As typed, but for the one sign that no column keeps."""
    return {field: text.replace("\0", "") for field, text in values.items()}


def _add(rows: Sorted, ground: Ground, batch: ImportBatch, actor: Person) -> None:
    province_code = ground.province.code if ground.province else ""
    made, years = [], []
    for _, reading in rows.new:
        facility = Facility(id=uuid4(), province_code=province_code, **reading.values)
        facility.key_names()
        made.append(facility)
        if reading.year:
            years.append(FacilityYear(facility=facility, year=reading.year, **reading.figures))
    Facility.objects.bulk_create(made, batch_size=LOT)
    FacilityYear.objects.bulk_create(years, batch_size=LOT)
    facts = {"batch": batch.file.name}
    record_each(FacilityEvent.IMPORTED, [(f, {**facts, "tax_code": f.tax_code}) for f in made], actor=actor)
    _tell_years([(y, {name: [None, getattr(y, name)] for name in r.figures}) for y, r in _paired(years, rows)], actor)


def _paired(years: Sequence[FacilityYear], rows: Sorted) -> zip:  # type: ignore[type-arg]
    return zip(years, [reading for _, reading in rows.new if reading.year], strict=True)


def _update(known: Sequence[Known], batch: ImportBatch, actor: Person) -> None:
    touched = [one for one in known if one.changes]
    for one in touched:
        for name in one.changes:
            setattr(one.facility, name, one.reading.values[name])
        one.facility.version += 1
        one.facility.key_names()
    fields = [name.removesuffix("_id") for name in TYPED]
    Facility.objects.bulk_update(
        [one.facility for one in touched], [*fields, "version", "name_key", "name_folded"], batch_size=LOT
    )
    facts = {"batch": batch.file.name}
    told = [(o.facility, {"version": o.facility.version, "changes": o.changes, **facts}) for o in touched]
    record_each(FacilityEvent.REVISED, told, actor=actor)
    for start in range(0, len(touched), LOT):
        emit(COMPARE_FACILITIES, facility_ids=[one.facility.pk for one in touched[start : start + LOT]])
    _update_years([one for one in known if one.figures], actor)


def _update_years(known: Sequence[Known], actor: Person) -> None:
    new: list[FacilityYear] = []
    old: list[FacilityYear] = []
    told = []
    for one in known:
        row = one.year or FacilityYear(facility=one.facility, year=one.reading.year or 0, version=0)
        for name in one.figures:
            setattr(row, name, one.reading.figures[name])
        row.version += 1
        (old if one.year else new).append(row)
        told.append((row, one.figures))
    FacilityYear.objects.bulk_create(new, batch_size=LOT)
    FacilityYear.objects.bulk_update(old, ["revenue", "workers", "taxes", "exports", "version"], batch_size=LOT)
    _tell_years(told, actor)


def _tell_years(rows: Sequence[tuple[FacilityYear, dict[str, list[object]]]], actor: Person) -> None:
    told = [
        (row.facility, {"year": row.year, "figures_version": row.version, "changes": changes}) for row, changes in rows
    ]
    record_each(FacilityEvent.FIGURES_ENTERED, told, actor=actor)
