"""Who sits at the desk, and filings as the forms make them. Call inside a bound tenant."""

from datetime import timedelta

from django.utils import timezone
from stage import TAX_CODES, acting_for, filed, opened, person, send

from apps.accounts.models import Person
from apps.dossiers.models import Entry, Filing, Paper
from apps.dossiers.services import draft_entry
from apps.dossiers.services.supplements import Asked, answer_supplement, ask_supplement
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.facilities.services import add_product, register_facility
from apps.rounds.models import Body, Level
from apps.rounds.services import appoint

EA_KAO, CU_MGAR = "24121", "24133"


def helper(stage, login: str = "to-giup-viec") -> Person:
    who = person(login)
    appoint(stage.round.pk, who, body=Body.SUPPORT, actor=stage.officer)
    return who


def owner(of: Facility, login: str = "chu-co-so", email: str = "chu@coso.vn") -> Person:
    who = person(login)
    who.email = email
    who.save()
    acting_for(of, who)
    return who


def of_commune_round(stage) -> None:
    """Make the stage's round one that Ea Kao holds itself, over its own facilities."""
    stage.round.__class__.objects.filter(pk=stage.round.pk).update(level=Level.COMMUNE, area_code=EA_KAO)
    Facility.objects.update(commune_code=EA_KAO)
    stage.refreshed()


A_FEW = 6


def many(count: int):
    """A round with many dossiers of a few facilities."""
    stage = opened()
    makers = [
        register_facility(
            actor=stage.officer, tax_code=code, name=f"Cơ sở {n}", kind="cooperative", province_code="66",
            address="Buôn Thử", commune_code=EA_KAO,
        )
        for n, code in enumerate(TAX_CODES[:A_FEW])
    ]  # fmt: skip
    for n in range(count):
        maker = makers[n % len(makers)]
        product = add_product(maker, name=f"Sản phẩm {n}", group="2")
        entry = draft_entry(stage.round.pk, products=[product], name=product.name, actor=stage.officer)
        stage.entries.append(send(entry, actor=stage.officer))
    return stage


def file(entry: Entry, content: dict, by: Person, number: int = 1, **fields) -> Filing:
    """A filing with this content, in place of the one that the stage made."""
    told = {"filed_by": by, "content": content, "digest": "sha256:0", "is_assisted": False} | fields
    told["receipt_code"] = f"BN-{entry.pk.hex[:8]}-{number}"
    filing, _ = Filing.objects.update_or_create(entry=entry, number=number, defaults=told)
    return filing


def corrected(count: int = 1):
    """Dossiers that were sent back and filed again with another answer and another photo."""
    stage = filed(count)
    for entry in stage.entries:
        photo = Paper.objects.create(entry=entry, slot="photo_side", file_id=entry.pk, added_by=stage.officer)
        file(entry, {"description": {"taste": "Đắng"}, "papers": []}, stage.officer)
        points = [Asked("field:taste", "incorrect", "Ghi lại"), Asked("paper:photo_side", "incomplete")]
        due = timezone.localdate() + timedelta(days=5)
        ask_supplement(entry.pk, points=points, text="Xin sửa", due_on=due, actor=stage.officer)
        papers = [{"slot": "photo_side", "file": str(photo.file_id)}]
        file(entry, {"description": {"taste": "Đậm"}, "papers": papers}, stage.officer, number=2)
        answer_supplement(entry)
        Entry.objects.filter(pk=entry.pk).update(state=EntryState.SUBMITTED)
        entry.refresh_from_db()
    return stage
