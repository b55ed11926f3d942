"""Who signs in to the demo nation. Every account is marked as demo data and shares one well-known password."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Now
from django.utils import timezone

from apps.accounts.models import OrganisationalUnit, Person, Role, RoleGrant
from apps.demo.casting import DemoJudge, Play
from apps.demo.logins import ADMINISTRATOR, AUDITOR, COMMUNE_OFFICER, LEADER, OFFICER, OWNER, PASSWORD
from apps.facilities.models import AgentKind, Facility, FacilityAgent
from tenants.reference.queries import unit_on

COUNCIL_SEATS = (
    ("Y Bhăm Niê (minh họa)", "Phó Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Lê Thị Thu Hà (minh họa)", "Giám đốc Sở Công Thương"),
    ("Phạm Quốc Tuấn (minh họa)", "Trưởng phòng Quản lý công nghiệp"),
    ("Nguyễn Thị Lan (minh họa)", "Đại diện Sở Nông nghiệp và Môi trường"),
    ("Trần Đình Khôi (minh họa)", "Đại diện Sở Khoa học và Công nghệ"),
    ("Hoàng Minh Đức (minh họa)", "Đại diện Liên minh Hợp tác xã tỉnh"),
    ("Đỗ Thị Ánh (minh họa)", "Chuyên gia thủ công mỹ nghệ"),
)


@dataclass(frozen=True)
class Company:
    """The people of one demo tenant."""

    officer: Person
    council: Sequence[Person]
    judges: Sequence[Person]


def gather(judges: Sequence[DemoJudge]) -> Company:
    """Find or make the people of the bound tenant; asking again makes nobody new."""
    return Company(
        officer=officials()[0],
        council=[
            _person(f"hoidong{seat}", name, position=position) for seat, (name, position) in enumerate(COUNCIL_SEATS, 1)
        ],
        judges=[
            _person(f"giamkhao{seat}", judge.name, position=judge.position, academic_title=judge.academic_title)
            for seat, judge in enumerate(judges, 1)
        ],
    )


def officials() -> tuple[Person, Person]:
    """The officer and the leader of the bound tenant."""
    officer = _person(OFFICER, "Nguyễn Thị Minh Tâm (minh họa)", position="Chuyên viên phòng Quản lý công nghiệp")
    leader = _person(LEADER, "Trần Văn Thành (minh họa)", position="Phó Giám đốc")
    administrator = _person(ADMINISTRATOR, "Lê Quang Huy (minh họa)", position="Quản trị hệ thống của đơn vị")
    auditor = _person(AUDITOR, "Phạm Thị Hồng (minh họa)", position="Thanh tra viên")
    _grant({officer: Role.OFFICER, leader: Role.LEADER, administrator: Role.ADMINISTRATOR, auditor: Role.AUDITOR})
    return officer, leader


def local_people(play: Play) -> None:
    """The officer of the commune where the first demo facility stands, and that facility's owner; the round has been
    gone, so the facility is there. Asking again makes nobody new."""
    maker = Facility.objects.get(tax_code=play.facilities[0].tax_code)
    place = unit_on(maker.commune_code, timezone.localdate())
    name = place.full_name[:1].lower() + place.full_name[1:] if place else maker.commune_code
    unit, _ = OrganisationalUnit.objects.get_or_create(
        name=f"Ủy ban nhân dân {name}", defaults={"commune_code": maker.commune_code}
    )
    officer = _person(COMMUNE_OFFICER, "Nguyễn Văn Phúc (minh họa)", position="Công chức kinh tế", unit=unit)
    _grant({officer: Role.COMMUNE_OFFICER})
    owner = _person(OWNER, maker.representative or "Chủ cơ sở (minh họa)")
    FacilityAgent.objects.get_or_create(
        facility=maker, person=owner, defaults={"kind": AgentKind.OWNER, "approved_at": Now()}
    )


def _grant(roles: dict[Person, Role]) -> None:
    grants = [RoleGrant(person=person, role=role) for person, role in roles.items()]
    RoleGrant.objects.bulk_create(grants, ignore_conflicts=True)


def owner_of(maker: Facility, *, number: int, approved_by: Person) -> Person:
    """The owner of a demo facility; of those only the first signs in, the others need no password."""
    login = OWNER if number == 1 else f"{OWNER}{number}"
    found = Person.objects.filter(login=login).first()
    owner = found or Person.objects.create_person(
        login, PASSWORD if number == 1 else None, full_name=maker.representative, is_demo=True
    )
    FacilityAgent.objects.get_or_create(
        facility=maker, person=owner, defaults={"approved_at": Now(), "approved_by": approved_by}
    )
    return owner


def _person(login: str, full_name: str, **fields: object) -> Person:
    found = Person.objects.filter(login=login).first()
    return found or Person.objects.create_person(login, PASSWORD, full_name=full_name, is_demo=True, **fields)
