"""Build a round at a phase, by the services that people use. Call inside a bound tenant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from apps.accounts.models import OrganisationalUnit, Person, Role, RoleGrant
from apps.councils.models import Session
from apps.councils.services import Votes, conclude_session, convene
from apps.dossiers.models import Confirmation, Entry, Paper
from apps.dossiers.queries import slots_required
from apps.dossiers.services import accept_entry, confirm_filing, draft_entry, submit_entry
from apps.facilities.models import AgentKind, Facility, FacilityAgent
from apps.facilities.services import add_product, register_facility
from apps.judging.models import Sheet
from apps.judging.services import close_scoring, compute_snapshot, lock_sheet, save_marks, start_scoring
from apps.recognition.services import SignedDecision, record_decision
from apps.rounds.models import Appointment, Body, Level, Post, Round, SeatChange, Window, WindowChange, WindowKind
from apps.rounds.services import advance, approve_plan, open_round, plan_round, set_window
from tieubieu.lib.taxcode import check_digit
from tieubieu.moments import transaction_time
from tieubieu.uploads.kinds import Kind
from tieubieu.uploads.models import StoredFile

PLAN_ON = date(2026, 3, 2)
MARKS = {"C1": "32", "C2": "32", "C3": "8", "C4": "8"}  # 80 of 100
TAX_CODES = ["0100233488", "0314409058", "0100112437", "0312687878", "0101248141", "0300588569"]
TAX_CODES += ["6001234516", "6001234629", "6002345716", "6003456828"]
DIGITS = {f"03{number:07d}": check_digit(f"03{number:07d}") for number in range(1, 80)}
TAX_CODES += [f"{nine}{digit}" for nine, digit in DIGITS.items() if digit is not None]  # enough for a long list
WINDOW_DAYS = {"announce": (-1, 30), "filing": (-1, 30), "supplement": (30, 45), "screening": (30, 50)}
WINDOW_DAYS |= {"scoring": (50, 70), "council": (70, 80)}
YEARS = (2024, 2025)
REGISTRATION = {"representative": "Y Thử", "phone": "0905 000 000", "licence_number": "01", "trade": "Chế biến"}
REGISTRATION |= {f"{code}.{year}": "12" for code in ("revenue", "workers") for year in YEARS}
DESCRIPTION = {"started_in": "2018", "summary": "Sản phẩm dùng trong kiểm thử", "mass_production": "yes"}
PROSE = ("measures", "materials", "technology", "market", "environment", "standards", "culture")
DESCRIPTION |= dict.fromkeys(PROSE, "Có")
DESCRIPTION |= {"plan": "Mở rộng"} | {f"product_revenue.{year}": "9" for year in YEARS}
PAPER = SignedDecision("2150/QĐ-UBND", date(2026, 8, 3), "Nguyễn Văn Thử", "Phó Chủ tịch", "UBND tỉnh thử nghiệm")


@dataclass
class Stage:
    """What stands on the stage; each verb takes the round one step further and returns the stage."""

    officer: Person
    council: list[Person]
    judges: list[Person]
    round: Round
    entries: list[Entry] = field(default_factory=list)
    session: Session | None = None

    def refreshed(self) -> Round:
        self.round.refresh_from_db()
        return self.round


def person(login: str, *roles: Role, name: str = "") -> Person:
    made = Person.objects.create_person(login, "mat-khau-thu-nghiem", full_name=name or login.title())
    RoleGrant.objects.bulk_create([RoleGrant(person=made, role=role) for role in roles])
    return made


def commune_officer(code: str = "24121", login: str = "can-bo-xa", *, name: str = "") -> Person:
    """Who acts for one commune and for nothing else."""
    made = person(login, Role.COMMUNE_OFFICER, name=name)
    made.unit, _ = OrganisationalUnit.objects.get_or_create(name=f"UBND xã {code}", defaults={"commune_code": code})
    made.save()
    return made


def acting_for(of: Facility, who: Person, kind: str = AgentKind.OWNER, *, approved: bool = True) -> FacilityAgent:
    """Let somebody act for the facility, or have them merely ask to."""
    return FacilityAgent.objects.create(
        facility=of, person=who, kind=kind, approved_at=transaction_time() if approved else None
    )


def facility(number: int = 0, *, actor: Person) -> Facility:
    return register_facility(
        actor=actor,
        tax_code=TAX_CODES[number],
        name=f"Hợp tác xã số {number}",
        kind="cooperative",
        province_code="66",
        address="Buôn Thử, tỉnh Đắk Lắk",
    )


def planned(judges: int = 3, code: str = "THU-2026", choices: Mapping[str, object] | None = None) -> Stage:
    officer = person("chuyen-vien", Role.OFFICER)
    council = [person(f"hoi-dong-{n}") for n in range(7)]
    panel = [person(f"giam-khao-{n}") for n in range(judges)]
    round = plan_round(
        code=code, level=Level.PROVINCE, year=2026, ordinal=1, name=f"Kỳ thử {code}", area_code="66", actor=officer
    )
    _seat(round, {Body.COUNCIL: council, Body.PANEL: panel}, officer)
    _lay_windows(round, officer)
    approve_plan(round.pk, plan_number="12/KH-UBND", plan_on=PLAN_ON, choices=choices or {}, actor=officer)
    return Stage(officer, council, panel, round)


def _seat(round: Round, bodies: Mapping[Body, list[Person]], officer: Person) -> None:
    """Everybody in their seat, as rows alone: nearly every test begins with them."""
    seats = [
        Appointment(round=round, person=one, body=body, post=Post.MEMBER if seat > 1 else Post.CHAIR, seat=seat)
        for body, people in bodies.items()
        for seat, one in enumerate(people, 1)
    ]
    Appointment.objects.bulk_create(seats)
    SeatChange.objects.bulk_create(
        SeatChange(round=round, body=one.body, post=one.post, joined=one.person, changed_by=officer) for one in seats
    )


def _lay_windows(round: Round, officer: Person) -> None:
    """The windows of a round that has none, as rows alone, as `windows` would set them."""
    now = transaction_time()
    laid = [
        Window(round=round, kind=WindowKind(kind), opens_at=now + timedelta(days=opens),
               closes_at=now + timedelta(days=closes), officer=officer, responsible=officer.full_name)
        for kind, (opens, closes) in WINDOW_DAYS.items()
    ]  # fmt: skip
    Window.objects.bulk_create(laid)
    WindowChange.objects.bulk_create(
        WindowChange(window=one, opens_at=one.opens_at, closes_at=one.closes_at, responsible=one.responsible,
                     changed_by=officer)
        for one in laid
    )  # fmt: skip


def windows(round: Round, officer: Person, **other_days: tuple[float, float]) -> None:
    """Set the windows in days from now; filing is open now unless said otherwise."""
    now = transaction_time()
    for kind, (opens, closes) in (WINDOW_DAYS | other_days).items():
        set_window(
            round.pk,
            WindowKind(kind),
            opens_at=now + timedelta(days=opens),
            closes_at=now + timedelta(days=closes),
            officer=officer,
            actor=officer,
        )


def opened(**kwargs: object) -> Stage:
    stage = planned(**kwargs)
    open_round(stage.round.pk, actor=stage.officer)
    return stage


def filed(entries: int = 1, **kwargs: object) -> Stage:
    stage = opened(**kwargs)
    for number in range(entries):
        maker = facility(number, actor=stage.officer)
        product = add_product(maker, name=f"Sản phẩm {number}", group="2")
        entry = draft_entry(
            stage.round.pk,
            products=[product],
            name=product.name,
            actor=stage.officer,
        )
        stage.entries.append(send(entry, actor=stage.officer))
    return stage


def send(entry: Entry, *, actor: Person) -> Entry:
    """Give a draft all that is required, and file it; what an official files the owner confirms at once."""
    complete(entry)
    filed = submit_entry(entry.pk, is_declared=True, actor=actor)
    for filing in filed.filings.filter(is_assisted=True):
        confirm_filing(filing.pk, through=Confirmation.LINK, actor=None)
    return filed


def complete(entry: Entry) -> None:
    """Answer what is required and was not answered, with papers as rows alone."""
    dossier = entry.dossier
    dossier.registration = REGISTRATION | dossier.registration
    dossier.description = DESCRIPTION | dossier.description
    dossier.save()
    put_papers(entry)


def put_papers(entry: Entry) -> None:
    """The required papers as rows alone: proving real files takes a moment, and few tests open them."""
    slots = slots_required(entry)
    files = [
        StoredFile(kind=Kind.JPEG, media_type="image/jpeg", name=f"{slot}.jpg", sha256="0" * 64, given_sha256="0" * 64,
                   size=1, storage_name="none.jpg")
        for slot in slots
    ]  # fmt: skip
    StoredFile.objects.bulk_create(files)
    Paper.objects.bulk_create(
        [
            Paper(entry=entry, slot=slot, file_id=file.pk, added_by=entry.begun_by)
            for slot, file in zip(slots, files, strict=True)
        ]
    )


def scoring(entries: int = 1, **kwargs: object) -> Stage:
    stage = filed(entries, **kwargs)
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    stage.entries = [accept_entry(entry.pk, actor=stage.officer) for entry in stage.entries]
    start_scoring(stage.round.pk, actor=stage.officer)
    return stage


def scored(entries: int = 1, marks: Mapping[str, str] = MARKS, **kwargs: object) -> Stage:
    stage = scoring(entries, **kwargs)
    for sheet in Sheet.objects.filter(entry__round=stage.round).select_related("judge__person"):
        judge = sheet.judge.person
        save_marks(sheet.pk, {c: Decimal(v) for c, v in marks.items()}, remark="", actor=judge)
        lock_sheet(sheet.pk, actor=judge)
    job = close_scoring(stage.round.pk, actor=stage.officer)
    compute_snapshot(stage.round.pk, job_id=job)
    return stage


def concluded(entries: int = 1, **kwargs: object) -> Stage:
    stage = scored(entries, **kwargs)
    members = stage.round.appointments.filter(body=Body.COUNCIL)
    session = convene(stage.round.pk, present=[m.pk for m in members], actor=stage.officer)
    votes = {entry.pk: Votes(7) for entry in stage.entries}
    stage.session = conclude_session(session.pk, votes, actor=stage.officer)
    return stage


def decided(entries: int = 1, **kwargs: object) -> Stage:
    stage = concluded(entries, **kwargs)
    record_decision(stage.round.pk, PAPER, actor=stage.officer)
    return stage
