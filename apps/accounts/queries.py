"""What is asked about people and units."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from apps.accounts.models import OrganisationalUnit, Person
from tenants.gateways import describe
from tenants.reference.models import AdministrativeUnit
from tenants.reference.queries import communes_of
from tieubieu.binding import current
from tieubieu.lib.text import sort_key
from tieubieu.searching import fits

NO_ROLE = "khong"


@dataclass(frozen=True)
class Sought:
    """What the list of people is narrowed to; empty and None narrow nothing."""

    words: str = ""
    role: str = ""
    unit: UUID | None = None
    is_active: bool | None = None


def sought_people(among: QuerySet[Person], sought: Sought) -> QuerySet[Person]:
    """Those of `among` that fit, by given name as Vietnamese lists have it."""
    found = among.order_by("name_key", "login")
    if sought.role:
        found = found.filter(grants=None) if sought.role == NO_ROLE else found.filter(grants__role=sought.role)
    if sought.unit:
        found = found.filter(unit=sought.unit)
    if sought.is_active is not None:
        found = found.filter(is_active=sought.is_active)
    return _with_words(found, sought.words) if sought.words.strip() else found


def units_with_counts(words: str = "") -> list[tuple[OrganisationalUnit, int]]:
    """Every unit whose name holds the words, in Vietnamese order, with the number of its people."""
    counts = dict(Person.objects.values_list("unit").annotate(Count("pk")).order_by())
    return [(unit, counts.get(unit.pk, 0)) for unit in units_by_name() if fits(words, unit.name)]


def units_by_name() -> list[OrganisationalUnit]:
    """Every unit in Vietnamese order."""
    return sorted(OrganisationalUnit.objects.all(), key=lambda unit: sort_key(unit.name))


def communes() -> Mapping[str, AdministrativeUnit]:
    """The communes, wards and special zones of the tenant's province today; none in the ministry."""
    code = describe(current()).province_code
    return {unit.code: unit for unit in communes_of(code, timezone.localdate())} if code else {}


def _with_words(among: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Each word somewhere in the name, login or e-mail. The people of one tenant are some hundreds, so they are
    compared here rather than kept folded."""
    cards = among.values_list("pk", "full_name", "login", "email")
    return among.filter(pk__in=[pk for pk, *texts in cards if fits(words, *texts)])
