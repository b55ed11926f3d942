"""Where a round is held, and what it would be called."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.models import Level, Round
from tenants.gateways import describe
from tenants.models import Kind
from tenants.reference.models import AdministrativeUnit, Region
from tenants.reference.queries import communes_of, provinces_on
from tieubieu.binding import current
from tieubieu.lib.text import slugify_vn

NATION = "vn"
TITLE = "Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu"


@dataclass(frozen=True)
class Area:
    """A province, commune, region or the nation, as `Round.area_code` names it."""

    level: Level
    code: str
    name: str


def areas_for(person: Person) -> list[Area]:
    """Where the person may hold a round: an officer in the whole tenant, a commune's officer in the own commune."""
    return [area for area in _areas() if person.has_perm("rounds.round.run", _somewhere(area))]


def _somewhere(area: Area) -> Round:
    return Round(level=area.level, area_code=area.code)


def _areas() -> list[Area]:
    tenant, today = describe(current()), timezone.localdate()
    if tenant.kind == Kind.NATIONAL:
        regions = [Area(Level.REGION, region.code, region.name) for region in Region.objects.all()]
        return [*regions, Area(Level.NATION, NATION, "Cả nước")]
    provinces = provinces_on(today).filter(code=tenant.province_code)
    own = [Area(Level.PROVINCE, unit.code, unit.full_name) for unit in provinces]
    communes = communes_of(tenant.province_code, today) if tenant.province_code else []
    return [*own, *(Area(Level.COMMUNE, unit.code, unit.full_name) for unit in communes)]


def area_names(rounds: Iterable[Round]) -> dict[str, str]:
    """The names of the areas of these rounds by code, in as few questions as there are kinds of areas."""
    codes = {round.area_code for round in rounds}
    units = AdministrativeUnit.objects.filter(code__in=codes).order_by("valid_from")
    named = {unit.code: unit.full_name for unit in units}  # the unit of today comes last and so stays
    regions = {region.code: region.name for region in Region.objects.filter(code__in=codes - named.keys())}
    return {NATION: "Cả nước"} | named | regions


def proposed_code(area: Area, year: int, ordinal: int) -> str:
    """`DAKLAK-2027`, `EAKAO-2027-2`: capital letters of the area's name, the year, and which round of the year."""
    bare = area.name.split(" ", 1)[1] if area.level in (Level.PROVINCE, Level.COMMUNE) else area.name
    stem = slugify_vn(bare).replace("-", "").upper()[:20]
    return f"{stem}-{year}" if ordinal == 1 else f"{stem}-{year}-{ordinal}"


def proposed_name(area: Area, year: int, ordinal: int) -> str:
    """The full name of the round as its papers call it."""
    again = "" if ordinal == 1 else f" lần thứ {ordinal}"
    place = "" if area.level == Level.NATION else f", {area.name[0].lower()}{area.name[1:]}"
    return f"{TITLE} {area.level.label}{place}, năm {year}{again}"
