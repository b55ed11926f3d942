"""What the facility, and whoever helped it, is told about a filing."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Person
from apps.dossiers.models import Entry, Filing
from apps.facilities.models import AgentKind, FacilityAgent
from tieubieu.binding.signing import BadSignature, sign, unsign
from tieubieu.notices.services import Audience, tell, write_mail
from tieubieu.ui.words import moment

CONFIRM = "dossiers.confirm_filing"
CONFIRMED_WITHIN = timedelta(days=60)


def tell_filed(filing: Filing) -> None:
    """Tell everybody who acts for the facility; after help, ask the owner to confirm."""
    entry = filing.entry
    for person in agents_of(entry):
        tell(
            person,
            audience=Audience.FACILITIES,
            subject=f"Đã gửi hồ sơ “{entry.name}”",
            text=_words(filing),
            url=_url("receipt", filing.receipt_code),
            about=entry,
            key=f"dossiers.filed:{filing.pk}",
        )
    if filing.is_assisted:
        _ask_owner(filing)


def tell_confirmed(filing: Filing) -> None:
    """Tell whoever filed that the owner has confirmed."""
    tell(
        filing.filed_by,
        audience=Audience.OFFICIALS,
        subject=f"Chủ cơ sở đã xác nhận hồ sơ “{filing.entry.name}”",
        text=f"{filing.entry.facility.name} đã xác nhận hồ sơ gửi giúp, mã biên nhận {filing.receipt_code}.",
        about=filing.entry,
        key=f"dossiers.confirmed:{filing.pk}",
    )


def confirmation_token(filing: Filing) -> str:
    """What the link of one filing carries; only this tenant can read it back."""
    return sign(CONFIRM, str(filing.pk))


def filing_of_token(token: str) -> UUID | None:
    """The filing that a link is about; None for a link that is no longer, or never was, one of ours."""
    try:
        return UUID(unsign(CONFIRM, token, max_age=CONFIRMED_WITHIN))
    except (BadSignature, ValueError):
        return None


def confirmation_path(filing: Filing) -> str:
    return _url("confirm_by_link", confirmation_token(filing))


def agents_of(entry: Entry, *kinds: AgentKind) -> list[Person]:
    """The approved people of the facility, or those of some kinds."""
    agents = FacilityAgent.objects.filter(facility=entry.facility.survivor(), approved_at__isnull=False)
    chosen = agents.filter(kind__in=kinds) if kinds else agents
    return [agent.person for agent in chosen.select_related("person").order_by("asked_at", "id")]


def _ask_owner(filing: Filing) -> None:
    entry = filing.entry
    owners = agents_of(entry, AgentKind.OWNER)
    subject = f"Xin xác nhận hồ sơ “{entry.name}” được gửi giúp"
    text = (
        f"{filing.filed_by} đã soạn và gửi giúp {entry.facility.name} hồ sơ “{entry.name}”"
        f" dự {entry.round.name}. Xin chủ cơ sở xem lại và xác nhận; nếu không đúng, xin báo lại cơ quan tiếp nhận."
    )
    key = f"dossiers.confirm:{filing.pk}"
    for person in owners:
        url = _url("confirm", entry.pk)
        tell(person, audience=Audience.FACILITIES, subject=subject, text=text, url=url, about=entry, key=key)
    if not owners and entry.facility.email:
        path = confirmation_path(filing)
        write_mail(entry.facility.email, audience=Audience.FACILITIES, subject=subject, text=text, url=path, key=key)


def _words(filing: Filing) -> str:
    entry = filing.entry
    again = f" (lần {filing.number})" if filing.number > 1 else ""
    when = moment(timezone.localtime(filing.filed_at))
    return (
        f"Hồ sơ “{entry.name}” của {entry.facility.name} dự {entry.round.name} đã được gửi{again} lúc {when}."
        f"\nMã biên nhận: {filing.receipt_code}"
    )


def _url(name: str, *args: object) -> str:
    return reverse(f"dossiers:{name}", args=args)
