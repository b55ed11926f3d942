"""Who signs in to the demo nation. Every account is marked as demo data and shares one well-known password."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import Person, Role, RoleGrant
from apps.demo.casting import DemoJudge
from apps.demo.logins import LEADER, OFFICER, PASSWORD

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
    grants = [RoleGrant(person=officer, role=Role.OFFICER), RoleGrant(person=leader, role=Role.LEADER)]
    RoleGrant.objects.bulk_create(grants, ignore_conflicts=True)
    return officer, leader


def _person(login: str, full_name: str, **fields: str) -> Person:
    found = Person.objects.filter(login=login).first()
    return found or Person.objects.create_person(login, PASSWORD, full_name=full_name, is_demo=True, **fields)
