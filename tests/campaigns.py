"""Facilities with something to tell of them, and a campaign that invites them. Call inside a bound tenant."""

from datetime import date, timedelta

from django.utils import timezone
from stage import TAX_CODES, acting_for

from apps.dossiers.services import draft_entry
from apps.facilities.models import CraftVillage, FacilityYear
from apps.facilities.services import add_product, register_facility
from apps.outreach.criteria import Criteria, Reason
from apps.outreach.services import CampaignText, plan_campaign, send_campaign
from apps.recognition.models import Certificate

WORDS = CampaignText(
    name="Mời cơ sở mới",
    subject="Mời tham gia Kỳ thử",
    text="Sở trân trọng mời cơ sở tham gia.\n\nRất mong cơ sở quan tâm.",
    issuer="Sở Công Thương tỉnh Đắk Lắk",
    signer="Trần Văn Minh",
    signer_title="Giám đốc",
)
COMMUNE, OTHER_COMMUNE = "24133", "24154"


def maker(number, *, actor, **fields):
    told = {"kind": "cooperative", "province_code": "66", "address": "Buôn Thử", "commune_code": COMMUNE}
    return register_facility(actor=actor, tax_code=TAX_CODES[number], name=f"Hợp tác xã số {number}", **told | fields)


def certified(facility, days_left, number="01/2024"):
    today = timezone.localdate()
    return Certificate.objects.create(
        facility=facility, number=number, level="province", year=2024, product_name="Cà phê", holder_name=facility.name,
        holder_address="Buôn Thử", issued_on=today - timedelta(days=700), valid_until=today + timedelta(days=days_left),
    )  # fmt: skip


def exported(facility, year, value):
    return FacilityYear.objects.create(facility=facility, year=year, exports=value)


def villager(facility, ended_on=None, name="Làng gốm"):
    facility.craft_village = CraftVillage.objects.create(
        name=name, commune_code=COMMUNE, recognised_on=date(2010, 1, 1), decision="12/QĐ", ended_on=ended_on
    )
    facility.save()


def agent(facility, person, email="", kind="owner"):
    person.email = email
    person.save()
    return acting_for(facility, person, kind)


def drafted(stage, facility, name="Bột cacao"):
    product = add_product(facility, name=name, group="2")
    return draft_entry(stage.round.pk, products=[product], name=name, actor=stage.officer)


def written(stage, *reasons: Reason, **filters):
    criteria = Criteria(reasons=tuple(reasons), **filters)
    return plan_campaign(stage.round.pk, WORDS, criteria=criteria, actor=stage.officer)


def sent(stage, *reasons: Reason, **filters):
    campaign = written(stage, *reasons, **filters)
    return send_campaign(campaign.pk, province_code="66", actor=stage.officer)
