"""People, units and the table of actions as workbooks."""

from collections.abc import Iterable, Mapping

from apps.accounts.access import Line
from apps.accounts.models import OrganisationalUnit, Person
from tenants.reference.models import AdministrativeUnit
from tieubieu.spreadsheets import Table, write_table

PEOPLE_HEADS = ["Họ và tên", "Tên đăng nhập", "Chức vụ", "Đơn vị", "Vai trò", "Thư điện tử", "Điện thoại", "Tài khoản"]


def people_workbook(people: Iterable[Person]) -> bytes:
    """The list as it is filtered; reads `unit` and `grants` of each."""
    rows = [
        [
            person.full_name,
            person.login,
            person.position,
            person.unit.name if person.unit else "",
            ", ".join(grant.get_role_display() for grant in person.grants.all()),
            person.email,
            person.phone,
            "Đang hoạt động" if person.is_active else "Đã ngừng hoạt động",
        ]
        for person in people
    ]
    return write_table(Table("Người dùng", PEOPLE_HEADS, rows))


def units_workbook(
    units: Iterable[tuple[OrganisationalUnit, int]], communes: Mapping[str, AdministrativeUnit]
) -> bytes:
    rows = [
        [unit.name, communes[unit.commune_code].full_name if unit.commune_code in communes else "", used]
        for unit, used in units
    ]
    return write_table(Table("Đơn vị", ["Tên đơn vị", "Xã, phường, đặc khu", "Số người"], rows))


def roles_workbook(lines: Iterable[Line]) -> bytes:
    rows = [[line.sentence, ", ".join(hat.label for hat in line.hats), line.condition] for line in lines]
    return write_table(Table("Vai trò", ["Việc", "Ai được làm", "Chỉ khi"], rows))
