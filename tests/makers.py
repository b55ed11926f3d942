"""Facilities by the dozen, and people of every role, for the tests of the register."""

from dataclasses import dataclass

from stage import acting_for, commune_officer, person

from apps.accounts.access import Hat
from apps.accounts.models import Person, Role
from apps.facilities.models import AgentKind, Facility, Standing

EA_KAO, TAN_LAP = "24169", "24121"
CACAO = "Công ty TNHH Cacao Nam Trường Sơn"
ROLES = {Hat.ADMINISTRATOR: Role.ADMINISTRATOR, Hat.OFFICER: Role.OFFICER, Hat.LEADER: Role.LEADER,
         Hat.AUDITOR: Role.AUDITOR}  # fmt: skip

OF_FACILITIES = [
    hat for hat in Hat if hat not in (Hat.CHAIR, Hat.SECRETARY, Hat.COUNCIL_MEMBER, Hat.JUDGE, Hat.SUPPORT)
]
KEEPERS = {Hat.OFFICER, Hat.COMMUNE_OFFICER}
AGENTS = {Hat.OWNER, Hat.STAFF}


def made(name="Hợp tác xã Thử", tax_code="0100233488", **fields):
    """A facility of Đắk Lắk as it stands on the register."""
    plain = {"kind": "cooperative", "province_code": "66", "commune_code": EA_KAO, "address": "Buôn Thử"}
    return Facility.objects.create(name=name, tax_code=tax_code, **{**plain, **fields})


def wearing(hat: Hat, facility: Facility) -> Person | None:
    """Somebody who wears the hat towards the facility, or None for a hat that is of rounds."""
    if hat in ROLES:
        return person(f"nguoi-{hat}", ROLES[hat])
    if hat == Hat.COMMUNE_OFFICER:
        return commune_officer(facility.commune_code)
    if hat in (Hat.OWNER, Hat.STAFF):
        who = person(f"nguoi-{hat}")
        acting_for(facility, who, AgentKind(hat.value))
        return who
    return None


@dataclass
class Neighbours:
    """The tempting ones: another commune's, another owner's, one merely asked for."""

    commune: Person
    owner: Person
    asking: Person


def neighbours(facility: Facility) -> Neighbours:
    other = made("Cơ sở hàng xóm", "0314409058", commune_code=TAN_LAP)
    owner, asking = person("chu-hang-xom"), person("nguoi-moi-hoi")
    acting_for(other, owner)
    acting_for(facility, asking, approved=False)
    return Neighbours(commune_officer(TAN_LAP, "can-bo-xa-khac"), owner, asking)


def merged(facility: Facility, into: Facility) -> Facility:
    facility.standing, facility.merged_into = Standing.MERGED, into
    facility.save()
    return facility
