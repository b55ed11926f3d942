"""Who may act for a facility: asked, approved, refused, ended."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from apps.accounts.models import Person
from apps.facilities.events import AgentEvent
from apps.facilities.models import AgentKind, Facility, FacilityAgent
from apps.facilities.services.registering import COMPARE_FACILITIES, lock_facility, propose_facility
from apps.facilities.services.standing import require_reason
from tieubieu.audit.services import record
from tieubieu.errors import WrongState
from tieubieu.notices.services import Audience, tell
from tieubieu.outbox.services import emit


@transaction.atomic
def propose_own_facility(*, actor: Person, tax_code: str, name: str, **fields: object) -> Facility:
    """Write down a facility that is not on the register; whoever does is its owner at once, so that a dossier can be
    prepared while the authority looks at it. Raises `DomainError` for a tax code that is none or is taken."""
    facility = propose_facility(actor=actor, tax_code=tax_code, name=name, **fields)
    FacilityAgent.objects.create(facility=facility, person=actor, kind=AgentKind.OWNER, approved_at=Now())
    record(AgentEvent.JOINED, facility, actor=actor, person=actor.full_name, kind=AgentKind.OWNER.value)
    emit(COMPARE_FACILITIES, facility_ids=[facility.pk])
    return facility


@transaction.atomic
def ask_to_act(facility: Facility, *, kind: AgentKind, actor: Person) -> FacilityAgent:
    """Ask to act for a facility that is known; nothing of it is shown before somebody approves. Asking twice is
    asking once, and after a refusal it is asking again."""
    survivor = lock_facility(facility.survivor().pk)
    agent, is_new = FacilityAgent.objects.get_or_create(facility=survivor, person=actor, defaults={"kind": kind})
    if not is_new and not agent.refused_at:
        return agent
    agent.kind, agent.refused_at, agent.refusal_reason, agent.asked_at = kind, None, "", Now()  # type: ignore[assignment]
    agent.save()
    record(AgentEvent.ASKED, survivor, actor=actor, person=actor.full_name, kind=kind.value)
    emit(COMPARE_FACILITIES, facility_ids=[survivor.pk])
    _tell_owners(survivor, actor)
    return agent


@transaction.atomic
def approve_agent(agent_id: UUID, *, actor: Person) -> FacilityAgent:
    """Let the person act for the facility, and tell them. Raises `WrongState` when that is decided already."""
    agent = _lock(agent_id)
    if agent.approved_at or agent.refused_at:
        raise WrongState("Đề nghị này đã được xử lý.")
    agent.approved_at, agent.approved_by = Now(), actor  # type: ignore[assignment]
    agent.save()
    record(AgentEvent.APPROVED, agent.facility, actor=actor, person=agent.person.full_name, kind=agent.kind)
    _tell(agent, "Đã được làm việc cho cơ sở", f"Từ nay được làm việc cho {agent.facility.name} trên hệ thống.")
    return agent


@transaction.atomic
def refuse_agent(agent_id: UUID, *, reason: str, actor: Person) -> FacilityAgent:
    """Say no to a request, or end what was approved; the reason is told. Raises `DomainError` without one."""
    agent = _lock(agent_id)
    reason = require_reason(reason)
    if agent.refused_at:
        raise WrongState("Đề nghị này đã được xử lý.")
    event = AgentEvent.ENDED if agent.approved_at else AgentEvent.REFUSED
    agent.approved_at, agent.refused_at, agent.refusal_reason = None, Now(), reason  # type: ignore[assignment]
    agent.save()
    record(event, agent.facility, actor=actor, person=agent.person.full_name, reason=reason)
    subject = "Kết thúc quyền làm việc cho cơ sở" if event == AgentEvent.ENDED else "Đề nghị chưa được chấp thuận"
    tell(agent.person, audience=Audience.FACILITIES, subject=subject, text=f"Lý do: {reason}", url="/co-so/cua-toi/")
    return agent


def _tell_owners(facility: Facility, asking: Person) -> None:
    """Officers find the request in their queue; owners are told."""
    url = f"{reverse('facilities:facility', args=[facility.pk])}#nguoi-lam-thay"
    text = f"{asking.full_name} đề nghị được làm việc cho {facility.name}. Xin duyệt hoặc từ chối."
    owners = facility.agents.filter(kind=AgentKind.OWNER, approved_at__isnull=False).select_related("person")
    for owner in owners:
        tell(
            owner.person,
            audience=Audience.FACILITIES,
            subject="Có người đề nghị làm việc cho cơ sở",
            text=text,
            url=url,
        )


def _lock(agent_id: UUID) -> FacilityAgent:
    found = FacilityAgent.objects.select_for_update(no_key=True, of=("self",)).select_related("facility", "person")
    return found.get(pk=agent_id)


def _tell(agent: FacilityAgent, subject: str, text: str) -> None:
    url = reverse("facilities:facility", args=[agent.facility_id])
    tell(agent.person, audience=Audience.FACILITIES, subject=subject, text=text, url=url, about=agent.facility)
