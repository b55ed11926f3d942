"""People are invited to act for a facility; whoever accepts is approved by that."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from apps.accounts.models import Person
from apps.facilities.events import AgentEvent
from apps.facilities.models import AgentInvitation, AgentKind, Facility, FacilityAgent
from apps.facilities.services.registering import COMPARE_FACILITIES, lock_facility, require_standing
from tieubieu.audit.services import record
from tieubieu.binding import current
from tieubieu.binding.signing import BadSignature, sign, unsign
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.services import Audience, write_mail
from tieubieu.outbox.services import emit, later

GOOD_FOR = timedelta(days=14)
PURPOSE = "facilities.invitation"
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 10
GONE = "Lời mời này không dùng được: mã chưa đúng, đã dùng hoặc đã quá hạn. Xin người mời gửi lời mời mới."


@transaction.atomic
def invite(facility_id: UUID, *, kind: AgentKind, email: str, path: str, actor: Person) -> tuple[AgentInvitation, str]:
    """Invite somebody; the code is returned here and nowhere kept. `path` begins the address of the signed link.

    With an e-mail address the link and the code are written there. Raises `WrongState` for a merged facility.
    """
    facility = lock_facility(facility_id)
    require_standing(facility)
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    invitation = AgentInvitation.objects.create(
        facility=facility, kind=kind, email=email, digest=_digest(code), invited_by=actor, expires_at=later(GOOD_FOR)
    )
    if email:
        _write(invitation, code, f"{path}{token_of(invitation)}/", actor)
    record(AgentEvent.INVITED, facility, actor=actor, kind=AgentKind(kind).value, person=email)
    return invitation, code


@transaction.atomic
def accept_invitation(invitation_id: UUID, *, actor: Person) -> Facility:
    """Act for the facility from now on. Raises `DomainError` for an invitation that is used or expired."""
    invitation = AgentInvitation.objects.select_for_update(no_key=True).get(pk=invitation_id)
    facility = lock_facility(invitation.facility.survivor().pk)
    if not open_invitations().filter(pk=invitation_id).exists():
        raise WrongState(GONE)
    agent, _ = FacilityAgent.objects.get_or_create(facility=facility, person=actor, defaults={"kind": invitation.kind})
    if not (agent.approved_at and agent.kind == AgentKind.OWNER):
        agent.kind = invitation.kind
    agent.approved_at, agent.approved_by = Now(), invitation.invited_by  # type: ignore[assignment]
    agent.refused_at, agent.refusal_reason = None, ""
    agent.save()
    invitation.used_at, invitation.used_by = Now(), actor  # type: ignore[assignment]
    invitation.save()
    record(AgentEvent.JOINED, facility, actor=actor, person=actor.full_name, kind=str(agent.kind))
    emit(COMPARE_FACILITIES, facility_ids=[facility.pk])
    return facility


def open_invitations() -> QuerySet[AgentInvitation]:
    """Those that may still be accepted."""
    return AgentInvitation.objects.filter(used_at=None, expires_at__gt=Now()).select_related("facility__merged_into")


def by_token(token: str) -> AgentInvitation:
    """The invitation of a signed link; raises the same `DomainError` for whatever is wrong with it."""
    try:
        found = open_invitations().filter(pk=UUID(unsign(PURPOSE, token, max_age=GOOD_FOR))).first()
    except (BadSignature, ValueError, TypeError, AttributeError) as forged:
        raise DomainError(GONE) from forged
    return _there(found)


def by_code(code: str) -> AgentInvitation:
    """The invitation of a code as somebody typed it; raises as `by_token` does."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return _there(open_invitations().filter(digest=_digest(plain)).first())


def token_of(invitation: AgentInvitation) -> str:
    """What the link carries: signed for this tenant alone."""
    return sign(PURPOSE, str(invitation.pk))


def shown(code: str) -> str:
    """As people read it out."""
    return f"{code[:5]} {code[5:]}"


def _write(invitation: AgentInvitation, code: str, url: str, actor: Person) -> None:
    name = invitation.facility.name
    lines = [
        f"{actor.full_name} mời làm việc cho {name} trên hệ thống.",
        f"Mã lời mời: {shown(code)}",
        f"Lời mời dùng được trong {GOOD_FOR.days} ngày, một lần.",
    ]
    subject = f"Lời mời làm việc cho {name}"
    write_mail(invitation.email, audience=Audience.FACILITIES, subject=subject, text="\n".join(lines), url=url)


def _there(found: AgentInvitation | None) -> AgentInvitation:
    if found is None:
        raise DomainError(GONE)
    return found


def _digest(code: str) -> str:
    return salted_hmac(f"{PURPOSE}.{current().tenant_id}", code, algorithm="sha256").hexdigest()
