"""A dossier begun with what an earlier one of the same facility says and shows."""

from collections.abc import Container
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Person
from apps.dossiers.fieldbook import BadValue, read, text_of
from apps.dossiers.holdings import numbered
from apps.dossiers.models import Dossier, Entry, Paper, Slot
from apps.dossiers.queries.answers import answers_of, boxes_of
from apps.dossiers.queries.papers import papers_of
from apps.dossiers.services.drafting import draft_entry, place_of
from apps.facilities.models import Product
from apps.facilities.services import add_product

LOWER_CERTIFICATE_FIELDS = ("lower_certificate_number",)


@transaction.atomic
def copy_entry(source_id: UUID, round_id: UUID, *, name: str, actor: Person) -> Entry:
    """Begin an entry with the answers and papers of an earlier one of the same facility.

    Answers go over for the fields that today's form still asks in the same way; papers are the same stored files.
    What the register knows today comes before what was written then; a lower certificate that is known to have
    run out stays behind.
    """
    source = Entry.objects.select_related("facility__merged_into", "dossier__form", "round").get(pk=source_id)
    entry = draft_entry(
        round_id, products=_products_today(source), name=name or source.name, set_case=source.set_case, actor=actor
    )
    has_run_out = _has_run_out(source.dossier)
    _copy_answers(source.dossier, entry.dossier, without=LOWER_CERTIFICATE_FIELDS if has_run_out else ())
    copied = papers_of(source).exclude(slot=Slot.LOWER_CERTIFICATE) if has_run_out else papers_of(source)
    Paper.objects.bulk_create(
        [
            Paper(entry=entry, slot=p.slot, file_id=p.file_id, caption=p.caption, position=p.position, added_by=actor)
            for p in copied
        ]
    )
    return entry


def _products_today(source: Entry) -> list[Product]:
    """What took part then, on the register of the facility that stands for the source today, in the source's group."""
    facility = source.facility.survivor()
    products = [
        add_product(facility, name=item.product.name, group=source.group, is_demo=facility.is_demo)
        for item in source.items.select_related("product").order_by("product__name")
    ]
    for product in products:
        product.group = source.group
    return products


def _has_run_out(dossier: Dossier) -> bool:
    """Whether the certificate that the dossier named is one of this unit's and no longer valid."""
    named = numbered(str(dossier.registration.get("lower_certificate_number", "")), timezone.localdate())
    return named is not None and not named.is_valid


def _copy_answers(old: Dossier, new: Dossier, *, without: Container[str]) -> None:
    answers = answers_of(old)
    for box in boxes_of(new):
        place = place_of(new, box.field.form)
        if box.code in place or box.code in without or not answers.get(box.code):
            continue
        try:
            place[box.code] = read(box.field, text_of(box.field, str(answers[box.code])))
        except (BadValue, ValueError):
            continue  # asked in another way today
    new.save(update_fields=["registration", "description", "updated_at"])
