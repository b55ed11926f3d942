"""A facility with its owner before an open round, and what they do there. Call inside a bound tenant."""

from dataclasses import dataclass
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from PIL import Image
from stage import Stage, complete, facility, opened, person

from apps.accounts.models import OrganisationalUnit, Person, Role
from apps.dossiers.models import Entry
from apps.dossiers.services import Subject, begin_entry, submit_entry
from apps.facilities.models import AgentKind, Facility, FacilityAgent


@dataclass
class Portal:
    stage: Stage
    maker: Facility
    owner: Person

    def draft(self, name: str = "Sô-cô-la Ea Kar", *, whole: bool = False, by: Person | None = None) -> Entry:
        entry = begin_entry(self.stage.round.pk, self.maker, Subject(name, "2"), actor=by or self.owner)
        if whole:
            complete(entry)
        return entry

    def filed(self, name: str = "Sô-cô-la Ea Kar", *, by: Person | None = None) -> Entry:
        entry = self.draft(name, whole=True, by=by)
        return submit_entry(entry.pk, is_declared=True, actor=by or self.owner)


def portal() -> Portal:
    stage = opened()
    maker = facility(actor=stage.officer)
    return Portal(stage, maker, agent(maker, "chu-co-so", name="Nguyễn Thị Hoa"))


def agent(maker: Facility, login: str, *, kind: str = AgentKind.OWNER, name: str = "", approved: bool = True) -> Person:
    made = person(login, name=name)
    FacilityAgent.objects.create(facility=maker, person=made, kind=kind, approved_at=Now() if approved else None)
    return made


def commune_officer(commune_code: str, login: str = "can-bo-xa") -> Person:
    made = person(login, Role.COMMUNE_OFFICER, name="Y Blô Niê")
    made.unit = OrganisationalUnit.objects.create(name=f"UBND xã {commune_code}", commune_code=commune_code)
    made.save()
    return made


def photo(colour: str = "brown", size: tuple[int, int] = (900, 1300), name: str = "IMG_0789.jpg") -> SimpleUploadedFile:
    """A photo large enough for print."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")
