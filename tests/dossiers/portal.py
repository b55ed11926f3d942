"""A facility with its owner before an open round, and what they do there. Call inside a bound tenant."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import stage as stages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from stage import Stage, acting_for, complete, facility, opened, person

from apps.accounts.models import Person
from apps.dossiers.models import Dossier, Entry
from apps.dossiers.services import Subject, begin_entry, file_again, save_answer, submit_entry
from apps.dossiers.services.supplements import Asked, ask_supplement
from apps.facilities.models import AgentKind, Facility
from apps.rounds.models import Window
from tieubieu.moments import transaction_time

POINTS = [Asked("field:summary", "incomplete", "Ghi rõ mùa vụ"), Asked("paper:photo_side", "incorrect")]


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


def filing_is_over(stage: Stage) -> None:
    """The window closed two days ago, and that of the supplements yesterday."""
    now = transaction_time()
    windows = Window.objects.filter(round=stage.round)
    windows.filter(kind="filing").update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=2))
    windows.filter(kind="supplement").update(opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1))


def agent(maker: Facility, login: str, *, kind: str = AgentKind.OWNER, name: str = "", approved: bool = True) -> Person:
    made = person(login, name=name)
    acting_for(maker, made, kind, approved=approved)
    return made


def commune_officer(commune_code: str, login: str = "can-bo-xa") -> Person:
    return stages.commune_officer(commune_code, login, name="Y Blô Niê")


def photo(colour: str = "brown", size: tuple[int, int] = (900, 1300), name: str = "IMG_0789.jpg") -> SimpleUploadedFile:
    """A photo large enough for print."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")


def sent_back(portal: Portal, entry: Entry | None = None) -> Entry:
    """A filed dossier that waits for its supplement."""
    entry = entry or portal.filed()
    ask_supplement(
        entry.pk,
        points=POINTS,
        text="Xin bổ sung",
        due_on=timezone.localdate() + timedelta(days=7),
        actor=portal.stage.officer,
    )
    entry.refresh_from_db()
    return entry


def mend(portal: Portal, entry: Entry, text: str = "Thu hoạch từ tháng 9", code: str = "summary") -> None:
    """Answer a box anew, on top of what stands in it."""
    dossier = Dossier.objects.get(entry=entry)
    now = {**dossier.registration, **dossier.description, **dossier.held}.get(code, "")
    save_answer(entry.pk, code, text, base=now, actor=portal.owner)


def refile(portal: Portal, entry: Entry, number: int = 2, is_declared: bool = True) -> Entry:
    return file_again(entry.pk, number=number, is_declared=is_declared, actor=portal.owner)
