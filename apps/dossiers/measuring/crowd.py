"""A province in the middle of filing: facilities, their owners signed in, and dossiers that lack nothing but filing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models.functions import Now

from apps.accounts.models import Person, Role, RoleGrant
from apps.dossiers.fieldbook import Field, Form, Kind
from apps.dossiers.models import Dossier, Entry, EntryItem, Paper
from apps.dossiers.queries import answers_of, slots_required
from apps.dossiers.queries.answers import boxes_of
from apps.dossiers.services import draft_entry
from apps.facilities.models import Facility, FacilityAgent, FacilityKind, Product
from apps.facilities.services import add_product
from apps.facilities.states import Standing
from apps.rounds.models import Body, Level, Post, Round, WindowKind
from apps.rounds.services import appoint, approve_plan, open_round, plan_round, set_window
from tieubieu.moments import transaction_time
from tieubieu.uploads.kinds import MEDIA_TYPES
from tieubieu.uploads.kinds import Kind as FileKind
from tieubieu.uploads.models import StoredFile

PROVINCE, GROUP = "66", "2"
OWNERS, COUNCIL, PANEL = 24, 7, 3
DAYS = 30
PROSE = (Kind.TEXT, Kind.LONG_TEXT)
SAMPLES = {
    Kind.TEXT: "Có", Kind.LONG_TEXT: "Làm theo mẻ, có máy sấy.", Kind.WHOLE: "12", Kind.NUMBER: "12",
    Kind.MONEY: "12", Kind.YEAR: "2018", Kind.DATE: "2020-01-05", Kind.YES_NO: "yes",
    Kind.EMAIL: "co-so@example.vn", Kind.PHONE: "0905 000 000",
}  # fmt: skip


@dataclass(frozen=True)
class Owner:
    person: Person
    product: Product
    session: str


@dataclass(frozen=True)
class Draft:
    """A dossier and the session of the person whose it is."""

    entry_id: UUID
    session: str


@dataclass(frozen=True)
class Crowd:
    """`boxes` are the codes that take prose, with what stands in them in every draft."""

    drafts: list[Draft]
    boxes: dict[str, str]


def gather(number: int) -> Crowd:
    """So many dossiers, spread over the owners, in a round that takes filings. Call inside a fresh province."""
    round = open_for_filing({})
    owners = [owner(n) for n in range(OWNERS)]
    model = _model(round, owners[0])
    answers = answers_of(model.dossier)
    prose = [box.code for box in boxes_of(model.dossier) if box.field.kind in PROSE]
    return Crowd(_copies(model, owners, number), {code: answers.get(code, "") for code in prose})


def open_for_filing(choices: Mapping[str, object]) -> Round:
    """A province's round that takes filings, planned with these choices."""
    officer = Person.objects.create_person("chuyen-vien", full_name="Chuyên viên")
    RoleGrant.objects.create(person=officer, role=Role.OFFICER)
    year = transaction_time().year
    round = plan_round(
        code=f"DO-{year}", level=Level.PROVINCE, year=year, ordinal=1, name="Kỳ để đo tốc độ", area_code=PROVINCE,
        actor=officer,
    )  # fmt: skip
    for body, size in ((Body.COUNCIL, COUNCIL), (Body.PANEL, PANEL)):
        for seat in range(1, size + 1):
            member = Person.objects.create_person(f"{body}-{seat}", full_name=f"Thành viên {seat}")
            post = Post.CHAIR if seat == 1 else Post.MEMBER
            appoint(round.pk, member, body=body, actor=officer, post=post, seat=seat)
    _set_windows(round, officer)
    approve_plan(round.pk, plan_number="01/KH-UBND", plan_on=date(year, 1, 5), choices=choices, actor=officer)
    open_round(round.pk, actor=officer)
    return round


def _set_windows(round: Round, officer: Person) -> None:
    """Filing is open now; everything after it follows, so that the plan is whole."""
    now, month = transaction_time(), timedelta(days=DAYS)
    for place, kind in enumerate(WindowKind):
        first = kind in (WindowKind.ANNOUNCE, WindowKind.FILING)
        opens = now - timedelta(days=1) if first else now + place * month
        closes = now + month if first else opens + month
        set_window(round.pk, kind, opens_at=opens, closes_at=closes, officer=officer, actor=officer)


def owner(number: int) -> Owner:
    person = Person.objects.create_person(f"chu-{number}", full_name=f"Chủ cơ sở {number}")
    maker = Facility.objects.create(
        name=f"Hợp tác xã số {number}", kind=FacilityKind.COOPERATIVE, tax_code=f"{number:010}",
        province_code=PROVINCE, address="Buôn Thử", standing=Standing.REGISTERED,
    )  # fmt: skip
    FacilityAgent.objects.create(facility=maker, person=person, approved_at=Now())
    return Owner(person, add_product(maker, name="Sản phẩm", group=GROUP), signed_in(person))


def signed_in(person: Person) -> str:
    """A session as signing in leaves it; what a password costs is not measured here."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _model(round: Round, owner: Owner) -> Entry:
    """The dossier that all others are copies of, begun as people begin one."""
    entry = draft_entry(round.pk, products=[owner.product], name="Mẫu", actor=owner.person)
    for box in boxes_of(entry.dossier):
        place = entry.dossier.registration if box.field.form is Form.REGISTRATION else entry.dossier.description
        if box.field.is_required:
            place.setdefault(box.code, _sample(box.field))
    return entry


def _sample(field: Field) -> str:
    return field.choices[0] if field.choices else SAMPLES[field.kind]


def _copies(model: Entry, owners: list[Owner], number: int) -> list[Draft]:
    pairs = [(owners[n % len(owners)], n) for n in range(number)]
    entries = [
        Entry(
            round=model.round, facility=holder.product.facility, name=f"Sản phẩm {n}", group=GROUP,
            begun_by=holder.person,
        )
        for holder, n in pairs
    ]  # fmt: skip
    Entry.objects.bulk_create(entries)
    told = {"registration": model.dossier.registration, "description": model.dossier.description}
    Dossier.objects.bulk_create([Dossier(entry=entry, form=model.dossier.form, **told) for entry in entries])
    sold = zip(entries, pairs, strict=True)
    EntryItem.objects.bulk_create([EntryItem(entry=entry, product=owner.product) for entry, (owner, _) in sold])
    _put_papers(model, entries)
    return [Draft(entry.pk, owner.session) for entry, (owner, _) in zip(entries, pairs, strict=True)]


def _put_papers(model: Entry, entries: list[Entry]) -> None:
    """The required papers as rows alone: filing fixes their hashes and opens no file."""
    slots = slots_required(model)
    jpeg = {"kind": FileKind.JPEG, "media_type": MEDIA_TYPES[FileKind.JPEG], "size": 1, "storage_name": "khong-co"}
    files = [StoredFile(name=f"{slot}.jpg", sha256=uuid4().hex * 2, given_sha256="0" * 64, **jpeg) for slot in slots]
    StoredFile.objects.bulk_create(files)
    Paper.objects.bulk_create(
        [
            Paper(entry=entry, slot=slot, file_id=file.pk, added_by=entry.begun_by)
            for entry in entries
            for slot, file in zip(slots, files, strict=True)
        ]
    )
