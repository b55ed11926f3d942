"""The one table of actions: in which capacity (hat) a person may do what, and under which condition.

Rooms add lines with `allow` and say with `wear` by what a person wears a hat for a subject. A hat may depend on
the subject: a judge is a judge of one round, an owner of one facility. Subjects are asked by their own words:
`.round`, `.facility`, `.commune_code`. docs/roles.md is printed from this table by `tieubieu roles`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import rules
from django.db import models

from apps.accounts.models import Person, Role

Test = Callable[[Person, object], bool]


class Hat(models.TextChoices):
    ADMINISTRATOR = "administrator", "Quản trị của đơn vị"
    OFFICER = "officer", "Chuyên viên"
    COMMUNE_OFFICER = "commune_officer", "Cán bộ cấp xã"
    LEADER = "leader", "Lãnh đạo"
    AUDITOR = "auditor", "Kiểm tra, giám sát"
    CHAIR = "chair", "Chủ tịch Hội đồng"
    SECRETARY = "secretary", "Thư ký Hội đồng"
    COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng"
    JUDGE = "judge", "Thành viên Ban Giám khảo"
    SUPPORT = "support", "Tổ chuyên môn giúp việc"
    OWNER = "owner", "Chủ cơ sở"
    STAFF = "staff", "Người làm thay cơ sở"


AUTHORITY = (Hat.ADMINISTRATOR, Hat.OFFICER, Hat.LEADER, Hat.AUDITOR)


@dataclass(frozen=True)
class Line:
    """`condition` says in words what `when` tests beyond the hat."""

    action: str
    sentence: str
    hats: tuple[Hat, ...]
    condition: str


_WORN: dict[Hat, Test] = {}
_TABLE: dict[str, Line] = {}


def wear(hat: Hat) -> Callable[[Test], Test]:
    """Register how it is known that a person wears the hat for a subject; a second test for a hat is refused."""

    def register(test: Test) -> Test:
        if _WORN.setdefault(hat, test) is not test:
            raise ValueError(f"{hat} is known already")
        return test

    return register


def allow(action: str, sentence: str, *hats: Hat, when: rules.Predicate | None = None, condition: str = "") -> None:
    """Add a line to the table and make `person.has_perm(action, subject)` follow it."""

    @rules.predicate(name=action)
    def wears_one(person: Person, subject: object = None) -> bool:
        return wears(person, subject, *hats)

    rules.add_perm(action, wears_one & when if when else wears_one)
    _TABLE[action] = Line(action, sentence, hats, condition)


def wears(person: Person, subject: object, *hats: Hat) -> bool:
    """Whether the person acts for the subject in one of these capacities."""
    return any(_WORN[hat](person, subject) for hat in hats)


def table() -> list[Line]:
    """Every line, by the action's name."""
    return [_TABLE[action] for action in sorted(_TABLE)]


def _holds(role: Role) -> Test:
    def has_role(person: Person, _: object = None) -> bool:
        return role in person.roles()

    return has_role


for _role in (Role.ADMINISTRATOR, Role.OFFICER, Role.LEADER, Role.AUDITOR):
    wear(Hat(_role.value))(_holds(_role))


@wear(Hat.COMMUNE_OFFICER)
def serves_the_commune(person: Person, subject: object = None) -> bool:
    """A commune's officer acts for what belongs to that commune; without a subject, for the role as such."""
    if Role.COMMUNE_OFFICER not in person.roles() or not person.commune_code:
        return False
    return subject is None or getattr(subject, "commune_code", "") == person.commune_code


def has_tenant_wide_view(person: Person) -> bool:
    """Whether the person sees all of the tenant's facilities and rounds."""
    return wears(person, None, *AUTHORITY)


def visible_people(person: Person) -> models.QuerySet[Person]:
    """The list face of `accounts.people.see`: everybody of the tenant, or nobody."""
    return Person.objects.all() if person.has_perm("accounts.people.see") else Person.objects.none()


allow("accounts.people.see", "Xem danh sách người dùng và đơn vị", Hat.ADMINISTRATOR, Hat.AUDITOR)
allow("accounts.people.manage", "Thêm, sửa người dùng; giao vai trò; ngừng, mở lại tài khoản", Hat.ADMINISTRATOR)
allow("accounts.code.make", "Cấp mã một lần để đặt lại mật khẩu", Hat.ADMINISTRATOR)
allow("accounts.units.manage", "Thêm, sửa đơn vị", Hat.ADMINISTRATOR)
allow("accounts.roles.see", "Xem bảng vai trò và quyền", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("notices.mail.see", "Xem thư đã gửi", Hat.ADMINISTRATOR, Hat.OFFICER)
allow("notices.mail.resend", "Gửi lại thư", Hat.ADMINISTRATOR, Hat.OFFICER)


allow("accounts.policy.set", "Đặt cách cơ sở đăng ký tài khoản", Hat.ADMINISTRATOR)
