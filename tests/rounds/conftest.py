import pytest
from browsers import at
from stage import person

from apps.accounts.models import Role
from apps.rounds.models import Level
from apps.rounds.services import plan_round


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER, name="Nguyễn Thị Minh Tâm")


@pytest.fixture
def client(officer):
    return at("daklak", officer)


@pytest.fixture
def draft(officer):
    return plan_round(
        code="DAKLAK-2026", level=Level.PROVINCE, year=2026, ordinal=1, name="Kỳ A", area_code="66", actor=officer
    )
